package io.weir.disclosure.check;

import io.weir.disclosure.evidence.Concentration;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.NonZeroUnits;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.util.Optional;

/**
 * One measure of one row, as the checks see it.
 *
 * @param row the row
 * @param measure the measure
 * @param evidence the row's evidence of that measure
 */
public record Cell(EvidenceRow row, Measure measure, Evidence evidence) {

    /** Whether single contributions could make up too much of it, and somebody contributes. */
    boolean canBeDominated() {
        return (measure.kind().canBeDominated()
                        || evidence.particular(Concentration.class).isPresent())
                && !evidence.isEmpty();
    }

    /** Subjects that contribute anything but zero, where that is known. */
    Optional<Long> nonZero() {
        return evidence.particular(NonZeroUnits.class).map(NonZeroUnits::units);
    }

    /** The same cell with other evidence. */
    Cell with(Evidence other) {
        return new Cell(row, measure, other);
    }

    Verdict fails(Rule rule, String sentence) {
        return new Verdict.Fail(new Finding(rule, row.address(), measure.name(), sentence));
    }

    /** The check has what it needs and leaves the decision to a person. */
    Verdict asks(Rule rule, String sentence) {
        return new Verdict.Review(new Finding(rule, row.address(), measure.name(), sentence));
    }

    /** The check lacks what it needs. */
    Verdict lacks(Rule rule, String what) {
        return new Verdict.Review(new Finding(rule, row.address(), measure.name(), "Cannot be judged: " + what + "."));
    }
}
