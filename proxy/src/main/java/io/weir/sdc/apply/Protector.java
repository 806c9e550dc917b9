package io.weir.sdc.apply;

import io.weir.disclosure.DisclosureRules;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.AuditLimits;
import io.weir.disclosure.protection.HiddenInterval;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hides and rounds. */
public final class Protector {
    /** What a table on somebody's desk may cost: some seconds, where an interactive answer has one. */
    static final AuditLimits LIMITS = new AuditLimits(1_000, 800, 1_200, 15_000_000_000L);

    private Protector() {}

    /**
     * A protected table.
     *
     * @param assessment rows in the order of the stated table; with {@link Proof.NotProtected} nothing is to be published
     * @param notes what the one who publishes it should know
     */
    public record Result(Assessment assessment, List<String> notes) {
        public Result {
            notes = List.copyOf(notes);
        }
    }

    /** Protects a table. Cells published earlier are in {@code earlier}. */
    public static Result protect(StatedTable table, Rules rules, List<FixedCell> earlier) {
        EvidenceTable given = table.evidence();
        EvidenceTable fixed = new EvidenceTable(
                given.measures(), given.rows(), given.margins(), given.relations(), earlier, given.withheld());
        return rules.hasThreshold() ? suppressed(table, fixed, rules) : changed(table, rules);
    }

    private static Result suppressed(StatedTable table, EvidenceTable fixed, Rules rules) {
        Assessment assessment = new DisclosureRules(LIMITS).protect(fixed, rules.appetite());
        List<String> told = LeftOut.tells(table, assessment, rules);
        if (!told.isEmpty()) {
            return new Result(
                    new Assessment(assessment.rows(), assessment.intervals(), new Proof.NotProtected(told)), List.of());
        }
        if (!(rules.counts() instanceof CountMethod.CellByCell method)) {
            return new Result(assessment, List.of());
        }
        Set<List<Integer>> before = new HashSet<>();
        fixed.fixed().forEach(cell -> before.add(List.of(cell.row(), cell.measure())));
        List<Assessment.Row> rows = new ArrayList<>();
        for (int row = 0; row < assessment.rows().size(); row++) {
            List<Protected> cells = new ArrayList<>();
            for (int m = 0; m < fixed.measures().size(); m++) {
                Protected cell = assessment.cell(row, m);
                boolean changes = fixed.measures().get(m).kind() == MeasureKind.UNITS
                        && !before.contains(List.of(row, m))
                        && cell instanceof Protected.Shown;
                cells.add(changes ? change(table, method, row, m) : cell);
            }
            Assessment.Row own = assessment.rows().get(row);
            rows.add(new Assessment.Row(own.address(), own.belowThreshold(), cells));
        }
        return new Result(
                new Assessment(rows, assessment.intervals(), assessment.proof()),
                List.of("Counts have " + method.words() + " after suppression: margins need not add up."));
    }

    private static Protected.Shown change(StatedTable table, CountMethod.CellByCell method, int row, int measure) {
        BigDecimal value = table.evidence().evidence(row, measure).value();
        long count = value == null ? 0 : value.longValueExact();
        long published = method.change().publish(count, Keys.of(table, row, count));
        return new Protected.Shown(BigDecimal.valueOf(published), true);
    }

    /** Nothing is hidden for being small: every count of units is changed, and what the margins then tell is worked out. */
    private static Result changed(StatedTable table, Rules rules) {
        if (!(rules.counts() instanceof CountMethod.CellByCell method)) {
            throw new IllegalStateException("A profile without a threshold changes counts");
        }
        Judgement judgement = Judgement.of(table.evidence(), rules);
        List<Assessment.Row> rows = new ArrayList<>();
        for (int row = 0; row < table.places().size(); row++) {
            List<Protected> cells = new ArrayList<>();
            for (int m = 0; m < table.evidence().measures().size(); m++) {
                List<Finding> findings = judgement.cells().get(row).get(m).findings();
                cells.add(findings.isEmpty() ? change(table, method, row, m) : new Protected.Hidden(findings));
            }
            rows.add(new Assessment.Row(table.evidence().rows().get(row).address(), false, cells));
        }
        return attacked(table, method, rows);
    }

    private static Result attacked(StatedTable table, CountMethod.CellByCell method, List<Assessment.Row> rows) {
        int width = table.evidence().measures().size();
        Map<Integer, ExistenceInterval> alone = new LinkedHashMap<>();
        List<HiddenInterval> intervals = new ArrayList<>();
        List<String> undone = new ArrayList<>();
        int narrowed = 0;
        boolean complete = true;
        for (int m = 0; m < width; m++) {
            if (table.evidence().measures().get(m).kind() != MeasureKind.UNITS) {
                continue;
            }
            Knowledge knowledge = new Knowledge(table.evidence().rows().size(), 1);
            for (int row = 0; row < rows.size(); row++) {
                if (rows.get(row).cells().get(m) instanceof Protected.Shown shown && shown.value() != null) {
                    ExistenceInterval known =
                            method.change().known(shown.value().longValueExact());
                    alone.put(row * width + m, known);
                    knowledge.between(row, 0, known.lower(), known.upper());
                }
            }
            int measure = m;
            knowledge.sums(
                    table.evidence().margins(), 0, margin -> Knowledge.addsUp(table.evidence(), margin, measure));
            Attack.Result result = knowledge.attack().run(new WorkBudget(LIMITS.work()));
            if (!(result instanceof Attack.Result.Found found)) {
                throw new IllegalStateException("A table contradicts its own rounding");
            }
            complete &= found.complete();
            for (Map.Entry<Integer, FeasibleInterval> entry : found.intervals().entrySet()) {
                int row = entry.getKey();
                ExistenceInterval own = alone.get(row * width + m);
                if (own == null) {
                    continue;
                }
                FeasibleInterval interval = entry.getValue();
                boolean less = own.upper() != null
                        && interval.width() < own.upper().subtract(own.lower()).doubleValue();
                narrowed += less ? 1 : 0;
                if (less && interval.width() <= 0) {
                    undone.add("The margins undo the rounding of "
                            + String.join(", ", rows.get(row).address().keys()) + ": "
                            + table.evidence().measures().get(m).name() + " can be worked out exactly.");
                }
                intervals.add(new HiddenInterval(
                        row, m, BigDecimal.valueOf((long) interval.lower()), BigDecimal.valueOf((long)
                                interval.upper())));
            }
        }
        List<String> notes = new ArrayList<>();
        notes.add("Every count of units has " + method.words() + "; none is hidden, and margins need not add up.");
        if (narrowed > 0) {
            notes.add("Margins narrow " + narrowed
                    + " counts below what their rounding leaves; publish fewer margins if that matters.");
        }
        if (!undone.isEmpty()) {
            return new Result(new Assessment(rows, intervals, new Proof.NotProtected(undone)), notes);
        }
        Proof proof = complete
                ? new Proof.Audited()
                : new Proof.NotProtected(
                        List.of("The table is too large to work out what its margins tell of rounded counts."));
        return new Result(new Assessment(rows, intervals, proof), notes);
    }
}
