package io.weir.sdc.apply;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.AuditLimits;
import io.weir.disclosure.protection.HiddenInterval;
import io.weir.disclosure.protection.PatternAudit;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.protection.Protection;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Hides and rounds. */
public final class Protector {
    /**
     * What a table on somebody's desk may cost: some seconds, where an interactive answer has one. Larger ones are protected by the library's method for
     * large tables.
     */
    static final AuditLimits LIMITS = new AuditLimits(1_000, 800, 1_200, 15_000_000_000L, 30_000_000_000L);

    /** Patterns that are looked for before all rows are taken to be known. */
    private static final int ROUNDS = 4;

    private Protector() {}

    /**
     * A protected table.
     *
     * @param assessment rows in the order of the stated table; with {@link Proof.NotProtected} nothing is to be published
     * @param leftOut rows that are left out of what is published
     * @param notes what the one who publishes it should know
     */
    public record Result(Assessment assessment, Set<Integer> leftOut, List<String> notes) {
        public Result {
            leftOut = Set.copyOf(leftOut);
            notes = List.copyOf(notes);
        }

        /** Whether the table may be published. */
        public boolean isProtected() {
            return !(assessment.proof() instanceof Proof.NotProtected);
        }

        /** Whether no number is left to publish. */
        public boolean isEmpty() {
            for (int row = 0; row < assessment.rows().size(); row++) {
                if (!leftOut.contains(row)
                        && assessment.rows().get(row).cells().stream().anyMatch(Protected.Shown.class::isInstance)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Protects a table. */
    public static Result protect(StatedTable table, Rules rules, EarlierCells earlier) {
        return rules.hasThreshold() ? suppressed(table, earlier, rules) : changed(table, rules);
    }

    private static Result suppressed(StatedTable table, EarlierCells earlier, Rules rules) {
        Set<Integer> leftOut = LeftOut.few(table, rules);
        Set<ToldCell> told = new LinkedHashSet<>(LeftOut.told(table, rules, leftOut));
        told.addAll(Wholes.told(table, rules));
        told.addAll(earlier.told());
        EvidenceTable known = table.evidence().withFixed(earlier.fixed()).telling(List.copyOf(told));
        Protection protection = new Protection(known, rules.appetite(), LIMITS);
        Assessment assessment = protection.assess();
        // What a pattern tells of its own rows is known to its reader: until it protects against that, too.
        for (int round = 1; told.addAll(halfHidden(table, rules, assessment, round)); round++) {
            known = known.telling(List.copyOf(told));
            protection = new Protection(known, rules.appetite(), LIMITS);
            assessment = protection.assess();
        }
        List<String> notes = new ArrayList<>();
        if (protection.isLarge()) {
            notes.add("The table is large: it was protected by the method for large tables, which can hide more. "
                    + "The intervals below are what was shown to remain possible; more may be.");
        }
        List<String> exposed = exposed(known, assessment, rules);
        if (!exposed.isEmpty()) {
            return new Result(
                    new Assessment(assessment.rows(), assessment.intervals(), new Proof.NotProtected(exposed)),
                    leftOut,
                    notes);
        }
        return rules.counts() instanceof CountMethod.CellByCell method
                ? cellByCell(table, rules, method, assessment, leftOut, notes, earlier)
                : new Result(assessment, leftOut, notes);
    }

    /** Patterns that follow each other can tell of ever other rows: after some of them of all rows. */
    private static List<ToldCell> halfHidden(StatedTable table, Rules rules, Assessment assessment, int round) {
        if (table.evidence().measures().size() == 1 || assessment.proof() instanceof Proof.NotProtected) {
            return List.of();
        }
        HalfHidden.Of byRule = (row, m) -> assessment.cell(row, m) instanceof Protected.Hidden hidden
                && hidden.findings().stream().anyMatch(finding -> finding.rule() != Rule.COMPLEMENTARY);
        List<ToldCell> told =
                HalfHidden.told(table, rules, (row, m) -> assessment.cell(row, m) instanceof Protected.Shown, byRule);
        return round < ROUNDS || told.isEmpty() ? told : HalfHidden.ofAll(table, rules, byRule);
    }

    /** What the library's proof does not look at: cells that were shown before, and what follows for parts that are hidden as a whole but for their zeros. */
    private static List<String> exposed(EvidenceTable known, Assessment assessment, Rules rules) {
        if (assessment.proof() instanceof Proof.NotProtected) {
            return List.of();
        }
        List<String> exposed = new ArrayList<>();
        for (FixedCell cell : known.fixed()) {
            if (assessment.cell(cell.row(), cell.measure()) instanceof Protected.Hidden) {
                exposed.add(words(known, cell.row(), cell.measure())
                        + " was published earlier, and a rule hides it: that cannot be taken back.");
            }
        }
        if (assessment.proof() instanceof Proof.Conservative) {
            Set<PatternAudit.Place> hidden = new HashSet<>();
            for (int row = 0; row < assessment.rows().size(); row++) {
                for (int m = 0; m < known.measures().size(); m++) {
                    if (assessment.cell(row, m) instanceof Protected.Hidden) {
                        hidden.add(new PatternAudit.Place(row, m));
                    }
                }
            }
            known.fixed().forEach(cell -> hidden.remove(new PatternAudit.Place(cell.row(), cell.measure())));
            new PatternAudit(known, rules.appetite(), LIMITS)
                    .of(hidden).stream()
                            .filter(cell -> cell.outcome() == PatternAudit.Outcome.TOO_NARROW)
                            .map(cell -> words(
                                            known,
                                            cell.place().row(),
                                            cell.place().measure())
                                    + " can be worked out too closely by which rows are left out, by earlier releases, by a small population, or by zeros that are shown;"
                                    + " list 'codes:' in the description, fewer margins, or larger rows.")
                            .forEach(exposed::add);
        }
        return exposed;
    }

    private static String words(EvidenceTable table, int row, int measure) {
        return String.join(", ", table.rows().get(row).address().keys()) + ": "
                + table.measures().get(measure).name();
    }

    private static Result cellByCell(
            StatedTable table,
            Rules rules,
            CountMethod.CellByCell method,
            Assessment assessment,
            Set<Integer> leftOut,
            List<String> notes,
            EarlierCells earlier) {
        Set<List<Integer>> before = new HashSet<>();
        earlier.fixed().forEach(cell -> before.add(List.of(cell.row(), cell.measure())));
        List<Assessment.Row> rows = new ArrayList<>();
        for (int row = 0; row < assessment.rows().size(); row++) {
            List<Protected> cells = new ArrayList<>();
            for (int m = 0; m < table.evidence().measures().size(); m++) {
                Protected cell = assessment.cell(row, m);
                boolean changes = table.evidence().measures().get(m).kind() == MeasureKind.UNITS
                        && !before.contains(List.of(row, m))
                        && cell instanceof Protected.Shown;
                cells.add(changes ? change(table, rules, row, m) : cell);
            }
            Assessment.Row own = assessment.rows().get(row);
            rows.add(new Assessment.Row(own.address(), own.belowThreshold(), cells));
        }
        List<String> all = new ArrayList<>(notes);
        all.add("Counts have " + method.words() + " after suppression: margins need not add up.");
        return new Result(new Assessment(rows, assessment.intervals(), assessment.proof()), leftOut, all);
    }

    private static Protected.Shown change(StatedTable table, Rules rules, int row, int measure) {
        BigDecimal value = table.evidence().evidence(row, measure).value();
        return new Protected.Shown(
                Printed.of(table, rules, row, measure, value == null ? BigDecimal.ZERO : value), true);
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
                cells.add(findings.isEmpty() ? change(table, rules, row, m) : new Protected.Hidden(findings));
            }
            rows.add(new Assessment.Row(table.evidence().rows().get(row).address(), false, cells));
        }
        return attacked(table, method, rows);
    }

    private static Result attacked(StatedTable table, CountMethod.CellByCell method, List<Assessment.Row> rows) {
        Set<Integer> leftOut = LeftOut.likeNobody(table, rows);
        int width = table.evidence().measures().size();
        Map<Integer, ExistenceInterval> alone = new LinkedHashMap<>();
        List<HiddenInterval> intervals = new ArrayList<>();
        List<String> undone = new ArrayList<>();
        int narrowed = 0;
        Knowledge knowledge = new Knowledge(table.evidence().rows().size(), width);
        for (int m = 0; m < width; m++) {
            boolean counts = table.evidence().measures().get(m).kind() == MeasureKind.UNITS;
            for (int row = 0; row < rows.size(); row++) {
                if (counts && rows.get(row).cells().get(m) instanceof Protected.Shown shown && shown.value() != null) {
                    ExistenceInterval known =
                            method.change().known(shown.value().longValueExact());
                    alone.put(row * width + m, known);
                    knowledge.between(row, m, known.lower(), known.upper());
                }
            }
            int measure = m;
            if (counts) {
                knowledge.sums(
                        table.evidence().margins(), m, margin -> Knowledge.addsUp(table.evidence(), margin, measure));
            }
        }
        // Who knows that men and women are everybody adds them up.
        table.evidence().relations().stream()
                .filter(relation -> Stream.concat(relation.left().stream(), relation.right().stream())
                        .allMatch(m -> table.evidence().measures().get(m).kind() == MeasureKind.UNITS))
                .forEach(relation -> {
                    for (int row = 0; row < rows.size(); row++) {
                        knowledge.relation(row, relation);
                    }
                });
        Attack.Result result = knowledge.attack().run(new WorkBudget(LIMITS.work()));
        if (!(result instanceof Attack.Result.Found found)) {
            throw new IllegalStateException("A table contradicts its own rounding");
        }
        boolean complete = found.complete();
        for (Map.Entry<Integer, FeasibleInterval> entry : found.intervals().entrySet()) {
            int row = entry.getKey() / width;
            int m = entry.getKey() % width;
            ExistenceInterval own = alone.get(entry.getKey());
            if (own == null) {
                continue;
            }
            FeasibleInterval interval = entry.getValue();
            boolean less = own.upper() != null
                    && interval.width() < own.upper().subtract(own.lower()).doubleValue();
            narrowed += less ? 1 : 0;
            if (less && interval.width() <= 0) {
                undone.add((table.evidence().relations().isEmpty() ? "The margins" : "The margins, or other measures,")
                        + " undo the rounding of "
                        + String.join(", ", rows.get(row).address().keys()) + ": "
                        + table.evidence().measures().get(m).name() + " can be worked out exactly.");
            }
            intervals.add(new HiddenInterval(
                    row, m, BigDecimal.valueOf((long) interval.lower()), BigDecimal.valueOf((long) interval.upper())));
        }
        List<String> notes = new ArrayList<>();
        notes.add("Every count of units has " + method.words() + "; none is hidden, and margins need not add up.");
        if (narrowed > 0) {
            notes.add("Margins narrow " + narrowed
                    + " counts below what their rounding leaves; publish fewer margins if that matters.");
        }
        if (!undone.isEmpty()) {
            return new Result(new Assessment(rows, intervals, new Proof.NotProtected(undone)), leftOut, notes);
        }
        Proof proof = complete
                ? new Proof.Audited()
                : new Proof.NotProtected(
                        List.of("The table is too large to work out what its margins tell of rounded counts."));
        return new Result(new Assessment(rows, intervals, proof), leftOut, notes);
    }
}
