package io.weir.query.govern.plan;

import java.util.Locale;

/** Functions of texts as PostgreSQL has them, by characters and not by code units. Pure and total: the numbers were checked before. */
final class TextFunctions {
    private TextFunctions() {}

    static Object apply(Op op, Object[] v) {
        String text = (String) v[0];
        return switch (op) {
            case INITIALS -> initials(text);
            case REPLACE -> text(v, 1).isEmpty() ? text : text.replace(text(v, 1), text(v, 2));
            case RIGHT -> right(text, number(v, 1));
            case SPLIT_PART -> part(text, text(v, 1), number(v, 2));
            case PAD_LEFT, PAD_RIGHT -> padded(text, number(v, 1), v.length > 2 ? text(v, 2) : " ", op == Op.PAD_LEFT);
            case TRIM_BOTH, TRIM_LEFT, TRIM_RIGHT ->
                trimmed(text, v.length > 1 ? text(v, 1) : " ", op != Op.TRIM_RIGHT, op != Op.TRIM_LEFT);
            case SUBSTRING -> substring(text, number(v, 1), v.length > 2 ? number(v, 2) : Integer.MAX_VALUE);
            case POSITION -> position(text, text(v, 1));
            case REVERSE -> new StringBuilder(text).reverse().toString();
            case REPEAT -> text.repeat(Math.max(0, number(v, 1)));
            case TRANSLATE -> translated(text, text(v, 1), text(v, 2));
            default -> throw new IllegalArgumentException("no function of texts: " + op);
        };
    }

    private static String text(Object[] v, int at) {
        return (String) v[at];
    }

    private static int number(Object[] v, int at) {
        return Numbers.decimal(v[at]).intValueExact();
    }

    private static String of(int[] characters, int from, int to) {
        return from < to ? new String(characters, from, to - from) : "";
    }

    private static String initials(String text) {
        StringBuilder out = new StringBuilder();
        boolean within = false;
        for (int c : text.codePoints().toArray()) {
            String one = Character.toString(c);
            out.append(within ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
            within = Character.isLetterOrDigit(c);
        }
        return out.toString();
    }

    private static String right(String text, int count) {
        int[] characters = text.codePoints().toArray();
        int from = count >= 0 ? Math.max(0, characters.length - count) : Math.min(characters.length, -count);
        return of(characters, from, characters.length);
    }

    /** The n-th field, counted from the end when n is negative. */
    private static String part(String text, String separator, int n) {
        String[] parts =
                separator.isEmpty() ? new String[] {text} : text.split(java.util.regex.Pattern.quote(separator), -1);
        int at = n > 0 ? n - 1 : parts.length + n;
        return at >= 0 && at < parts.length ? parts[at] : "";
    }

    private static String padded(String text, int length, String fill, boolean left) {
        int[] characters = text.codePoints().toArray();
        int[] filling = fill.codePoints().toArray();
        int size = Math.max(0, length);
        if (characters.length >= size || filling.length == 0) {
            return of(characters, 0, Math.min(characters.length, size));
        }
        StringBuilder pad = new StringBuilder();
        for (int i = 0; i < size - characters.length; i++) {
            pad.appendCodePoint(filling[i % filling.length]);
        }
        return left ? pad + text : text + pad;
    }

    private static String trimmed(String text, String characters, boolean left, boolean right) {
        int[] all = text.codePoints().toArray();
        int from = 0;
        int to = all.length;
        while (left && from < to && characters.indexOf(all[from]) >= 0) {
            from++;
        }
        while (right && from < to && characters.indexOf(all[to - 1]) >= 0) {
            to--;
        }
        return of(all, from, to);
    }

    /** From may lie before the first character; what is there counts for the length. */
    private static String substring(String text, int from, int length) {
        int[] all = text.codePoints().toArray();
        long end = Math.min((long) from + length, all.length + 1L);
        int first = Math.max(from, 1);
        return of(all, Math.min(first - 1, all.length), (int) Math.max(0, end - 1));
    }

    private static Integer position(String text, String searched) {
        int at = text.indexOf(searched);
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    private static String translated(String text, String from, String to) {
        int[] targets = to.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            int at = from.indexOf(c);
            int place = at < 0 ? -1 : from.codePointCount(0, at);
            if (place < 0) {
                out.appendCodePoint(c);
            } else if (place < targets.length) {
                out.appendCodePoint(targets[place]);
            }
        });
        return out.toString();
    }
}
