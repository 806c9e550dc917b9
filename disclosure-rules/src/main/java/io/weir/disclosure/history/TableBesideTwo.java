package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table, beside two figures that are added up, or of which one is taken from the other: a range and something else in one condition, and that alone; women and men; everybody and all but a range. Without exception
 * where its groups are fewer than the buckets by a margin; of more those are added up that both figures' conditions let through as read. Not thread-safe.
 */
final class TableBesideTwo {
    private final @Nullable GroupSpan span;
    private final Supplier<ReadGroups> read;
    private final int threshold;
    private final double @Nullable [] total;

    /**
     * @param total of all its groups; null where that is too large
     * @param span null where its groups are too many
     * @param read asked where there is no span
     */
    TableBesideTwo(@Nullable Vector total, @Nullable GroupSpan span, Supplier<ReadGroups> read, int threshold) {
        this.total = total == null ? null : total.numbers();
        this.span = span;
        this.read = read;
        this.threshold = threshold;
    }

    /** A figure with its numbers, for many calls. */
    static final class Side {
        private final Figure figure;
        private final Vector vector;
        private double @Nullable [] beyond;

        private Side(Figure figure, Vector vector) {
            this.figure = figure;
            this.vector = vector;
        }

        Figure figure() {
            return figure;
        }

        Vector vector() {
            return vector;
        }

        /** What no sum of the groups reaches: it takes long, and most pairs have no room. */
        private double[] beyond(GroupSpan span) {
            if (beyond == null) {
                beyond = span.beyond(vector.numbers());
            }
            return beyond;
        }
    }

    Side side(Figure figure, Vector vector) {
        return new Side(figure, vector);
    }

    /** Whether the groups are known to make the very figure. */
    boolean makes(Side side) {
        return span != null
                && span.making(side.vector, side.beyond(span))
                        .filter(found -> found.left() == 0)
                        .isPresent();
    }

    /** Whether all rows of the two can be in the table: else nothing is looked for. */
    boolean hasRoom(Vector first, int sign, Vector second) {
        if (total == null) {
            return false;
        }
        int beyond = 0;
        int filled = 0;
        double[] a = first.numbers();
        double[] b = second.numbers();
        for (int i = 0; i < Fingerprint.WIDTH; i++) {
            double own = a[i] + sign * b[i];
            filled += own == 0 ? 0 : 1;
            if (Vector.isBeyond(own, total[i]) && ++beyond >= threshold) {
                return false;
            }
        }
        return filled >= threshold; // few are judged as a difference of two
    }

    /** The groups that make {@code first + sign * second}, but for fewer people than the threshold. */
    Optional<Found> making(Side first, int sign, Side second) {
        if (span == null) {
            return reading(print(first, sign, second), first.figure.selection(), sign, second.figure.selection());
        }
        double[] beyond = first.beyond(span).clone();
        Dot.take(beyond, -sign, second.beyond(span));
        double[] numbers = first.vector.numbers().clone();
        Dot.take(numbers, -sign, second.vector.numbers());
        return span.mayMake(numbers, beyond)
                ? span.making(new Vector(print(first, sign, second), numbers), beyond)
                : Optional.empty();
    }

    private static Fingerprint print(Side first, int sign, Side second) {
        return first.figure.print().plus(second.figure.print(), sign);
    }

    private Optional<Found> reading(Fingerprint print, Selection first, int sign, Selection second) {
        ReadGroups groups = read.get();
        BitSet inside = (BitSet) groups.inside(first).clone();
        if (sign > 0) {
            inside.or(groups.inside(second));
        } else {
            inside.andNot(groups.inside(second));
        }
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> some = inside.stream().boxed().toList();
        int left = groups.sum(some).differing(print);
        return left < threshold
                ? Optional.of(new Found(1, some, Collections.nCopies(some.size(), 1), left))
                : Optional.empty();
    }
}
