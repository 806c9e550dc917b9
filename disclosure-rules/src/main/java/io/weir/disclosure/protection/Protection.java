package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Primary suppression, complementary suppression, rounding: one table in, one assessment out. */
public final class Protection {
    private final EvidenceTable table;
    private final List<Integer> original;
    private final RiskAppetite appetite;
    private final AuditLimits limits;
    private final Rounding rounding;
    private final PrimarySuppression primary;
    private final Setting setting;
    private final Map<Integer, BigDecimal> published = new HashMap<>();

    public Protection(EvidenceTable given, RiskAppetite appetite, AuditLimits limits) {
        CanonicalOrder order = CanonicalOrder.of(given);
        this.table = order.table();
        this.original = order.original();
        this.appetite = appetite;
        this.limits = limits;
        this.rounding = new Rounding(appetite);
        primary = PrimarySuppression.of(table, appetite);
        setting = Setting.of(table, appetite, primary, limits);
        for (FixedCell cell : table.fixed()) {
            published.put(index(cell.row(), cell.measure()), cell.published());
        }
    }

    /** Whether the table has so many relations that it is protected by the method for large tables. */
    public boolean isLarge() {
        return SuppressionMethod.isLarge(setting, limits);
    }

    public Assessment assess() {
        Pattern pattern = SuppressionMethod.of(setting, appetite.zeros() == ZeroRule.SHOWN, limits)
                .find();
        boolean exposed = pattern.proof() instanceof Proof.NotProtected;
        Assessment.Row[] rows = new Assessment.Row[table.rows().size()];
        for (int row = 0; row < table.rows().size(); row++) {
            Protected[] cells = new Protected[table.measures().size()];
            for (int measure = 0; measure < cells.length; measure++) {
                cells[measure] = exposed ? withheld(row, measure) : cell(row, measure, pattern.hidden());
            }
            Long units = table.rows().get(row).units();
            boolean below = units == null || (units > 0 && units < appetite.threshold());
            rows[original.get(row)] = new Assessment.Row(table.rows().get(row).address(), below, List.of(cells));
        }
        List<HiddenInterval> intervals = pattern.intervals().stream()
                .map(interval -> new HiddenInterval(
                        original.get(interval.row()), interval.measure(), interval.lower(), interval.upper()))
                .toList();
        return new Assessment(List.of(rows), intervals, pattern.proof());
    }

    private Protected cell(int row, int measure, BitSet hidden) {
        List<Finding> findings = primary.of(row, measure);
        BigDecimal before = published.isEmpty() ? null : published.get(index(row, measure));
        if (!findings.isEmpty()) {
            return new Protected.Hidden(before == null ? findings : withHistory(findings, row, measure));
        }
        if (hidden.get(index(row, measure))) {
            return hiddenBy(
                    Rule.COMPLEMENTARY, row, measure, "Hidden so that another hidden cell cannot be worked out.");
        }
        Measure shape = table.measures().get(measure);
        Evidence evidence = table.evidence(row, measure);
        BigDecimal value = evidence.value();
        BigDecimal shown = before != null || value == null
                ? before
                : rounding.publish(shape, value, rounding.step(shape, evidence));
        return new Protected.Shown(shown, rounding.rounds(shape));
    }

    private List<Finding> withHistory(List<Finding> findings, int row, int measure) {
        List<Finding> all = new ArrayList<>(findings);
        all.add(finding(Rule.HISTORY, row, measure, "Was published earlier; hiding it now cannot take that back."));
        return all;
    }

    private Protected withheld(int row, int measure) {
        return hiddenBy(
                Rule.HISTORY,
                row,
                measure,
                "Withheld with the whole table: together with what was published earlier it would give hidden cells away.");
    }

    private Protected hiddenBy(Rule rule, int row, int measure, String sentence) {
        return new Protected.Hidden(List.of(finding(rule, row, measure, sentence)));
    }

    private Finding finding(Rule rule, int row, int measure, String sentence) {
        Address address = table.rows().get(row).address();
        return new Finding(rule, address, table.measures().get(measure).name(), sentence);
    }

    private int index(int row, int measure) {
        return row * table.measures().size() + measure;
    }
}
