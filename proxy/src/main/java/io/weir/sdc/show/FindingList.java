package io.weir.sdc.show;

import io.weir.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings for people: each sentence once, with the cells that it is about. */
final class FindingList {
    private static final int MOST = 12;

    private final Map<String, List<String>> cells = new LinkedHashMap<>();

    void add(String rule, String sentence, String cell) {
        cells.computeIfAbsent(rule + ": " + sentence, fresh -> new ArrayList<>())
                .add(cell);
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    String text() {
        StringBuilder out = new StringBuilder();
        cells.forEach((sentence, about) -> {
            out.append("- ").append(Printable.line(sentence)).append(System.lineSeparator());
            about.stream()
                    .limit(MOST)
                    .forEach(cell -> out.append("    ").append(cell).append(System.lineSeparator()));
            if (about.size() > MOST) {
                out.append("    and ")
                        .append(about.size() - MOST)
                        .append(" more; --json lists all")
                        .append(System.lineSeparator());
            }
        });
        return out.toString();
    }
}
