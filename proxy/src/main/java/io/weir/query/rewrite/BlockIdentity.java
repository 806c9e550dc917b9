package io.weir.query.rewrite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What decides the cells of a block, as canonical text: aliases renamed, conjuncts and keys sorted. Equal identities ask the same
 * question, however it was worded.
 *
 * @param population relations, links, row scopes and opt-outs, without the analyst's predicates
 * @param conjuncts the analyst's predicates
 * @param groupingSets one text a grouping set, made by {@link #groupingSet}
 * @param atoms what is computed
 */
public record BlockIdentity(
        String population, SortedSet<String> conjuncts, SortedSet<String> groupingSets, List<String> atoms) {
    public BlockIdentity {
        conjuncts = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(conjuncts));
        groupingSets = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(groupingSets));
        atoms = List.copyOf(atoms);
    }

    private static final String SEPARATOR = "\u001f";

    /** The text of one grouping set: its keys' texts, sorted. */
    public static String groupingSet(List<String> keys) {
        return String.join(SEPARATOR, new TreeSet<>(keys));
    }

    /** The keys of each grouping set. */
    public List<SortedSet<String>> keySets() {
        return groupingSets.stream()
                .map(text -> (SortedSet<String>)
                        (text.isEmpty() ? new TreeSet<String>() : new TreeSet<>(List.of(text.split(SEPARATOR)))))
                .toList();
    }

    /** Lower-case hex SHA-256 of the population alone. */
    public String populationDigest() {
        return digest(population);
    }

    /** Lower-case hex SHA-256 of the whole identity. */
    public String digest() {
        return digest(population + "\n" + conjuncts + "\n" + groupingSets + "\n" + atoms);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
