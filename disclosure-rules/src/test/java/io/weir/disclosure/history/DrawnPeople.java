package io.weir.disclosure.history;

import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Sets of people, drawn at random, and figures of them. */
final class DrawnPeople {
    static final int PEOPLE = 3_000;

    private DrawnPeople() {}

    static Figure figure(String condition, BitSet people) {
        Fingerprint print = Fingerprint.empty();
        long[] buckets = print.toLongs();
        people.stream().forEach(p -> buckets[bucket(p)]++);
        return new Figure(
                new Selection("people", Set.of(new Condition(condition, Set.of(condition), Nature.OTHER))),
                "count",
                "units",
                Fingerprint.ofLongs(buckets));
    }

    static int bucket(int person) {
        return (person * 0x9E3779B1 >>> 8) % Fingerprint.WIDTH;
    }

    static BitSet some(Random random, double share) {
        BitSet people = new BitSet();
        for (int p = 0; p < PEOPLE; p++) {
            if (random.nextDouble() < share) {
                people.set(p);
            }
        }
        return people;
    }

    /** Everybody in one of so many groups. */
    static List<BitSet> parted(Random random, int number) {
        List<BitSet> groups = new ArrayList<>();
        for (int g = 0; g < number; g++) {
            groups.add(new BitSet());
        }
        for (int p = 0; p < PEOPLE; p++) {
            groups.get(random.nextInt(number)).set(p);
        }
        return groups;
    }

    /** Everybody who is in one of these. */
    static BitSet together(List<BitSet> groups) {
        BitSet all = new BitSet();
        groups.forEach(all::or);
        return all;
    }

    static void takeOut(Random random, List<BitSet> groups, int people) {
        for (int p = 0; p < people; p++) {
            BitSet group = groups.get(random.nextInt(groups.size()));
            group.clear(group.nextSetBit(random.nextInt(PEOPLE / 2)));
        }
    }

    /** With so many people put in or taken out. */
    static BitSet changed(Random random, BitSet people, int number) {
        BitSet other = (BitSet) people.clone();
        BitSet touched = new BitSet();
        while (touched.cardinality() < number) {
            int p = random.nextInt(PEOPLE);
            if (!touched.get(p)) {
                touched.set(p);
                other.flip(p);
            }
        }
        return other;
    }

    /** A group of a table, by one key. */
    static Figure group(int value, BitSet people) {
        Figure figure = figure("", people);
        return new Figure(
                new Selection("people", Set.of(new Condition("key = " + value, Set.of("key"), Nature.OTHER))),
                figure.measure(),
                figure.kind(),
                figure.print());
    }
}
