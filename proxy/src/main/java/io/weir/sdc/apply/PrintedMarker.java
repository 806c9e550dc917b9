package io.weir.sdc.apply;

import io.weir.sdc.read.PublishedTable;

/**
 * What is printed for a hidden cell: the profile's marker where it says that the number is hidden, and no more. "Below ten" is untrue of cells that are
 * hidden to protect others; two markers would tell them apart; and one that is printed only where it is true of all would tell something where it is not.
 * A marker that looks like a number would be taken for one.
 */
public final class PrintedMarker {
    private PrintedMarker() {}

    /** One text for all hidden cells of all tables under a profile, whatever their numbers. */
    public static String of(Rules rules) {
        return switch (rules.preset().marker().meaning()) {
            case HIDDEN -> rules.preset().marker().text();
            case BELOW_THRESHOLD, LOOKS_LIKE_A_NUMBER -> PublishedTable.PLAIN;
        };
    }
}
