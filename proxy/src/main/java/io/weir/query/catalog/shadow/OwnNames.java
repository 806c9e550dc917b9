package io.weir.query.catalog.shadow;

import io.weir.problem.ProblemException;
import io.weir.query.session.statement.Lexer;
import io.weir.query.session.statement.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement in which {@code CURRENT_CATALOG}, {@code CURRENT_USER} and the like became functions that name the project and the person, and
 * the way back: errors speak of the text that the client sent. The functions have the keywords' names, and so their labels.
 *
 * @param original what the client sent
 * @param text what the shadow reads
 * @param keywords places in the original, in order
 */
record OwnNames(String original, String text, List<Keyword> keywords) {
    /** From and to: 0-based positions in the original. */
    record Keyword(int from, int to) {}

    private static final Set<String> KEYWORDS =
            Set.of("current_catalog", "current_user", "session_user", "current_role", "user");

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
            "escape",
            "lateral",
            "placing",
            "symmetric",
            "both",
            "leading",
            "trailing",
            "for",
            "variadic");

    /** Words before brackets after which an expression begins; after others a label does. */
    private static final Set<String> BEFORE_OPERANDS = Set.of("operator", "distinct on");

    private static final Pattern SYNTAX = Pattern.compile("(syntax error at or near )\".*\"", Pattern.DOTALL);

    OwnNames {
        keywords = List.copyOf(keywords);
    }

    static OwnNames in(String sql) {
        List<Keyword> keywords = new ArrayList<>();
        try {
            find(Lexer.tokens(sql), keywords);
        } catch (ProblemException unreadable) {
            // the shadow says what is wrong with it
            return new OwnNames(sql, sql, List.of());
        }
        if (keywords.isEmpty()) {
            return new OwnNames(sql, sql, List.of());
        }
        StringBuilder text = new StringBuilder(sql.length() + 32 * keywords.size());
        int copied = 0;
        for (Keyword keyword : keywords) {
            text.append(sql, copied, keyword.from()).append(function(sql, keyword));
            copied = keyword.to();
        }
        text.append(sql, copied, sql.length());
        return new OwnNames(sql, text.toString(), keywords);
    }

    private static String function(String sql, Keyword keyword) {
        return "pg_catalog.\""
                + sql.substring(keyword.from(), keyword.to()).toLowerCase(java.util.Locale.ROOT)
                + "\"()";
    }

    private static void find(List<Token> tokens, List<Keyword> keywords) {
        Deque<String> brackets = new ArrayDeque<>();
        boolean expression = true;
        String before = "";
        String beforeThat = "";
        for (Token token : tokens) {
            boolean word = token.kind() == Token.Kind.WORD;
            if (expression && word && KEYWORDS.contains(token.text())) {
                keywords.add(new Keyword(token.start(), token.end()));
            }
            if (token.isSymbol('(')) {
                brackets.push(before.equals("on") ? beforeThat + " on" : before);
            }
            expression = switch (token.kind()) {
                case SYMBOL ->
                    switch (token.text()) {
                        case ")" -> !brackets.isEmpty() && BEFORE_OPERANDS.contains(brackets.pop());
                        case "]", "." -> false;
                        default -> true;
                    };
                case WORD -> begins(token.text(), before, brackets.isEmpty() ? "" : brackets.element());
                case QUOTED, STRING, NUMBER, PARAMETER -> false;
            };
            beforeThat = before;
            before = word ? token.text() : "";
        }
    }

    /**
     * Whether an expression begins after a word.
     *
     * @param before the word before it
     * @param bracket the word before the bracket that it stands in
     */
    private static boolean begins(String word, String before, String bracket) {
        return switch (word) {
            case "by" -> Set.of("group", "order", "partition").contains(before);
            case "zone" -> before.equals("time");
            case "value" -> bracket.startsWith("json_object");
            default -> BEFORE_EXPRESSIONS.contains(word);
        };
    }

    /**
     * An error of the shadow as one of the original.
     *
     * @param offset characters that stand before the original in what the client sent
     */
    BackendMessage inOriginal(BackendMessage error, int offset) {
        int position = BackendError.read(error).position();
        if (position == 0 || (keywords.isEmpty() && offset == 0)) {
            return error;
        }
        int shift = 0;
        int from = 0;
        int counted = 0;
        int found = -1;
        @Nullable Keyword inside = null;
        for (Keyword keyword : keywords) {
            from += original.codePointCount(counted, keyword.from());
            counted = keyword.from();
            int length = function(original, keyword).length();
            if (position - 1 < from + shift) {
                break;
            }
            if (position - 1 < from + shift + length) {
                inside = keyword;
                found = from + 1;
                break;
            }
            shift += length - (keyword.to() - keyword.from());
        }
        int place = offset + (inside == null ? position - shift : found);
        @Nullable String word = inside == null ? null : original.substring(inside.from(), inside.to());
        return BackendError.reworded(error, (field, words) -> switch (field) {
            case 'P' -> Integer.toString(place);
            case 'M' ->
                word == null
                        ? words
                        : SYNTAX.matcher(words).replaceFirst("$1" + Matcher.quoteReplacement('"' + word + '"'));
            default -> words;
        });
    }
}
