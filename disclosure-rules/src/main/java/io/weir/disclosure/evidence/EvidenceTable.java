package io.weir.disclosure.evidence;

import io.weir.disclosure.table.HierarchyEquations;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureRelation;
import io.weir.disclosure.table.TableShape;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

/**
 * A block of an answer before protection: all grouping sets, all margins and all measures as one linked table.
 *
 * @param measures at least one, with unique names
 * @param rows cells in any order, with unique addresses
 * @param margins equations between rows, see {@link io.weir.disclosure.table.MarginEquations}
 * @param relations relations between measures that an attacker may know; empty when there are none
 * @param fixed cells already published
 * @param withheld cells that are hidden whatever the checks say
 * @param told what everybody is told of cells while they are hidden
 * @param readers what readers know of the values in general
 */
public record EvidenceTable(
        List<Measure> measures,
        List<EvidenceRow> rows,
        List<MarginEquation> margins,
        List<MeasureRelation> relations,
        List<FixedCell> fixed,
        List<WithheldCell> withheld,
        List<ToldCell> told,
        Readers readers) {
    public EvidenceTable {
        measures = List.copyOf(measures);
        rows = List.copyOf(rows);
        margins = List.copyOf(margins);
        relations = List.copyOf(relations);
        fixed = List.copyOf(fixed);
        withheld = List.copyOf(withheld);
        told = List.copyOf(told);
        require(
                readers.grains().isEmpty() || readers.grains().size() == measures.size(),
                "Grains are of each measure or of none");
        int width = measures.size();
        int height = rows.size();
        require(width > 0, "A table needs a measure");
        require(measures.stream().map(Measure::name).distinct().count() == width, "Measure names must be unique");
        require(areUnique(rows), "Addresses must be unique");
        require(rows.stream().allMatch(row -> row.evidence().size() == width), "Each row needs evidence per measure");
        for (MarginEquation margin : margins) {
            require(within(margin.left(), height) && within(margin.right(), height), "A margin names an unknown row");
        }
        for (MeasureRelation relation : relations) {
            require(within(relation.left(), width) && within(relation.right(), width), "A relation names no measure");
        }
        for (FixedCell cell : fixed) {
            require(within(cell.row(), height), "A fixed cell names an unknown row");
            require(within(cell.measure(), width), "A fixed cell names an unknown measure");
        }
        for (WithheldCell cell : withheld) {
            require(within(cell.row(), height), "A withheld cell names an unknown row");
            require(within(cell.measure(), width), "A withheld cell names an unknown measure");
        }
        for (ToldCell cell : told) {
            require(within(cell.row(), height), "A told cell names an unknown row");
            require(within(cell.measure(), width), "A told cell names an unknown measure");
            require(measures.get(cell.measure()).kind().isCount(), "Only of counts something is told");
            BigDecimal value =
                    rows.get(cell.row()).evidence().get(cell.measure()).value();
            require(value == null || cell.holdsFor(value), "What is told has to be true");
        }
    }

    /** A table of whose hidden cells nothing is told. */
    public EvidenceTable(
            List<Measure> measures,
            List<EvidenceRow> rows,
            List<MarginEquation> margins,
            List<MeasureRelation> relations,
            List<FixedCell> fixed,
            List<WithheldCell> withheld) {
        this(measures, rows, margins, relations, fixed, withheld, List.of(), Readers.OF_PRINT);
    }

    /** A table that nothing is withheld from but by its checks. */
    public EvidenceTable(
            List<Measure> measures,
            List<EvidenceRow> rows,
            List<MarginEquation> margins,
            List<MeasureRelation> relations,
            List<FixedCell> fixed) {
        this(measures, rows, margins, relations, fixed, List.of());
    }

    /** A table without margins, relations and history. */
    public static EvidenceTable of(List<Measure> measures, List<EvidenceRow> rows) {
        return new EvidenceTable(measures, rows, List.of(), List.of(), List.of());
    }

    /** The same table with other margins. */
    public EvidenceTable withMargins(List<MarginEquation> equations) {
        return new EvidenceTable(measures, rows, equations, relations, fixed, withheld, told, readers);
    }

    /**
     * The same rows as linked tables with hierarchies, with all equations between them.
     *
     * @throws IllegalArgumentException when an address does not fit its table
     */
    public EvidenceTable withTables(List<TableShape> shapes) {
        return withMargins(
                HierarchyEquations.of(rows.stream().map(EvidenceRow::address).toList(), shapes));
    }

    /** The same table with these cells hidden, too. */
    public EvidenceTable withholding(List<WithheldCell> cells) {
        return new EvidenceTable(measures, rows, margins, relations, fixed, cells, told, readers);
    }

    /** The same table, with cells that were published earlier. */
    public EvidenceTable withFixed(List<FixedCell> cells) {
        return new EvidenceTable(measures, rows, margins, relations, cells, withheld, told, readers);
    }

    /** The same table, with this told of its hidden cells. */
    public EvidenceTable telling(List<ToldCell> cells) {
        return new EvidenceTable(measures, rows, margins, relations, fixed, withheld, cells, readers);
    }

    /** The same table, with relations between its measures. */
    public EvidenceTable relating(List<MeasureRelation> between) {
        return new EvidenceTable(measures, rows, margins, between, fixed, withheld, told, readers);
    }

    /** The same table for readers who know more than what is in print. */
    public EvidenceTable readBy(Readers others) {
        return new EvidenceTable(measures, rows, margins, relations, fixed, withheld, told, others);
    }

    public Evidence evidence(int row, int measure) {
        return rows.get(row).evidence().get(measure);
    }

    /** In address order, as the library puts its own tables, neighbours tell; otherwise all are kept to compare with. */
    private static boolean areUnique(List<EvidenceRow> rows) {
        int row = 1;
        while (row < rows.size()
                && rows.get(row - 1).address().compareTo(rows.get(row).address()) < 0) {
            row++;
        }
        return row >= rows.size()
                || rows.stream().map(EvidenceRow::address).distinct().count() == rows.size();
    }

    private static boolean within(Collection<Integer> indices, int size) {
        for (int index : indices) {
            if (!within(index, size)) {
                return false;
            }
        }
        return true;
    }

    private static boolean within(int index, int size) {
        return index >= 0 && index < size;
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    @Override
    public String toString() {
        return "EvidenceTable[" + rows.size() + " rows, " + measures.size() + " measures]";
    }
}
