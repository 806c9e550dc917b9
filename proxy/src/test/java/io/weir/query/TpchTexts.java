package io.weir.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * TPC-H's query templates as statements of PostgreSQL, as its own tool makes them: the values for validation (clause 2.4 of the specification) are filled in, the number of rows becomes a
 * LIMIT, and the view of the fifteenth a WITH, which is the specification's own variant.
 */
final class TpchTexts {
    private static final Map<Integer, List<String>> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry(1, List.of("90")),
            Map.entry(2, List.of("15", "BRASS", "EUROPE")),
            Map.entry(3, List.of("BUILDING", "1995-03-15")),
            Map.entry(4, List.of("1993-07-01")),
            Map.entry(5, List.of("ASIA", "1994-01-01")),
            Map.entry(6, List.of("1994-01-01", "0.06", "24")),
            Map.entry(7, List.of("FRANCE", "GERMANY")),
            Map.entry(8, List.of("BRAZIL", "AMERICA", "ECONOMY ANODIZED STEEL")),
            Map.entry(9, List.of("green")),
            Map.entry(10, List.of("1993-10-01")),
            Map.entry(11, List.of("GERMANY", "0.0001")),
            Map.entry(12, List.of("MAIL", "SHIP", "1994-01-01")),
            Map.entry(13, List.of("special", "requests")),
            Map.entry(14, List.of("1995-09-01")),
            Map.entry(15, List.of("1996-01-01")),
            Map.entry(16, List.of("Brand#45", "MEDIUM POLISHED", "49", "14", "23", "45", "19", "3", "36", "9")),
            Map.entry(17, List.of("Brand#23", "MED BOX")),
            Map.entry(18, List.of("300")),
            Map.entry(19, List.of("Brand#12", "Brand#23", "Brand#34", "1", "10", "20")),
            Map.entry(20, List.of("forest", "1994-01-01", "CANADA")),
            Map.entry(21, List.of("SAUDI ARABIA")),
            Map.entry(22, List.of("13", "31", "23", "29", "30", "18", "17"))));

    private static final Pattern VIEW =
            Pattern.compile("(?s)create view (\\w+) \\((.*?)\\) as\\s+(.*?);\\s*(.*?);\\s*drop view.*");

    private TpchTexts() {}

    static List<Integer> numbers() {
        return List.copyOf(VALUES.keySet());
    }

    /** @param template as the specification's tool reads it */
    static String statement(int number, String template) {
        String text = template.lines()
                .filter(line -> !line.startsWith("--") && !line.matches(":[xo]\\s*|:n -1\\s*"))
                .map(line -> line.replaceAll("^:n (\\d+)\\s*$", "limit $1"))
                .collect(Collectors.joining("\n"))
                .replace(":s", "0");
        List<String> values = VALUES.getOrDefault(number, List.of());
        for (int i = values.size(); i > 0; i--) {
            text = text.replaceAll(":" + i + "(?!\\d)", Matcher.quoteReplacement(values.get(i - 1)));
        }
        Matcher view = VIEW.matcher(text.strip());
        String statement = view.matches()
                ? "with %s (%s) as (%s) %s".formatted(view.group(1), view.group(2), view.group(3), view.group(4))
                : text;
        return statement.strip().replaceAll(";\\s*$", "");
    }
}
