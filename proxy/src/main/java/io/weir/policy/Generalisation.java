package io.weir.policy;

import java.math.BigDecimal;
import java.util.List;

/** How a value is coarsened at the scan, before anything else sees it. Total: it cannot fail for any row. */
public sealed interface Generalisation {
    /** Whether what is seen lacks a value where the source does, and nowhere else. */
    default boolean keepsGaps() {
        return switch (this) {
            case Lookup lookup -> false;
            case Withhold withhold -> false;
            case None none -> true;
            case DateGrain grain -> true;
            case Width width -> true;
            case Bands bands -> true;
            case Prefix prefix -> true;
        };
    }

    /** As it is. */
    record None() implements Generalisation {}

    /** Dates and timestamps truncated to the first instant of the unit. */
    record DateGrain(DateUnit unit) implements Generalisation {}

    /** Numbers lowered to the largest multiple of the width that is not above them. */
    record Width(BigDecimal width) implements Generalisation {}

    /** Numbers lowered to the largest of these ascending lower bounds that is not above them; below the first: the first. */
    record Bands(List<BigDecimal> lowerBounds) implements Generalisation {
        public Bands {
            lowerBounds = List.copyOf(lowerBounds);
        }
    }

    /** The first characters of a hierarchical code (ICD-10 chapter, postcode district). */
    record Prefix(int length) implements Generalisation {}

    /** Replaced through a reference dataset: {@code from} holds the value, {@code to} the coarser one; not found is NULL. */
    record Lookup(DatasetName dataset, String from, String to) implements Generalisation {}

    /** Always NULL. */
    record Withhold() implements Generalisation {}
}
