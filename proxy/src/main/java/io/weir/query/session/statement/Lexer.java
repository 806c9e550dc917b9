package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.session.statement.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tokens as PostgreSQL's scanner sees them with standard_conforming_strings on (src/backend/parser/scan.l): nested comments, {@code ''},
 * {@code E''}, {@code U&''}, {@code B''}, {@code X''}, {@code N''}, {@code "…"}, {@code $tag$…$tag$}. One left-to-right pass, linear time.
 */
public final class Lexer {
    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String sql) {
        this.sql = sql;
    }

    /** @throws ProblemException {@code SYNTAX} when a string, a name or a comment has no end */
    public static List<Token> tokens(String sql) {
        Lexer lexer = new Lexer(sql);
        while (lexer.skipBlanks()) {
            lexer.token();
        }
        return lexer.tokens;
    }

    private void token() {
        int start = at;
        char c = sql.charAt(at);
        if (c == '\'') {
            string(start, false);
        } else if (c == '"') {
            add(Kind.QUOTED, start, quoted('"', false));
        } else if (c == '$') {
            dollar(start);
        } else if (isIdentifierStart(c)) {
            word(start);
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number(start);
        } else {
            at++;
            add(Kind.SYMBOL, start, sql.substring(start, at));
        }
    }

    private void word(int start) {
        while (at < sql.length() && isIdentifierPart(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(start, at);
        if (word.length() == 1 && peek(0) == '\'') {
            switch (word.charAt(0)) {
                case 'e', 'E' -> {
                    string(start, true);
                    return;
                }
                case 'b', 'B', 'x', 'X', 'n', 'N' -> {
                    string(start, false);
                    return;
                }
                default -> {}
            }
        }
        if (word.equalsIgnoreCase("u") && peek(0) == '&' && (peek(1) == '\'' || peek(1) == '"')) {
            at++;
            char quote = sql.charAt(at);
            add(quote == '"' ? Kind.QUOTED : Kind.STRING, start, quoted(quote, false));
            return;
        }
        add(Kind.WORD, start, word.toLowerCase(Locale.ROOT));
    }

    private void string(int start, boolean escapes) {
        add(Kind.STRING, start, quoted('\'', escapes));
    }

    private String quoted(char quote, boolean escapes) {
        int open = at++;
        StringBuilder value = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == quote) {
                if (peek(0) != quote) {
                    return value.toString();
                }
                at++;
            } else if (escapes && c == '\\' && at < sql.length()) {
                value.appendCodePoint(escaped(sql.charAt(at++)));
                continue;
            }
            value.append(c);
        }
        throw unterminated(quote == '"' ? "unterminated quoted identifier" : "unterminated quoted string", open);
    }

    /** A letter for a control character, octal or hexadecimal digits for any; everything else is itself. */
    private int escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'x' -> number(16, 2, c);
            case 'u' -> number(16, 4, c);
            case 'U' -> number(16, 8, c);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield number(8, 3, c);
            }
            default -> c;
        };
    }

    private int number(int radix, int most, char otherwise) {
        int from = at;
        while (at < sql.length() && at - from < most && Character.digit(sql.charAt(at), radix) >= 0) {
            at++;
        }
        long code = from == at ? otherwise : Long.parseLong(sql, from, at, radix);
        return code > Character.MAX_CODE_POINT ? otherwise : (int) code;
    }

    private void dollar(int start) {
        if (isDigit(peek(1))) {
            at++;
            while (isDigit(peek(0))) {
                at++;
            }
            add(Kind.PARAMETER, start, sql.substring(start, at));
            return;
        }
        int tag = at + 1;
        while (tag < sql.length()
                && (tag == at + 1 ? isIdentifierStart(sql.charAt(tag)) : isTagPart(sql.charAt(tag)))) {
            tag++;
        }
        if (tag >= sql.length() || sql.charAt(tag) != '$') {
            at++;
            add(Kind.SYMBOL, start, "$");
            return;
        }
        String delimiter = sql.substring(at, tag + 1);
        int close = sql.indexOf(delimiter, tag + 1);
        if (close < 0) {
            throw unterminated("unterminated dollar-quoted string", start);
        }
        at = close + delimiter.length();
        add(Kind.STRING, start, sql.substring(tag + 1, close));
    }

    private void number(int start) {
        while (isDigit(peek(0)) || peek(0) == '.' || peek(0) == '_') {
            at++;
        }
        if ((peek(0) == 'e' || peek(0) == 'E')
                && (isDigit(peek(1)) || ((peek(1) == '+' || peek(1) == '-') && isDigit(peek(2))))) {
            at += 2;
            while (isDigit(peek(0))) {
                at++;
            }
        }
        add(Kind.NUMBER, start, sql.substring(start, at));
    }

    /** Whether a token follows. */
    private boolean skipBlanks() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b') {
                at++;
            } else if (c == '-' && peek(1) == '-') {
                while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                    at++;
                }
            } else if (c == '/' && peek(1) == '*') {
                comment();
            } else {
                return true;
            }
        }
        return false;
    }

    private void comment() {
        int open = at;
        int depth = 0;
        do {
            if (at >= sql.length()) {
                throw unterminated("unterminated /* comment", open);
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

    private void add(Kind kind, int start, String text) {
        tokens.add(new Token(kind, text, start, at));
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isTagPart(char c) {
        return isIdentifierStart(c) || isDigit(c);
    }

    private static boolean isIdentifierPart(char c) {
        return isTagPart(c) || c == '$';
    }

    private static ProblemException unterminated(String what, int position) {
        return Problem.of(ProblemCode.SYNTAX, what).at(position + 1).asException();
    }
}
