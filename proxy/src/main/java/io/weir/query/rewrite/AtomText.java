package io.weir.query.rewrite;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * An aggregate as canonical text.
 *
 * @param what what is computed, from what, and in which steps
 * @param conditions texts of {@link ConjunctText}: the aggregate's own conditions, beside those of the block
 */
public record AtomText(String what, List<String> conditions) {
    /** Computed as evidence, and in no answer. */
    static final String EVIDENCE = "evidence ";

    public AtomText {
        conditions = List.copyOf(conditions);
    }

    static String of(String what, Collection<String> conditions) {
        return conditions.isEmpty()
                ? what
                : what + Separators.KEY + String.join(Separators.KEY, new TreeSet<>(conditions));
    }

    public static AtomText read(String text) {
        List<String> parts = Arrays.asList(text.split(Separators.KEY, -1));
        return new AtomText(parts.getFirst(), parts.subList(1, parts.size()));
    }

    /** Whether analysts see it. */
    public boolean isAnswer() {
        return !what.startsWith(EVIDENCE);
    }
}
