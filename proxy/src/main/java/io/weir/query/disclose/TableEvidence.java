package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.policy.Profile;
import io.weir.query.disclose.RawCells.RawCell;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.rewrite.MerePresence;
import io.weir.query.rewrite.Population;
import java.util.ArrayList;
import java.util.List;

/** A block's cells as the rules library judges them. */
final class TableEvidence {
    private TableEvidence() {}

    /**
     * Rows are the cells, in their order; after them groups that could have been left out, where the profile hides zeros.
     *
     * @param there what tells nothing by lacking a value, in the block's rows
     */
    static EvidenceTable of(Block block, MerePresence there, RawCells raw, Profile profile) {
        boolean whole = Population.isWhole(block);
        List<EvidenceRow> rows = new ArrayList<>();
        for (RawCell cell : raw.cells()) {
            List<Evidence> all = new ArrayList<>(cell.evidence());
            all.add(Evidence.ofCount(cell.units(), cell.units()));
            boolean everybody = whole && block.groupingSets().get(cell.set()).isEmpty();
            rows.add(new EvidenceRow(
                    address(block, cell),
                    cell.units(),
                    raw.population(),
                    (long) raw.populationRows().differing(cell.rows()),
                    everybody,
                    all));
        }
        if (profile.zeros() == Profile.Zeros.HIDDEN) {
            rows.addAll(LeftOutCells.of(block, raw, rows, profile.threshold()));
        }
        return new EvidenceTable(measures(block, there), rows, margins(block, rows), List.of(), List.of());
    }

    private static List<Measure> measures(Block block, MerePresence there) {
        List<Measure> measures = new ArrayList<>();
        for (int i = 0; i < block.atoms().size(); i++) {
            Measure measure = measure(Block.atomName(i), block.atoms().get(i));
            List<Expr> conditions = Expr.conjunctsOf(block.atoms().get(i).filter());
            boolean presence = conditions.stream()
                    .allMatch(c ->
                            MerePresence.askedToBeThere(c).filter(there::is).isPresent());
            measures.add(conditions.isEmpty() ? measure : presence ? measure.onPresence() : measure.onArm());
        }
        // The units of the cell itself: decides whether the group may be named at all; never shown.
        measures.add(Measure.count("units", MeasureKind.UNITS).unpublished());
        return measures;
    }

    /** Without what its conditions make of it. */
    static Measure measure(String name, Atom atom) {
        return switch (atom) {
            case Atom.Units u -> Measure.count(name, MeasureKind.UNITS);
            case Atom.Rows r -> Measure.count(name, MeasureKind.ROWS);
            case Atom.Records r -> Measure.count(name, MeasureKind.RECORDS);
            case Atom.DistinctValues d -> Measure.count(name, MeasureKind.DISTINCT_VALUES);
            case Atom.Sum s -> Measure.sum(name, s.step());
            case Atom.Position p -> Measure.position(name, p.step());
        };
    }

    private static List<MarginEquation> margins(Block block, List<EvidenceRow> rows) {
        if (block.groupingSets().size() < 2) {
            return List.of();
        }
        List<GroupingSet> sets = new ArrayList<>();
        for (int s = 0; s < block.groupingSets().size(); s++) {
            sets.add(new GroupingSet(
                    s, block.groupingSets().get(s).stream().sorted().toList()));
        }
        return MarginEquations.of(rows.stream().map(EvidenceRow::address).toList(), sets);
    }

    private static Address address(Block block, RawCell cell) {
        List<String> keys = new ArrayList<>();
        for (int k : block.groupingSets().get(cell.set()).stream().sorted().toList()) {
            keys.add(Discloser.keyText(cell.keys().get(k)));
        }
        return new Address(cell.set(), keys);
    }
}
