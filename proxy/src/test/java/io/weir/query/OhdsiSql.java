package io.weir.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Templates of OHDSI's tools as statements of PostgreSQL: parameters are filled in, SQL Server's functions become PostgreSQL's, tables for intermediate
 * results become common table expressions, and what would be written to a table is the answer. Only as much as the aggregate analyses need.
 */
final class OhdsiSql {
    /** What a template's functions are in PostgreSQL, by name, of their arguments. */
    private static final Map<String, Function<List<String>, String>> FUNCTIONS = Map.ofEntries(
            Map.entry("count_big", a -> "count(" + a.getFirst() + ")"),
            Map.entry("stdev", a -> "stddev(" + a.getFirst() + ")"),
            Map.entry("year", a -> "extract(year from " + a.getFirst() + ")"),
            Map.entry("month", a -> "extract(month from " + a.getFirst() + ")"),
            Map.entry("day", a -> "extract(day from " + a.getFirst() + ")"),
            Map.entry("isnull", a -> "coalesce(" + String.join(", ", a) + ")"),
            Map.entry("getdate", a -> "current_date"),
            Map.entry("datediff", a -> "(cast(" + a.get(2) + " as date) - cast(" + a.get(1) + " as date))"),
            Map.entry(
                    "datefromparts",
                    a -> "make_date(" + whole(a.get(0)) + ", " + whole(a.get(1)) + ", " + whole(a.get(2)) + ")"),
            Map.entry(
                    "eomonth",
                    a -> "(date_trunc('month', " + a.getFirst() + ") + interval '1 month' - interval '1 day')::date"));

    private static final Pattern INTO_RESULT =
            Pattern.compile("(?is)\\binto\\s+@scratchDatabaseSchema@schemaDelim@tempAchillesPrefix_(\\w+)");
    private static final Pattern INTO_TABLE = Pattern.compile("(?is)\\binto\\s+#(\\w+)");

    private static final Pattern CHOICE =
            Pattern.compile("(?s)\\{@cdmVersion in \\(([^)]*)\\)}\\s*\\?\\s*\\{([^}]*)}(?:\\s*:\\s*\\{([^}]*)})?");

    private OhdsiSql() {}

    private static String whole(String number) {
        return "cast(" + number + " as int)";
    }

    /** The statements of a template that give an answer, by the name of the table that they would fill. */
    static Map<String, String> statements(String template) {
        String text = chosen(template).replaceAll("(?s)/\\*.*?\\*/", " ").replaceAll("--[^\n]*", " ");
        Map<String, String> tables = new LinkedHashMap<>();
        Map<String, String> answers = new LinkedHashMap<>();
        for (String part : text.split(";")) {
            String statement = part.strip();
            Matcher result = INTO_RESULT.matcher(statement);
            Matcher table = INTO_TABLE.matcher(statement);
            if (result.find()) {
                answers.put(result.group(1), with(tables, translated(result.replaceFirst(" "))));
            } else if (table.find()) {
                tables.put(table.group(1), translated(table.replaceFirst(" ")));
            }
        }
        return answers;
    }

    /** Of the forms for versions of the model that for the newest. */
    private static String chosen(String template) {
        return CHOICE.matcher(template)
                .replaceAll(c -> Matcher.quoteReplacement(
                        c.group(1).contains("'5.4'") ? c.group(2) : c.group(3) == null ? "" : c.group(3)));
    }

    /** In front of a statement the intermediate tables that it reads, and those that they read. */
    private static String with(Map<String, String> tables, String statement) {
        List<String> names = new ArrayList<>(tables.keySet());
        List<String> needed = new ArrayList<>();
        StringBuilder read = new StringBuilder(statement);
        for (String name : names.reversed()) {
            if (read.toString().toLowerCase(Locale.ROOT).contains("#" + name.toLowerCase(Locale.ROOT))) {
                read.append(tables.get(name));
                needed.addFirst(name + " as (" + tables.get(name) + ")");
            }
        }
        if (needed.isEmpty()) {
            return statement;
        }
        Matcher own = Pattern.compile("(?is)^with\\b").matcher(statement);
        String whole =
                "with " + String.join(", ", needed) + (own.find() ? ", " + own.replaceFirst("") : " " + statement);
        return whole.replace("#", "");
    }

    private static String translated(String statement) {
        String filled = statement
                .replaceAll("(?i)@cdmDatabaseSchema|@vocabDatabaseSchema", "cdm")
                .replace("@source_name", "source")
                .replace("@achilles_version", "1.7")
                .replace("@cdmVersion", "'5.4'")
                .replace("COUNT_BIG(*)", "count(*)");
        String text = filled;
        for (Map.Entry<String, Function<List<String>, String>> function : FUNCTIONS.entrySet()) {
            text = calls(text, function.getKey(), function.getValue());
        }
        return text.strip();
    }

    /** Replaces every call of a function, those in its own arguments too. */
    private static String calls(String text, String name, Function<List<String>, String> written) {
        Matcher call = Pattern.compile("(?i)\\b" + name + "\\s*\\(").matcher(text);
        if (!call.find()) {
            return text;
        }
        List<String> arguments = new ArrayList<>();
        int end = arguments(text, call.end(), arguments);
        UnaryOperator<String> inner = a -> calls(a, name, written);
        return text.substring(0, call.start())
                + written.apply(arguments.stream().map(inner).toList())
                + calls(text.substring(end), name, written);
    }

    /** @return where the call ends */
    private static int arguments(String text, int start, List<String> into) {
        int depth = 0;
        int from = start;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                i = text.indexOf('\'', i + 1);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && depth == 0 || c == ',' && depth == 0) {
                into.add(text.substring(from, i).strip());
                from = i + 1;
                if (c == ')') {
                    return i + 1;
                }
            } else if (c == ')') {
                depth--;
            }
        }
        throw new IllegalArgumentException("a call does not end");
    }
}
