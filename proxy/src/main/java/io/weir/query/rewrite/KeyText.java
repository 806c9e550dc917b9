package io.weir.query.rewrite;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * A group key as canonical text: the columns it is made of, and how. Columns of reference data count as the columns that lead to it, so
 * that a code and its description are one key.
 *
 * @param columns base columns
 * @param expression the key itself
 */
public record KeyText(Set<String> columns, String expression) {
    public KeyText {
        columns = Set.copyOf(columns);
    }

    static String of(Collection<String> columns, String expression) {
        return String.join(Separators.FIELD, new TreeSet<>(columns)) + Separators.PART + expression;
    }

    public static KeyText read(String text) {
        int end = text.indexOf(Separators.PART);
        if (end < 0) {
            throw new IllegalArgumentException("not a key's text");
        }
        return new KeyText(columns(text.substring(0, end)), text.substring(end + 1));
    }

    static Set<String> columns(String joined) {
        return joined.isEmpty() ? Set.of() : Set.of(joined.split(Separators.FIELD));
    }
}
