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

    static boolean apart(BlockIdentity a, BlockIdentity b) {
        Set<String> conjunctsOnlyA = minus(a.conjuncts(), b.conjuncts());
        Set<String> conjunctsOnlyB = minus(b.conjuncts(), a.conjuncts());
        int keys = minus(a.keys(), b.keys()).size() + minus(b.keys(), a.keys()).size();
        int conjuncts = conjunctsOnlyA.size() + conjunctsOnlyB.size();
        if (keys == 0) {
            boolean changed = conjunctsOnlyA.size() == 1 && conjunctsOnlyB.size() == 1;
            return conjuncts == 1
                    || changed
                            && !disjoint(
                                    conjunctsOnlyA.iterator().next(),
                                    conjunctsOnlyB.iterator().next());
        }
        return keys == 1 && conjuncts == 0;
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
