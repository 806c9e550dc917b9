package io.weir.disclosure.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that add up to few people, among the cells of many other tables. */
class SparseCombinationTest {
    private static final int K = 10;
    private static final int WORLDS = 20;
    private static final int[] VALUES = {2, 10, 10, 50, 5, 20};

    /** People with attributes at random, and who is in which bucket. */
    private record World(Random random, int people, int[][] attributes, int[] buckets) {
        static World of(int people, long seed) {
            Random random = new Random(seed);
            int[][] attributes = new int[VALUES.length][people];
            for (int a = 0; a < VALUES.length; a++) {
                for (int p = 0; p < people; p++) {
                    double u = random.nextDouble();
                    attributes[a][p] = (int) (VALUES[a] * (a == 3 ? u * u * u : u));
                }
            }
            return new World(
                    random,
                    people,
                    attributes,
                    random.ints(people, 0, Fingerprint.WIDTH).toArray());
        }

        double[] count(IntPredicate who) {
            double[] buckets = new double[Fingerprint.WIDTH];
            IntStream.range(0, people).filter(who).forEach(p -> buckets[buckets()[p]]++);
            return buckets;
        }

        /** Half of the people, whichever. */
        IntPredicate half() {
            return part(2, 0, random.nextInt());
        }

        IntPredicate part(int parts, int which, int salt) {
            return p -> Math.floorMod(mixed(p + 0x9E3779B9 * salt), parts) == which;
        }

        private static int mixed(int number) {
            int once = (number ^ number >>> 16) * 0x85EBCA6B;
            int twice = (once ^ once >>> 13) * 0xC2B2AE35;
            return twice ^ twice >>> 16;
        }

        IntPredicate has(int attribute, int value) {
            return p -> attributes[attribute][p] == value;
        }

        /** The cells of a table by two attributes, and its margins, of those with or without something. */
        List<double[]> table() {
            int first = random.nextInt(VALUES.length);
            int second = random.nextInt(VALUES.length);
            int by = random.nextInt(VALUES.length);
            IntPredicate value = has(by, random.nextInt(VALUES[by]));
            IntPredicate where =
                    List.<IntPredicate>of(p -> true, value, value.negate()).get(random.nextInt(3));
            List<double[]> cells = new ArrayList<>(List.of(count(where)));
            for (int f = 0; f < VALUES[first]; f++) {
                cells.add(count(where.and(has(first, f))));
                for (int s = 0; s < VALUES[second]; s++) {
                    cells.add(count(where.and(has(first, f)).and(has(second, s))));
                }
            }
            cells.removeIf(cell -> sum(cell) < K);
            return cells;
        }
    }

    /** What is asked about one person; the last question is the one that must not be answered. */
    private enum Sequence {
        DIFFERENCE_OF_DIFFERENCES {
            @Override
            List<IntPredicate> questions(World world, int person) {
                IntPredicate five = p -> world.attributes[1][p] < 5;
                IntPredicate group = five.test(person) ? five.negate() : five;
                IntPredicate without = group.and(world.half()).negate().and(p -> p != person);
                return List.of(p -> true, group, without, group.and(without));
            }
        },
        UNION_OF_THREE {
            @Override
            List<IntPredicate> questions(World world, int person) {
                IntPredicate a = world.half();
                IntPredicate b = world.half();
                IntPredicate c = world.half();
                return List.of(
                        a,
                        b,
                        c,
                        a.and(b),
                        a.and(c),
                        b.and(c),
                        a.and(b).and(c),
                        a.or(b).or(c).or(p -> p == person));
            }
        },
        EIGHT_PARTS {
            @Override
            List<IntPredicate> questions(World world, int person) {
                IntPredicate group = p -> world.attributes[1][p] < 5 && p != person;
                int salt = world.random.nextInt();
                List<IntPredicate> questions = new ArrayList<>(List.of(p -> true));
                IntStream.range(0, 8).forEach(i -> questions.add(group.and(world.part(8, i, salt))));
                questions.add(p -> p != person && !group.test(p));
                return questions;
            }
        },
        RING_OF_PAIRS {
            @Override
            List<IntPredicate> questions(World world, int person) {
                IntPredicate group = p -> world.attributes[1][p] < 5 && p != person;
                int salt = world.random.nextInt();
                List<IntPredicate> questions = new ArrayList<>(List.of(p -> true));
                IntStream.range(0, 5)
                        .forEach(i ->
                                questions.add(group.and(world.part(5, i, salt).or(world.part(5, (i + 1) % 5, salt)))));
                questions.add(p -> p != person && !group.test(p));
                return questions;
            }
        };

        abstract List<IntPredicate> questions(World world, int person);
    }

    private static double sum(double[] buckets) {
        double sum = 0;
        for (double bucket : buckets) {
            sum += bucket;
        }
        return sum;
    }

    private static Optional<SparseCombination.Found> find(double[] sought, List<double[]> columns) {
        return find(sought, columns, false);
    }

    private static Optional<SparseCombination.Found> find(double[] sought, List<double[]> columns, boolean brief) {
        Optional<SparseCombination.Found> found = new SparseCombination(
                        vector(sought),
                        columns.stream().map(SparseCombinationTest::vector).toList(),
                        K,
                        false,
                        brief ? SparseCombination.FEW_TERMS : SparseCombination.MOST_TERMS)
                .find();
        found.ifPresent(f -> assertThat(differing(sought, columns, f))
                .as("proved: %s", f)
                .isEqualTo(f.left())
                .isLessThan(K));
        return found;
    }

    private static Vector vector(double[] buckets) {
        return new Vector(
                Fingerprint.ofLongs(
                        Arrays.stream(buckets).mapToLong(n -> (long) n).toArray()),
                buckets);
    }

    private static int differing(double[] sought, List<double[]> columns, SparseCombination.Found found) {
        int differing = 0;
        for (int i = 0; i < sought.length; i++) {
            double left = found.parts() * sought[i];
            for (int t = 0; t < found.columns().size(); t++) {
                left -= found.coefficients().get(t)
                        * columns.get(found.columns().get(t))[i];
            }
            differing += left == 0 ? 0 : 1;
        }
        return differing;
    }

    @ParameterizedTest
    @EnumSource
    void questionsThatAddUpToOnePersonAreFoundAmongThousandsOfOthers(Sequence sequence) {
        int found = 0;
        for (int w = 0; w < WORLDS; w++) {
            World world = World.of(w % 2 == 0 ? 2_000 : 8_000, 100 + w);
            List<double[]> columns = new ArrayList<>();
            for (int table = 0; table < 8; table++) {
                columns.addAll(world.table());
            }
            List<IntPredicate> questions = sequence.questions(world, world.random.nextInt(world.people));
            questions.subList(0, questions.size() - 1).forEach(q -> columns.add(world.count(q)));
            Collections.shuffle(columns, world.random);
            found += find(world.count(questions.getLast()), columns).isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(WORLDS - 4);
    }

    /** Which is all that is left for the later figures of a very large answer. */
    @Test
    void aBriefSearchFindsADifferenceOfDifferencesAmongSomeTables() {
        int found = 0;
        for (int w = 0; w < WORLDS; w++) {
            World world = World.of(3_000, 100 + w);
            List<double[]> columns = new ArrayList<>();
            for (int table = 0; table < 5; table++) {
                columns.addAll(world.table());
            }
            List<IntPredicate> questions =
                    Sequence.DIFFERENCE_OF_DIFFERENCES.questions(world, world.random.nextInt(world.people));
            questions.subList(0, 3).forEach(q -> columns.add(world.count(q)));
            found += find(world.count(questions.getLast()), columns, true).isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(WORLDS - 2);
    }

    @ParameterizedTest
    @EnumSource
    void alwaysWhereNothingElseWasAsked(Sequence sequence) {
        for (int w = 0; w < WORLDS; w++) {
            World world = World.of(500, w);
            List<double[]> asked = sequence.questions(world, world.random.nextInt(world.people)).stream()
                    .map(world::count)
                    .toList();
            assertThat(find(asked.getLast(), asked.subList(0, asked.size() - 1)))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 3_000, 10_000})
    void aSetOfPeopleAtRandomIsNoCombinationOfTables(int people) {
        World world = World.of(people, people);
        List<double[]> columns = new ArrayList<>();
        for (int table = 0; table < 30; table++) {
            columns.addAll(world.table());
        }
        for (int times = 0; times < 20; times++) {
            assertThat(find(world.count(world.half()), columns)).isEmpty();
        }
    }

    @Test
    void fewPeopleWithManyRecordsAreFewPeople() {
        World world = World.of(3_000, 7);
        double[] all = world.count(p -> true);
        List<double[]> columns = new ArrayList<>(List.of(all));
        double[] sum = new double[Fingerprint.WIDTH];
        for (int part = 0; part < 4; part++) {
            double[] quarter = world.count(world.part(4, part, 1));
            columns.add(quarter);
        }
        IntStream.range(0, Fingerprint.WIDTH)
                .forEach(i -> sum[i] = all[i] + columns.get(1)[i] - columns.get(2)[i] - columns.get(3)[i]);
        for (int few = 0; few < K - 1; few++) {
            sum[10 * few] += 250 + few;
        }
        assertThat(find(sum, columns)).isPresent();
        sum[100] += 250;
        assertThat(find(sum, columns)).isEmpty();
    }
}
