package io.weir.sdc.read;

import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Dimension;
import io.weir.sdc.describe.Spaces;
import io.weir.sdc.describe.TotalsNamed;
import io.weir.yaml.Spelling;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fields of a file by the names of their columns; what is wrong with one becomes a problem with its place. */
final class FieldReader {
    private final CsvText csv;
    private final YamlProblems problems;
    private final Numbers numbers;
    private final List<Dimension> dimensions;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Map<List<String>, List<String>>> paths = new HashMap<>();
    private final Map<String, Set<List<String>>> spellings = new HashMap<>();

    FieldReader(CsvText csv, Description description, YamlProblems problems) {
        this.csv = csv;
        this.problems = problems;
        this.numbers = new Numbers(description.missing());
        this.dimensions = description.dimensions();
    }

    /** Makes sure that a column is there. */
    void need(@Nullable String column) {
        if (column != null && !columns.containsKey(column)) {
            columns.put(column, csv.column(column, problems));
        }
    }

    String text(CsvText.Line line, String column) {
        Integer index = columns.get(column);
        return index == null || index < 0
                ? ""
                : SpreadsheetText.unguarded(Spaces.plain(line.fields().get(index)));
    }

    @Nullable
    BigDecimal decimal(CsvText.Line line, @Nullable String column) {
        return column == null ? null : parsed(line, column, numbers::decimal);
    }

    /** A number that cannot be below zero. */
    @Nullable
    BigDecimal amount(CsvText.Line line, @Nullable String column) {
        BigDecimal value = decimal(line, column);
        if (value != null && column != null && value.signum() < 0) {
            problem(
                    line,
                    column,
                    "'" + value.toPlainString() + "' is negative",
                    "give contributions without their sign");
            return null;
        }
        return value;
    }

    @Nullable
    Long count(CsvText.Line line, @Nullable String column) {
        return column == null ? null : parsed(line, column, numbers::count);
    }

    /** A field as a number, or null after adding a problem. */
    private <T> @Nullable T parsed(CsvText.Line line, String column, Parser<T> parser) {
        try {
            return parser.parse(text(line, column));
        } catch (IllegalArgumentException e) {
            problem(
                    line,
                    column,
                    String.valueOf(e.getMessage()),
                    e instanceof Numbers.TooFine
                            ? Numbers.TooFine.REMEDY
                            : "write digits only, with a point for decimals; leave it empty where it is unknown, or list the text below 'missing:'");
            return null;
        }
    }

    @FunctionalInterface
    private interface Parser<T> {
        @Nullable
        T parse(String field);
    }

    /** Where the row stands, or null after adding a problem. */
    @Nullable
    List<List<String>> place(CsvText.Line line) {
        List<List<String>> place = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            try {
                List<String> codes = dimension.columns().stream()
                        .map(column -> text(line, column))
                        .toList();
                Map<List<String>, List<String>> known = paths.computeIfAbsent(dimension.name(), d -> new HashMap<>());
                List<String> path = known.get(codes);
                if (path == null) {
                    path = dimension.path(codes);
                    known.put(codes, path);
                    isOneLine(line, dimension, codes);
                    looksLikeATotal(line, dimension, codes);
                    looksLikeAnother(line, dimension, codes);
                }
                place.add(path);
            } catch (IllegalArgumentException e) {
                problem(
                        line,
                        String.join(", ", dimension.columns()),
                        String.valueOf(e.getMessage()),
                        "correct the field, or add the code to the description");
            }
        }
        return place.size() == dimensions.size() ? List.copyOf(place) : null;
    }

    /** A code of two lines would be two rows in print. */
    private void isOneLine(CsvText.Line line, Dimension dimension, List<String> codes) {
        for (int i = 0; i < codes.size(); i++) {
            if (Spaces.hasLineBreak(codes.get(i))) {
                problem(
                        line,
                        dimension.levels().get(i).column(),
                        "the code has a line break",
                        "write each code in one line");
            }
        }
    }

    /** A code that nobody listed and that totals are usually called, or that is spelt nearly like this dimension's total. */
    private void looksLikeATotal(CsvText.Line line, Dimension dimension, List<String> codes) {
        for (int i = 0; i < codes.size(); i++) {
            Dimension.Level level = dimension.levels().get(i);
            String code = codes.get(i);
            String total = level.total();
            boolean alike = total != null && code.strip().equalsIgnoreCase(total.strip());
            if (!code.equals(total) && !dimension.isPublic() && (alike || TotalsNamed.isUsual(code))) {
                problem(
                        line,
                        level.column(),
                        "'" + code + "' looks like a total, and the description does not name it",
                        "write total: " + code + " if it is one, or list the codes of the column below 'codes:'");
            }
        }
    }

    /** One code in two spellings that nobody can tell apart (an accent of its own, or with its letter) would be two rows. */
    private void looksLikeAnother(CsvText.Line line, Dimension dimension, List<String> codes) {
        if (!spellings.computeIfAbsent(dimension.name(), d -> new HashSet<>()).add(normal(codes))) {
            problem(
                    line,
                    String.join(", ", dimension.columns()),
                    "'" + String.join(" / ", codes) + "' stands in another row in other characters that look the same",
                    "write each code in the same characters (Unicode NFC)");
        }
    }

    private static List<String> normal(List<String> codes) {
        return codes.stream().map(FieldReader::normal).toList();
    }

    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Each total that the description names has to be in the file: a misspelt one would make cells of margins. */
    void totalsAreThere() {
        for (Dimension dimension : dimensions) {
            for (int i = 0; i < dimension.levels().size(); i++) {
                Dimension.Level level = dimension.levels().get(i);
                int at = i;
                Set<String> seen = new TreeSet<>();
                paths.getOrDefault(dimension.name(), Map.of()).keySet().forEach(codes -> seen.add(codes.get(at)));
                String total = level.total();
                if (total != null && !seen.contains(total)) {
                    String near = Spelling.nearest(total, seen);
                    problems.add(
                            csv.file(),
                            0,
                            "column " + level.column(),
                            "no row has the code '" + total + "' of the total",
                            (near == null ? "" : "did you mean '" + near + "'? ")
                                    + "write 'withoutTotal: true' if the file has no total of this column");
                }
            }
        }
    }

    void problem(CsvText.Line line, String column, String message, String remedy) {
        problems.add(csv.file(), line.number(), column.isEmpty() ? "" : "column " + column, message, remedy);
    }
}
