package io.weir.query.govern;

import io.weir.policy.DateUnit;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a number about a record is, and so with which other numbers it may be compared. */
sealed interface Magnitude {
    /** A whole number of no unit: a count, a flag, a rank, a number of days or years, reference data. */
    Magnitude COUNT = Kind.COUNT;

    /** What the source measured. */
    Magnitude QUANTITY = Kind.QUANTITY;

    /** Calculated from quantities. */
    Magnitude CALCULATED = Kind.CALCULATED;

    /** Of numbers that are nothing else. */
    enum Kind implements Magnitude {
        COUNT,
        QUANTITY,
        CALCULATED
    }

    /**
     * Days between a date whose grid is coarser than days and a day that is the same for many people: the date by another name.
     *
     * @param day where the count begins; null where it is not bound yet, or NULL
     * @param unit the date's grid; null where no range of the date may be asked for
     * @param forward whether later dates are larger numbers
     */
    record Since(@Nullable LocalDate day, @Nullable DateUnit unit, boolean forward) implements Magnitude {}
}
