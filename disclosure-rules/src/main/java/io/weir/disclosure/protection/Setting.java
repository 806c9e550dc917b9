package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.verdict.Finding;
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
 * @param whenPrimary what each cell's interval must reach if a check hides it
 * @param whenComplementary what it must reach otherwise
 */
record Setting(
        CellSystem system,
        Components components,
        Components everything,
        Attacker attacker,
        HiddenUnions unions,
        BitSet primary,
        BitSet fixed,
        List<List<Requirement>> whenPrimary,
        List<List<Requirement>> whenComplementary) {

    static Setting of(EvidenceTable table, RiskAppetite appetite, PrimarySuppression suppression, AuditLimits limits) {
        CellSystem system = new CellSystem(table);
        long linked =
                system.links().stream().mapToLong(link -> link.cells().length).sum();
        List<Link> all = new ArrayList<>(system.links());
        all.addAll(system.broken());
        Attacker attacker = new Attacker(table, system, appetite, linked > limits.roundedCells());
        BitSet fixed = new BitSet();
        for (FixedCell cell : table.fixed()) {
            fixed.set(system.cell(cell.row(), cell.measure()));
        }
        BitSet primary = new BitSet();
        List<List<Requirement>> whenPrimary = new ArrayList<>();
        List<List<Requirement>> whenComplementary = new ArrayList<>();
        for (int cell = 0; cell < system.size(); cell++) {
            List<Finding> findings = suppression.of(system.row(cell), system.measureIndex(cell));
            primary.set(cell, !findings.isEmpty() && !fixed.get(cell));
            whenPrimary.add(requirements(system, attacker, appetite, cell, findings));
            whenComplementary.add(requirements(system, attacker, appetite, cell, List.of()));
        }
        return new Setting(
                system,
                new Components(system.size(), system.links()),
                new Components(system.size(), all),
                attacker,
                new HiddenUnions(table, system, appetite),
                primary,
                fixed,
                List.copyOf(whenPrimary),
                List.copyOf(whenComplementary));
    }

    private static List<Requirement> requirements(
            CellSystem system, Attacker attacker, RiskAppetite appetite, int cell, List<Finding> findings) {
        return Requirement.of(
                system.measure(cell),
                system.evidence(cell),
                system.truth(cell),
                findings,
                appetite,
                attacker.floor(cell));
    }
}
