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
 * @param keys group keys, with their grouping sets
 * @param atoms what is computed
 */
public record BlockIdentity(
        String population, SortedSet<String> conjuncts, SortedSet<String> keys, List<String> atoms) {
    public BlockIdentity {
        conjuncts = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(conjuncts));
        keys = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        atoms = List.copyOf(atoms);
    }

    /** Lower-case hex SHA-256 of the population alone. */
    public String populationDigest() {
        return digest(population);
    }

    /** Lower-case hex SHA-256 of the whole identity. */
    public String digest() {
        return digest(population + "\n" + conjuncts + "\n" + keys + "\n" + atoms);
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
