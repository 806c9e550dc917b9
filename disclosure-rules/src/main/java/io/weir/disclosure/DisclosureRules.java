package io.weir.disclosure;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.check.Checks;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.AuditLimits;
import io.weir.disclosure.protection.Protection;
import io.weir.disclosure.verdict.Verdict;
import java.util.List;

/**
 * The door of the library.
 *
 * <p>Stateless and safe for use from any thread. Deterministic: the same table, with its rows in any order, gets the same pattern.
 *
 * <pre>{@code
 * var patients = Measure.count("patients", MeasureKind.UNITS);
 * var sex = GroupingSet.of(0, 0);
 * var total = GroupingSet.of(1);
 * var rows = List.of(
 *         new EvidenceRow(new Address(0, List.of("F")), 120L, 5000L, List.of(Evidence.ofCount(120, 120))),
 *         new EvidenceRow(new Address(0, List.of("M")), 3L, 5000L, List.of(Evidence.ofCount(3, 3))),
 *         new EvidenceRow(new Address(0, List.of("X")), 15L, 5000L, List.of(Evidence.ofCount(15, 15))),
 *         new EvidenceRow(new Address(1, List.of()), 138L, 5000L, List.of(Evidence.ofCount(138, 138))));
 * var addresses = rows.stream().map(EvidenceRow::address).toList();
 * var table = EvidenceTable.of(List.of(patients), rows)
 *         .withMargins(MarginEquations.of(addresses, List.of(sex, total)));
 * var appetite = new RiskAppetite(10, ZeroRule.SHOWN, 1, List.of(), null);
 * Assessment assessment = new DisclosureRules().protect(table, appetite);
 * // F: Shown(120), M: Hidden(minimum-frequency), X: Hidden(complementary), total: Shown(138)
 * List<Verdict> objections = new DisclosureRules().check(table, appetite);
 * // M: Fail(minimum-frequency)
 * }</pre>
 */
public final class DisclosureRules {
    private final AuditLimits limits;

    /** With limits for interactive answers. */
    public DisclosureRules() {
        this(AuditLimits.interactive());
    }

    /** @param limits how much work one table may cause; beyond it more is hidden */
    public DisclosureRules(AuditLimits limits) {
        this.limits = limits;
    }

    /**
     * Judges a table as it stands and changes nothing: what each cell tells by itself and beside the subjects of its margins. Whether hidden cells can be
     * worked out from shown ones is for {@link io.weir.disclosure.protection.PatternAudit}.
     *
     * @return failures, and what a person has to look at since evidence or a rule is missing; empty when every check of every cell passed
     */
    public List<Verdict> check(EvidenceTable table, RiskAppetite appetite) {
        return Checks.objections(table, appetite);
    }

    /**
     * Judges and protects one linked table. Missing evidence hides; it is no error. With {@link
     * io.weir.disclosure.protection.Proof.NotProtected} every cell is hidden and the table should not be answered at all.
     */
    public Assessment protect(EvidenceTable table, RiskAppetite appetite) {
        return new Protection(table, appetite, limits).assess();
    }
}
