package io.weir.query.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of an array type, as PostgreSQL has it: of up to six dimensions, each with its own lower bound. Immutable.
 *
 * @param lengths of each dimension, all positive; none for the empty array
 * @param lowerBounds first subscript of each dimension, mostly 1
 * @param elements Java values of the element type in row-major order; null is NULL
 */
public record PgArray(List<Integer> lengths, List<Integer> lowerBounds, List<@Nullable Object> elements) {
    /** PostgreSQL's MAXDIM. */
    public static final int MOST_DIMENSIONS = 6;

    public PgArray {
        lengths = List.copyOf(lengths);
        lowerBounds = List.copyOf(lowerBounds);
        elements = Collections.unmodifiableList(new ArrayList<>(elements));
        if (lengths.size() != lowerBounds.size() || lengths.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("not so many dimensions");
        }
        long product = lengths.isEmpty() ? 0 : 1;
        for (int i = 0; i < lengths.size(); i++) {
            int length = lengths.get(i);
            if (length <= 0 || (long) lowerBounds.get(i) + length - 1 > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a dimension out of range");
            }
            product = Math.min(product * length, Integer.MAX_VALUE);
        }
        if (product != elements.size()) {
            throw new IllegalArgumentException("not so many elements");
        }
    }

    /** One dimension from 1 on. */
    public static PgArray of(List<? extends @Nullable Object> elements) {
        boolean empty = elements.isEmpty();
        return new PgArray(
                empty ? List.of() : List.of(elements.size()),
                empty ? List.of() : List.of(1),
                new ArrayList<>(elements));
    }
}
