package io.weir.disclosure.protection;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.MeasureRelation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All cells of a table (row by row, measure by measure) with everything linear that holds between them: margins for what adds up,
 * bounds for what does not (a margin of distinct subjects lies between its largest part and the sum of its parts), the caller's
 * relations between measures, subjects at most rows, arms at most their whole, and measures that coincide throughout the table.
 *
 * <p>A relation that the data contradicts, or that involves an unknown value, cannot be audited; it is kept apart in
 * {@link #broken()}.
 */
final class CellSystem {
    private static final double WHOLE = 1e-6;

    private final EvidenceTable table;
    private final int width;
    private final List<Link> links = new ArrayList<>();
    private final List<Link> broken = new ArrayList<>();
    private final boolean[] known;
    private final double[] truth;
    private final double tolerated;

    /** @param tolerated people who may be in several parts of a margin that is still taken for the sum of its parts, less them */
    CellSystem(EvidenceTable table, double tolerated) {
        this.table = table;
        this.tolerated = tolerated;
        width = table.measures().size();
        known = new boolean[size()];
        truth = new double[size()];
        for (int cell = 0; cell < size(); cell++) {
            Evidence evidence = evidence(cell);
            BigDecimal value = evidence.value();
            known[cell] = value != null || evidence.isEmpty();
            truth[cell] = value == null ? 0 : value.doubleValue();
        }
        for (int measure = 0; measure < width; measure++) {
            if (table.measures().get(measure).published()) {
                for (MarginEquation margin : table.margins()) {
                    addMargin(margin, measure);
                }
            }
        }
        table.relations().forEach(this::addRelation);
        addImpliedRelations();
    }

    int size() {
        return table.rows().size() * width;
    }

    int row(int cell) {
        return cell / width;
    }

    Measure measure(int cell) {
        return table.measures().get(cell % width);
    }

    int measureIndex(int cell) {
        return cell % width;
    }

    int cell(int row, int measure) {
        return row * width + measure;
    }

    Evidence evidence(int cell) {
        return table.evidence(cell / width, cell % width);
    }

    /** What readers know of a cell of which they know that it lies between two numbers: whole numbers are counts, and sums are multiples of their grain. */
    FeasibleInterval onGrain(int cell, FeasibleInterval interval) {
        double grain = measure(cell).kind().isCount()
                ? 1
                : table.readers()
                        .grain(measureIndex(cell))
                        .map(BigDecimal::doubleValue)
                        .orElse(0.0);
        return grain == 0
                ? interval
                : new FeasibleInterval(
                        Math.ceil(interval.lower() / grain - WHOLE) * grain,
                        Math.floor(interval.upper() / grain + WHOLE) * grain);
    }

    /** True value; 0 when nothing contributed or it is unknown. */
    double truth(int cell) {
        return truth[cell];
    }

    List<Link> links() {
        return links;
    }

    List<Link> broken() {
        return broken;
    }

    /** Cells that stand in a relation. */
    BitSet linked() {
        BitSet linked = new BitSet();
        for (List<Link> relations : List.of(links, broken)) {
            for (Link link : relations) {
                for (int cell : link.cells()) {
                    linked.set(cell);
                }
            }
        }
        return linked;
    }

    private void addMargin(MarginEquation margin, int measure) {
        int[] left = cells(margin.left(), measure);
        int[] right = cells(margin.right(), measure);
        Link equation = link(left, right, true);
        MeasureKind kind = table.measures().get(measure).kind();
        if (!kind.isTiedToParts()) {
            return; // the median of a whole is neither the sum of the medians of its parts nor bounded by it
        }
        if (kind.isAdditive()) {
            add(equation);
            return;
        }
        double twice = excess(equation);
        if (kind != MeasureKind.DISTINCT_VALUES && Math.abs(twice) <= tolerated) {
            // Whether people are in several parts must not decide what is hidden while they are few: who knows them can
            // add up.
            add(new Link(equation.cells(), equation.coefficients(), true, twice));
        }
        bound(left, right);
        bound(right, left);
    }

    /** A cell that is the union of the other side, or part of it, is at most their sum. */
    private void bound(int[] parts, int[] whole) {
        for (int part : parts) {
            add(link(new int[] {part}, whole, false));
        }
    }

    private void addRelation(MeasureRelation relation) {
        for (int row = 0; row < table.rows().size(); row++) {
            int at = row;
            int[] left = relation.left().stream().mapToInt(m -> cell(at, m)).toArray();
            int[] right = relation.right().stream().mapToInt(m -> cell(at, m)).toArray();
            add(link(left, right, relation.order() == MeasureRelation.Order.EQUAL));
        }
    }

    private void addImpliedRelations() {
        for (int left = 0; left < width; left++) {
            for (int right = 0; right < width; right++) {
                if (left != right) {
                    addImpliedRelation(left, right);
                }
            }
        }
    }

    private void addImpliedRelation(int left, int right) {
        Measure part = table.measures().get(left);
        Measure whole = table.measures().get(right);
        if (!part.published() || !whole.published()) {
            return; // what nobody sees bounds nothing
        }
        List<Link> pairs = IntStream.range(0, table.rows().size())
                .filter(row -> known[cell(row, left)] && known[cell(row, right)])
                .mapToObj(row -> link(new int[] {cell(row, left)}, new int[] {cell(row, right)}, true))
                .toList();
        boolean bothCount = part.kind().isCount() && whole.kind().isCount();
        boolean bothSum = part.kind() == MeasureKind.SUM && whole.kind() == MeasureKind.SUM;
        // That an arm is all of its whole is not known to whoever does not see it: it must not decide what else is
        // hidden.
        boolean everybody = !part.conditional() && !whole.conditional();
        if (everybody
                && left < right
                && (bothCount || bothSum)
                && pairs.stream().allMatch(this::holds)) {
            pairs.forEach(this::add);
            return;
        }
        boolean armOfWhole = part.kind() == whole.kind() && part.conditional() && !whole.conditional();
        boolean unitsOfRows = part.kind() == MeasureKind.UNITS
                && (whole.kind() == MeasureKind.ROWS || whole.kind() == MeasureKind.RECORDS)
                && !whole.conditional();
        if (bothCount && (armOfWhole || unitsOfRows)) {
            pairs.forEach(pair -> add(new Link(pair.cells(), pair.coefficients(), false, 0)));
        }
    }

    private void add(Link link) {
        if (holds(link)) {
            links.add(link);
        } else {
            broken.add(link);
        }
    }

    /** The weighted sum of the cells, infinite where one is unknown. */
    private double excess(Link link) {
        double sum = 0;
        for (int i = 0; i < link.cells().length; i++) {
            if (!known[link.cells()[i]]) {
                return Double.POSITIVE_INFINITY;
            }
            sum += link.coefficients()[i] * truth[link.cells()[i]];
        }
        return sum;
    }

    /** Whether all values are known and satisfy the link, up to the rounding errors of binary sums in a source. */
    private boolean holds(Link link) {
        double sum = excess(link) - link.constant();
        double allowed = 1e-9
                * IntStream.of(link.cells())
                        .mapToDouble(cell -> Math.abs(truth[cell]))
                        .sum();
        return link.equation() ? Math.abs(sum) <= allowed : sum <= allowed;
    }

    private int[] cells(List<Integer> rows, int measure) {
        return rows.stream().mapToInt(row -> cell(row, measure)).toArray();
    }

    private static Link link(int[] left, int[] right, boolean equation) {
        int[] cells = IntStream.concat(IntStream.of(left), IntStream.of(right)).toArray();
        double[] coefficients = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            coefficients[i] = i < left.length ? 1 : -1;
        }
        return new Link(cells, coefficients, equation, 0);
    }
}
