package io.weir.disclosure.check;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;

/**
 * One measure of one row, as the checks see it.
 *
 * @param row the row
 * @param measure the measure
 * @param evidence the row's evidence of that measure
 */
public record Cell(EvidenceRow row, Measure measure, Evidence evidence) {

    Verdict fails(Rule rule, String sentence) {
        return new Verdict.Fail(new Finding(rule, row.address(), measure.name(), sentence));
    }

    /** The check lacks what it needs. */
    Verdict lacks(Rule rule, String what) {
        return new Verdict.Review(new Finding(rule, row.address(), measure.name(), "Cannot be judged: " + what + "."));
    }
}
