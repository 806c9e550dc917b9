package io.weir.policy;

/** Calendar units, finest first. */
public enum DateUnit {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR
}
