package io.weir.disclosure.protection;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Where cells stand after going along circuits from their true values, and how far each came: tables that agree with what is published. */
final class Walk {
    private final int examined;
    private final Map<Integer, Double> at = new HashMap<>();
    private final Map<Integer, Double> below = new HashMap<>();
    private final Map<Integer, Double> above = new HashMap<>();

    Walk(int examined) {
        this.examined = examined;
    }

    int examined() {
        return examined;
    }

    /** Back to the true values. */
    void turn() {
        at.clear();
    }

    /** Goes along a circuit; whether that led anywhere. */
    boolean go(CircuitSearch.Circuit circuit, double atMost) {
        double step = Math.min(atMost, circuit.step());
        circuit.directions().forEach((cell, direction) -> {
            double now = at(cell) + direction * step;
            at.put(cell, now);
            below.merge(cell, -now, Math::max);
            above.merge(cell, now, Math::max);
        });
        return circuit.step() > 0;
    }

    /** How far a cell stands from its true value. */
    double at(int cell) {
        return at.getOrDefault(cell, 0.0);
    }

    double below(int cell) {
        return Math.max(0, below.getOrDefault(cell, 0.0));
    }

    double above(int cell) {
        return Math.max(0, above.getOrDefault(cell, 0.0));
    }

    /** All cells that moved. */
    BitSet cells() {
        BitSet cells = new BitSet();
        above.keySet().forEach(cells::set);
        return cells;
    }
}
