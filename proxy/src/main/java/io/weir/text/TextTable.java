package io.weir.text;

import java.util.ArrayList;
import java.util.List;

/** Columns for people: padded, numbers to the right. Cells are already printable. */
public final class TextTable {
    private final List<String> headings;
    private final List<Boolean> right;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param right which columns hold numbers */
    public TextTable(List<String> headings, List<Boolean> right) {
        this.headings = List.copyOf(headings);
        this.right = List.copyOf(right);
    }

    public static TextTable of(String... headings) {
        return new TextTable(List.of(headings), java.util.Collections.nCopies(headings.length, Boolean.FALSE));
    }

    public void add(List<String> row) {
        if (row.size() != headings.size()) {
            throw new IllegalArgumentException("a row has as many cells as there are headings");
        }
        rows.add(List.copyOf(row));
    }

    /** Lines with a final line break. */
    public String text() {
        int[] widths = new int[headings.size()];
        measure(widths, headings);
        rows.forEach(row -> measure(widths, row));
        StringBuilder out = new StringBuilder();
        line(out, headings, widths);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        line(out, rule, widths);
        rows.forEach(row -> line(out, row, widths));
        return out.toString();
    }

    private static void measure(int[] widths, List<String> row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], Printable.width(row.get(i)));
        }
    }

    private void line(StringBuilder out, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - Printable.width(row.get(i)));
            line.append(i == 0 ? "" : "  ");
            if (right.get(i)) {
                line.append(padding).append(row.get(i));
            } else {
                line.append(row.get(i)).append(padding);
            }
        }
        out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
}
