package io.weir.audit.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what {@link CanonicalJson} writes and nothing else: unsorted or repeated keys, white space, other escapes, fractions, null and
 * malformed UTF-8 fail. Objects come back as SortedMap, integers as Long.
 */
public final class CanonicalJsonReader {
    private static final int MAX_DEPTH = 16;

    private final String text;
    private int at;

    private CanonicalJsonReader(String text) {
        this.text = text;
    }

    /** Reads one object that fills {@code bytes}. */
    public static SortedMap<String, Object> readObject(byte[] bytes) throws FormatException {
        return readObject(decode(bytes));
    }

    /** Reads one object that fills {@code text}. */
    public static SortedMap<String, Object> readObject(String text) throws FormatException {
        CanonicalJsonReader reader = new CanonicalJsonReader(text);
        SortedMap<String, Object> object = reader.object(0);
        reader.end();
        return object;
    }

    /** Reads one array that fills {@code text}. */
    public static List<Object> readArray(String text) throws FormatException {
        CanonicalJsonReader reader = new CanonicalJsonReader(text);
        List<Object> array = reader.array(0);
        reader.end();
        return array;
    }

    /** Strict UTF-8. */
    static String decode(byte[] bytes) throws FormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("not UTF-8", e);
        }
    }

    private Object value(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw wrong("nested too deeply");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            default -> integer();
        };
    }

    private SortedMap<String, Object> object(int depth) throws FormatException {
        expect('{');
        SortedMap<String, Object> object = new TreeMap<>();
        if (peek() == '}') {
            at++;
            return object;
        }
        while (true) {
            String key = string();
            if (!CanonicalJson.isKey(key)
                    || (!object.isEmpty() && object.lastKey().compareTo(key) >= 0)) {
                throw wrong("keys must be plain, sorted and unique");
            }
            expect(':');
            object.put(key, value(depth + 1));
            if (peek() == '}') {
                at++;
                return object;
            }
            expect(',');
        }
    }

    private List<Object> array(int depth) throws FormatException {
        expect('[');
        List<Object> array = new ArrayList<>();
        if (peek() == ']') {
            at++;
            return array;
        }
        while (true) {
            array.add(value(depth + 1));
            if (peek() == ']') {
                at++;
                return array;
            }
            expect(',');
        }
    }

    private Object literal(String word, boolean meaning) throws FormatException {
        if (!text.startsWith(word, at)) {
            throw wrong("not a value");
        }
        at += word.length();
        return meaning;
    }

    private Long integer() throws FormatException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int count = at - digits;
        if (count == 0 || count > 16 || (text.charAt(digits) == '0' && at - start > 1)) {
            throw wrong("not a canonical integer");
        }
        long number = Long.parseLong(text.substring(start, at));
        if (number > CanonicalJson.MAX_INTEGER || number < -CanonicalJson.MAX_INTEGER) {
            throw wrong("integer out of range");
        }
        return number;
    }

    private String string() throws FormatException {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            if (c < 0x20) {
                throw wrong("a control character in a string");
            }
            if (c == '\\') {
                out.append(escape());
            } else if (Character.isSurrogate(c)) {
                surrogatePair(out, c);
            } else {
                out.append(c);
            }
        }
    }

    private void surrogatePair(StringBuilder out, char high) throws FormatException {
        char low = next();
        if (!Character.isSurrogatePair(high, low)) {
            throw wrong("a lone surrogate");
        }
        out.append(high).append(low);
    }

    private char escape() throws FormatException {
        char c = next();
        return switch (c) {
            case '"', '\\' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> control();
            default -> throw wrong("an escape that is not canonical");
        };
    }

    private char control() throws FormatException {
        if (at + 4 > text.length()) {
            throw wrong("an unfinished escape");
        }
        String digits = text.substring(at, at + 4);
        at += 4;
        for (char c = 0; c < 0x20; c++) {
            boolean hasShortForm = c == '\b' || c == '\f' || c == '\n' || c == '\r' || c == '\t';
            if (!hasShortForm && digits.equals("00" + (c < 0x10 ? "0" : "") + Integer.toHexString(c))) {
                return c;
            }
        }
        throw wrong("an escape that is not canonical");
    }

    private char peek() throws FormatException {
        if (at >= text.length()) {
            throw wrong("ends too early");
        }
        return text.charAt(at);
    }

    private char next() throws FormatException {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char wanted) throws FormatException {
        if (next() != wanted) {
            at--;
            throw wrong("'" + wanted + "' expected");
        }
    }

    private void end() throws FormatException {
        if (at != text.length()) {
            throw wrong("something follows");
        }
    }

    private FormatException wrong(String what) {
        return new FormatException("not canonical JSON at character " + at + ": " + what);
    }
}
