package io.weir.disclosure.cellkey;

import io.weir.disclosure.cellkey.NoiseDistribution.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads perturbation tables as the R package ptable writes them: a header, then a line for each original and noise with the columns {@code i}
 * (original), {@code j} (result), {@code p} (probability), {@code v} (noise), {@code p_int_lb} and {@code p_int_ub} (keys) and {@code type}. Columns
 * are found by name and separated by semicolons or commas; quotation marks around names are taken off. {@code p_int_lb} and {@code type} may be
 * missing, as in files for τ-ARGUS, which also calls the others {@code p_ij} and {@code p_ij_ub}; a table without types is of type {@code all}.
 *
 * <p>Every line is checked: results are originals plus noise and not negative, keys are without gap and end at 1, probabilities are the lengths of
 * the keys. Whether the noise is unbiased is for {@link PerturbationTable#isUnbiased}: published tables are, but one that is not may be wanted.
 */
public final class PerturbationTableText {
    private static final double TOLERANCE = 1e-6;

    private PerturbationTableText() {}

    /**
     * @param text the whole file
     * @param type which type's lines to read: {@code all}, {@code even}, {@code odd} or {@code small_cells}
     * @throws IllegalArgumentException when the text breaks the format; the message names the line
     */
    public static PerturbationTable read(String text, String type) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A perturbation table has a header");
        }
        String separator = lines.getFirst().contains(";") ? ";" : ",";
        Map<String, Integer> columns = columns(cells(lines.getFirst(), separator));
        TreeMap<Double, List<Outcome>> outcomes = new TreeMap<>();
        for (int number = 1; number < lines.size(); number++) {
            Line line = new Line(number + 1, cells(lines.get(number), separator), columns);
            if (line.cells.size() != columns.size()) {
                throw line.error("has " + line.cells.size() + " cells and the header " + columns.size());
            }
            if (!columns.containsKey("type") ? type.equals("all") : type.equals(line.text("type"))) {
                line.addTo(outcomes.computeIfAbsent(line.number("i"), original -> new ArrayList<>()));
            }
        }
        return new PerturbationTable(outcomes.entrySet().stream()
                .map(entry -> new NoiseDistribution(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static Map<String, Integer> columns(List<String> names) {
        Map<String, Integer> columns = new HashMap<>();
        for (String name : names) {
            String own = switch (name) {
                case "p_ij" -> "p";
                case "p_ij_ub" -> "p_int_ub";
                default -> name;
            };
            if (columns.putIfAbsent(own, columns.size()) != null) {
                throw new IllegalArgumentException("The column " + own + " stands twice");
            }
        }
        for (String needed : List.of("i", "j", "p", "v", "p_int_ub")) {
            if (!columns.containsKey(needed)) {
                throw new IllegalArgumentException("The column " + needed + " is missing");
            }
        }
        return columns;
    }

    private static List<String> cells(String line, String separator) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split(separator, -1)) {
            String plain = cell.strip();
            cells.add(
                    plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")
                            ? plain.substring(1, plain.length() - 1)
                            : plain);
        }
        return cells;
    }

    /**
     * @param place counted from 1, without blank lines
     */
    private record Line(int place, List<String> cells, Map<String, Integer> columns) {
        void addTo(List<Outcome> outcomes) {
            double start = outcomes.isEmpty() ? 0 : outcomes.getLast().upTo();
            double end = number("p_int_ub");
            if (differ(number("i") + number("v"), number("j"))) {
                throw error("has a result that is not the original plus the noise");
            }
            if (differ(end - start, number("p"))) {
                throw error("has keys that are not as long as the probability");
            }
            if (columns.containsKey("p_int_lb") && differ(start, number("p_int_lb"))) {
                throw error("leaves a gap between keys");
            }
            outcomes.add(new Outcome(number("v"), end));
        }

        private static boolean differ(double left, double right) {
            return !(Math.abs(left - right) <= TOLERANCE); // also when one is no number
        }

        double number(String column) {
            try {
                return Double.parseDouble(text(column));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("Line " + place + " has no number in column " + column, e);
            }
        }

        String text(String column) {
            Integer index = columns.get(column);
            if (index == null) {
                throw error("has no column " + column);
            }
            return cells.get(index);
        }

        IllegalArgumentException error(String what) {
            return new IllegalArgumentException("Line " + place + " " + what);
        }
    }
}
