package io.weir.query.disclose;

import io.weir.query.rewrite.AtomText;
import io.weir.query.rewrite.BlockIdentity;
import io.weir.query.rewrite.ConjunctText;
import io.weir.query.rewrite.KeyText;
import io.weir.query.rewrite.ZoneText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether two questions on one population differ in a single step: a condition added, removed or changed, a key added or removed, or nothing
 * but a join that can lose rows, or the same columns cut into other cells. The difference of two such answers can be the answer for very few people, so the later one is hidden. All
 * that is said of one set of columns is one condition; two conditions that no row can satisfy together select disjoint rows and are no
 * step. (Denning and Schlörer 1980 on trackers; design/query.md "Results".)
 */
final class OneStep {
    private OneStep() {}

    /**
     * A question taken apart once, to be compared often.
     *
     * @param conditions by the columns they are about
     * @param shapes texts of joins and the like
     * @param keySets of each grouping set its keys
     * @param zones time zones in which keys are taken
     * @param atoms aggregates in the identity's order
     */
    record Question(
            BlockIdentity identity,
            Map<Set<String>, ConjunctText> conditions,
            Set<String> shapes,
            List<Keys> keySets,
            Set<String> zones,
            List<AtomText> atoms) {}

    /**
     * The keys of one grouping set.
     *
     * @param columns behind each of them
     * @param all behind any of them: a key that is made of several columns groups as they do, or more coarsely
     * @param texts how they are made
     */
    record Keys(Set<Set<String>> columns, Set<String> all, Set<String> texts) {
        static Keys of(Set<String> keyTexts) {
            Set<Set<String>> columns = new HashSet<>();
            Set<String> all = new HashSet<>();
            Set<String> texts = new HashSet<>();
            for (String text : keyTexts) {
                KeyText key = KeyText.read(text);
                if (!key.columns().isEmpty()) { // a constant groups nothing
                    columns.add(key.columns());
                    all.addAll(key.columns());
                    texts.add(key.expression());
                }
            }
            return new Keys(columns, all, texts);
        }

        /** How many keys, or columns behind keys, only one of both has. */
        int apart(Keys other) {
            return Math.min(
                    minus(columns, other.columns) + minus(other.columns, columns),
                    minus(all, other.all) + minus(other.all, all));
        }

        /** Whether the same columns are cut into other cells. */
        boolean otherCells(Keys other) {
            return apart(other) == 0 && !texts.equals(other.texts);
        }

        private static <T> int minus(Set<T> a, Set<T> b) {
            Set<T> rest = new HashSet<>(a);
            rest.removeAll(b);
            return rest.size();
        }
    }

    static Question question(BlockIdentity identity) {
        Map<Set<String>, ConjunctText> conditions = new HashMap<>();
        Set<String> shapes = new HashSet<>();
        for (String text : identity.conjuncts()) {
            ConjunctText conjunct = ConjunctText.read(text);
            switch (conjunct.kind()) {
                case CONDITION -> conditions.put(conjunct.columns(), conjunct);
                case SHAPE -> shapes.add(text);
                case DEFINITION -> {}
            }
        }
        return new Question(
                identity,
                conditions,
                shapes,
                identity.keySets().stream().map(Keys::of).toList(),
                zones(identity),
                identity.atoms().stream().map(AtomText::read).toList());
    }

    private static Set<String> zones(BlockIdentity identity) {
        Set<String> zones = new TreeSet<>();
        identity.keySets().forEach(keys -> keys.forEach(k -> zones.addAll(ZoneText.zones(k))));
        return zones;
    }

    /**
     * Every margin that one of them asked for is compared with every margin of the other: a plain table is one key away from the total of
     * a ROLLUP. Questions with the same conditions, shapes and grouping sets are the same table with other values.
     */
    static boolean apart(Question a, Question b) {
        Set<Set<String>> differing = differing(a.conditions(), b.conditions());
        List<ConjunctText> shapes = shapesOfOne(a, b);
        boolean conditionStep = isStep(differing, a.conditions(), b.conditions());
        boolean sameConditions = differing.isEmpty();
        // Days of another zone begin some hours apart: their cells differ by the few people of those hours.
        boolean otherZone = !a.zones().equals(b.zones());
        if (sameConditions
                && shapes.isEmpty()
                && a.identity().groupingSets().equals(b.identity().groupingSets())) {
            return false;
        }
        for (Keys keysA : a.keySets()) {
            for (Keys keysB : b.keySets()) {
                int keys = keysA.apart(keysB);
                boolean otherCells = otherZone || keysA.otherCells(keysB) || anyLoses(shapes, keysA);
                if (keys == 0 && (conditionStep || sameConditions && otherCells)) {
                    return true;
                }
                if (keys == 1 && sameConditions) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Places (in the identity's order) of the aggregates whose own conditions put them a single step from something that was shown, though
     * the questions as wholes are not. An arm and the whole of its own table are no matter of this: who is missing from an arm is evidence
     * of the arm. Two conditions about different columns are two steps here.
     */
    static Set<Integer> armsApart(Question earlier, Question now) {
        Map<Set<String>, ConjunctText> ownConditions = now.conditions();
        Map<Set<String>, ConjunctText> earlierConditions = earlier.conditions();
        List<ConjunctText> shapes = shapesOfOne(earlier, now);
        Set<Map<Set<String>, ConjunctText>> shown = new HashSet<>();
        for (AtomText text : earlier.atoms()) {
            if (text.isAnswer()) {
                shown.add(with(earlierConditions, text));
            }
        }
        boolean sameTable = ownConditions.equals(earlierConditions) && shapes.isEmpty();
        Set<Integer> found = new HashSet<>();
        for (int place = 0; place < now.atoms().size(); place++) {
            AtomText text = now.atoms().get(place);
            Map<Set<String>, ConjunctText> own = with(ownConditions, text);
            boolean arm = !text.conditions().isEmpty();
            for (Map<Set<String>, ConjunctText> other : shown) {
                boolean otherArm = !other.equals(earlierConditions);
                boolean wholes = !arm && !otherArm;
                boolean armOfTheSameTable = sameTable && (!arm || !otherArm);
                if (text.isAnswer()
                        && !wholes
                        && !armOfTheSameTable
                        && oneCondition(own, other, shapes, earlier, now)) {
                    found.add(place);
                }
            }
        }
        return found;
    }

    private static boolean oneCondition(
            Map<Set<String>, ConjunctText> a,
            Map<Set<String>, ConjunctText> b,
            List<ConjunctText> shapes,
            Question earlier,
            Question now) {
        Set<Set<String>> differing = differing(a, b);
        boolean step = (differing.size() == 1 || isOtherZone(differing, a, b)) && isStep(differing, a, b);
        for (Keys keys : earlier.keySets()) {
            for (Keys own : now.keySets()) {
                if (keys.apart(own) == 0 && (step || differing.isEmpty() && anyLoses(shapes, keys))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The conditions of a block and of one of its aggregates together. */
    private static Map<Set<String>, ConjunctText> with(Map<Set<String>, ConjunctText> conditions, AtomText atom) {
        Map<Set<String>, ConjunctText> all = new HashMap<>(conditions);
        atom.conditions().stream().map(ConjunctText::read).forEach(c -> all.merge(c.columns(), c, ConjunctText::and));
        return all;
    }

    private static Set<Set<String>> differing(Map<Set<String>, ConjunctText> a, Map<Set<String>, ConjunctText> b) {
        Set<Set<String>> differing = new HashSet<>(a.keySet());
        differing.addAll(b.keySet());
        differing.removeIf(columns -> a.containsKey(columns)
                && b.containsKey(columns)
                && a.get(columns).parts().equals(b.get(columns).parts()));
        return differing;
    }

    private static boolean isStep(
            Set<Set<String>> differing, Map<Set<String>, ConjunctText> a, Map<Set<String>, ConjunctText> b) {
        if (differing.size() == 1) {
            Set<String> columns = differing.iterator().next();
            ConjunctText x = a.get(columns);
            ConjunctText y = b.get(columns);
            return x == null || y == null || !x.excludes(y);
        }
        if (isOtherZone(differing, a, b)) {
            return true;
        }
        // One condition exchanged for another about other columns.
        return differing.size() == 2
                && differing.stream().filter(c -> !a.containsKey(c)).count() == 1
                && differing.stream().filter(c -> !b.containsKey(c)).count() == 1;
    }

    /** However many conditions, it is one change: that of the session's zone. */
    private static boolean isOtherZone(
            Set<Set<String>> differing, Map<Set<String>, ConjunctText> a, Map<Set<String>, ConjunctText> b) {
        return !differing.isEmpty() && differing.stream().allMatch(c -> inOtherZones(a.get(c), b.get(c)));
    }

    private static boolean inOtherZones(@Nullable ConjunctText x, @Nullable ConjunctText y) {
        return x != null
                && y != null
                && x.parts().stream()
                        .map(ZoneText::without)
                        .toList()
                        .equals(y.parts().stream().map(ZoneText::without).toList());
    }

    /** A join loses only rows without a partner: none within a cell whose keys decide whether there is one. */
    private static boolean anyLoses(List<ConjunctText> shapes, Keys keys) {
        return shapes.stream()
                .anyMatch(s -> s.columns().isEmpty() || !keys.all().containsAll(s.columns()));
    }

    private static List<ConjunctText> shapesOfOne(Question a, Question b) {
        Set<String> shapes = new TreeSet<>(a.shapes());
        shapes.addAll(b.shapes());
        shapes.removeIf(s -> a.shapes().contains(s) && b.shapes().contains(s));
        return shapes.stream().map(ConjunctText::read).toList();
    }
}
