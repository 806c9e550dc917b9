package io.weir.sdc.apply;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.protection.HiddenInterval;
import io.weir.disclosure.protection.PatternAudit;
import io.weir.disclosure.protection.PatternAudit.HiddenCell;
import io.weir.disclosure.protection.PatternAudit.Outcome;
import io.weir.disclosure.protection.PatternAudit.Place;
import io.weir.disclosure.protection.Rounding;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.PublishedTable.Cell;
import io.weir.sdc.read.StatedTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a protected table protects enough, by its true values: the pattern is judged as if the rules had chosen it themselves. */
public final class TruthAudit {
    private final PublishedTable published;
    private final StatedTable truth;
    private final Rules rules;
    private final List<Measure> measures;
    private final List<AuditedCell> found = new ArrayList<>();

    private TruthAudit(PublishedTable published, StatedTable truth, Rules rules) {
        this.published = published;
        this.truth = truth;
        this.rules = rules;
        this.measures = truth.evidence().measures();
    }

    /** @param published rows of the truth only; those that it lacks count as hidden */
    public static AuditReport of(PublishedTable published, StatedTable truth, Rules rules) {
        return new TruthAudit(published, truth, rules).report();
    }

    private AuditReport report() {
        Judgement judgement = Judgement.of(truth.evidence(), rules);
        Set<Place> hidden = new LinkedHashSet<>();
        List<FixedCell> fixed = new ArrayList<>();
        for (int row = 0; row < truth.places().size(); row++) {
            PublishedTable.Row line = published.rows().get(truth.places().get(row));
            for (int m = 0; m < measures.size(); m++) {
                switch (line == null ? null : line.cells().get(m)) {
                    case null -> hidden.add(new Place(row, m));
                    case Cell.Hidden marked -> hidden.add(new Place(row, m));
                    case Cell.Shown(BigDecimal value) -> {
                        if (value != null) {
                            fixed.add(new FixedCell(row, m, value));
                        }
                        shown(row, m, value, judgement.cells().get(row).get(m));
                    }
                }
            }
        }
        EvidenceTable given = truth.evidence();
        EvidenceTable table = new EvidenceTable(
                given.measures(), given.rows(), given.margins(), given.relations(), fixed, given.withheld());
        new PatternAudit(table, rules.appetite(), Protector.LIMITS).of(hidden).forEach(cell -> found.add(judged(cell)));
        found.sort((a, b) -> Integer.compare(
                truth.places().indexOf(a.place()), truth.places().indexOf(b.place())));
        List<String> notes = new ArrayList<>();
        notes.add("Intervals take readers to know shown numbers at least as well as they do.");
        long lacking = truth.places().stream()
                .filter(place -> !published.rows().containsKey(place))
                .count();
        if (lacking > 0) {
            notes.add(lacking + " rows of the truth are not in the table: they count as hidden.");
        }
        return new AuditReport(found, notes, true);
    }

    private void shown(int row, int m, @Nullable BigDecimal value, Judgement.JudgedCell cell) {
        String printed = value == null ? "" : value.toPlainString();
        if (!cell.findings().isEmpty()) {
            found.add(new AuditedCell(
                    truth.places().get(row),
                    measures.get(m).name(),
                    printed,
                    value,
                    value,
                    Status.SHOWN,
                    cell.findings().getFirst().sentence()));
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
            case ENOUGH -> Status.ENOUGH;
            case TOO_NARROW -> exact ? Status.EXACT : Status.TOO_NARROW;
            case NOT_AUDITED -> Status.NOT_AUDITED;
        };
        return new AuditedCell(
                place,
                measures.get(cell.place().measure()).name(),
                printed instanceof Cell.Hidden marked ? marked.marker() : "(no row)",
                lower,
                upper,
                status,
                cell.outcome() == Outcome.TOO_NARROW && !cell.byRule() ? "It is hidden for the sake of others." : "");
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
