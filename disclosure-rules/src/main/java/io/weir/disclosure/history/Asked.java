package io.weir.disclosure.history;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a condition asks of a row, as far as its parts are known: by this one can tell, on any data, that some figures add up to others. Everything that is not one of
 * the first kinds is a {@link Wording}, of which nothing is known but that equal wordings ask the same.
 *
 * <p>A <em>subject</em> is something that has one value, or none, in each row: a column, or what is calculated from columns.
 */
public sealed interface Asked {
    /** Something that is only known by its text. */
    record Wording(String text) implements Asked {}

    /**
     * The subject has a value, and it is in one of the pieces.
     *
     * @param domain all values that the subject can have in the rows that are asked of, where that is public
     */
    record In(String subject, List<Piece> pieces, Optional<Domain> domain) implements Asked {
        public In {
            pieces = List.copyOf(pieces);
        }
    }

    /** The subject has no value. */
    record Missing(String subject) implements Asked {}

    /** The subject has a value. */
    record Present(String subject) implements Asked {}

    /**
     * Not all of these hold.
     *
     * @param unknown whether it also holds where some of them are neither true nor false
     */
    record Unless(List<Asked> all, boolean unknown) implements Asked {
        public Unless {
            all = List.copyOf(all);
        }
    }

    /** All of one of the options hold. */
    record Either(List<List<Asked>> options) implements Asked {
        public Either {
            options = options.stream().map(List::copyOf).toList();
        }
    }

    /**
     * All that a subject can be.
     *
     * @param pieces of which each of its values is in exactly one
     * @param missing whether it can also have no value
     */
    record Domain(List<Piece> pieces, boolean missing) {
        public Domain {
            pieces = List.copyOf(pieces);
        }
    }

    /** A part of the values of a subject. */
    sealed interface Piece {
        /** Whether all of the other lies in it. */
        default boolean includes(Piece other) {
            return equals(other)
                    || this instanceof Range(Cut from, Cut until)
                            && other instanceof Range(Cut otherFrom, Cut otherUntil)
                            && (from == null || otherFrom != null && from.compareTo(otherFrom) <= 0)
                            && (until == null || otherUntil != null && otherUntil.compareTo(until) <= 0);
        }

        /** Whether some value may be in both: collations have a say. */
        default boolean mayOverlap(Piece other) {
            return switch (this) {
                case Value(String text) -> !(other instanceof Value(String second)) || SameText.mayBe(text, second);
                case Range(Cut from, Cut until) ->
                    !(other instanceof Range(Cut otherFrom, Cut otherUntil))
                            || Cut.isBefore(from, otherUntil) && Cut.isBefore(otherFrom, until);
            };
        }
    }

    /** One value without an order that is known. */
    record Value(String text) implements Piece {}

    /**
     * What lies between two cuts in the order of numbers, or of times.
     *
     * @param from null for everything from the least on
     * @param until null for everything up to the greatest
     */
    record Range(@Nullable Cut from, @Nullable Cut until) implements Piece {
        /** One value. */
        public static Range at(BigDecimal value) {
            return new Range(new Cut(value, false), new Cut(value, true));
        }
    }

    /**
     * A place between values.
     *
     * @param at a value
     * @param after whether the place is behind it
     */
    record Cut(BigDecimal at, boolean after) implements Comparable<Cut> {
        private static final Comparator<Cut> ORDER =
                Comparator.comparing(Cut::at).thenComparing(Cut::after);

        public Cut {
            at = at.stripTrailingZeros();
        }

        /** Whether there is something between the beginning of a range and the end of one. */
        private static boolean isBefore(@Nullable Cut from, @Nullable Cut until) {
            return from == null || until == null || from.compareTo(until) < 0;
        }

        @Override
        public int compareTo(Cut other) {
            return ORDER.compare(this, other);
        }
    }
}
