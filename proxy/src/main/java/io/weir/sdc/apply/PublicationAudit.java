package io.weir.sdc.apply;

import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.preset.Marker;
import io.weir.disclosure.protection.Rounding;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Form;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.PublishedTable.Cell;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What readers of a protected table can work out about its hidden cells, from the table alone. Whether that is too much needs the true values:
 * {@link TruthAudit}.
 */
public final class PublicationAudit {
    /** How many times the published amounts a hidden sum may be in size where contributions can be negative. */
    private static final double BEYOND = 1_000;

    private final PublishedTable table;
    private final Rules rules;
    private final List<Measure> measures;
    private final List<PublishedTable.Row> rows;

    private PublicationAudit(PublishedTable table, Rules rules, List<Measure> measures) {
        this.table = table;
        this.rules = rules;
        this.measures = measures;
        this.rows = List.copyOf(table.rows().values());
    }

    /** @param measures of the table, as the rules know them */
    public static AuditReport of(PublishedTable table, Rules rules, List<Measure> measures) {
        return new PublicationAudit(table, rules, measures).report();
    }

    private enum Reading {
        MARKERS_AS_THEY_SAY,
        MARKERS_HIDE,
        NUMBERS_AS_PRINTED
    }

    private AuditReport report() {
        List<String> notes = new ArrayList<>();
        for (Reading reading : Reading.values()) {
            if (attack(reading) instanceof Attack.Result.Found found) {
                switch (reading) {
                    case MARKERS_AS_THEY_SAY -> {}
                    case MARKERS_HIDE ->
                        notes.add(
                                "Not every marked count can be what the marker says; it is read as: hidden, whatever it is.");
                    case NUMBERS_AS_PRINTED ->
                        notes.add(
                                "The numbers fit no table that this profile could have rounded so; zeros may be hidden, too, and each number is taken to be within one rounding base.");
                }
                if (!found.complete()) {
                    notes.add(
                            "The table is too large for all intervals; those that are missing are not known to be safe.");
                }
                return new AuditReport(cells(found.intervals()), notes, false);
            }
        }
        notes.add("The numbers contradict each other even with rounding: sums do not fit. Nothing can be said.");
        return new AuditReport(cells(Map.of()), notes, false);
    }

    private Attack.Result attack(Reading reading) {
        Knowledge knowledge = new Knowledge(rows.size(), measures.size());
        double[] amounts = amounts();
        for (int row = 0; row < rows.size(); row++) {
            for (int m = 0; m < measures.size(); m++) {
                if (!measures.get(m).kind().isCount()) {
                    knowledge.broken(row, m);
                }
                switch (rows.get(row).cells().get(m)) {
                    case Cell.Shown(BigDecimal value) ->
                        shown(knowledge, row, m, value == null ? BigDecimal.ZERO : value, reading);
                    case Cell.Hidden(String text, Marker.Meaning meaning) ->
                        hidden(knowledge, row, m, meaning, reading, amounts[m]);
                }
            }
        }
        boolean oneCell = table.description().form() instanceof Form.Cells cells && cells.unitsInOneCell();
        for (int m = 0; m < measures.size(); m++) {
            boolean adds = oneCell || measures.get(m).kind().isAdditive();
            knowledge.sums(table.equations(), m, margin -> adds);
        }
        for (int less = 0; less < measures.size(); less++) {
            for (int more = 0; more < measures.size(); more++) {
                if (measures.get(less).kind() == MeasureKind.UNITS
                        && measures.get(more).kind() == MeasureKind.ROWS) {
                    for (int row = 0; row < rows.size(); row++) {
                        knowledge.atMost(row, less, more);
                    }
                }
            }
        }
        return knowledge.attack().run(new WorkBudget(Protector.LIMITS.work()));
    }

    private void shown(Knowledge knowledge, int row, int m, BigDecimal value, Reading reading) {
        Measure measure = measures.get(m);
        BigDecimal base = BigDecimal.valueOf(rules.appetite().countBase());
        if (reading == Reading.NUMBERS_AS_PRINTED) {
            BigDecimal step = measure.roundingStep() == null ? base : measure.roundingStep();
            knowledge.between(
                    row,
                    m,
                    measure.kind().isCount() ? value.subtract(step).max(BigDecimal.ZERO) : value.subtract(step),
                    value.add(step));
            return;
        }
        if (measure.kind() == MeasureKind.UNITS && rules.counts() instanceof CountMethod.CellByCell method) {
            try {
                ExistenceInterval known = method.change().known(value.longValueExact());
                knowledge.between(row, m, known.lower(), known.upper());
            } catch (IllegalArgumentException notOfThisMethod) {
                knowledge.between(row, m, value, value);
            }
            return;
        }
        Rounding.Bounds bounds = new Rounding(rules.appetite())
                .known(measure, value, measure.roundingStep() == null ? base : measure.roundingStep());
        boolean exact = measure.kind().isCount() && base.compareTo(BigDecimal.ONE) == 0;
        knowledge.between(row, m, exact ? value : bounds.lower(), exact ? value : bounds.upper());
    }

    private void hidden(Knowledge knowledge, int row, int m, Marker.Meaning meaning, Reading reading, double amounts) {
        if (!measures.get(m).kind().isCount()) {
            knowledge.between(row, m, BigDecimal.valueOf(mayBeNegative(m) ? -BEYOND * amounts : 0), null);
            return;
        }
        boolean zerosShown = rules.appetite().zeros() == ZeroRule.SHOWN && reading != Reading.NUMBERS_AS_PRINTED;
        boolean few = meaning == Marker.Meaning.BELOW_THRESHOLD && reading == Reading.MARKERS_AS_THEY_SAY;
        knowledge.between(
                row,
                m,
                zerosShown ? BigDecimal.ONE : BigDecimal.ZERO,
                few && measures.get(m).kind() == MeasureKind.UNITS
                        ? BigDecimal.valueOf(rules.appetite().threshold() - 1L)
                        : null);
    }

    /** Where nobody said, contributions are taken not to be negative, unless a number in print is: that tells a reader more. */
    private boolean mayBeNegative(int m) {
        boolean said = table.description().measures().get(m) instanceof DescribedMeasure.Sum sum
                && Boolean.TRUE.equals(sum.evidence().negatives());
        return said
                || rows.stream()
                        .anyMatch(row -> row.cells().get(m) instanceof Cell.Shown shown
                                && shown.value() != null
                                && shown.value().signum() < 0);
    }

    private double[] amounts() {
        double[] amounts = new double[measures.size()];
        for (int m = 0; m < amounts.length; m++) {
            int measure = m;
            amounts[m] = 1
                    + rows.stream()
                            .map(row -> row.cells().get(measure))
                            .mapToDouble(cell -> cell instanceof Cell.Shown shown && shown.value() != null
                                    ? Math.abs(shown.value().doubleValue())
                                    : 0)
                            .sum();
        }
        return amounts;
    }

    private List<AuditReport.AuditedCell> cells(Map<Integer, FeasibleInterval> intervals) {
        double[] amounts = amounts();
        List<AuditReport.AuditedCell> cells = new ArrayList<>();
        List<List<List<String>>> places = table.places();
        boolean rounded = rules.counts() instanceof CountMethod.CellByCell method && !method.suppressed();
        for (int row = 0; row < rows.size(); row++) {
            for (int m = 0; m < measures.size(); m++) {
                Cell cell = rows.get(row).cells().get(m);
                FeasibleInterval interval = intervals.get(row * measures.size() + m);
                boolean examined = cell instanceof Cell.Hidden
                        || (rounded
                                && measures.get(m).kind() == MeasureKind.UNITS
                                && interval != null
                                && interval.width() <= 0);
                if (examined) {
                    String text = switch (cell) {
                        case Cell.Hidden hidden -> hidden.marker();
                        case Cell.Shown shown -> String.valueOf(shown.value());
                    };
                    cells.add(AuditReport.cell(
                            places.get(row), measures.get(m).name(), text, interval, BEYOND * amounts[m] / 2));
                }
            }
        }
        return cells;
    }
}
