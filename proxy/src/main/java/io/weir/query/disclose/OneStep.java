package io.weir.query.disclose;

import io.weir.query.rewrite.BlockIdentity;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether two questions on one population differ in a single step: a conjunct added, removed or changed, or a key added or removed. The
 * difference of two such answers can be the answer for very few people, so the later one is hidden. Two equalities of the same column with
 * different constants select disjoint people and are not a step. (Denning and Schlörer 1980 on trackers; design/query.md "Results".)
 */
final class OneStep {
    private OneStep() {}

    /**
     * Every margin that one of them asked for is compared with every margin of the other: a plain table is one key away from the total of
     * a ROLLUP. Questions with the same conjuncts and the same grouping sets are the same table with other values.
     */
    static boolean apart(BlockIdentity a, BlockIdentity b) {
        Set<String> onlyA = minus(a.conjuncts(), b.conjuncts());
        Set<String> onlyB = minus(b.conjuncts(), a.conjuncts());
        int conjuncts = onlyA.size() + onlyB.size();
        if (conjuncts == 0 && a.groupingSets().equals(b.groupingSets())) {
            return false;
        }
        boolean changed = onlyA.size() == 1
                && onlyB.size() == 1
                && !disjoint(onlyA.iterator().next(), onlyB.iterator().next());
        boolean conjunctStep = conjuncts == 1 || changed;
        for (Set<String> keysA : a.keySets()) {
            for (Set<String> keysB : b.keySets()) {
                int keys = minus(keysA, keysB).size() + minus(keysB, keysA).size();
                if (keys == 0 && conjunctStep || keys == 1 && conjuncts == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<String> minus(Set<String> a, Set<String> b) {
        TreeSet<String> rest = new TreeSet<>(a);
        rest.removeAll(b);
        return rest;
    }

    /** Both are {@code EQUAL[type:'constant', column]} of the same column with different constants. */
    private static boolean disjoint(String a, String b) {
        String columnA = equatedColumn(a);
        return columnA != null && columnA.equals(equatedColumn(b));
    }

    private static @org.jspecify.annotations.Nullable String equatedColumn(String conjunct) {
        if (!conjunct.startsWith("EQUAL[") || !conjunct.endsWith("]")) {
            return null;
        }
        String inside = conjunct.substring("EQUAL[".length(), conjunct.length() - 1);
        int quote = inside.indexOf(":'");
        int end = inside.lastIndexOf('\'');
        if (quote < 0 || end < quote + 2) {
            return null;
        }
        // Canonical text sorts operands; the constant is the quoted one, the rest is the column.
        int start = inside.lastIndexOf(' ', quote) + 1;
        String constant = inside.substring(start, end + 1);
        return inside.replace(constant, "?");
    }
}
