package io.weir.sdc.read;

import io.weir.disclosure.preset.Marker;
import io.weir.disclosure.table.MarginEquation;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Form;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A protected table, as its readers have it. Its measures stand in columns of their names, or of their columns in the file of cells.
 *
 * @param file for problems
 * @param description what it was read by
 * @param rows by place, in the order of the file
 */
public record PublishedTable(String file, Description description, Map<List<List<String>>, Row> rows) {
    /** Means that a cell is hidden in every file, whatever else does: it is printed where the profile's marker would be untrue. */
    public static final String PLAIN = "[c]";

    /**
     * @param line of the file
     * @param cells one for each measure
     */
    public record Row(int line, List<Cell> cells) {}

    /** A cell in print. */
    public sealed interface Cell {
        /** @param value null where nothing contributes to a sum */
        record Shown(@Nullable BigDecimal value) implements Cell {}

        /**
         * @param marker as printed
         * @param meaning what it tells
         */
        record Hidden(String marker, Marker.Meaning meaning) implements Cell {}
    }

    /**
     * @param marker of the profile
     * @return empty after adding at least one problem
     */
    public static Optional<PublishedTable> read(
            String file, byte[] bytes, Description description, Marker marker, YamlProblems problems) {
        int before = problems.count();
        Optional<PublishedTable> table = CsvText.read(file, bytes, description.separator(), problems)
                .map(csv -> read(csv, description, marker, problems));
        return problems.count() == before ? table : Optional.empty();
    }

    private static PublishedTable read(CsvText csv, Description description, Marker marker, YamlProblems problems) {
        int before = problems.count();
        FieldReader fields = new FieldReader(csv, description, problems);
        description.keyColumns().forEach(fields::need);
        List<String> columns = description.measures().stream()
                .map(measure -> column(csv, description, measure))
                .toList();
        columns.forEach(fields::need);
        onlyDescribed(csv, description, columns, problems);
        Map<List<List<String>>, Row> rows = new LinkedHashMap<>();
        if (problems.count() > before) {
            return new PublishedTable(csv.file(), description, rows);
        }
        Map<String, Marker.Meaning> markers = new LinkedHashMap<>();
        markers.put(PLAIN, Marker.Meaning.HIDDEN);
        markers.put(marker.text(), marker.meaning());
        markers.putAll(description.markers());
        for (CsvText.Line line : csv.lines()) {
            List<List<String>> place = fields.place(line);
            if (place == null) {
                continue;
            }
            List<Cell> cells = new ArrayList<>();
            for (int m = 0; m < columns.size(); m++) {
                boolean sum = description.measures().get(m) instanceof DescribedMeasure.Sum;
                cells.add(cell(fields, line, columns.get(m), sum, markers));
            }
            Row earlier = rows.putIfAbsent(place, new Row(line.number(), List.copyOf(cells)));
            if (earlier != null) {
                fields.problem(line, "", "this row stands in line " + earlier.line() + " already", "keep one");
            }
        }
        PublishedTable table = new PublishedTable(csv.file(), description, rows);
        if (!Places.areTooMany(rows.size(), csv.file(), problems) && description.keysArePublic()) {
            new Places(description.dimensions()).areTooMany(table.plans(), csv.file(), problems);
        }
        return table;
    }

    /** What is in print and nobody looked at can be what was hidden. */
    private static void onlyDescribed(
            CsvText csv, Description description, List<String> columns, YamlProblems problems) {
        for (String name : csv.names()) {
            if (!description.keyColumns().contains(name) && !columns.contains(name)) {
                problems.add(
                        csv.file(),
                        1,
                        "column " + name,
                        "the description has no dimension and no measure in this column, and what it tells would not be looked at",
                        "add it below 'measures:' if it is published, or remove it from the file");
            }
        }
    }

    private static String column(CsvText csv, Description description, DescribedMeasure measure) {
        boolean cells = description.form() instanceof Form.Cells;
        return csv.names().contains(measure.name()) || !cells
                ? measure.name()
                : measure.columns().getFirst();
    }

    private static Cell cell(
            FieldReader fields, CsvText.Line line, String column, boolean sum, Map<String, Marker.Meaning> markers) {
        String text = fields.text(line, column);
        Marker.Meaning meaning = markers.get(text);
        // A marker that is a number would be read as one; whoever means it as a marker writes it into the description.
        if (meaning != null && meaning != Marker.Meaning.LOOKS_LIKE_A_NUMBER) {
            return new Cell.Hidden(text, meaning);
        }
        if (text.isEmpty() && sum) {
            return new Cell.Shown(null);
        }
        if (!text.isEmpty() && !Character.isDigit(text.charAt(text.length() - 1)) || text.isEmpty()) {
            fields.problem(
                    line,
                    column,
                    text.isEmpty() ? "the field is empty" : "'" + text + "' is neither a number nor a marker",
                    "markers here are " + String.join(" ", markers.keySet())
                            + "; name others below 'markers:' in the description");
            return new Cell.Hidden(text, Marker.Meaning.HIDDEN);
        }
        if (sum) {
            return new Cell.Shown(fields.decimal(line, column));
        }
        Long count = fields.count(line, column);
        return new Cell.Shown(count == null ? null : BigDecimal.valueOf(count));
    }

    /** Rows with a count that is hidden beside something that is shown. */
    public List<Row> shownInPart() {
        return rows.values().stream()
                .filter(row -> row.cells().stream().anyMatch(Cell.Shown.class::isInstance))
                .filter(row -> IntStream.range(0, row.cells().size())
                        .anyMatch(m -> !(description.measures().get(m) instanceof DescribedMeasure.Sum)
                                && row.cells().get(m) instanceof Cell.Hidden))
                .toList();
    }

    /** Whether a row is the margin of others. */
    public boolean hasMargins() {
        Places all = new Places(description.dimensions());
        return rows.keySet().stream().anyMatch(place -> !all.isFinest(place));
    }

    /** Where its rows stand. */
    public List<List<List<String>>> places() {
        return List.copyOf(rows.keySet());
    }

    /** What adds up to what among some places. */
    public List<MarginEquation> equations(List<List<List<String>>> places) {
        return new Places(description.dimensions()).equations(places);
    }

    /** Where everybody knows the codes: places of the margins that the table has, and of its cells, that are not in it. */
    public List<List<List<String>>> absent() {
        if (!description.keysArePublic()) {
            return List.of();
        }
        Places all = new Places(description.dimensions());
        return plans().stream()
                .flatMap(depths -> all.all(depths).stream())
                .distinct()
                .filter(place -> !rows.containsKey(place))
                .toList();
    }

    private List<List<Integer>> plans() {
        return rows.keySet().stream()
                .map(place -> place.stream().map(List::size).toList())
                .distinct()
                .toList();
    }

    /** For people. */
    public String words(List<List<String>> place) {
        return new Places(description.dimensions()).words(place);
    }

    @Override
    public String toString() {
        return "PublishedTable[" + rows.size() + " rows]";
    }
}
