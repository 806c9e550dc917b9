package io.weir.policy;

/** Parts of a date that say nothing of where it lies in the calendar, which a policy may grant beside a coarse grid. */
public enum DatePart {
    /** Monday to Sunday. */
    WEEKDAY,
    /** The hour of the day, 0 to 23. */
    HOUR
}
