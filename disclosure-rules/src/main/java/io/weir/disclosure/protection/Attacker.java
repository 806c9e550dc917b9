package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.FixedCell;
import io.weir.disclosure.evidence.ToldCell;
import io.weir.disclosure.interval.LinearSystem;
import io.weir.disclosure.interval.Relation;
import io.weir.disclosure.table.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an attacker knows about single cells, given a pattern: a shown cell up to its rounding, a cell published earlier up to its
 * rounding then, a hidden cell only by its nature (counts are not negative, and not zero where zeros are shown; sums are not negative
 * unless the measure has negative contributions somewhere), and by what is told of it.
 */
final class Attacker {
    private final boolean knowsRounded;
    private final double[] shownLower;
    private final double[] shownUpper;
    private final double[] floor;
    private final double[] roof;

    /** @param exact whether the attacker is taken to know shown cells without rounding: simpler, and never less careful */
    Attacker(EvidenceTable table, CellSystem system, RiskAppetite appetite, boolean exact) {
        knowsRounded = !exact;
        Rounding rounding = new Rounding(appetite);
        shownLower = new double[system.size()];
        shownUpper = new double[system.size()];
        floor = new double[system.size()];
        roof = new double[system.size()];
        Arrays.fill(roof, Double.POSITIVE_INFINITY);
        Map<Integer, BigDecimal> published = new HashMap<>();
        for (FixedCell cell : table.fixed()) {
            published.put(system.cell(cell.row(), cell.measure()), cell.published());
        }
        double[] floorOfSums = floorOfSums(table);
        BitSet linked = system.linked();
        boolean[] roundedOnly = roundedOnly(table);
        for (int cell = 0; cell < system.size(); cell++) {
            double truth = system.truth(cell);
            Measure measure = system.measure(cell);
            shownLower[cell] = truth;
            shownUpper[cell] = truth;
            // What a shown cell is known as matters where it tells of another one.
            BigDecimal value = exact || !linked.get(cell) || !roundedOnly[system.measureIndex(cell)]
                    ? null
                    : system.evidence(cell).value();
            if (value != null) {
                BigDecimal step = rounding.step(measure, system.evidence(cell));
                Rounding.Bounds bounds = rounding.known(
                        measure, published.getOrDefault(cell, rounding.publish(measure, value, step)), step);
                shownLower[cell] = Math.min(truth, bounds.lower().doubleValue());
                shownUpper[cell] = Math.max(truth, bounds.upper().doubleValue());
            }
            boolean atLeastOne = appetite.zeros() == ZeroRule.SHOWN && truth >= 1;
            floor[cell] = measure.kind().isCount() ? (atLeastOne ? 1 : 0) : floorOfSums[system.measureIndex(cell)];
        }
        for (ToldCell told : table.told()) {
            int cell = system.cell(told.row(), told.measure());
            BigDecimal least = told.least();
            BigDecimal most = told.most();
            floor[cell] = least == null ? floor[cell] : Math.max(floor[cell], least.doubleValue());
            roof[cell] = most == null ? roof[cell] : Math.min(roof[cell], most.doubleValue());
            // A shown number is known up to its rounding, and no further than what is told of it.
            shownLower[cell] = least == null ? shownLower[cell] : Math.max(shownLower[cell], least.doubleValue());
            shownUpper[cell] = most == null ? shownUpper[cell] : Math.min(shownUpper[cell], most.doubleValue());
        }
    }

    /** Measures of which readers know no more than what was published: of sums with a grain they know the multiple. */
    private static boolean[] roundedOnly(EvidenceTable table) {
        boolean[] only = new boolean[table.measures().size()];
        for (int measure = 0; measure < only.length; measure++) {
            only[measure] = table.measures().get(measure).kind().isCount()
                    || table.readers().grain(measure).isEmpty();
        }
        return only;
    }

    private static double[] floorOfSums(EvidenceTable table) {
        double[] floors = new double[table.measures().size()];
        for (int measure = 0; measure < floors.length; measure++) {
            if (table.measures().get(measure).kind().isCount()) {
                continue;
            }
            double magnitude = 0;
            boolean negative = false;
            for (int row = 0; row < table.rows().size(); row++) {
                Evidence evidence = table.evidence(row, measure);
                BigDecimal value = evidence.value();
                BigDecimal absolute = evidence.absoluteTotal();
                negative |= Boolean.TRUE.equals(evidence.negatives()) || (value != null && value.signum() < 0);
                magnitude += value == null ? 0 : Math.abs(value.doubleValue());
                magnitude += absolute == null ? 0 : absolute.doubleValue();
            }
            floors[measure] = negative ? -2 * magnitude : 0;
        }
        return floors;
    }

    /** Least value a hidden cell can have by nature and by what is told of it. */
    double floor(int cell) {
        return floor[cell];
    }

    /** Greatest value a hidden cell can have by what is told of it; infinite where nothing is. */
    double roof(int cell) {
        return roof[cell];
    }

    double lower(int cell, BitSet hidden) {
        return hidden.get(cell) ? floor[cell] : shownLower[cell];
    }

    double upper(int cell, BitSet hidden) {
        return hidden.get(cell) ? roof[cell] : shownUpper[cell];
    }

    boolean isCertain(int cell, BitSet hidden) {
        return !hidden.get(cell) && (!knowsRounded || shownLower[cell] == shownUpper[cell]);
    }

    /**
     * The linear system of a component. Hidden cells come first, in the order of {@code variables}; a shown cell that stands in one
     * relation only widens the bounds of that relation, others become variables.
     */
    LinearSystem systemOf(Component component, List<Integer> variables, BitSet hidden) {
        Map<Integer, Integer> uses = new HashMap<>();
        for (Link link : component.links()) {
            for (int cell : link.cells()) {
                uses.merge(cell, 1, Integer::sum);
            }
        }
        List<Integer> all = new ArrayList<>(variables);
        Map<Integer, Integer> indexOf = new HashMap<>();
        all.forEach(cell -> indexOf.put(cell, indexOf.size()));
        List<Relation> relations = new ArrayList<>();
        for (Link link : component.links()) {
            relations.add(relation(link, uses, all, indexOf, hidden));
        }
        double[] lower = all.stream().mapToDouble(cell -> lower(cell, hidden)).toArray();
        double[] upper = all.stream().mapToDouble(cell -> upper(cell, hidden)).toArray();
        return new LinearSystem(lower, upper, relations);
    }

    private Relation relation(
            Link link, Map<Integer, Integer> uses, List<Integer> all, Map<Integer, Integer> indexOf, BitSet hidden) {
        double least = 0;
        double greatest = 0;
        int[] variables = new int[link.cells().length];
        double[] coefficients = new double[link.cells().length];
        int count = 0;
        for (int i = 0; i < link.cells().length; i++) {
            int cell = link.cells()[i];
            double coefficient = link.coefficients()[i];
            Integer index = indexOf.get(cell);
            if (index == null && !isCertain(cell, hidden) && uses.getOrDefault(cell, 0) > 1) {
                index = all.size();
                all.add(cell);
                indexOf.put(cell, index);
            }
            if (index == null) {
                double atLower = coefficient * lower(cell, hidden);
                double atUpper = coefficient * upper(cell, hidden);
                least += Math.min(atLower, atUpper);
                greatest += Math.max(atLower, atUpper);
            } else {
                variables[count] = index;
                coefficients[count++] = coefficient;
            }
        }
        return new Relation(
                Arrays.copyOf(variables, count),
                Arrays.copyOf(coefficients, count),
                link.equation() ? link.constant() - greatest : Double.NEGATIVE_INFINITY,
                link.constant() - least);
    }
}
