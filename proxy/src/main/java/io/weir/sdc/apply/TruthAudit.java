package io.weir.sdc.apply;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.protection.HiddenInterval;
import io.weir.disclosure.protection.PatternAudit;
import io.weir.disclosure.protection.PatternAudit.HiddenCell;
import io.weir.disclosure.protection.PatternAudit.Outcome;
import io.weir.disclosure.protection.PatternAudit.Place;
import io.weir.disclosure.protection.Rounding;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import io.weir.sdc.describe.Population;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.PublishedTable.Cell;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a protected table protects enough, by its true values: the pattern is judged as if the rules had chosen it themselves. */
public final class TruthAudit {
    private static final String NO_ROW = "(no row)";

    private final PublishedTable published;
    private final StatedTable truth;
    private final Rules rules;
    private final EarlierCells earlier;
    private final Judgement judgement;
    private final List<Measure> measures;
    private final List<AuditedCell> found = new ArrayList<>();

    private TruthAudit(PublishedTable published, StatedTable truth, Rules rules, EarlierCells earlier) {
        this.published = published;
        this.truth = truth;
        this.rules = rules;
        this.earlier = earlier;
        this.measures = truth.evidence().measures();
        this.judgement = Judgement.of(truth.evidence(), rules);
    }

    /**
     * @param published rows of the truth only; those that it lacks count as hidden
     * @param earlier cells of earlier releases of the same data
     */
    public static AuditReport of(PublishedTable published, StatedTable truth, Rules rules, EarlierCells earlier) {
        return new TruthAudit(published, truth, rules, earlier).report();
    }

    private AuditReport report() {
        Map<Place, BigDecimal> before = new HashMap<>();
        earlier.fixed().forEach(cell -> before.put(new Place(cell.row(), cell.measure()), cell.published()));
        Set<Place> hidden = new LinkedHashSet<>();
        List<FixedCell> fixed = new ArrayList<>(earlier.fixed());
        List<ToldCell> told = new ArrayList<>(earlier.told());
        told.addAll(rowsLeftOut());
        told.addAll(Wholes.told(truth, rules));
        told.addAll(HalfHidden.told(truth, rules, this::isShown));
        for (int row = 0; row < truth.places().size(); row++) {
            PublishedTable.Row line = published.rows().get(truth.places().get(row));
            for (int m = 0; m < measures.size(); m++) {
                Place place = new Place(row, m);
                Cell cell = line == null ? null : line.cells().get(m);
                if (cell instanceof Cell.Shown(BigDecimal value)) {
                    if (value != null && !before.containsKey(place)) {
                        fixed.add(new FixedCell(row, m, value));
                    }
                    shown(row, m, value);
                    continue;
                }
                if (cell instanceof Cell.Hidden marked) {
                    marked(row, m, marked, told);
                }
                BigDecimal known = before.get(place);
                if (known == null) {
                    hidden.add(place);
                } else if (!findings(row, m).isEmpty()) {
                    found.add(new AuditedCell(
                            truth.places().get(row),
                            measures.get(m).name(),
                            cell instanceof Cell.Hidden marked ? marked.marker() : NO_ROW,
                            known,
                            known,
                            Status.SHOWN,
                            "It was published earlier as " + known.toPlainString() + "."));
                }
            }
        }
        EvidenceTable table = truth.evidence().withFixed(fixed).telling(told);
        new PatternAudit(table, rules.appetite(), Protector.LIMITS).of(hidden).forEach(cell -> found.add(judged(cell)));
        Map<List<List<String>>, Integer> order = new HashMap<>();
        truth.places().forEach(place -> order.put(place, order.size()));
        found.sort(Comparator.comparing(cell -> order.getOrDefault(cell.place(), 0)));
        List<String> notes = new ArrayList<>();
        notes.add("Intervals take readers to know shown numbers at least as well as they do, and what markers say.");
        long lacking = truth.places().stream()
                .filter(place -> !published.rows().containsKey(place))
                .count();
        if (lacking > 0) {
            notes.add(lacking + " rows of the truth are not in the table: they count as hidden.");
        }
        return new AuditReport(found, notes, true, false);
    }

    /** Where just the rows of few are left out, readers who know the profile know what that says. */
    private List<ToldCell> rowsLeftOut() {
        Set<Integer> few = LeftOut.few(truth, rules);
        boolean asWeDo = !few.isEmpty();
        for (int row = 0; row < truth.places().size(); row++) {
            asWeDo &= published.rows().containsKey(truth.places().get(row)) != few.contains(row);
        }
        return asWeDo ? LeftOut.told(truth, rules, few) : List.of();
    }

    private boolean isShown(int row, int m) {
        PublishedTable.Row line = published.rows().get(truth.places().get(row));
        return line != null && line.cells().get(m) instanceof Cell.Shown;
    }

    private List<Finding> findings(int row, int m) {
        return judgement.cells().get(row).get(m).findings();
    }

    private void marked(int row, int m, Cell.Hidden marked, List<ToldCell> told) {
        BigDecimal most = MarkerBound.most(marked, measures.get(m), rules);
        BigDecimal value = truth.evidence().evidence(row, m).value();
        if (most == null || value == null) {
            return;
        }
        if (value.compareTo(most) <= 0) {
            told.add(new ToldCell(row, m, null, most, MarkerBound.isAllowed(most, rules)));
        } else {
            found.add(new AuditedCell(
                    truth.places().get(row),
                    measures.get(m).name(),
                    marked.marker(),
                    null,
                    most,
                    Status.UNTRUE,
                    "Its marker says that it is at most " + most.toPlainString() + ", and it is not."));
        }
    }

    private void shown(int row, int m, @Nullable BigDecimal value) {
        String printed = value == null ? "" : value.toPlainString();
        if (!findings(row, m).isEmpty()) {
            found.add(new AuditedCell(
                    truth.places().get(row),
                    measures.get(m).name(),
                    printed,
                    value,
                    value,
                    Status.SHOWN,
                    findings(row, m).getFirst().sentence()));
        } else if (!isAsTheProfileRounds(row, m, value)) {
            found.add(new AuditedCell(
                    truth.places().get(row),
                    measures.get(m).name(),
                    printed,
                    value,
                    value,
                    Status.OTHERWISE,
                    "It is not the true number as this profile rounds it."));
        }
    }

    private boolean isAsTheProfileRounds(int row, int m, @Nullable BigDecimal value) {
        Evidence evidence = truth.evidence().evidence(row, m);
        BigDecimal trueValue = evidence.value();
        if (value == null || trueValue == null) {
            return value == null && trueValue == null;
        }
        if (measures.get(m).kind() == MeasureKind.UNITS && rules.counts() instanceof CountMethod.CellByCell method) {
            try {
                return method.change().known(value.longValueExact()).contains(trueValue);
            } catch (IllegalArgumentException notOfThisMethod) {
                return false;
            }
        }
        Rounding rounding = new Rounding(rules.appetite());
        return rounding.publish(measures.get(m), trueValue, rounding.step(measures.get(m), evidence))
                        .compareTo(value)
                == 0;
    }

    private AuditedCell judged(HiddenCell cell) {
        List<List<String>> place = truth.places().get(cell.place().row());
        PublishedTable.Row line = published.rows().get(place);
        Cell printed = line == null ? null : line.cells().get(cell.place().measure());
        HiddenInterval interval = cell.interval();
        BigDecimal lower = interval == null ? null : interval.lower();
        BigDecimal upper = interval == null ? null : interval.upper();
        boolean exact = lower != null && upper != null && lower.compareTo(upper) >= 0;
        Status status = switch (cell.outcome()) {
            case ENOUGH -> isHiddenPopulation(cell) ? Status.NOT_AUDITED : Status.ENOUGH;
            case TOO_NARROW -> exact ? Status.EXACT : Status.TOO_NARROW;
            case NOT_AUDITED -> Status.NOT_AUDITED;
        };
        return new AuditedCell(
                place,
                measures.get(cell.place().measure()).name(),
                printed instanceof Cell.Hidden marked ? marked.marker() : NO_ROW,
                lower,
                upper,
                status,
                why(cell, status));
    }

    private static String why(HiddenCell cell, Status status) {
        if (status == Status.NOT_AUDITED && cell.outcome() == Outcome.ENOUGH) {
            return "It is the population that others are judged by: what their numbers tell of it was not looked at.";
        }
        return cell.outcome() == Outcome.TOO_NARROW && !cell.byRule() ? "It is hidden for the sake of others." : "";
    }

    /** The grand total, beside counts that passed the rules because enough or none of it are not in them. */
    private boolean isHiddenPopulation(HiddenCell cell) {
        return truth.description().population() instanceof Population.OfTheTotal
                && measures.get(cell.place().measure()).kind().isCount()
                && truth.places().get(cell.place().row()).stream().allMatch(List::isEmpty)
                && published.rows().values().stream()
                        .flatMap(row -> row.cells().stream())
                        .anyMatch(other -> other instanceof Cell.Shown shown
                                && shown.value() != null
                                && shown.value().signum() > 0);
    }

    /** What keeps a table from being judged, whatever is hidden in it; empty where nothing does. */
    public static List<String> obstacles(StatedTable truth, Rules rules) {
        return Wholes.tooFewOutside(truth, rules.appetite().threshold());
    }

    /** Rows of a publication that the truth does not have. */
    public static List<Map.Entry<List<List<String>>, PublishedTable.Row>> unknown(
            PublishedTable published, StatedTable truth) {
        Set<List<List<String>>> known = Set.copyOf(truth.places());
        return published.rows().entrySet().stream()
                .filter(row -> !known.contains(row.getKey()))
                .toList();
    }
}
