package io.weir.sdc.apply;

import java.util.List;

/**
 * How somebody reads numbers in print. What they were rounded by and whether rows of few were left out is not in print: a reader tries the reading that says most,
 * and another one only where the numbers contradict it.
 *
 * @param exact whether sums are taken not to have been rounded: all amounts may be multiples of the step
 * @param finest whether numbers are taken to be rounded by the step of their measure, and not more coarsely for what each unit contributes
 * @param tells whether a row that has a number is taken not to be one of few, and a row that is left out to be one
 */
record Reading(boolean exact, boolean finest, boolean tells) {
    /** From the one that says most to the one that takes least for granted. */
    static List<Reading> all() {
        return List.of(
                new Reading(true, true, true),
                new Reading(false, true, true),
                new Reading(false, false, true),
                new Reading(true, true, false),
                new Reading(false, false, false));
    }

    /** Whether nothing is taken for granted. */
    boolean isLast() {
        return !exact && !finest && !tells;
    }
}
