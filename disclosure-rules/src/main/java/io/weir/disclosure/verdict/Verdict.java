package io.weir.disclosure.verdict;

/** What one check concludes about one cell. */
public sealed interface Verdict {
    /** The check is satisfied, or does not apply. */
    record Pass() implements Verdict {}

    /** The check could not be made; a person must look. Interactive answers hide the cell. */
    record Review(Finding finding) implements Verdict {}

    /** The cell is disclosive. */
    record Fail(Finding finding) implements Verdict {}
}
