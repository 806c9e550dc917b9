package io.weir.disclosure.preset;

/** How a preset decides that a count is too small. */
public sealed interface Threshold {
    /** Counts below the appetite's threshold are hidden. */
    record ByCount() implements Threshold {}

    /**
     * Counts below the appetite's threshold start an assessment.
     *
     * @param leastScore score from which on the table is protected
     */
    record ByAssessment(int leastScore) implements Threshold {}

    /** Nothing is hidden for being small. */
    record None() implements Threshold {}
}
