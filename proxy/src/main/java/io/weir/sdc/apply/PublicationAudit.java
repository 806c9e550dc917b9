package io.weir.sdc.apply;

import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import io.weir.sdc.describe.AbsentRows;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.PublishedTable.Cell;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What readers of a protected table can work out about its hidden cells, from the table and its earlier releases alone. Whether that is too much needs the true
 * values: {@link TruthAudit}. Numbers and markers are taken by their word; where they contradict each other nothing is said but where.
 */
public final class PublicationAudit {
    private static final String NO_ROW = "(no row)";
    private static final int MOST_NAMED = 12;

    private final PublishedTable table;
    private final Rules rules;
    private final List<Measure> measures;
    private final YamlProblems problems;
    private final PublicationKnowledge known;

    private PublicationAudit(
            PublishedTable table,
            Rules rules,
            List<Measure> measures,
            Map<String, PublishedTable> earlier,
            YamlProblems problems) {
        this.table = table;
        this.rules = rules;
        this.measures = measures;
        this.problems = problems;
        known = new PublicationKnowledge(table, rules, measures, earlier, problems);
    }

    /**
     * @param measures of the table, as the rules know them
     * @param earlier releases by the names of their files
     * @param problems where contradictions go
     * @return empty after adding at least one problem
     */
    public static Optional<AuditReport> of(
            PublishedTable table,
            Rules rules,
            List<Measure> measures,
            Map<String, PublishedTable> earlier,
            YamlProblems problems) {
        return new PublicationAudit(table, rules, measures, earlier, problems).report();
    }

    private Optional<AuditReport> report() {
        int before = problems.count();
        boolean open =
                !table.description().keysArePublic() && table.description().absentRows() == AbsentRows.UNKNOWN;
        for (Reading reading : Reading.all()) {
            Optional<Knowledge> knowledge = known.of(open, false, false, reading);
            if (problems.count() > before) {
                return Optional.empty();
            }
            Attack.Result result = knowledge.map(this::run).orElse(null);
            if (result instanceof Attack.Result.Found found && knowledge.isPresent()) {
                return Optional.of(report(knowledge.get(), found, open, reading));
            }
            if (result instanceof Attack.Result.Contradiction(List<Integer> cells) && reading.isLast()) {
                contradiction(cells);
            }
        }
        return Optional.empty();
    }

    private AuditReport report(Knowledge knowledge, Attack.Result.Found found, boolean open, Reading reading) {
        List<String> notes = new ArrayList<>();
        if (!found.complete()) {
            notes.add("The table is too large for all intervals; those that are missing are not known to be safe.");
        }
        if (!reading.exact()
                && measures.stream().anyMatch(measure -> !measure.kind().isCount())) {
            notes.add("Sums in print do not add up, and were taken to be rounded.");
        }
        if (reading.tells() && isEmptySomewhere()) {
            notes.add(
                    "Empty sums were taken for sums that nobody contributes to. Where one was taken out, write a marker in its place.");
        }
        if (!reading.tells()) {
            notes.add(
                    "Numbers in print contradict that rows of few are hidden as a whole: nothing was taken to follow from that.");
        }
        boolean somebody = rules.hasThreshold() && rules.appetite().zeros() == ZeroRule.SHOWN;
        if (open) {
            notes.add(
                    "Codes are not said to be known, and rows that are not in the table may hold anything. "
                            + "Who knows the codes can work out more: list 'codes:', or write 'absentRows: zero' if none was left out.");
        }
        Map<Integer, FeasibleInterval> closed = closed(somebody, true, reading);
        if (closed.isEmpty()) {
            closed = closed(somebody, false, reading);
        }
        boolean keyed =
                Refusals.marginsTell(rules, table.description()) || (Refusals.isKeyed(rules) && table.hasMargins());
        if (keyed) {
            notes.add(
                    "The same people are always changed alike: a part that is not printed as its margin is tells that the rest is not nobody."
                            + " That was not looked at.");
        }
        return new AuditReport(cells(knowledge, found.intervals(), closed, reading), notes, false, keyed);
    }

    private Map<Integer, FeasibleInterval> closed(boolean somebody, boolean apart, Reading reading) {
        return known.of(false, somebody, apart, reading).map(this::intervals).orElse(Map.of());
    }

    /** Also of cells that are certain from the start; none where the numbers contradict what was taken for known. */
    private Map<Integer, FeasibleInterval> intervals(Knowledge knowledge) {
        Map<Integer, FeasibleInterval> intervals = new HashMap<>();
        if (run(knowledge) instanceof Attack.Result.Found found) {
            for (int cell = 0; cell < known.places().size() * measures.size(); cell++) {
                FeasibleInterval certain = knowledge.certain(cell);
                if (certain != null) {
                    intervals.put(cell, certain);
                }
            }
            intervals.putAll(found.intervals());
        }
        return intervals;
    }

    private boolean isEmptySomewhere() {
        return table.rows().values().stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell -> cell instanceof Cell.Shown shown && shown.value() == null);
    }

    private Attack.Result run(Knowledge knowledge) {
        return knowledge.attack().run(new WorkBudget(Protector.LIMITS.work()));
    }

    private void contradiction(List<Integer> cells) {
        TreeSet<Integer> lines = new TreeSet<>();
        TreeSet<String> names = new TreeSet<>();
        List<String> words = new ArrayList<>();
        for (int cell : cells) {
            int row = cell / measures.size();
            List<List<String>> place = known.places().get(row);
            PublishedTable.Row line = table.rows().get(place);
            if (line != null) {
                lines.add(line.line());
            }
            names.add(measures.get(cell % measures.size()).name());
            words.add(table.words(place) + " (" + known.printed(row, cell % measures.size()) + ")");
        }
        String named = String.join("; ", words.stream().limit(MOST_NAMED).toList())
                + (words.size() > MOST_NAMED ? "; and " + (words.size() - MOST_NAMED) + " more" : "");
        problems.add(
                known.file(),
                lines.isEmpty() ? 0 : lines.getFirst(),
                "column " + String.join(", ", names),
                "these numbers contradict each other, or what their markers say: " + named,
                "correct them; name the profile that the table was made by; say below 'markers:' what markers mean");
    }

    private List<AuditedCell> cells(
            Knowledge knowledge,
            Map<Integer, FeasibleInterval> intervals,
            Map<Integer, FeasibleInterval> closed,
            Reading reading) {
        List<AuditedCell> cells = new ArrayList<>();
        for (int row = 0; row < known.places().size(); row++) {
            for (int m = 0; m < measures.size(); m++) {
                int index = row * measures.size() + m;
                FeasibleInterval found = intervals.get(index);
                FeasibleInterval seen = found == null ? knowledge.certain(index) : found;
                AuditedCell cell = cell(row, m, seen, closed.get(index), reading);
                if (cell != null) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    private @Nullable AuditedCell cell(
            int row, int m, @Nullable FeasibleInterval interval, @Nullable FeasibleInterval closed, Reading reading) {
        List<List<String>> place = known.places().get(row);
        String measure = measures.get(m).name();
        PublishedTable.Row line = table.rows().get(place);
        if (line != null
                && line.cells().get(m) instanceof Cell.Shown(BigDecimal value)
                && (value != null || reading.tells())) {
            BigDecimal printed = value == null ? BigDecimal.ZERO : value;
            if (PublicationKnowledge.isTooSmall(measures.get(m), printed, rules)) {
                return new AuditedCell(
                        place,
                        measure,
                        printed.toPlainString(),
                        printed,
                        printed,
                        Status.SHOWN,
                        "The profile hides it.");
            }
            boolean undone = rules.counts() instanceof CountMethod.CellByCell method
                    && !method.suppressed()
                    && measures.get(m).kind() == MeasureKind.UNITS
                    && interval != null
                    && interval.width() <= 0
                    && !known.isExact(row, m);
            return undone ? AuditReport.cell(place, measure, printed.toPlainString(), interval, known.beyond(m)) : null;
        }
        String printed = line != null && line.cells().get(m) instanceof Cell.Hidden marked
                ? marked.marker()
                : line != null ? "" : NO_ROW;
        AuditedCell cell = AuditReport.cell(place, measure, printed, interval, known.beyond(m));
        String before = known.earlier(row, m);
        if (before != null) {
            return cell.as(Status.SHOWN, "It was published earlier as " + before + ".");
        }
        return cell.status() == Status.NOT_JUDGED && closed != null && AuditReport.isExact(closed)
                ? cell.as(
                        Status.NOT_AUDITED,
                        "Who knows that no row was left out, that zeros are not hidden, and that nobody is in two cells, knows it exactly.")
                : cell;
    }
}
