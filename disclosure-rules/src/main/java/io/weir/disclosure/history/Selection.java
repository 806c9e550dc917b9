package io.weir.disclosure.history;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which rows a figure is about, by structure: what the rows are, and the conditions on them. Two figures with equal selections are about the
 * same rows on any data.
 *
 * @param frame what the rows are before conditions
 * @param conditions all that is asked of a row, the group's key values included
 */
public record Selection(String frame, Set<Condition> conditions) {
    public Selection {
        conditions = Set.copyOf(conditions);
    }

    /** What a condition can do. */
    public enum Nature {
        /** It asks for one value of a column as it stands. */
        VALUE,
        /** It asks that a column has a value, whichever: nobody can be singled out by it. */
        PRESENCE,
        /** Anything else. */
        OTHER
    }

    /**
     * @param text canonical: conditions of one text, about the same columns, are one
     * @param columns what it is about
     * @param asking gives what is known of it apart from the text, always the same; few conditions are ever asked
     */
    public record Condition(String text, Set<String> columns, Nature nature, Supplier<Asked> asking) {
        public Condition {
            columns = Set.copyOf(columns);
        }

        /** One of which nothing is known but its text. */
        public Condition(String text, Set<String> columns, Nature nature) {
            this(text, columns, nature, () -> new Asked.Wording(text));
        }

        /** What is known of it apart from its text. */
        public Asked asked() {
            return asking.get();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Condition c
                    && text.equals(c.text)
                    && columns.equals(c.columns)
                    && nature == c.nature;
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /**
     * Whether no condition that one has and the other has not could single anybody out: they ask for one value each of what is one column
     * behind them, such as a code and its description, or that a value is there.
     */
    boolean isNextTo(Selection other) {
        Set<Condition> mine = minus(other);
        Set<Condition> theirs = other.minus(this);
        return frame.equals(other.frame)
                && mine.stream().allMatch(c -> c.nature() == Nature.VALUE)
                && theirs.stream().allMatch(c -> c.nature() == Nature.VALUE)
                && columns(mine).equals(columns(theirs));
    }

    /** Whether only conditions that a value is there are asked of one and not of the other. */
    boolean isSameButPresence(Selection other) {
        return frame.equals(other.frame)
                && minus(other).isEmpty()
                && other.minus(this).isEmpty();
    }

    /** Conditions that the other has not, but for those that a value is there. */
    private Set<Condition> minus(Selection other) {
        Set<Condition> rest = conditions.stream()
                .filter(c -> c.nature() != Nature.PRESENCE)
                .collect(Collectors.toCollection(HashSet::new));
        rest.removeAll(other.conditions);
        return rest;
    }

    private static Set<Set<String>> columns(Set<Condition> conditions) {
        return conditions.stream().map(Condition::columns).collect(Collectors.toSet());
    }
}
