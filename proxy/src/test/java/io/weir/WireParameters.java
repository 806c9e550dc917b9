package io.weir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with parameters where literals stood, each of the type that pgjdbc would say: texts varchar, whole numbers int4, others numeric, dates date, arrays
 * unspecified.
 */
public record WireParameters(String sql, List<Integer> types, List<String> values) {
    private static final int UNSPECIFIED = 0;
    private static final int INT4 = 23;
    private static final int VARCHAR = 1043;
    private static final int DATE = 1082;
    private static final int NUMERIC = 1700;

    private static final Pattern LITERAL =
            Pattern.compile("(?i)\\b(date\\s+)?(?<![\\w&])'((?:[^']|'')*)'|(?<=[=<>] ?)(\\d+(?:\\.\\d+)?)\\b");

    /** What is written beside quoted texts and numbers and is no value that could be bound. */
    private static final Pattern EVERYWHERE = Pattern.compile(
            "(?is)(?<kept>\\$\\d+|\"[^\"]*\"|\\be'(?:[^'\\\\]|\\\\.|'')*'|u&'[^']*'"
                    + "|\\b(?:interval|timestamp|timestamptz|timestamp with time zone|time|escape)\\s*'[^']*'|'[{][^']*'"
                    + "|\\b(?:percentile_(?:cont|disc)\\s*\\(\\s*|date_trunc\\s*\\(\\s*'|date_part\\s*\\(\\s*')[0-9a-z.]+'?)"
                    + "|(?<date>\\bdate\\s+)?'(?<text>(?:[^']|'')*)'"
                    + "|(?<=(?:[=<>+*/(-]|\\b(?:then|else|limit|offset|between|and)) ?)(?<number>\\d+(?:\\.\\d+)?)\\b(?!\\s*(?:preceding|following))");

    /**
     * Parameters wherever a value may be bound, numbers after THEN, LIMIT, BETWEEN and signs too. What is written twice is one parameter, so that what is grouped by is
     * what is selected. Intervals, arrays, units of dates, places of percentiles and texts of other kinds stay as they are.
     */
    public static WireParameters everywhere(String sql) {
        List<Integer> types = new ArrayList<>();
        List<String> values = new ArrayList<>();
        Matcher literal = EVERYWHERE.matcher(sql);
        StringBuilder text = new StringBuilder();
        while (literal.find()) {
            if (literal.group("kept") != null || typed(sql, literal.start())) {
                literal.appendReplacement(text, Matcher.quoteReplacement(literal.group()));
                continue;
            }
            String number = literal.group("number");
            String value = number != null ? number : literal.group("text").replace("''", "'");
            int type = number != null
                    ? number.contains(".") ? NUMERIC : INT4
                    : value.matches("\\d{4}-\\d\\d-\\d\\d") ? DATE : VARCHAR;
            if (literal.group("date") != null && type != DATE) {
                literal.appendReplacement(text, Matcher.quoteReplacement(literal.group()));
                continue;
            }
            int known = 0;
            while (known < values.size() && !(values.get(known).equals(value) && types.get(known) == type)) {
                known++;
            }
            if (known == values.size()) {
                types.add(type);
                values.add(value);
            }
            literal.appendReplacement(text, Matcher.quoteReplacement("$" + (known + 1)));
        }
        literal.appendTail(text);
        return new WireParameters(text.toString(), types, values);
    }

    /** Whether a number is the length of a type or the digits of one: {@code numeric(10, 2)}. */
    private static boolean typed(String sql, int at) {
        return sql.substring(Math.max(0, at - 20), at)
                .matches(
                        "(?is).*\\b(numeric|decimal|varchar|char|character|varying|timestamp|timestamptz|time)\\s*\\(");
    }

    /** Statements with intervals or strings of other kinds are left as they are. */
    static WireParameters of(String sql) {
        List<Integer> types = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (sql.matches("(?is).*(interval\\s*'|\\be'|u&|\\$).*")) {
            return new WireParameters(sql, types, values);
        }
        Matcher literal = LITERAL.matcher(sql);
        StringBuilder text = new StringBuilder();
        while (literal.find()) {
            String number = literal.group(3);
            if (number != null) {
                types.add(number.contains(".") ? NUMERIC : INT4);
                values.add(number);
            } else {
                String value = literal.group(2).replace("''", "'");
                types.add(literal.group(1) != null ? DATE : value.startsWith("{") ? UNSPECIFIED : VARCHAR);
                values.add(value);
            }
            literal.appendReplacement(text, Matcher.quoteReplacement("$" + types.size()));
        }
        literal.appendTail(text);
        return new WireParameters(text.toString(), types, values);
    }
}
