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
        /** It asks that a column has a value, whichever: nobody can be singled out by it. */
        PRESENCE,
        /** It says what is added up of the rows, and leaves none out. */
        AMOUNT,
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
     * Whether only conditions that a value is there are asked of one and not of the other, and none of the other and not of the one: where each lacks another value, it is not by
     * their numbers that nobody does.
     */
    boolean isSameButPresence(Selection other) {
        return frame.equals(other.frame)
                && (onlyPresence(conditions, other.conditions) || onlyPresence(other.conditions, conditions));
    }

    /** Whether these are those and some that a value is there. */
    private static boolean onlyPresence(Set<Condition> more, Set<Condition> less) {
        return more.containsAll(less) && more.stream().allMatch(c -> c.nature() == Nature.PRESENCE || less.contains(c));
    }

    /** Whether both are of the same rows by structure, whatever is added up of them. */
    boolean isOfSameRows(Selection other) {
        return frame.equals(other.frame)
                && (saysAmount() || other.saysAmount()
                        ? chosen().equals(other.chosen())
                        : conditions.equals(other.conditions));
    }

    /** Whether no row is in both, as far as their conditions say so plainly. */
    public boolean isApart(Selection other) {
        return new Bounds(this).areOutside(Bounds.asked(other)) || new Bounds(other).areOutside(Bounds.asked(this));
    }

    private boolean saysAmount() {
        for (Condition condition : conditions) { // asked of every pair of figures
            if (condition.nature() == Nature.AMOUNT) {
                return true;
            }
        }
        return false;
    }

    private Set<Condition> chosen() {
        return conditions.stream().filter(c -> c.nature() != Nature.AMOUNT).collect(Collectors.toSet());
    }

    /** The conditions that a value is there. */
    Set<Condition> presence() {
        return conditions.stream()
                .filter(c -> c.nature() == Nature.PRESENCE)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
