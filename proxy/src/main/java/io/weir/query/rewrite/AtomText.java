package io.weir.query.rewrite;

import java.util.Collection;
import java.util.TreeSet;

/** An aggregate as canonical text. */
final class AtomText {
    /** Computed as evidence, and in no answer. */
    static final String EVIDENCE = "evidence ";

    private AtomText() {}

    /**
     * @param what what is computed, from what, and in which steps
     * @param conditions texts of {@link ConjunctText}: the aggregate's own conditions, beside those of the block
     */
    static String of(String what, Collection<String> conditions) {
        return conditions.isEmpty()
                ? what
                : what + Separators.KEY + String.join(Separators.KEY, new TreeSet<>(conditions));
    }
}
