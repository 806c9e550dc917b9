package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.ToldCell;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Everything about a table that does not change while a pattern is sought.
 *
 * @param system cells and their relations
 * @param components how they hang together
 * @param everything the same, with the relations that cannot be audited
 * @param attacker what is known about single cells
 * @param unions the check of hidden unions
 * @param primary cells hidden by a check that were not published earlier
 * @param fixed cells published earlier
 * @param insiders whether single contributors are looked at one by one; where zeros are hidden the requirements allow for them everywhere
 * @param requirements what each cell's interval must reach if it is hidden
 */
record Setting(
        CellSystem system,
        Components components,
        Components everything,
        Attacker attacker,
        HiddenUnions unions,
        BitSet primary,
        BitSet fixed,
        boolean insiders,
        Requirements requirements) {

    static Setting of(EvidenceTable table, RiskAppetite appetite, PrimarySuppression suppression, AuditLimits limits) {
        boolean overlaps =
                appetite.zeros() == ZeroRule.HIDDEN || table.readers().overlaps();
        CellSystem system = new CellSystem(table, overlaps ? appetite.threshold() - 1 : 0);
        long linked =
                system.links().stream().mapToLong(link -> link.cells().length).sum();
        List<Link> all = new ArrayList<>(system.links());
        all.addAll(system.broken());
        // Where zeros are hidden rounding must not protect: whether it suffices hangs on single people, and averages
        // undo it.
        boolean exact =
                appetite.zeros() == ZeroRule.HIDDEN || table.readers().exact() || linked > limits.roundedCells();
        Attacker attacker = new Attacker(table, system, appetite, exact);
        BitSet fixed = new BitSet();
        for (FixedCell cell : table.fixed()) {
            fixed.set(system.cell(cell.row(), cell.measure()));
        }
        BitSet allowed = new BitSet();
        for (ToldCell cell : table.told()) {
            allowed.set(system.cell(cell.row(), cell.measure()));
        }
        for (ToldCell cell : table.told()) {
            if (!cell.allowed()) {
                allowed.clear(system.cell(cell.row(), cell.measure()));
            }
        }
        BitSet primary = new BitSet();
        for (int cell = 0; cell < system.size(); cell++) {
            primary.set(
                    cell,
                    !suppression.of(system.row(cell), system.measureIndex(cell)).isEmpty() && !fixed.get(cell));
        }
        Components components = new Components(system.size(), system.links());
        return new Setting(
                system,
                components,
                system.broken().isEmpty() ? components : new Components(system.size(), all),
                attacker,
                new HiddenUnions(table, system, appetite),
                primary,
                fixed,
                appetite.zeros() == ZeroRule.SHOWN,
                new Requirements(system, attacker, appetite, new OnePerson(table, appetite), suppression, allowed));
    }
}
