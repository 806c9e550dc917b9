package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.parse.PgToken.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL's lexical structure (PostgreSQL 16 manual, section 4.1) with standard_conforming_strings on. Throws {@link
 * ProblemException} with a position; never anything else.
 */
final class PgLexer {
    private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";
    private static final int NAME_BYTES = 63;
    private static final String SHORTER =
            "Ask in several statements; long lists are asked for by a reference table that has them.";

    /** So many close every list: readers may look ahead without counting. */
    static final int END_TOKENS = 8;

    private final String sql;
    private final FrontEndLimits limits;
    private final List<PgToken> tokens = new ArrayList<>();
    private int at;

    private PgLexer(String sql, FrontEndLimits limits) {
        this.sql = sql;
        this.limits = limits;
    }

    /** All tokens, closed by {@link #END_TOKENS} of kind END. */
    static List<PgToken> read(String sql, FrontEndLimits limits) {
        if (sql.length() > limits.characters()) {
            throw Problem.of(
                            ProblemCode.STATEMENT_TOO_COMPLEX,
                            "more than " + limits.characters() + " characters",
                            SHORTER)
                    .asException();
        }
        return new PgLexer(sql, limits).read();
    }

    private List<PgToken> read() {
        while (skipBlank()) {
            next();
            if (tokens.size() > limits.tokens()) {
                throw Problem.of(ProblemCode.STATEMENT_TOO_COMPLEX, "more than " + limits.tokens() + " tokens", SHORTER)
                        .at(at)
                        .asException();
            }
        }
        for (int i = 0; i < END_TOKENS; i++) {
            add(Kind.END, "", sql.length());
        }
        return tokens;
    }

    private void next() {
        int start = at;
        char c = sql.charAt(at);
        if (isNameStart(c)) {
            wordOrPrefixedString(start);
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number(start);
        } else {
            switch (c) {
                case '\'' -> string(start);
                case '"' -> quotedIdentifier(start);
                case '$' -> dollar(start);
                case '(', ')', '[', ']', ',', ';', '.' -> {
                    at++;
                    add(Kind.PUNCTUATION, String.valueOf(c), start);
                }
                case ':' -> {
                    if (peek(1) != ':') {
                        throw syntax(start, "':' is not an operator here");
                    }
                    at += 2;
                    add(Kind.OPERATOR, "::", start);
                }
                default -> operator(start, c);
            }
        }
    }

    /** Moves to the next token; false at the end. */
    private boolean skipBlank() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '-' && peek(1) == '-') {
                while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                    at++;
                }
            } else if (c == '/' && peek(1) == '*') {
                blockComment();
            } else {
                return true;
            }
        }
        return false;
    }

    private void blockComment() {
        int start = at;
        int depth = 0;
        do {
            if (at >= sql.length()) {
                throw syntax(start, "unterminated /* comment");
            }
            if (sql.charAt(at) == '/' && peek(1) == '*') {
                depth++;
                at += 2;
            } else if (sql.charAt(at) == '*' && peek(1) == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    private void wordOrPrefixedString(int start) {
        char c = Character.toLowerCase(sql.charAt(at));
        char following = peek(1);
        if (following == '\'' && (c == 'e' || c == 'n')) {
            at++;
            if (c == 'e') {
                escapeString(start);
            } else {
                string(start);
            }
            return;
        }
        if (following == '\'' && (c == 'b' || c == 'x')) {
            throw unsupported(start, "bit strings are not supported", null);
        }
        if (c == 'u' && following == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            throw unsupported(start, "U& escapes are not supported", "write the characters themselves");
        }
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
        add(Kind.WORD, shorten(fold(sql.substring(start, at))), start);
    }

    private void quotedIdentifier(int start) {
        String name = delimited(start, '"', "unterminated quoted identifier");
        if (name.isEmpty()) {
            throw syntax(start, "zero-length delimited identifier");
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw syntax(start, "control characters in an identifier");
        }
        add(Kind.QUOTED_IDENTIFIER, shorten(name), start);
    }

    private void string(int start) {
        StringBuilder value = new StringBuilder(delimited(start, '\'', "unterminated quoted string"));
        while (continues()) {
            value.append(delimited(at, '\'', "unterminated quoted string"));
        }
        add(Kind.STRING, value.toString(), start);
    }

    /** Text up to the closing quote; a doubled quote stands for one. */
    private String delimited(int start, char quote, String problem) {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else {
                    return value.toString();
                }
            }
            rejectNul(c, at - 1);
            value.append(c);
        }
        throw syntax(start, problem);
    }

    /** Two literals with a line break between them are one (section 4.1.2.1). */
    private boolean continues() {
        int saved = at;
        boolean newline = false;
        while (at < sql.length() && isSpace(sql.charAt(at))) {
            newline |= sql.charAt(at) == '\n' || sql.charAt(at) == '\r';
            at++;
        }
        if (newline && at < sql.length() && sql.charAt(at) == '\'') {
            return true;
        }
        at = saved;
        return false;
    }

    private void escapeString(int start) {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            if (at >= sql.length()) {
                throw syntax(start, "unterminated quoted string");
            }
            char c = sql.charAt(at++);
            if (c == '\'') {
                if (at < sql.length() && sql.charAt(at) == '\'') {
                    at++;
                    value.append('\'');
                } else if (continues()) {
                    at++;
                } else {
                    break;
                }
            } else if (c == '\\') {
                value.appendCodePoint(escape(start));
            } else {
                rejectNul(c, at - 1);
                value.append(c);
            }
        }
        add(Kind.STRING, value.toString(), start);
    }

    private int escape(int start) {
        if (at >= sql.length()) {
            throw syntax(start, "unterminated quoted string");
        }
        char c = sql.charAt(at++);
        int code = switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> digits(16, 2, 'x');
            case 'u' -> exactly(start, 4);
            case 'U' -> exactly(start, 8);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield digits(8, 3, c);
            }
            default -> c;
        };
        if (code == 0
                || code > 0x10FFFF
                || (code >= 0xD800 && code <= 0xDFFF)
                || ((c == 'x' || isDigit(c)) && code > 127)) {
            throw syntax(start, "invalid escape in string");
        }
        return code;
    }

    private int digits(int radix, int most, int otherwise) {
        int value = 0;
        int count = 0;
        while (count < most && at < sql.length() && Character.digit(sql.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(sql.charAt(at++), radix);
            count++;
        }
        return count == 0 ? otherwise : value;
    }

    private int exactly(int start, int count) {
        int from = at;
        long value = 0;
        while (at - from < count && at < sql.length() && Character.digit(sql.charAt(at), 16) >= 0) {
            value = value * 16 + Character.digit(sql.charAt(at++), 16);
        }
        if (at - from < count) {
            throw syntax(start, "invalid Unicode escape");
        }
        return value > 0x10FFFF ? -1 & 0x7FFFFFFF : (int) value;
    }

    private void dollar(int start) {
        if (isDigit(peek(1))) {
            at++;
            while (at < sql.length() && isDigit(sql.charAt(at))) {
                at++;
            }
            rejectTrailing(start, "trailing junk after parameter");
            String digits = sql.substring(start + 1, at);
            if (digits.length() > 5
                    || Integer.parseInt(digits) == 0
                    || Integer.parseInt(digits) > limits.parameters()) {
                throw syntax(start, "there is no parameter $" + digits);
            }
            add(Kind.PARAMETER, String.valueOf(Integer.parseInt(digits)), start);
            return;
        }
        int end = start + 1;
        while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$') {
            throw syntax(start, "'$' is not an operator here");
        }
        String tag = sql.substring(start, end + 1);
        int close = sql.indexOf(tag, end + 1);
        if (close < 0) {
            throw syntax(start, "unterminated dollar-quoted string");
        }
        String value = sql.substring(end + 1, close);
        int nul = value.indexOf('\0');
        if (nul >= 0) {
            rejectNul('\0', end + 1 + nul);
        }
        at = close + tag.length();
        add(Kind.STRING, value, start);
    }

    private void number(int start) {
        while (at < sql.length() && isDigit(sql.charAt(at))) {
            at++;
        }
        if (at < sql.length() && sql.charAt(at) == '.' && peek(1) != '.') {
            at++;
            while (at < sql.length() && isDigit(sql.charAt(at))) {
                at++;
            }
        }
        if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (isDigit(peek(1 + sign))) {
                at += 1 + sign;
                while (at < sql.length() && isDigit(sql.charAt(at))) {
                    at++;
                }
            }
        }
        rejectTrailing(start, "trailing junk after numeric literal");
        add(Kind.NUMBER, sql.substring(start, at), start);
    }

    private void rejectTrailing(int start, String problem) {
        if (at < sql.length() && isNamePart(sql.charAt(at))) {
            throw syntax(start, problem);
        }
    }

    private void operator(int start, char first) {
        if (OPERATOR_CHARACTERS.indexOf(first) < 0) {
            throw syntax(start, "a character that is not part of SQL");
        }
        while (at < sql.length()
                && OPERATOR_CHARACTERS.indexOf(sql.charAt(at)) >= 0
                && !(sql.charAt(at) == '-' && peek(1) == '-')
                && !(sql.charAt(at) == '/' && peek(1) == '*')) {
            at++;
        }
        String text = sql.substring(start, at);
        while (text.length() > 1 && (text.endsWith("+") || text.endsWith("-")) && !text.matches(".*[~!@#%^&|`?].*")) {
            text = text.substring(0, text.length() - 1);
            at--;
        }
        add(Kind.OPERATOR, text, start);
    }

    private void add(Kind kind, String text, int start) {
        tokens.add(new PgToken(kind, text, start));
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private void rejectNul(char c, int position) {
        if (c == '\0') {
            throw syntax(position, "a NUL character");
        }
    }

    private static ProblemException syntax(int offset, String detail) {
        return Problem.of(ProblemCode.SYNTAX, detail).at(offset + 1).asException();
    }

    private static ProblemException unsupported(
            int offset, String detail, @org.jspecify.annotations.Nullable String hint) {
        return new Problem(ProblemCode.UNSUPPORTED, detail, hint, offset + 1).asException();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }

    /** PostgreSQL folds ASCII only when the encoding has more than one byte a character. */
    private static String fold(String word) {
        StringBuilder folded = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    /** Names keep their first 63 bytes (NAMEDATALEN - 1). */
    static String shorten(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES) {
            return name;
        }
        int end = Math.min(name.length(), NAME_BYTES);
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            end--;
        }
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end);
    }
}
