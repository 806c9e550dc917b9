package io.weir.sdc.apply;

import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.evidence.WithheldCell;
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
import io.weir.sdc.describe.Population;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hides and rounds. */
public final class Protector {
    static final AuditLimits LIMITS = AuditLimits.batch();

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
        EvidenceTable given = table.evidence().withFixed(earlier.fixed()).telling(List.copyOf(told));
        Judgement judgement = Judgement.of(given, rules);
        Set<WithheldCell> withheld = new LinkedHashSet<>(WholeRows.from(table, judgement, leftOut));
        EvidenceTable known = given.withholding(List.copyOf(withheld));
        Protection protection = new Protection(known, rules.appetite(), LIMITS);
        Assessment assessment = protection.assess();
        // What is hidden for others' sake takes its row with it, and needs others again.
        while (withheld.addAll(WholeRows.beside(table, leftOut, assessment))) {
            known = given.withholding(List.copyOf(withheld));
            protection = new Protection(known, rules.appetite(), LIMITS);
            assessment = protection.assess();
        }
        List<String> notes = new ArrayList<>();
        if (protection.isLarge()) {
            notes.add("The table is large: it was protected by the method for large tables, which can hide more. "
                    + "The intervals below are what was shown to remain possible; more may be.");
        }
        List<String> exposed = exposed(table, known, assessment, rules);
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

    /**
     * What the library's proof does not look at: cells that were shown before, cells that nothing connects with others, what follows for parts that are hidden as a
     * whole, and that the total which others are judged by is hidden itself.
     */
    private static List<String> exposed(StatedTable table, EvidenceTable known, Assessment assessment, Rules rules) {
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
        exposed.addAll(hiddenPopulation(table, assessment));
        exposed.addAll(Wholes.tooFewOutside(table, rules.appetite().threshold()));
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
                        .map(cell ->
                                words(known, cell.place().row(), cell.place().measure())
                                        + " can be worked out too closely by which rows are left out, by earlier releases, by a small population, or by zeros that are shown;"
                                        + " list 'codes:' in the description, fewer margins, or larger rows.")
                        .forEach(exposed::add);
        return exposed;
    }

    /** Where the grand total is the population, each shown count tells that the others are none or not few: of a total that is hidden, too. */
    private static List<String> hiddenPopulation(StatedTable table, Assessment assessment) {
        boolean counts = false;
        boolean hidden = false;
        for (int row = 0; row < assessment.rows().size(); row++) {
            boolean total = table.places().get(row).stream().allMatch(List::isEmpty);
            for (int m = 0; m < table.evidence().measures().size(); m++) {
                boolean count = table.evidence().measures().get(m).kind().isCount();
                Protected cell = assessment.cell(row, m);
                counts |= count
                        && cell instanceof Protected.Shown shown
                        && shown.value() != null
                        && shown.value().signum() > 0;
                hidden |= total && count && cell instanceof Protected.Hidden;
            }
        }
        return counts && hidden && table.description().population() instanceof Population.OfTheTotal
                ? List.of(
                        "The grand total would have to be hidden, and it is the population that all counts are judged by:"
                                + " give 'population:' as a number that is known, larger rows, or fewer margins.")
                : List.of();
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
        List<String> outside = Wholes.tooFewOutside(table, Long.MAX_VALUE);
        if (!outside.isEmpty()) {
            return new Result(new Assessment(rows, List.of(), new Proof.NotProtected(outside)), leftOut, List.of());
        }
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
                    Long most = Wholes.most(table, row);
                    if (most != null) {
                        knowledge.within(row, m, BigDecimal.ZERO, BigDecimal.valueOf(most));
                    }
                }
            }
            int measure = m;
            if (counts) {
                knowledge.sums(
                        table.evidence().margins(), m, margin -> Knowledge.addsUp(table.evidence(), margin, measure));
            }
        }
        Attack.Result result = knowledge.attack().run(new WorkBudget(LIMITS.work()));
        if (!(result instanceof Attack.Result.Found found)) {
            throw new IllegalStateException("A table contradicts its own rounding");
        }
        boolean complete = found.complete();
        for (Map.Entry<Integer, ExistenceInterval> entry : alone.entrySet()) {
            int row = entry.getKey() / width;
            int m = entry.getKey() % width;
            ExistenceInterval own = entry.getValue();
            FeasibleInterval certain = knowledge.certain(entry.getKey());
            FeasibleInterval interval = found.intervals().getOrDefault(entry.getKey(), certain);
            if (interval == null) {
                continue;
            }
            boolean less = own.upper() != null
                    && interval.width() < own.upper().subtract(own.lower()).doubleValue();
            narrowed += less ? 1 : 0;
            if (less && interval.width() <= 0) {
                undone.add("The margins, or the population, undo the rounding of "
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
