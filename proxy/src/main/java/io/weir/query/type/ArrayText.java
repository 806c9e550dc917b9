package io.weir.query.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's text of arrays: {@code {1,NULL,3}}, <code>[0:1]={"a b","NULL"}</code>, <code>{{1,2},{3,4}}</code> (arrayfuncs.c, array_in
 * and array_out). Pure.
 */
public final class ArrayText {
    private static final String SPACE = " \t\n\r\u000b\f";

    private final String text;
    private final Function<String, ?> read;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private int at;
    private int leaf = -1;

    private ArrayText(String text, Function<String, ?> read) {
        this.text = text;
        this.read = read;
    }

    /**
     * Reads an array.
     *
     * @param read reads the text of one element
     * @throws IllegalArgumentException when it is none; whatever {@code read} throws
     */
    public static PgArray parse(String text, Function<String, ?> read) {
        return new ArrayText(text, read).parse();
    }

    private PgArray parse() {
        skipSpace();
        List<Integer> bounds = new ArrayList<>();
        List<Integer> declared = new ArrayList<>();
        while (is('[')) {
            at++;
            int first = integer();
            int lower = 1;
            int upper = first;
            if (is(':')) {
                at++;
                lower = first;
                upper = integer();
            }
            expect(']');
            long length = (long) upper - lower + 1;
            if (length < 1 || length > Integer.MAX_VALUE || bounds.size() == PgArray.MOST_DIMENSIONS) {
                throw malformed();
            }
            bounds.add(lower);
            declared.add((int) length);
            skipSpace();
        }
        if (!bounds.isEmpty()) {
            expect('=');
            skipSpace();
        }
        level(0);
        skipSpace();
        if (at != text.length()) {
            throw malformed();
        }
        if (elements.isEmpty()) {
            if (!bounds.isEmpty()) {
                throw malformed();
            }
            return PgArray.of(List.of());
        }
        if (!bounds.isEmpty() && !declared.equals(lengths)) {
            throw malformed();
        }
        return new PgArray(lengths, bounds.isEmpty() ? Collections.nCopies(lengths.size(), 1) : bounds, elements);
    }

    /** One pair of braces; all at one depth have the same number of members. */
    private void level(int depth) {
        if (depth == PgArray.MOST_DIMENSIONS) {
            throw malformed();
        }
        expect('{');
        skipSpace();
        int members = 0;
        if (!is('}')) {
            boolean nested = is('{');
            if (!nested && leaf >= 0 && leaf != depth) {
                throw malformed();
            }
            leaf = nested ? leaf : depth;
            do {
                skipSpace();
                if (is('{') != nested) {
                    throw malformed();
                }
                if (nested) {
                    level(depth + 1);
                } else {
                    element();
                }
                members++;
                skipSpace();
            } while (comma());
        }
        expect('}');
        measure(depth, members);
    }

    /** Inner levels end first: the list grows from the end. */
    private void measure(int depth, int members) {
        if (members == 0 && (depth > 0 || !elements.isEmpty())) {
            throw malformed();
        }
        while (lengths.size() <= depth) {
            lengths.add(-1);
        }
        int known = lengths.get(depth);
        if (known >= 0 && known != members) {
            throw malformed();
        }
        lengths.set(depth, members);
    }

    private boolean comma() {
        if (is(',')) {
            at++;
            return true;
        }
        return false;
    }

    private void element() {
        if (is('"')) {
            elements.add(read.apply(quoted()));
            return;
        }
        StringBuilder word = new StringBuilder();
        int kept = 0;
        boolean escaped = false;
        while (at < text.length() && "{},\"".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at++);
            if (c == '\\') {
                escaped = true;
                if (at == text.length()) {
                    throw malformed();
                }
                word.append(text.charAt(at++));
                kept = word.length();
            } else {
                word.append(c);
                kept = SPACE.indexOf(c) < 0 ? word.length() : kept;
            }
        }
        word.setLength(kept);
        if (word.isEmpty()) {
            throw malformed();
        }
        String plain = word.toString();
        elements.add(!escaped && isNull(plain) ? null : read.apply(plain));
    }

    private String quoted() {
        at++;
        StringBuilder word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return word.toString();
            }
            if (c == '\\') {
                if (at == text.length()) {
                    throw malformed();
                }
                c = text.charAt(at++);
            }
            word.append(c);
        }
        throw malformed();
    }

    private int integer() {
        int from = at;
        if (is('-') || is('+')) {
            at++;
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return Integer.parseInt(text, from, at, 10);
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

    private void skipSpace() {
        while (at < text.length() && SPACE.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("malformed array literal");
    }

    private static boolean isNull(String word) {
        return word.toUpperCase(Locale.ROOT).equals("NULL");
    }

    /**
     * The text of an array.
     *
     * @param print the text of one element
     */
    public static String print(PgArray array, Function<Object, String> print) {
        if (array.elements().isEmpty()) {
            return "{}";
        }
        StringBuilder out = new StringBuilder();
        if (array.lowerBounds().stream().anyMatch(b -> b != 1)) {
            for (int i = 0; i < array.lengths().size(); i++) {
                int lower = array.lowerBounds().get(i);
                out.append('[').append(lower).append(':');
                out.append(lower + array.lengths().get(i) - 1).append(']');
            }
            out.append('=');
        }
        int[] next = {0};
        level(array, 0, next, print, out);
        return out.toString();
    }

    private static void level(PgArray array, int depth, int[] next, Function<Object, String> print, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < array.lengths().get(depth); i++) {
            if (i > 0) {
                out.append(',');
            }
            if (depth + 1 < array.lengths().size()) {
                level(array, depth + 1, next, print, out);
            } else {
                Object element = array.elements().get(next[0]++);
                out.append(element == null ? "NULL" : quotedIfNeeded(print.apply(element)));
            }
        }
        out.append('}');
    }

    private static String quotedIfNeeded(String word) {
        boolean plain = !word.isEmpty() && !isNull(word);
        for (int i = 0; plain && i < word.length(); i++) {
            plain = "\"\\{},".indexOf(word.charAt(i)) < 0 && SPACE.indexOf(word.charAt(i)) < 0;
        }
        return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
