package io.weir.query.wire.type;

import io.weir.query.type.JsonStrings;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads JSON (RFC 8259) as strictly as PostgreSQL and writes the form of {@code jsonb}: keys once, the last one's value, sorted by length and
 * then by bytes; numbers without exponent; one blank after colon and comma (jsonapi.c, jsonb.c).
 */
final class JsonText {
    private static final int DEPTH = 500;
    private static final int EXPONENT = 10_000;
    /** Digits that all exponents of a document may write out, so that a few bytes do not fill the heap. */
    private static final int MOST_WRITTEN_OUT = 1_000_000;

    private static final Comparator<String> KEYS = Comparator.<String>comparingInt(k -> utf8(k).length)
            .thenComparing((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));

    private final String text;
    private final SqlType type;
    private int at;
    private long writtenOut;

    private JsonText(String text, SqlType type) {
        this.text = text;
        this.type = type;
    }

    /** Refuses what is no JSON. */
    static void check(String text, SqlType type) {
        canonical(text, type);
    }

    /** The document as {@code jsonb} prints it. */
    static String canonical(String text, SqlType type) {
        JsonText reader = new JsonText(text, type);
        StringBuilder out = new StringBuilder(text.length());
        reader.skipSpace();
        reader.value(out, 0);
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.malformed();
        }
        return out.toString();
    }

    private void value(StringBuilder out, int depth) {
        if (depth > DEPTH || at == text.length()) {
            throw malformed();
        }
        switch (text.charAt(at)) {
            case '{' -> object(out, depth);
            case '[' -> array(out, depth);
            case '"' -> print(string(), out);
            case 't' -> word("true", out);
            case 'f' -> word("false", out);
            case 'n' -> word("null", out);
            default -> number(out);
        }
    }

    private void object(StringBuilder out, int depth) {
        Map<String, String> members = new TreeMap<>(KEYS);
        at++;
        skipSpace();
        if (!is('}')) {
            do {
                skipSpace();
                if (!is('"')) {
                    throw malformed();
                }
                String key = string();
                skipSpace();
                expect(':');
                skipSpace();
                StringBuilder member = new StringBuilder();
                value(member, depth + 1);
                members.put(key, member.toString());
                skipSpace();
            } while (comma());
        }
        expect('}');
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(first ? "" : ", ");
            first = false;
            print(member.getKey(), out);
            out.append(": ").append(member.getValue());
        }
        out.append('}');
    }

    private void array(StringBuilder out, int depth) {
        List<String> members = new ArrayList<>();
        at++;
        skipSpace();
        if (!is(']')) {
            do {
                skipSpace();
                StringBuilder member = new StringBuilder();
                value(member, depth + 1);
                members.add(member.toString());
                skipSpace();
            } while (comma());
        }
        expect(']');
        out.append('[').append(String.join(", ", members)).append(']');
    }

    private void word(String word, StringBuilder out) {
        if (!text.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        out.append(word);
    }

    private void number(StringBuilder out) {
        int from = at;
        if (is('-')) {
            at++;
        }
        int whole = at;
        digits();
        if (text.charAt(whole) == '0' && at > whole + 1) {
            throw malformed();
        }
        if (is('.')) {
            at++;
            digits();
        }
        if (is('e') || is('E')) {
            at++;
            if (is('+') || is('-')) {
                at++;
            }
            digits();
        }
        if (at - from > NumericCodec.LONGEST) {
            throw malformed();
        }
        out.append(plain(text.substring(from, at)));
    }

    private void digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw malformed();
        }
    }

    private String plain(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            writtenOut += Math.abs((long) value.scale());
            if (Math.abs((long) value.scale()) <= EXPONENT && writtenOut <= MOST_WRITTEN_OUT + text.length()) {
                return value.toPlainString();
            }
        } catch (NumberFormatException tooLarge) {
            throw malformed();
        }
        throw malformed();
    }

    private String string() {
        StringBuilder word = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return paired(word.toString());
            }
            if (c < 0x20) {
                throw malformed();
            }
            word.append(c == '\\' ? escape() : c);
        }
        throw malformed();
    }

    private char escape() {
        if (at == text.length()) {
            throw malformed();
        }
        return switch (text.charAt(at++)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw malformed();
        };
    }

    private char hex() {
        if (at + 4 > text.length()) {
            throw malformed();
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(at++), 16);
            if (digit < 0) {
                throw malformed();
            }
            code = code << 4 | digit;
        }
        if (code == 0 && type == SqlType.JSONB) {
            throw malformed();
        }
        return (char) code;
    }

    /** Half a surrogate pair is no character. */
    private String paired(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < word.length()
                    && Character.isLowSurrogate(word.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw malformed();
            }
        }
        return word;
    }

    private static void print(String word, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < word.length(); i++) {
            JsonStrings.append(word.charAt(i), out);
        }
        out.append('"');
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void expect(char c) {
        if (!is(c)) {
            throw malformed();
        }
        at++;
    }

    private boolean comma() {
        if (is(',')) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private RuntimeException malformed() {
        return TypeCodec.invalid(type);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
