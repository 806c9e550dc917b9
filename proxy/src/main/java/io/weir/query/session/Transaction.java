package io.weir.query.session;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transaction block of a session, as far as a read-only server has one: its status, its savepoints, and the settings to go back to.
 * One thread.
 */
final class Transaction {
    private record Mark(String name, SessionSettings settings) {}

    private @Nullable SessionSettings before;
    private boolean failed;
    private final Set<Setting> locals = EnumSet.noneOf(Setting.class);
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

    /** The setting was changed by SET LOCAL: it goes back at the end in any case. */
    void local(Setting setting) {
        locals.add(setting);
    }

    /** Settings as a commit leaves them. */
    SessionSettings committed(SessionSettings settings) {
        SessionSettings result = settings;
        SessionSettings first = before;
        if (first != null) {
            for (Setting setting : locals) {
                result = result.with(setting, first.get(setting));
            }
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
