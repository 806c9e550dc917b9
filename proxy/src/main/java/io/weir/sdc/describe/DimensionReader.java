package io.weir.sdc.describe;

import io.weir.sdc.describe.Dimension.Layout;
import io.weir.sdc.describe.Dimension.Level;
import io.weir.yaml.YamlSection;
import io.weir.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code dimensions}. */
final class DimensionReader {
    private DimensionReader() {}

    static Optional<Dimension> dimension(YamlSection s) {
        int before = s.problems().count();
        Dimension dimension = s.has("levels") ? ofLevels(s) : s.has("parents") ? ofParents(s) : ofOneLevel(s);
        s.end();
        return s.problems().count() == before ? Optional.of(dimension) : Optional.empty();
    }

    private static Dimension ofOneLevel(YamlSection s) {
        String column = s.text("column");
        Level level = level(s, column);
        return new Dimension(column, new Layout.Columns(List.of(level)), codes(s, List.of(level)));
    }

    private static Dimension ofLevels(YamlSection s) {
        List<Level> levels = new ArrayList<>();
        for (YamlSection level : s.sections("levels")) {
            levels.add(level(level, level.text("column")));
            level.end();
        }
        if (levels.isEmpty()) {
            s.problem("levels", "a hierarchy has a level", "list its columns, the coarsest first");
            levels.add(new Level("", null, true));
        }
        return new Dimension(s.text("name"), new Layout.Columns(levels), codes(s, levels));
    }

    private static Level level(YamlSection s, String column) {
        String total = DescriptionReader.textOrNull(s, "total");
        boolean without = s.flag("withoutTotal", false);
        if (total != null && without) {
            s.problem("withoutTotal", "a total is named, and there is said to be none", "keep one of them");
        }
        return new Level(column, total, without);
    }

    /** The finest paths: a list for one level, for more a map from each code to those below it. */
    private static List<List<String>> codes(YamlSection s, List<Level> levels) {
        List<List<String>> paths = new ArrayList<>();
        if (s.has("codes")) {
            paths(s, s.value().entries().get("codes"), levels, List.of(), paths);
        }
        if (new HashSet<>(paths).size() < paths.size()) {
            s.problem("codes", "a code is there twice", "keep one");
        }
        return paths;
    }

    private static void paths(
            YamlSection s,
            @Nullable YamlValue value,
            List<Level> levels,
            List<String> above,
            List<List<String>> paths) {
        boolean finest = above.size() + 1 == levels.size();
        switch (value) {
            case YamlValue.Sequence list
            when finest ->
                list.items().forEach(item -> {
                    if (item instanceof YamlValue.Scalar code) {
                        paths.add(longer(s, above, code.text(), levels));
                    } else {
                        s.problem("codes", "a code is a single word", "write [F, M]");
                    }
                });
            case YamlValue.Mapping map
            when !finest ->
                map.entries().forEach((code, below) -> paths(s, below, levels, longer(s, above, code, levels), paths));
            case null, default ->
                s.problem(
                        "codes",
                        finest
                                ? "a list of codes is expected here"
                                : "a map from codes to those below them is expected here",
                        finest ? "write [F, M]" : "write 'North: [N1, N2]' for each");
        }
    }

    private static List<String> longer(YamlSection s, List<String> above, String code, List<Level> levels) {
        if (code.equals(levels.get(above.size()).margin())) {
            s.problem(
                    "codes",
                    "'" + code + "' is the code of the total",
                    "leave it out of the codes, or name another with 'total:'");
        }
        List<String> path = new ArrayList<>(above);
        path.add(code);
        return path;
    }

    private static Dimension ofParents(YamlSection s) {
        String column = s.text("column");
        Level level = level(s, column);
        Map<String, String> parents = s.textMap("parents");
        Map<String, List<String>> pathOf = new LinkedHashMap<>();
        Set<String> codes = new LinkedHashSet<>(parents.keySet());
        codes.addAll(parents.values());
        for (String code : codes) {
            pathOf.put(code, path(s, code, parents));
        }
        String margin = level.margin();
        if (codes.contains(margin)) {
            s.problem(
                    "parents",
                    "'" + margin + "' is the code of the total",
                    "leave it out, or name another with 'total:'");
        }
        List<List<String>> leaves = codes.stream()
                .filter(code -> !parents.containsValue(code))
                .map(pathOf::get)
                .map(java.util.Objects::requireNonNull)
                .toList();
        int depth = leaves.stream().mapToInt(List::size).max().orElse(1);
        if (leaves.isEmpty()) {
            s.problem("parents", "a map from codes to their parents is expected here", "write 'E10: E' for each code");
        }
        return new Dimension(column, new Layout.OneColumn(level, pathOf, depth), leaves);
    }

    private static List<String> path(YamlSection s, String code, Map<String, String> parents) {
        List<String> path = new ArrayList<>();
        String at = code;
        while (at != null) {
            if (path.contains(at)) {
                s.problem("parents", "'" + code + "' is above itself", "break the circle");
                return List.of(code);
            }
            path.addFirst(at);
            at = parents.get(at);
        }
        return path;
    }
}
