package io.weir.sdc.apply;

import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.MeasureRelation;
import io.weir.sdc.describe.AbsentRows;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Form;
import io.weir.sdc.describe.Population;
import io.weir.sdc.read.Measures;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.PublishedTable.Cell;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is in print of a table: its numbers and markers, those of its earlier releases, and how they hang together. */
final class PublicationKnowledge {
    /** How many times the published amounts a hidden sum may be in size where contributions can be negative. */
    private static final double BEYOND = 1_000;

    private static final Reading LAST = new Reading(false, false, false);

    private final PublishedTable table;
    private final Rules rules;
    private final List<Measure> measures;
    private final Map<String, PublishedTable> earlier;
    private final YamlProblems problems;
    private final List<List<List<String>>> places;
    private final double[] amounts;

    PublicationKnowledge(
            PublishedTable table,
            Rules rules,
            List<Measure> measures,
            Map<String, PublishedTable> earlier,
            YamlProblems problems) {
        this.table = table;
        this.rules = rules;
        this.measures = measures;
        this.earlier = earlier;
        this.problems = problems;
        Set<List<List<String>>> all = new LinkedHashSet<>(table.places());
        earlier.values().forEach(release -> all.addAll(release.places()));
        if (table.description().absentRows() == AbsentRows.UNKNOWN) {
            all.addAll(table.absent());
        }
        places = List.copyOf(all);
        amounts = amounts();
    }

    /** Where rows stand: those of the table, then those that are only in earlier releases, or in none though their codes are known. */
    List<List<List<String>>> places() {
        return places;
    }

    String file() {
        return table.file();
    }

    /** Amounts from which on an end counts as none. */
    double beyond(int measure) {
        return BEYOND * amounts[measure] / 2;
    }

    /**
     * Everything as bounds and sums; empty after adding a problem.
     *
     * @param open whether rows may have been left out of which nothing is known
     * @param somebody whether a count is taken to be hidden only where somebody is; who hides zeros beside small counts, or for who is missing, hides none
     * @param apart whether no unit is taken to be in two cells, also where nobody said so
     * @param reading how numbers are read; problems are only added by the last one
     */
    Optional<Knowledge> of(boolean open, boolean somebody, boolean apart, Reading reading) {
        YamlProblems problems = reading.isLast() ? this.problems : new YamlProblems();
        int before = problems.count();
        boolean[] negative = negative();
        Knowledge knowledge = new Knowledge(places.size(), measures.size());
        for (int row = 0; row < places.size(); row++) {
            for (int m = 0; m < measures.size(); m++) {
                if (!measures.get(m).kind().isCount()) {
                    knowledge.broken(row, m);
                    knowledge.between(row, m, BigDecimal.valueOf(negative[m] ? -BEYOND * amounts[m] : 0), null);
                }
                print(knowledge, table, row, m, reading, problems);
                for (PublishedTable release : earlier.values()) {
                    print(knowledge, release, row, m, reading, problems);
                }
                PublishedTable.Row line = table.rows().get(places.get(row));
                if (somebody
                        && measures.get(m).kind().isCount()
                        && line != null
                        && line.cells().get(m) instanceof Cell.Hidden
                        && !knowledge.within(row, m, BigDecimal.ONE, null)) {
                    return Optional.empty();
                }
            }
        }
        boolean oneCell = table.description().form() instanceof Form.Cells cells && cells.unitsInOneCell();
        List<MarginEquation> margins = table.equations(places);
        List<MarginEquation> wholes = margins.stream().filter(this::isWhole).toList();
        for (int m = 0; m < measures.size(); m++) {
            boolean adds = oneCell || apart || measures.get(m).kind().isAdditive();
            if (open) {
                knowledge.parts(wholes, m, adds);
            } else {
                knowledge.sums(margins, m, margin -> adds);
            }
        }
        unitsAreInRecords(knowledge);
        relations(knowledge);
        if (!population(knowledge) || (reading.tells() && rules.hasThreshold() && !rows().tell(knowledge))) {
            return Optional.empty();
        }
        return problems.count() > before ? Optional.empty() : Optional.of(knowledge);
    }

    /** What the description says of measures, in every row. */
    private void relations(Knowledge knowledge) {
        for (MeasureRelation relation : Measures.relations(table.description())) {
            for (int row = 0; row < places.size(); row++) {
                knowledge.relation(row, relation);
            }
        }
    }

    /** Nobody is counted who is not in the population. */
    private boolean population(Knowledge knowledge) {
        if (!(table.description().population() instanceof Population.Given(long number))) {
            return true;
        }
        boolean fits = true;
        for (int m = 0; m < measures.size(); m++) {
            for (int row = 0; measures.get(m).kind() == MeasureKind.UNITS && row < places.size(); row++) {
                fits &= knowledge.within(row, m, BigDecimal.ZERO, BigDecimal.valueOf(number));
            }
        }
        if (!fits && problems.count() == 0) {
            problems.add(
                    table.file(), 0, "", "more units are in print than the population has", "correct the population");
        }
        return fits;
    }

    private PrintedRows rows() {
        List<PublishedTable> releases = new ArrayList<>(earlier.values());
        releases.add(table);
        return new PrintedRows(table, releases, rules, measures, places);
    }

    private void unitsAreInRecords(Knowledge knowledge) {
        for (int less = 0; less < measures.size(); less++) {
            for (int more = 0; more < measures.size(); more++) {
                if (measures.get(less).kind() == MeasureKind.UNITS
                        && measures.get(more).kind() == MeasureKind.ROWS) {
                    for (int row = 0; row < places.size(); row++) {
                        knowledge.atMost(row, less, more);
                    }
                }
            }
        }
    }

    /** Whether the left side of an equation is what the right side is part of. */
    private boolean isWhole(MarginEquation margin) {
        if (margin.left().size() != 1) {
            return false;
        }
        List<List<String>> whole = places.get(margin.left().getFirst());
        return margin.right().stream().map(places::get).allMatch(part -> {
            for (int d = 0; d < whole.size(); d++) {
                List<String> path = whole.get(d);
                if (part.get(d).size() < path.size()
                        || !part.get(d).subList(0, path.size()).equals(path)) {
                    return false;
                }
            }
            return true;
        });
    }

    private void print(
            Knowledge knowledge, PublishedTable release, int row, int m, Reading reading, YamlProblems problems) {
        PublishedTable.Row line = release.rows().get(places.get(row));
        if (line == null) {
            return;
        }
        Optional<PrintedBounds> bounds = bounds(line, m, reading);
        boolean fits = bounds.isPresent()
                && knowledge.within(row, m, bounds.get().least(), bounds.get().most());
        if (!fits) {
            problems.add(
                    release.file(),
                    line.line(),
                    "column " + measures.get(m).name(),
                    "'" + text(line.cells().get(m)) + "' is "
                            + (bounds.isEmpty()
                                    ? "no number that the profile prints"
                                    : "not what another release of the table says"),
                    bounds.isEmpty()
                            ? "correct it, or name the profile that the table was made by"
                            : "compare releases of other data by hand: leave this one out");
        }
    }

    private Optional<PrintedBounds> bounds(PublishedTable.Row line, int m, Reading reading) {
        Measure measure = measures.get(m);
        return switch (line.cells().get(m)) {
            case Cell.Shown(BigDecimal value) -> {
                BigDecimal number = value == null ? BigDecimal.ZERO : value;
                if (value == null && !reading.tells()) {
                    yield Optional.of(new PrintedBounds(BigDecimal.valueOf(-Double.MAX_VALUE), null));
                }
                yield value == null || isTooSmall(measure, number, rules)
                        ? Optional.of(PrintedBounds.exactly(number))
                        : PrintedBounds.of(measure, number, rules, units(line), reading);
            }
            case Cell.Hidden hidden -> {
                BigDecimal most = MarkerBound.most(hidden, measure, rules);
                yield Optional.of(new PrintedBounds(
                        measure.kind().isCount() ? BigDecimal.ZERO : BigDecimal.valueOf(-Double.MAX_VALUE), most));
            }
        };
    }

    /** Units that a row has at least, by its counts of units in print. */
    private BigDecimal units(PublishedTable.Row line) {
        BigDecimal units = BigDecimal.ONE;
        for (int m = 0; m < measures.size(); m++) {
            if (measures.get(m).kind() == MeasureKind.UNITS
                    && line.cells().get(m) instanceof Cell.Shown(BigDecimal value)
                    && value != null) {
                units = units.max(PrintedBounds.of(measures.get(m), value, rules, BigDecimal.ONE, LAST)
                        .map(PrintedBounds::least)
                        .orElse(BigDecimal.ONE));
            }
        }
        return units;
    }

    /** Whether a profile hides a number that is in print. */
    static boolean isTooSmall(Measure measure, BigDecimal value, Rules rules) {
        if (!rules.hasThreshold() || !measure.kind().isCount()) {
            return false;
        }
        return value.signum() == 0
                ? measure.kind() == MeasureKind.UNITS && rules.appetite().zeros() == ZeroRule.HIDDEN
                : value.compareTo(BigDecimal.valueOf(rules.appetite().threshold())) < 0;
    }

    /** Whether the print itself says a number exactly. */
    boolean isExact(int row, int m) {
        PublishedTable.Row line = table.rows().get(places.get(row));
        return line != null
                && line.cells().get(m) instanceof Cell.Shown
                && bounds(line, m, LAST)
                        .map(bounds -> bounds.most() != null && bounds.least().compareTo(bounds.most()) == 0)
                        .orElse(false);
    }

    /** What an earlier release shows of a cell; null when none does. */
    @Nullable
    String earlier(int row, int m) {
        for (PublishedTable release : earlier.values()) {
            PublishedTable.Row line = release.rows().get(places.get(row));
            if (line != null && line.cells().get(m) instanceof Cell.Shown(BigDecimal value) && value != null) {
                return value.toPlainString();
            }
        }
        return null;
    }

    /** For messages. */
    String printed(int row, int m) {
        PublishedTable.Row line = table.rows().get(places.get(row));
        return line == null ? "not in the table" : text(line.cells().get(m));
    }

    private static String text(Cell cell) {
        return switch (cell) {
            case Cell.Hidden hidden -> hidden.marker();
            case Cell.Shown(BigDecimal value) -> value == null ? "" : value.toPlainString();
        };
    }

    /** Where nobody said, contributions are taken not to be negative, unless a number in print is: that tells a reader more. */
    private boolean[] negative() {
        boolean[] negative = new boolean[measures.size()];
        for (int m = 0; m < negative.length; m++) {
            int measure = m;
            boolean said = table.description().measures().get(m) instanceof DescribedMeasure.Sum sum
                    && Boolean.TRUE.equals(sum.evidence().negatives());
            negative[m] = said
                    || table.rows().values().stream()
                            .anyMatch(row -> row.cells().get(measure) instanceof Cell.Shown shown
                                    && shown.value() != null
                                    && shown.value().signum() < 0);
        }
        return negative;
    }

    private double[] amounts() {
        double[] all = new double[measures.size()];
        for (int m = 0; m < all.length; m++) {
            int measure = m;
            all[m] = 1
                    + table.rows().values().stream()
                            .map(row -> row.cells().get(measure))
                            .mapToDouble(cell -> cell instanceof Cell.Shown shown && shown.value() != null
                                    ? Math.abs(shown.value().doubleValue())
                                    : 0)
                            .sum();
        }
        return all;
    }
}
