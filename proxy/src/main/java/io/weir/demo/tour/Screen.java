package io.weir.demo.tour;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints steps and tables for people. */
final class Screen {
    private static final int MAXIMUM_ROWS = 20;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final PrintStream out;

    Screen(PrintStream out) {
        this.out = out;
    }

    void step(int number, String title) {
        out.println();
        out.println(number + ". " + title);
        out.println("-".repeat(title.length() + 3));
    }

    void say(String text) {
        text.lines().forEach(line -> out.println("   " + line));
    }

    void sql(String who, String sql) {
        out.println("   " + who + "=> " + sql.strip().replace("\n", "\n   " + " ".repeat(who.length()) + "   "));
    }

    void done(long millis) {
        out.println(millis < 1000 ? "   [" + millis + " ms]" : "   [%.1f s]".formatted(millis / 1000.0));
    }

    void table(List<String> labels, List<List<@Nullable String>> rows) {
        List<Integer> widths = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            int width = labels.get(c).length();
            for (List<@Nullable String> row : rows) {
                String cell = row.get(c);
                width = Math.max(width, cell == null ? 0 : cell.length());
            }
            widths.add(width);
            int column = c;
            right.add(rows.stream()
                    .map(row -> row.get(column))
                    .allMatch(cell -> cell == null || NUMBER.matcher(cell).matches()));
        }
        line(labels, widths, right);
        out.println("   " + String.join("-+-", widths.stream().map("-"::repeat).toList()));
        rows.stream().limit(MAXIMUM_ROWS).forEach(row -> line(row, widths, right));
        if (rows.size() > MAXIMUM_ROWS) {
            out.println("   … " + (rows.size() - MAXIMUM_ROWS) + " more rows");
        }
    }

    private void line(List<? extends @Nullable String> cells, List<Integer> widths, List<Boolean> right) {
        StringBuilder line = new StringBuilder("   ");
        for (int c = 0; c < widths.size(); c++) {
            String cell = cells.get(c);
            String text = cell == null ? "" : cell;
            String padding = " ".repeat(widths.get(c) - text.length());
            line.append(c > 0 ? " | " : "").append(right.get(c) ? padding + text : text + padding);
        }
        out.println(line.toString().stripTrailing());
    }
}
