package io.weir.query.govern.plan;

import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Set;

/**
 * One disclosure boundary: an aggregate over rows that belong to known units.
 *
 * @param alias alias of its protected columns: keys {@code k0…}, atoms {@code m0…}, grouping indicator {@code g}
 * @param input relation whose rows belong to the unit {@code subject}
 * @param subject the unit key, bound to a base column
 * @param namespace namespace of the unit
 * @param keys group keys in order
 * @param groupingSets for each grouping set the indexes of the keys in it; one set with all keys when there is no ROLLUP
 * @param atoms what is computed
 * @param differences pairs of atoms whose subjects may differ by few
 * @param asked how many of the atoms, from the first, the statement asks for; the rest is evidence
 * @param told indexes of the atoms whose numbers go into the answer; the others only decide whether something is shown
 */
public record Block(
        String alias,
        Rel input,
        Expr subject,
        String namespace,
        List<Key> keys,
        List<Set<Integer>> groupingSets,
        List<Atom> atoms,
        List<Difference> differences,
        int asked,
        Set<Integer> told) {
    public Block {
        told = Set.copyOf(told);
        differences = List.copyOf(differences);
        keys = List.copyOf(keys);
        groupingSets = groupingSets.stream().map(Set::copyOf).toList();
        atoms = List.copyOf(atoms);
    }

    /**
     * Two atoms whose conditions are one step apart, and the atoms that count who is in one of them alone. Those are evidence and never an
     * answer: they stand at the end of {@link #atoms}.
     *
     * @param first index of an atom
     * @param second index of the other
     * @param onlyFirst index of the atom that counts subjects with a row in the first and not in the second
     * @param onlySecond index of the reverse
     */
    public record Difference(int first, int second, int onlyFirst, int onlySecond) {}

    /**
     * @param expr the key's expression
     * @param domain texts of all values it can take when that is declared and public, else null
     */
    public record Key(Expr expr, KeyDomain domain) {
        public SqlType type() {
            return expr.type();
        }
    }

    /** The same over another relation of the same rows. */
    public Block over(Rel rows) {
        return new Block(alias, rows, subject, namespace, keys, groupingSets, atoms, differences, asked, told);
    }

    /** As PostgreSQL's GROUPING(k0, …): the last key is the lowest bit, 1 when the key is not in the set. */
    public long mask(Set<Integer> groupingSet) {
        return mask(keys.size(), groupingSet);
    }

    /** The mask of a grouping set of so many keys. */
    public static long mask(int keys, Set<Integer> groupingSet) {
        long mask = 0;
        for (int k = 0; k < keys; k++) {
            mask = mask << 1 | (groupingSet.contains(k) ? 0 : 1);
        }
        return mask;
    }

    public static String keyName(int index) {
        return "k" + index;
    }

    public static String atomName(int index) {
        return "m" + index;
    }

    /** Column that tells the grouping set: bit i is set when key i is not in it, as GROUPING() counts with the last key lowest. */
    public static final String GROUPING = "g";

    /** Column with the number of a subject's bucket, in which contributions are added up for the history. */
    public static final String BUCKET = "h";
}
