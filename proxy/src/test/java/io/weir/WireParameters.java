package io.weir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with parameters where literals stood, each of the type that pgjdbc would say: texts varchar, whole numbers int4, others numeric, dates date, arrays
 * unspecified.
 */
record WireParameters(String sql, List<Integer> types, List<String> values) {
    private static final int UNSPECIFIED = 0;
    private static final int INT4 = 23;
    private static final int VARCHAR = 1043;
    private static final int DATE = 1082;
    private static final int NUMERIC = 1700;

    private static final Pattern LITERAL =
            Pattern.compile("(?i)\\b(date\\s+)?(?<![\\w&])'((?:[^']|'')*)'|(?<=[=<>] ?)(\\d+(?:\\.\\d+)?)\\b");

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
