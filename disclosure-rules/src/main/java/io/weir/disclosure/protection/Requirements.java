package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.verdict.Finding;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the interval of each cell must reach if it is hidden. Worked out when asked for: of a large table few cells are. Not for several threads. */
final class Requirements {
    private final CellSystem system;
    private final Attacker attacker;
    private final RiskAppetite appetite;
    private final OnePerson onePerson;
    private final PrimarySuppression suppression;
    private final BitSet allowed;
    private final Map<Integer, List<Requirement>> primarily = new HashMap<>();
    private final Map<Integer, List<Requirement>> otherwise = new HashMap<>();

    /** @param allowed cells of which may be told what is told of them */
    Requirements(
            CellSystem system,
            Attacker attacker,
            RiskAppetite appetite,
            OnePerson onePerson,
            PrimarySuppression suppression,
            BitSet allowed) {
        this.system = system;
        this.attacker = attacker;
        this.appetite = appetite;
        this.onePerson = onePerson;
        this.suppression = suppression;
        this.allowed = allowed;
    }

    /** If a check hides it. */
    List<Requirement> whenPrimary(int cell) {
        return primarily.computeIfAbsent(
                cell, key -> of(key, suppression.of(system.row(key), system.measureIndex(key))));
    }

    /** If it is hidden for others. */
    List<Requirement> whenComplementary(int cell) {
        return otherwise.computeIfAbsent(cell, key -> of(key, List.of()));
    }

    private List<Requirement> of(int cell, List<Finding> findings) {
        double floor = attacker.floor(cell);
        List<Requirement> requirements = switch (appetite.zeros()) {
            case SHOWN ->
                Requirement.of(
                        system.measure(cell), system.evidence(cell), system.truth(cell), findings, appetite, floor);
            case HIDDEN ->
                Requirement.ofHiddenZeros(
                        system.measure(cell),
                        system.evidence(cell),
                        system.truth(cell),
                        findings,
                        appetite,
                        floor,
                        onePerson.contribution(system.measureIndex(cell)));
        };
        return allowed.get(cell) ? Requirement.orAllOf(requirements, floor, attacker.roof(cell)) : requirements;
    }
}
