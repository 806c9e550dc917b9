package io.weir.sdc.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dimension of the table. Where a row stands in it is a path of codes from the coarsest level on; a path that ends early is a margin, the empty one the
 * total.
 *
 * @param name for messages
 * @param layout how its codes stand in the file
 * @param paths the finest paths there are, known to everybody, in the order in which people read them; empty when nobody said so. Then whether a row exists
 *     is confidential while it has few units
 */
public record Dimension(String name, Layout layout, List<List<String>> paths) {
    /** Printed for a margin when the description names no code for it. */
    static final String TOTAL = "Total";

    public Dimension {
        paths = List.copyOf(paths);
    }

    /** How codes stand in a file. */
    public sealed interface Layout {
        /** One column for each level, coarsest first. */
        record Columns(List<Level> levels) implements Layout {
            public Columns {
                levels = List.copyOf(levels);
            }
        }

        /**
         * One column with the codes of all levels.
         *
         * @param level the column and its total
         * @param pathOf the path of each code, its own code last
         * @param depth most levels of a code; branches may be shorter
         */
        record OneColumn(Level level, Map<String, List<String>> pathOf, int depth) implements Layout {
            public OneColumn {
                pathOf = Map.copyOf(pathOf);
            }

            /** The column of all codes. */
            public String column() {
                return level.column();
            }
        }
    }

    /**
     * @param column of the file
     * @param total code of a margin over this level; null when none is named
     * @param withoutTotal whether the description says that the file has no such margin
     */
    public record Level(String column, @Nullable String total, boolean withoutTotal) {
        String margin() {
            return total == null ? TOTAL : total;
        }
    }

    public boolean isPublic() {
        return !paths.isEmpty();
    }

    /** How many levels it has. */
    public int depth() {
        return switch (layout) {
            case Layout.Columns columns -> columns.levels().size();
            case Layout.OneColumn one -> one.depth();
        };
    }

    /** Whether nothing is below a path. */
    public boolean isFinest(List<String> path) {
        return switch (layout) {
            case Layout.Columns columns -> path.size() == columns.levels().size();
            case Layout.OneColumn one -> !path.isEmpty() && paths.contains(path);
        };
    }

    /** Its columns with their totals. */
    public List<Level> levels() {
        return switch (layout) {
            case Layout.Columns columns -> columns.levels();
            case Layout.OneColumn one -> List.of(one.level());
        };
    }

    /** Its columns of the file. */
    public List<String> columns() {
        return switch (layout) {
            case Layout.Columns columns ->
                columns.levels().stream().map(Level::column).toList();
            case Layout.OneColumn one -> List.of(one.column());
        };
    }

    /**
     * The path that a row's fields name.
     *
     * @param fields one for each of {@link #columns}
     * @throws IllegalArgumentException with a sentence for people when they name none
     */
    public List<String> path(List<String> fields) {
        List<String> path = switch (layout) {
            case Layout.Columns columns -> byLevels(columns.levels(), fields);
            case Layout.OneColumn one -> byCode(one, fields.getFirst());
        };
        if (isPublic() && paths.stream().noneMatch(known -> startsWith(known, path))) {
            throw new IllegalArgumentException(
                    "'" + String.join(" / ", path) + "' is not among the codes of the description");
        }
        return path;
    }

    private static List<String> byLevels(List<Level> levels, List<String> fields) {
        List<String> path = new ArrayList<>();
        boolean margin = false;
        for (int level = 0; level < levels.size(); level++) {
            boolean total = fields.get(level).equals(levels.get(level).total());
            if (margin && !total) {
                throw new IllegalArgumentException("'" + fields.get(level) + "' stands below a total");
            }
            margin = total;
            if (!total) {
                path.add(fields.get(level));
            }
        }
        return path;
    }

    private static List<String> byCode(Layout.OneColumn one, String code) {
        if (code.equals(one.level().total())) {
            return List.of();
        }
        List<String> path = one.pathOf().get(code);
        if (path == null) {
            throw new IllegalArgumentException("'" + code + "' has no parent in the description");
        }
        return path;
    }

    /** What a path is printed as, one text for each of {@link #columns}. */
    public List<String> fields(List<String> path) {
        return switch (layout) {
            case Layout.Columns columns -> {
                List<String> fields = new ArrayList<>(path);
                columns.levels()
                        .subList(path.size(), columns.levels().size())
                        .forEach(level -> fields.add(level.margin()));
                yield fields;
            }
            case Layout.OneColumn one -> List.of(path.isEmpty() ? one.level().margin() : path.getLast());
        };
    }

    private static boolean startsWith(List<String> path, List<String> beginning) {
        return path.size() >= beginning.size()
                && path.subList(0, beginning.size()).equals(beginning);
    }
}
