package io.weir.query.session;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transaction block of a session, as far as a read-only server has one: its status, its savepoints, and the settings to go back to.
 * One thread.
 */
final class Transaction {
    private record Mark(String name, SessionSettings settings) {}

    private @Nullable SessionSettings before;
    private boolean failed;
    /** What SET LOCAL covers, by the value below it. */
    private final Map<Setting, String> locals = new EnumMap<>(Setting.class);

    private final ArrayDeque<Mark> savepoints = new ArrayDeque<>();

    boolean isOpen() {
        return before != null;
    }

    boolean isFailed() {
        return failed;
    }

    /** As ReadyForQuery tells it. */
    char status() {
        return failed ? 'E' : isOpen() ? 'T' : 'I';
    }

    void begin(SessionSettings settings) {
        before = settings;
        failed = false;
    }

    /** An error inside a block makes it fail; outside it has no lasting effect. */
    void fail() {
        failed = isOpen();
    }

    /** The setting is going to be changed by SET LOCAL: at the end it goes back to this value, which SET may have given it in the block. */
    void local(Setting setting, String value) {
        locals.putIfAbsent(setting, value);
    }

    /** The setting was changed by SET, which a SET LOCAL before it does not undo. */
    void lasting(Setting setting) {
        locals.remove(setting);
    }

    /** Settings as a commit leaves them. */
    SessionSettings committed(SessionSettings settings) {
        SessionSettings result = settings;
        for (Map.Entry<Setting, String> covered : locals.entrySet()) {
            result = result.with(covered.getKey(), covered.getValue());
        }
        return result;
    }

    /** Ends the block. Returns the settings to go back to when it is rolled back. */
    Optional<SessionSettings> end() {
        Optional<SessionSettings> settings = Optional.ofNullable(before);
        before = null;
        failed = false;
        savepoints.clear();
        locals.clear();
        return settings;
    }

    void savepoint(String name, SessionSettings settings) {
        savepoints.push(new Mark(name, settings));
    }

    /** Forgets the savepoint and all after it. False when there is none of that name. */
    boolean release(String name) {
        if (!has(name)) {
            return false;
        }
        while (!savepoints.pop().name().equals(name)) {}
        return true;
    }

    /** Forgets all savepoints after this one and mends the block. Returns the settings of that moment. */
    Optional<SessionSettings> rollbackTo(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        while (!savepoints.element().name().equals(name)) {
            savepoints.pop();
        }
        failed = false;
        return Optional.of(savepoints.element().settings());
    }

    private boolean has(String name) {
        return savepoints.stream().anyMatch(mark -> mark.name().equals(name));
    }
}
