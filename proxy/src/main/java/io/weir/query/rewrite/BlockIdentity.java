package io.weir.query.rewrite;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What decides the cells of a block, as canonical text: relations named by what they are, joins, conjuncts, keys and aggregates in an
 * order of their own. Equal identities ask the same question, however it was worded.
 *
 * @param population whose records are counted: subject namespace and the relations that make rows, with their row scopes
 * @param conjuncts texts of {@link ConjunctText}: conditions, joins that may lose rows, definitions
 * @param groupingSets one text a grouping set, made by {@link #groupingSet} of {@link KeyText}s
 * @param atoms what is computed
 */
public record BlockIdentity(
        String population, SortedSet<String> conjuncts, SortedSet<String> groupingSets, List<String> atoms) {
    public BlockIdentity {
        conjuncts = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(conjuncts));
        groupingSets = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(groupingSets));
        atoms = List.copyOf(atoms);
    }

    /** Changes when the meaning of the texts changes, so that answers of an older version are never replayed as another question. */
    private static final String FORM = "weir question 5";

    /** The text of one grouping set: its keys' texts, sorted. */
    public static String groupingSet(List<String> keys) {
        return String.join(Separators.KEY, new TreeSet<>(keys));
    }

    /** Lower-case hex SHA-256 of the whole identity. */
    public String digest() {
        return TextDigest.of(FORM, List.of(List.of(population), conjuncts, groupingSets, atoms));
    }
}
