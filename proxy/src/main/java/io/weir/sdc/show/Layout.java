package io.weir.sdc.show;

import io.weir.sdc.describe.Dimension;
import io.weir.text.Printable;
import io.weir.text.TextTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as a person would draw it: one dimension beside its measures, or for each measure the last dimension across and the others down. What does not fit
 * into the width is drawn in several parts.
 */
final class Layout {
    private static final int MOST_ACROSS = 40;
    private static final int GAP = 2;

    private final List<Dimension> dimensions;
    private final List<List<List<String>>> places;
    private final List<String> measures;
    private final int width;

    Layout(List<Dimension> dimensions, List<List<List<String>>> places, List<String> measures, int width) {
        this.dimensions = dimensions;
        this.places = places;
        this.measures = measures;
        this.width = width;
    }

    /** What is printed of a cell. */
    @FunctionalInterface
    interface Cells {
        String text(int row, int measure);
    }

    String text(Cells cells) {
        Set<List<String>> across = new LinkedHashSet<>();
        places.forEach(place -> across.add(place.getLast()));
        return dimensions.size() == 1 || across.size() > MOST_ACROSS
                ? list(cells)
                : crossed(new ArrayList<>(across), cells);
    }

    private String list(Cells cells) {
        List<List<String>> columns = new ArrayList<>();
        for (int m = 0; m < measures.size(); m++) {
            List<String> column = new ArrayList<>(List.of(Printable.line(measures.get(m))));
            for (int row = 0; row < places.size(); row++) {
                column.add(Printable.line(cells.text(row, m)));
            }
            columns.add(column);
        }
        return parts(labels(dimensions.size(), places), columns);
    }

    private String crossed(List<List<String>> across, Cells cells) {
        int down = dimensions.size() - 1;
        Set<List<List<String>>> lines = new LinkedHashSet<>();
        Map<List<List<String>>, Integer> rowOf = new HashMap<>();
        for (int row = 0; row < places.size(); row++) {
            lines.add(places.get(row).subList(0, down));
            rowOf.put(places.get(row), row);
        }
        List<List<List<String>>> drawn = new ArrayList<>(lines);
        StringBuilder out = new StringBuilder();
        for (int m = 0; m < measures.size(); m++) {
            List<List<String>> columns = new ArrayList<>();
            for (List<String> path : across) {
                List<String> column = new ArrayList<>(List.of(Words.label(label(dimensions.getLast(), path))));
                for (List<List<String>> line : drawn) {
                    List<List<String>> place = new ArrayList<>(line);
                    place.add(path);
                    Integer row = rowOf.get(place);
                    column.add(row == null ? "" : Printable.line(cells.text(row, m)));
                }
                columns.add(column);
            }
            String by = String.join(", ", dimensions.getLast().columns());
            out.append(m == 0 ? "" : System.lineSeparator())
                    .append(Printable.line(measures.get(m) + " by " + by))
                    .append(System.lineSeparator())
                    .append(parts(labels(down, drawn), columns));
        }
        return out.toString();
    }

    private List<List<String>> labels(int count, List<List<List<String>>> lines) {
        List<List<String>> labels = new ArrayList<>();
        for (int d = 0; d < count; d++) {
            Dimension dimension = dimensions.get(d);
            for (int c = 0; c < dimension.columns().size(); c++) {
                List<String> column = new ArrayList<>(
                        List.of(Printable.line(dimension.columns().get(c))));
                for (List<List<String>> line : lines) {
                    column.add(Words.label(dimension.fields(line.get(d)).get(c)));
                }
                labels.add(column);
            }
        }
        return labels;
    }

    /** A path of several levels in one heading. */
    private static String label(Dimension dimension, List<String> path) {
        return path.isEmpty() || dimension.columns().size() == 1
                ? dimension.fields(path).getFirst()
                : String.join(" / ", path);
    }

    private String parts(List<List<String>> labels, List<List<String>> columns) {
        int taken = labels.stream().mapToInt(Layout::widest).sum() + GAP * (labels.size() - 1);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (from < columns.size()) {
            int until = from;
            int used = taken;
            while (until < columns.size() && (until == from || used + GAP + widest(columns.get(until)) <= width)) {
                used += GAP + widest(columns.get(until++));
            }
            out.append(from == 0 ? "" : System.lineSeparator());
            out.append(table(labels, columns.subList(from, until)));
            from = until;
        }
        return out.toString();
    }

    private static String table(List<List<String>> labels, List<List<String>> columns) {
        List<List<String>> all = new ArrayList<>(labels);
        all.addAll(columns);
        List<Boolean> right = new ArrayList<>();
        all.forEach(column -> right.add(right.size() >= labels.size()));
        TextTable table = new TextTable(all.stream().map(List::getFirst).toList(), right);
        for (int line = 1; line < all.getFirst().size(); line++) {
            int at = line;
            table.add(all.stream().map(column -> column.get(at)).toList());
        }
        return table.text();
    }

    private static int widest(List<String> column) {
        return column.stream().mapToInt(Printable::width).max().orElse(0);
    }
}
