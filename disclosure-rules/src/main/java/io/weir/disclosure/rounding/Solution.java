package io.weir.disclosure.rounding;

/** What became of a {@link BinaryProgram}. */
sealed interface Solution {
    /**
     * @param up the variables that are 1
     * @param best whether no other solution costs less
     */
    record Found(boolean[] up, boolean best) implements Solution {}

    /** There is none. */
    record None() implements Solution {}

    /** Not known: the work was used up. */
    record OutOfWork() implements Solution {}
}
