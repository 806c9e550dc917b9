package io.weir.sdc.describe;

/** What it means that a row is not in a protected file. */
public enum AbsentRows {
    /** Nothing is known of it: it may have been left out for being small. */
    UNKNOWN,
    /** Nobody is there. */
    ZERO
}
