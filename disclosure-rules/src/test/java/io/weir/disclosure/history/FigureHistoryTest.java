package io.weir.disclosure.history;

import static io.weir.disclosure.history.DrawnPeople.PEOPLE;
import static io.weir.disclosure.history.DrawnPeople.bucket;
import static io.weir.disclosure.history.DrawnPeople.changed;
import static io.weir.disclosure.history.DrawnPeople.figure;
import static io.weir.disclosure.history.DrawnPeople.some;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of people drawn at random: what few people decide is found, whatever the rest, and what many decide is mostly free. */
class FigureHistoryTest {
    private static final int K = 10;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 8, 9})
    void aPairThatFewDifferInIsAlwaysFound(int few) {
        Random random = new Random(few);
        for (int i = 0; i < 200; i++) {
            FigureHistory history = new FigureHistory(K);
            for (int other = 0; other < 5; other++) {
                history.add(figure("o" + other, some(random, random.nextDouble())));
            }
            BitSet base = some(random, 0.01 + random.nextDouble() * 0.9);
            history.add(figure("base", base));
            assertThat(history.isNear(figure("new", changed(random, base, few))))
                    .isTrue();
        }
    }

    /** Five times an amount beside seven times it, without a few; in thousandths, as amounts are kept. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 8, 9})
    void aMultipleThatFewDifferInIsAlwaysFound(int few) {
        Random random = new Random(few);
        long unit = 1_000_000_000_000_000L;
        for (int i = 0; i < 200; i++) {
            long[] amounts = random.longs(PEOPLE, 1, 5_000_000).toArray();
            BitSet base = some(random, 0.05 + random.nextDouble() * 0.9);
            FigureHistory history = new FigureHistory(K);
            history.add(amount("base", base, amounts, 5 * unit));
            Figure other = amount("new", changed(random, base, few), amounts, 7 * unit);
            assertThat(history.isNear(other)).isTrue();
            assertThat(history.known(other)).contains(other.print());
        }
    }

    @Test
    void amountsOfManyOthersAreNoMultiple() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            BitSet base = some(random, 0.01 + random.nextDouble() * 0.9);
            FigureHistory history = new FigureHistory(K);
            long[] ones = random.longs(PEOPLE, 1, 3).toArray();
            history.add(amount("base", base, ones, 1));
            assertThat(history.isNear(amount("new", changed(random, base, 100), ones, 2)))
                    .isFalse();
        }
    }

    private static Figure amount(String condition, BitSet people, long[] amounts, long unit) {
        long[] buckets = new long[Fingerprint.WIDTH];
        people.stream().forEach(p -> buckets[bucket(p)] += unit * amounts[p]);
        return new Figure(
                new Selection("people", Set.of(new Condition(condition, Set.of(condition), Nature.OTHER))),
                "count",
                "units",
                Fingerprint.ofLongs(buckets));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 9})
    void aThirdOfThreeThatFewAreLeftOverFromIsFound(int few) {
        Random random = new Random(100 + few);
        int found = 0;
        int tries = 0;
        for (int i = 0; i < 100; i++) {
            BitSet all = some(random, 0.05 + random.nextDouble() * 0.9);
            BitSet part = some(random, 0.2 + random.nextDouble() * 0.6);
            BitSet inside = (BitSet) all.clone();
            inside.and(part);
            BitSet outside = (BitSet) all.clone();
            outside.andNot(part);
            List<BitSet> sets = new ArrayList<>(Arrays.asList(inside, changed(random, outside, few), all));
            java.util.Collections.shuffle(sets, random);
            FigureHistory history = new FigureHistory(K);
            history.add(figure("a", sets.get(0)));
            for (int other = 0; other < 5; other++) {
                history.add(figure("o" + other, some(random, random.nextDouble())));
            }
            history.add(figure("b", sets.get(1)));
            tries++;
            if (history.isNear(figure("c", sets.get(2)))) {
                found++;
            }
        }
        assertThat(found).isEqualTo(tries);
    }

    @Test
    void whatManyDifferInIsMostlyFree() {
        Random random = new Random(7);
        int near = 0;
        for (int i = 0; i < 500; i++) {
            FigureHistory history = new FigureHistory(K);
            BitSet base = some(random, random.nextDouble());
            history.add(figure("base", base));
            history.add(figure("other", some(random, random.nextDouble())));
            if (history.isNear(figure("new", changed(random, base, 2 * K)))) {
                near++;
            }
        }
        assertThat(near).isLessThan(10);
    }

    /** A figure near none is k people from all, in truth: the difference of buckets never exceeds that of people. */
    @Test
    void farIsFarInTruth() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            BitSet base = some(random, 0.01 + 0.9 * random.nextDouble());
            BitSet other = changed(random, base, random.nextInt(2 * K));
            FigureHistory history = new FigureHistory(K);
            history.add(figure("base", base));
            BitSet difference = (BitSet) base.clone();
            difference.xor(other);
            if (!history.isNear(figure("new", other))) {
                assertThat(difference.cardinality()).isGreaterThanOrEqualTo(K);
            }
        }
    }

    /** What is too large to be searched for, or among, is in nobody's way; nor is what has many decimals. */
    @ParameterizedTest
    @ValueSource(strings = {"1e14", "987654321.123456789123456789", "3e9"})
    void aFigureThatIsTooLargeIsInNobodysWay(BigDecimal amount) {
        Random random = new Random(17);
        List<BitSet> parts = DrawnPeople.parted(random, 9);
        BitSet whole = DrawnPeople.together(parts.subList(0, 6));
        FigureHistory history = new FigureHistory(K);
        Fingerprint.Builder large = new Fingerprint.Builder();
        some(random, 0.8).stream().forEach(p -> large.add(bucket(p), amount, Fingerprint.DECIMALS));
        history.add(with(figure("large", whole), large.build()));
        history.add(ones("whole", whole));
        for (int p = 0; p < 5; p++) {
            history.add(ones("part " + p, parts.get(p)));
        }
        BitSet last = (BitSet) parts.get(5).clone();
        last.clear(last.nextSetBit(0));
        history.beginAnswer();
        assertThat(history.isNear(with(figure("large, again", whole), large.build())))
                .isTrue();
        assertThat(history.isNear(ones("another", parts.get(8)))).isFalse();
        assertThat(history.isNear(ones("last", last))).isTrue();
    }

    private static Figure ones(String condition, BitSet people) {
        Fingerprint.Builder print = new Fingerprint.Builder();
        people.stream().forEach(p -> print.add(bucket(p), BigDecimal.ONE, Fingerprint.DECIMALS));
        return with(figure(condition, people), print.build());
    }

    private static Figure with(Figure figure, Fingerprint print) {
        return new Figure(figure.selection(), figure.measure(), figure.kind(), print);
    }

    /** Just as many as the threshold, who are in fewer buckets: a third of three with a number that was shown twice is the figure itself. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFigureOfJustEnoughPeopleIsNotNearNothing(boolean oneIsOfTheTableInHand) {
        BitSet people = new BitSet();
        for (int p = 0; people.cardinality() < K; p++) {
            if (people.isEmpty() || p > 200 || bucket(p) == bucket(0)) {
                people.set(p);
            }
        }
        BitSet others = some(new Random(31), 0.5);
        FigureHistory history = new FigureHistory(K);
        history.add(figure("others", others));
        if (oneIsOfTheTableInHand) {
            history.beginTable();
        }
        history.add(figure("others again", others));
        Figure figure = figure("just enough", people);
        assertThat(history.isFew(figure.print())).isTrue();
        assertThat(history.isNear(figure)).isFalse();
        BitSet without = (BitSet) others.clone();
        without.clear(
                others.stream().filter(p -> bucket(p) == bucket(0)).findFirst().orElseThrow());
        history.add(figure("others without one", without));
        assertThat(history.isNear(figure)).isTrue();
    }

    private static final Condition WOMEN = new Condition("sex = F", Set.of("sex"), Nature.OTHER);
    private static final Condition MEN = new Condition("sex = M", Set.of("sex"), Nature.OTHER);
    private static final Condition FEMALE = new Condition("label = female", Set.of("sex"), Nature.OTHER);
    private static final Condition KNOWN = new Condition("age is known", Set.of("age"), Nature.PRESENCE);
    private static final Condition ODD = new Condition("age is odd", Set.of("age"), Nature.OTHER);

    private static Figure of(Set<Condition> conditions, String kind, int people) {
        BitSet set = new BitSet();
        set.set(0, people);
        Fingerprint print = figure("", set).print();
        return new Figure(new Selection("people", conditions), "count", kind, print);
    }

    @Test
    void theSameByStructureIsFree() {
        FigureHistory history = new FigureHistory(K);
        history.add(of(Set.of(WOMEN), "units", 100));
        assertThat(history.isNear(of(Set.of(WOMEN), "units", 100))).isFalse();
        assertThat(history.isNear(of(Set.of(WOMEN), "rows", 150)))
                .as("people and their rows, of which many have two")
                .isFalse();
        assertThat(history.isNear(of(Set.of(WOMEN), "rows", 103)))
                .as("people and their rows, of which three have two")
                .isTrue();
        assertThat(history.isNear(of(Set.of(WOMEN), "rows", 100)))
                .as("people and their rows, of which nobody has two")
                .isTrue();
        assertThat(history.isNear(of(Set.of(WOMEN, KNOWN), "rows", 100)))
                .as("their rows, and everybody's age is known")
                .isTrue();
        assertThat(history.isNear(of(Set.of(WOMEN, KNOWN), "rows", 98)))
                .as("their rows, without two whose age is not known")
                .isTrue();
        assertThat(history.isNear(of(Set.of(FEMALE), "units", 100)))
                .as("a code and its description, which another code may have too")
                .isTrue();
        assertThat(history.isNear(of(Set.of(WOMEN, ODD), "rows", 100)))
                .as("their rows, of whom nobody fails the condition")
                .isTrue();
        assertThat(history.isNear(of(Set.of(WOMEN, KNOWN), "units", 100)))
                .as("everybody's age is known")
                .isFalse();
        assertThat(history.isNear(of(Set.of(WOMEN, KNOWN), "units", 98)))
                .as("two people's age is not known")
                .isTrue();
        assertThat(history.isNear(of(Set.of(WOMEN, ODD), "units", 100)))
                .as("nobody fails the condition, which must look like few")
                .isTrue();
        assertThat(history.isNear(of(Set.of(WOMEN), "units", 98)))
                .as("the same question with groups left out")
                .isTrue();
    }

    /** With nobody left over: two groups of a column tell that nobody has a third value, two halves tell nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyHalvesByStructureAddUpToTheirWhole(boolean halves) {
        FigureHistory history = new FigureHistory(K);
        Selection whole = new Selection("people", Set.of());
        Set<Figure.Half> half = halves ? Set.of(new Figure.Half(whole, "by sex")) : Set.of();
        BitSet women = new BitSet();
        women.set(0, 100);
        BitSet men = new BitSet();
        men.set(100, 180);
        BitSet all = new BitSet();
        all.set(0, 180);
        history.add(of(WOMEN, women).halving(half));
        history.add(of(MEN, men).halving(half));
        assertThat(history.isNear(
                        new Figure(whole, "count", "units", figure("", all).print())))
                .isNotEqualTo(halves);
        all.set(181, 184);
        assertThat(history.isNear(
                        new Figure(whole, "count", "units", figure("", all).print())))
                .as("three are neither")
                .isTrue();
    }

    @Test
    void whatAnAnswerAddedIsTakenOutAgain() {
        FigureHistory history = new FigureHistory(K);
        BitSet women = new BitSet();
        women.set(0, 100);
        BitSet nearly = new BitSet();
        nearly.set(1, 100);
        history.beginAnswer();
        history.add(of(WOMEN, women));
        assertThat(history.isNear(of(ODD, nearly))).isTrue();
        history.forgetAnswer();
        assertThat(history.isNear(of(ODD, nearly))).isFalse();
        history.add(of(WOMEN, women));
        history.beginAnswer();
        history.add(of(MEN, women));
        history.forgetAnswer();
        assertThat(history.isNear(of(ODD, nearly))).isTrue();
    }

    @Test
    void theVeryFigureTellsNothing() {
        FigureHistory history = new FigureHistory(K);
        BitSet women = new BitSet();
        women.set(0, 100);
        BitSet men = new BitSet();
        men.set(100, 180);
        BitSet all = new BitSet();
        all.set(0, 180);
        Figure total = new Figure(
                new Selection("people", Set.of()),
                "count",
                "units",
                figure("", all).print());
        history.add(total);
        history.add(of(WOMEN, women));
        history.add(of(MEN, men));
        assertThat(history.isNear(total)).isFalse();
    }

    private static Figure of(Condition condition, BitSet people) {
        return new Figure(
                new Selection("people", Set.of(condition)),
                "count",
                "units",
                figure("", people).print());
    }

    @Test
    void ofAHiddenFigureItIsKnownWhatIsNearToIt() {
        Random random = new Random(31);
        BitSet people = some(random, 0.4);
        BitSet others = (BitSet) people.clone();
        others.flip(0, PEOPLE);
        BitSet all = new BitSet();
        all.set(0, PEOPLE);
        FigureHistory history = new FigureHistory(K);
        Figure hidden = figure("hidden", changed(random, people, 3));
        assertThat(history.known(hidden)).isEmpty();
        history.add(figure("all", all));
        assertThat(history.known(hidden)).isEmpty();
        history.add(figure("others", others));
        assertThat(history.known(hidden))
                .as("of everybody without the others")
                .hasValue(figure("", people).print());
        history.add(figure("nearer", changed(random, people, 1)));
        assertThat(history.known(hidden).orElseThrow().differing(hidden.print()))
                .as("a figure itself before a difference of two")
                .isLessThanOrEqualTo(4);
        assertThat(history.hasAll(List.of(figure("all", all), figure("others", others))))
                .isTrue();
        assertThat(history.hasAll(List.of(figure("all", all), hidden))).isFalse();
    }

    @Test
    void measuresAreNotCompared() {
        FigureHistory history = new FigureHistory(K);
        Figure count = of(Set.of(WOMEN), "units", 100);
        history.add(count);
        assertThat(history.isNear(
                        new Figure(new Selection("people", Set.of(ODD)), "sum(cost)", "sum(cost)", count.print())))
                .isFalse();
    }

    @Test
    void amountsAddUpExactly() {
        Fingerprint tenth = new Fingerprint.Builder()
                .add(3, new BigDecimal("0.1"), Fingerprint.DECIMALS)
                .build();
        Fingerprint sum = tenth.plus(tenth).plus(tenth);
        assertThat(sum)
                .isEqualTo(new Fingerprint.Builder()
                        .add(3, new BigDecimal("0.3"), Fingerprint.DECIMALS)
                        .build());
        assertThat(sum.minus(sum).isEmpty()).isTrue();
        assertThat(sum).hasToString("Fingerprint[***]");
    }

    private static Figure amount(String of, Set<Condition> rows, long... buckets) {
        List<Condition> all = new ArrayList<>(rows);
        all.add(new Condition("of " + of, Set.of(), Nature.AMOUNT));
        Selection selection = new Selection("people", Set.copyOf(all));
        return new Figure(selection, "count", "sum", Fingerprint.ofLongs(Arrays.copyOf(buckets, Fingerprint.WIDTH)))
                .as(Form.ofRows(selection));
    }

    /** Most people have nothing: an amount in three buckets can be of twenty people, beside the same with three more. */
    @Test
    void amountsOfFewAmongManyAreNear() {
        FigureHistory history = new FigureHistory(K);
        Condition poor = new Condition("poor", Set.of("poor"), Nature.OTHER);
        history.add(amount("cost", Set.of(), 5, 5, 5, 1, 1, 7));
        assertThat(history.isNear(amount("cost", Set.of(poor), 5, 5, 5))).isTrue();
    }

    /** What two amounts of one group differ in is of the whole group, but where they are the same for most. */
    @Test
    void twoAmountsOfTheSameRowsAreTwo() {
        FigureHistory history = new FigureHistory(K);
        history.add(amount("cost", Set.of(), 5, 6, 7, 8, 9, 10, 11));
        assertThat(history.isNear(amount("days", Set.of(), 1, 2, 1, 2, 1, 2, 1)))
                .isFalse();
        assertThat(history.isNear(amount("copy", Set.of(), 5, 6, 7, 8, 9, 10, 12)))
                .isTrue();
    }

    /** Records are people and second records: all three of them tell what the third lacks. */
    @Test
    void whatTwoNumbersOfTheSameRowsDifferInIsAFigure() {
        Random random = new Random(7);
        long[] people = random.longs(Fingerprint.WIDTH, 1, 9).toArray();
        long[] second = random.longs(Fingerprint.WIDTH, 1, 9).toArray();
        long[] records = new long[Fingerprint.WIDTH];
        for (int i = 0; i < records.length; i++) {
            records[i] = people[i] + second[i];
        }
        second[3]--; // without one person
        Selection all = new Selection("people", Set.of());
        Selection others = new Selection("second", Set.of(new Condition("others", Set.of("x"), Nature.OTHER)));
        FigureHistory history = new FigureHistory(K);
        history.add(new Figure(others, "count", "rows", Fingerprint.ofLongs(second)));
        history.add(new Figure(all, "count", "units", Fingerprint.ofLongs(people)));
        assertThat(history.isNear(new Figure(all, "count", "rows", Fingerprint.ofLongs(records))))
                .isTrue();
    }

    /** A half of the records of those who have two, and a third of those of the others, are people. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9, 40})
    void peopleBesideRecordsOfThoseWithTwoAndWithThree(int missing) {
        Random random = new Random(missing);
        for (int i = 0; i < 50; i++) {
            BitSet two = some(random, 0.3);
            BitSet three = some(random, 0.2);
            three.andNot(two);
            BitSet people = (BitSet) two.clone();
            people.or(three);
            long[] records =
                    figure("", two).print().plus(figure("", two).print()).toLongs();
            long[] all = records.clone();
            three.stream().forEach(p -> all[bucket(p)] += 3);
            FigureHistory history = new FigureHistory(K);
            for (int other = 0; other < 20; other++) {
                history.add(rows(
                        "o" + other,
                        figure("", some(random, random.nextDouble())).print()));
            }
            history.add(rows("two and three", Fingerprint.ofLongs(all)));
            history.add(rows("two", Fingerprint.ofLongs(records)));
            for (int m = 0; m < missing; m++) {
                people.clear(people.nextSetBit(random.nextInt(PEOPLE / 2)));
            }
            assertThat(history.isNear(figure("people", people))).isEqualTo(missing < K);
        }
    }

    /** All records of those with one, two and three; of two of the numbers of people one is taken once, and one twice. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 40})
    void recordsBesidePeopleWithTwoAndWithThree(int missing) {
        Random random = new Random(missing);
        for (int i = 0; i < 30; i++) {
            BitSet two = some(random, 0.3);
            BitSet three = some(random, 0.2);
            three.andNot(two);
            BitSet people = some(random, 0.5);
            people.or(two);
            people.or(three);
            long[] records = figure("", people).print().toLongs();
            two.stream().forEach(p -> records[bucket(p)] += 1);
            three.stream().forEach(p -> records[bucket(p)] += 2);
            FigureHistory history = new FigureHistory(K);
            for (int other = 0; other < 20; other++) {
                history.add(rows(
                        "o" + other,
                        figure("", some(random, random.nextDouble())).print()));
            }
            history.add(rows("all", Fingerprint.ofLongs(records)));
            history.add(figure("two", two));
            history.add(figure("three", three));
            for (int m = 0; m < missing; m++) {
                people.clear(people.nextSetBit(random.nextInt(PEOPLE / 2)));
            }
            assertThat(history.isNear(figure("people", people))).isEqualTo(missing < K);
        }
    }

    private static Figure rows(String condition, Fingerprint print) {
        return new Figure(
                new Selection("people", Set.of(new Condition(condition, Set.of(condition), Nature.OTHER))),
                "count",
                "rows",
                print);
    }
}
