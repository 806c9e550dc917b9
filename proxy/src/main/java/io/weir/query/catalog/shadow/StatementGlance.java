package io.weir.query.catalog.shadow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A quick look at a statement's words, without understanding it: enough to know that it cannot be a catalogue statement, or that it
 * deserves the planner's judgement. Comments, strings and quoted names are skipped as PostgreSQL's lexer does (16, 4.1).
 *
 * @param first first word in lower case, empty when there is none
 * @param words all words and quoted names in lower case
 */
record StatementGlance(String first, Set<String> words) {
    /** Keywords that name the shadow's own database and role, whatever its functions say; and the functions that they become. */
    private static final Map<String, String> OWN_NAMES = Map.of(
            "current_catalog", "current_database",
            "current_user", "current_user",
            "session_user", "session_user",
            "current_role", "current_role",
            "user", "user");

    /** Words after which an expression begins, so that a keyword there is no label. */
    private static final Set<String> BEFORE_EXPRESSIONS = Set.of(
            "select",
            "distinct",
            "all",
            "where",
            "and",
            "or",
            "not",
            "on",
            "having",
            "by",
            "when",
            "then",
            "else",
            "case",
            "between",
            "like",
            "ilike",
            "to",
            "in",
            "from",
            "values",
            "limit",
            "offset",
            "using",
            "return",
            "escape",
            "lateral",
            "placing",
            "value",
            "key",
            "symmetric",
            "both",
            "leading",
            "trailing",
            "for",
            "zone");

    private static final Set<String> READERS = Set.of("select", "with", "values", "table");

    StatementGlance {
        words = Set.copyOf(words);
    }

    /** Only these can be catalogue statements. */
    boolean isReader() {
        return READERS.contains(first);
    }

    static StatementGlance of(String sql) {
        List<String> words = new ArrayList<>();
        scan(sql, words, new ArrayList<>());
        return new StatementGlance(words.isEmpty() ? "" : words.get(0), new HashSet<>(words));
    }

    /** {@code CURRENT_CATALOG}, {@code CURRENT_USER} and the like become functions that name the project and the person. Not where they are labels. */
    static String withNamesOfTheSession(String sql) {
        List<Place> places = new ArrayList<>();
        scan(sql, new ArrayList<>(), places);
        StringBuilder text = new StringBuilder(sql);
        for (Place place : places.reversed()) {
            text.replace(
                    place.at(),
                    place.at() + place.keyword().length(),
                    "pg_catalog.\"" + OWN_NAMES.get(place.keyword()) + "\"()");
        }
        return text.toString();
    }

    private record Place(int at, String keyword) {}

    private static void scan(String sql, List<String> words, List<Place> ownNames) {
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", i)) {
                i = afterComment(sql, i);
            } else if (c == '\'') {
                boolean escapes = i > 0
                        && (sql.charAt(i - 1) == 'e' || sql.charAt(i - 1) == 'E')
                        && (i == 1 || !isWord(sql.charAt(i - 2)));
                i = afterQuote(sql, i, '\'', escapes);
            } else if (c == '"') {
                int end = afterQuote(sql, i, '"', false);
                words.add(sql.substring(Math.min(i + 1, sql.length()), Math.max(i + 1, end - 1))
                        .replace("\"\"", "\"")
                        .toLowerCase(Locale.ROOT));
                i = end;
            } else if (c == '$' && !isWord(i == 0 ? ' ' : sql.charAt(i - 1))) {
                i = afterDollar(sql, i);
            } else if (isWord(c)) {
                int begin = i;
                while (i < sql.length() && (isWord(sql.charAt(i)) || sql.charAt(i) == '$')) {
                    i++;
                }
                String word = sql.substring(begin, i).toLowerCase(Locale.ROOT);
                if (OWN_NAMES.containsKey(word) && !isLabel(sql, begin, words)) {
                    ownNames.add(new Place(begin, word));
                }
                words.add(word);
            } else {
                i++;
            }
        }
    }

    /** After a name, a value or {@code AS} it is a label, after a dot the name of a column. */
    private static boolean isLabel(String sql, int begin, List<String> words) {
        int before = begin - 1;
        while (before >= 0 && Character.isWhitespace(sql.charAt(before))) {
            before--;
        }
        if (before < 0) {
            return false;
        }
        char last = sql.charAt(before);
        if (isWord(last)) {
            return words.isEmpty() || !BEFORE_EXPRESSIONS.contains(words.getLast());
        }
        return last == '.' || last == '"' || last == '\'' || last == ')' || last == ']';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c >= 0x80;
    }

    private static int afterComment(String sql, int begin) {
        int depth = 0;
        int i = begin;
        while (i < sql.length()) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return i;
    }

    private static int afterQuote(String sql, int begin, char quote, boolean escapes) {
        int i = begin + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\\' && escapes) {
                i += 2;
            } else if (c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i += 2;
            } else if (c == quote) {
                return i + 1;
            } else {
                i++;
            }
        }
        return sql.length();
    }

    private static int afterDollar(String sql, int begin) {
        int end = begin + 1;
        while (end < sql.length() && isWord(sql.charAt(end))) {
            end++;
        }
        boolean opens = end < sql.length()
                && sql.charAt(end) == '$'
                && (end == begin + 1 || !Character.isDigit(sql.charAt(begin + 1)));
        if (!opens) {
            return end;
        }
        String tag = sql.substring(begin, end + 1);
        int close = sql.indexOf(tag, end + 1);
        return close < 0 ? sql.length() : close + tag.length();
    }
}
