package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Primary suppression, complementary suppression, rounding: one table in, one assessment out. */
public final class Protection {
    private final EvidenceTable table;
    private final RiskAppetite appetite;
    private final Rounding rounding;

    public Protection(EvidenceTable table, RiskAppetite appetite) {
        this.table = table;
        this.appetite = appetite;
        this.rounding = new Rounding(appetite);
    }

    public Assessment assess() {
        PrimarySuppression primary = PrimarySuppression.of(table, appetite);
        TreeSet<Integer> hiddenRows = new TreeSet<>();
        for (int row = 0; row < table.rows().size(); row++) {
            for (int measure = 0; measure < table.measures().size(); measure++) {
                if (!primary.of(row, measure).isEmpty()) {
                    hiddenRows.add(row);
                }
            }
        }
        Set<Integer> linked = linkedRows(hiddenRows);
        List<Assessment.Row> rows = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            EvidenceRow evidence = table.rows().get(row);
            List<Protected> cells = new ArrayList<>();
            for (int measure = 0; measure < table.measures().size(); measure++) {
                cells.add(cell(row, measure, primary.of(row, measure), linked.contains(row)));
            }
            Long units = evidence.units();
            boolean below = units == null || (units > 0 && units < appetite.threshold());
            rows.add(new Assessment.Row(evidence.address(), below, cells));
        }
        Proof proof = linked.isEmpty()
                ? new Proof.Audited()
                : new Proof.Conservative(List.of("Every table part with a hidden cell was hidden as a whole."));
        return new Assessment(rows, List.of(), proof);
    }

    private Protected cell(int row, int measure, List<Finding> findings, boolean linked) {
        if (!findings.isEmpty()) {
            return new Protected.Hidden(findings);
        }
        if (linked) {
            return new Protected.Hidden(List.of(new Finding(
                    Rule.COMPLEMENTARY,
                    table.rows().get(row).address(),
                    table.measures().get(measure).name(),
                    "Hidden so that a neighbouring hidden cell cannot be worked out.")));
        }
        BigDecimal value = table.evidence(row, measure).value();
        return new Protected.Shown(
                value == null ? null : rounding.publish(table.measures().get(measure), value),
                rounding.rounds(table.measures().get(measure)));
    }

    /** Rows that share an equation, directly or through others, with a hidden row. */
    private Set<Integer> linkedRows(Set<Integer> hidden) {
        Set<Integer> linked = new TreeSet<>();
        for (boolean grown = true; grown; ) {
            grown = false;
            for (MarginEquation margin : table.margins()) {
                boolean touches = margin.left().stream().anyMatch(row -> hidden.contains(row) || linked.contains(row))
                        || margin.right().stream().anyMatch(row -> hidden.contains(row) || linked.contains(row));
                if (touches) {
                    grown |= linked.addAll(margin.left());
                    grown |= linked.addAll(margin.right());
                }
            }
        }
        return linked;
    }
}
