package io.weir.sdc.read;

import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Dimension;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of a file by the names of their columns; what is wrong with one becomes a problem with its place. */
final class FieldReader {
    private final CsvText csv;
    private final YamlProblems problems;
    private final Numbers numbers;
    private final List<Dimension> dimensions;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Map<List<String>, List<String>>> paths = new HashMap<>();

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
                : SpreadsheetText.unguarded(line.fields().get(index).strip());
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
                    "write digits only, with a point for decimals; leave it empty where it is unknown, or list the text below 'missing:'");
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

    void problem(CsvText.Line line, String column, String message, String remedy) {
        problems.add(csv.file(), line.number(), column.isEmpty() ? "" : "column " + column, message, remedy);
    }
}
