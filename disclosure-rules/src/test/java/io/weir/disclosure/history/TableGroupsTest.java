package io.weir.disclosure.history;

import static io.weir.disclosure.history.DrawnPeople.figure;
import static io.weir.disclosure.history.DrawnPeople.group;
import static io.weir.disclosure.history.DrawnPeople.parted;
import static io.weir.disclosure.history.DrawnPeople.some;
import static io.weir.disclosure.history.DrawnPeople.takeOut;
import static io.weir.disclosure.history.DrawnPeople.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Range;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of a table beside what was asked of several of them, before the table and after it. */
class TableGroupsTest {
    private static final int K = 10;

    /** Some groups of a table, and the same without a few people. */
    @ParameterizedTest
    @CsvSource({"2, 0", "2, 1", "2, 9", "2, 40", "5, 1", "5, 40"})
    void groupsOfATableBesideWhatWasAskedOfThem(int groups, int missing) {
        Random random = new Random(31L * groups + missing);
        for (int i = 0; i < 30; i++) {
            List<BitSet> cells = parted(random, 12);
            BitSet asked = together(cells.subList(0, groups));
            FigureHistory history = new FigureHistory(K);
            history.add(figure("some groups", asked));
            takeOut(random, cells.subList(0, groups), missing);
            history.beginTable();
            int near = 0;
            for (int g = 0; g < 12; g++) {
                Figure cell = figure("group " + g, cells.get(g));
                if (history.isNear(cell)) {
                    near++;
                } else {
                    history.add(cell);
                }
            }
            history.forgetTable();
            assertThat(near).isEqualTo(missing < K ? 1 : 0);
            // The table is not remembered yet, and its cells alone are near nothing.
            assertThat(history.isNear(figure("group 11", cells.get(11)))).isFalse();
        }
    }

    /** As many of them as it takes, whatever else was asked before. */
    @ParameterizedTest
    @CsvSource({"12, 0", "12, 1", "12, 5", "30, 1", "47, 1", "64, 1", "12, 40", "47, 60"})
    void manyGroupsOfATableBesideWhatWasAskedOfThem(int groups, int missing) {
        Random random = new Random(31L * groups + missing);
        for (int i = 0; i < 10; i++) {
            List<BitSet> cells = parted(random, 66);
            BitSet asked = together(cells.subList(0, groups));
            FigureHistory history = new FigureHistory(K);
            for (int other = 0; other < 50; other++) {
                history.add(figure("other " + other, some(random, 0.1 + 0.8 * random.nextDouble())));
            }
            history.add(figure("some groups", asked));
            takeOut(random, cells.subList(0, groups), missing);
            List<Figure> table = new ArrayList<>();
            for (int g = 0; g < 66; g++) {
                table.add(figure("group " + g, cells.get(g)));
            }
            List<Integer> making = history.making(table);
            assertThat(making).hasSize(missing < K ? groups : 0);
            assertThat(making).allMatch(g -> g < groups);
            // Once the table was shown nothing new is told by it.
            table.forEach(history::add);
            assertThat(history.making(table)).isEmpty();
        }
    }

    /** What the cells of one table are to each other is not for the history. */
    @Test
    void aTablesMarginIsNotNearItsCells() {
        Random random = new Random(7);
        BitSet one = some(random, 0.3);
        BitSet other = some(random, 0.3);
        other.andNot(one);
        BitSet both = (BitSet) one.clone();
        both.or(other);
        FigureHistory history = new FigureHistory(K);
        history.add(figure("another", some(random, 0.5)));
        history.beginTable();
        history.add(figure("both", both));
        history.add(figure("one", one));
        assertThat(history.isNear(figure("other", other))).isFalse();
        history.forgetTable();
        history.add(figure("both", both));
        history.add(figure("one", one));
        assertThat(history.isNear(figure("other", other))).isTrue();
    }

    /** However many groups it takes, whatever was asked between. */
    @ParameterizedTest
    @CsvSource({
        "5, 12, 0",
        "5, 12, 9",
        "5, 12, 40",
        "12, 66, 1",
        "30, 66, 0",
        "30, 66, 1",
        "30, 66, 5",
        "30, 66, 60",
        "60, 90, 1",
        "50, 105, 1"
    })
    void manyGroupsOfATableThatWasShown(int asked, int groups, int missing) {
        Random random = new Random(31L * asked + missing);
        for (int i = 0; i < 10; i++) {
            List<BitSet> cells = parted(random, groups);
            FigureHistory history = new FigureHistory(K);
            List<Figure> table = new ArrayList<>();
            for (int g = 0; g < groups; g++) {
                table.add(group(g, cells.get(g)));
            }
            history.addTogether(table);
            for (int other = 0; other < 50; other++) {
                history.add(figure("other " + other, some(random, 0.1 + 0.8 * random.nextDouble())));
            }
            takeOut(random, cells.subList(0, asked), missing);
            BitSet sum = together(cells.subList(0, asked));
            history.beginAnswer();
            assertThat(history.isNear(figure("some groups", sum))).isEqualTo(missing < K);
            assertThat(history.known(figure("some groups", sum)).isPresent()).isEqualTo(missing < K);
        }
    }

    @Test
    void aTableThatWasTakenBackTellsNothing() {
        Random random = new Random(3);
        List<BitSet> cells = parted(random, 66);
        List<Figure> table = new ArrayList<>();
        for (int g = 0; g < 66; g++) {
            table.add(group(g, cells.get(g)));
        }
        BitSet sum = together(cells.subList(0, 40));
        FigureHistory history = new FigureHistory(K);
        history.add(figure("another", some(random, 0.5)));
        history.beginAnswer();
        history.addTogether(table);
        assertThat(history.isNear(figure("some groups", sum))).isTrue();
        history.forgetAnswer();
        assertThat(history.isNear(figure("some groups", sum))).isFalse();
        history.addTogether(table);
        history.beginAnswer();
        history.addTogether(table);
        history.forgetAnswer();
        assertThat(history.isNear(figure("some groups", sum))).isTrue();
    }

    private static Figure of(List<BitSet> people, Condition... conditions) {
        Figure figure = figure("", together(people));
        return new Figure(new Selection("people", Set.of(conditions)), figure.measure(), figure.kind(), figure.print());
    }

    private static Condition days(String text, Supplier<Asked> asked) {
        return new Condition(text, Set.of("day"), Nature.OTHER, asked);
    }

    private static Asked in(int from, int until) {
        return new Asked.In(
                "day",
                List.of(new Range(new Cut(BigDecimal.valueOf(from), false), new Cut(BigDecimal.valueOf(until), false))),
                Optional.empty());
    }

    private static Figure day(int day, BitSet people) {
        return of(List.of(people), days("day = " + day, () -> in(day, day + 1)));
    }

    /** More groups than buckets: only what is asked says which they are. */
    @ParameterizedTest
    @CsvSource({"0", "1", "9", "60"})
    void manyDaysBesideAPeriod(int missing) {
        Random random = new Random(missing);
        Condition hidden = new Condition("not somebody", Set.of("person"), Nature.OTHER);
        List<Integer> tens = IntStream.range(0, 36).map(i -> 10 * i).boxed().toList();
        Map<Condition, List<Integer>> periods = Map.of(
                days("quarter", () -> in(90, 181)),
                range(90, 181),
                days(
                        "some days",
                        () -> new Asked.In(
                                "day",
                                tens.stream()
                                        .map(day -> (Asked.Piece) Range.at(BigDecimal.valueOf(day)))
                                        .toList(),
                                Optional.empty())),
                tens,
                days("before or after", () -> new Asked.Either(List.of(List.of(in(0, 20)), List.of(in(340, 365))))),
                IntStream.concat(IntStream.range(0, 20), IntStream.range(340, 365))
                        .boxed()
                        .toList(),
                days("not the quarter", () -> new Asked.Unless(List.of(in(90, 181)), true)),
                IntStream.concat(IntStream.range(0, 90), IntStream.range(181, 365))
                        .boxed()
                        .toList());
        periods.forEach((period, inside) -> {
            List<BitSet> whole = parted(random, 365);
            List<BitSet> less = new ArrayList<>();
            whole.forEach(day -> less.add((BitSet) day.clone()));
            List<BitSet> asked = inside.stream().map(less::get).toList();
            if (missing < 60 || inside.size() > 40) {
                for (int p = 0; p < missing; p++) {
                    BitSet of = asked.get(p % asked.size());
                    of.clear(of.nextSetBit(0));
                }
                boolean near = missing < K;
                Figure sum = of(asked, period, hidden);
                FigureHistory history = new FigureHistory(K);
                history.addTogether(IntStream.range(0, 365)
                        .mapToObj(d -> day(d, whole.get(d)))
                        .toList());
                history.beginAnswer();
                assertThat(history.isNear(sum)).as(period.text()).isEqualTo(near);
                // The other way round.
                FigureHistory other = new FigureHistory(K);
                other.add(sum);
                List<Integer> making = other.making(IntStream.range(0, 365)
                        .mapToObj(d -> day(d, whole.get(d)))
                        .toList());
                assertThat(making).as(period.text()).isEqualTo(near ? inside : List.of());
            }
        });
    }

    private static Condition sex(String value) {
        return new Condition(
                "sex = " + value,
                Set.of("sex"),
                Nature.OTHER,
                () -> new Asked.In("sex", List.of(new Asked.Value(value)), Optional.empty()));
    }

    private static List<Figure> days(List<BitSet> people, String sex) {
        return IntStream.range(0, people.size())
                .mapToObj(day -> of(List.of(people.get(day)), days("day = " + day, () -> in(day, day + 1)), sex(sex)))
                .toList();
    }

    /** Women by day in one table and men by day in another, and a number of both: whichever comes last. */
    @ParameterizedTest
    @CsvSource({"0", "1", "9", "40"})
    void manyGroupsOfTwoTables(int missing) {
        Random random = new Random(77L + missing);
        List<BitSet> all = parted(random, 80);
        List<Figure> women = days(all.subList(0, 40), "F");
        List<Figure> men = days(all.subList(40, 80), "M");
        List<BitSet> asked = new ArrayList<>();
        asked.addAll(all.subList(0, 30));
        asked.addAll(all.subList(40, 70));
        List<BitSet> less = new ArrayList<>();
        asked.forEach(day -> less.add((BitSet) day.clone()));
        for (int p = 0; p < missing; p++) {
            BitSet of = less.get(p % less.size());
            of.clear(of.nextSetBit(0));
        }
        Figure sum = of(
                less,
                days("thirty days", () -> in(0, 30)),
                new Condition("not somebody", Set.of("person"), Nature.OTHER));
        boolean near = missing < K;
        FigureHistory after = new FigureHistory(K);
        after.addTogether(women);
        after.addTogether(men);
        after.beginAnswer();
        assertThat(after.isNear(sum)).isEqualTo(near);
        assertThat(after.known(sum).isPresent()).isEqualTo(near);
        FigureHistory between = new FigureHistory(K);
        between.addTogether(women);
        between.add(sum);
        between.beginAnswer();
        assertThat(between.making(men)).isEqualTo(near ? range(0, 30) : List.of());
        FigureHistory before = new FigureHistory(K);
        before.add(sum);
        before.beginAnswer();
        before.addTogether(women);
        assertThat(before.making(men)).isEqualTo(near ? range(0, 30) : List.of());
        before.forgetAnswer();
        assertThat(before.making(men)).isEmpty();
    }

    /** What a table hides beside a number is asked by itself. */
    @ParameterizedTest
    @CsvSource({"0", "1", "9", "40"})
    void theGroupThatIsHidden(int missing) {
        List<BitSet> all = parted(new Random(79L + missing), 40);
        Figure whole = of(all.subList(0, 30), days("thirty days", () -> in(0, 30)));
        for (int p = 0; p < missing; p++) {
            BitSet of = all.get(p % 30);
            of.clear(of.nextSetBit(0));
        }
        List<Figure> days = new ArrayList<>(days(all, "F"));
        Figure hidden = days.remove(7);
        FigureHistory history = new FigureHistory(K);
        history.add(whole);
        history.addTogether(days);
        history.beginAnswer();
        assertThat(history.making(List.of(hidden))).isEqualTo(missing < K ? List.of(0) : List.of());
        assertThat(history.making(List.of(days.get(3)))).isEmpty();
    }

    /** Days that make a number without it leave just the figure, whoever of its people share a bucket. */
    @Test
    void aFigureOfJustEnoughPeopleIsNotWhatOthersLeave() {
        List<BitSet> all = parted(new Random(83), 40);
        BitSet few = new BitSet();
        for (int p = 0; few.cardinality() < K; p++) {
            if (few.isEmpty() || p > 200 || DrawnPeople.bucket(p) == DrawnPeople.bucket(0)) {
                few.set(p);
            }
        }
        Figure figure = of(List.of(few), days("some of them", () -> in(0, 30)), sex("F"));
        FigureHistory history = new FigureHistory(K);
        history.add(of(all.subList(0, 30), days("thirty days", () -> in(0, 30))));
        history.addTogether(days(all, "F"));
        history.beginAnswer();
        assertThat(history.isFew(figure.print())).isTrue();
        assertThat(history.making(List.of(figure))).isEmpty();
    }

    /** The same rows by structure are free. */
    @Test
    void daysThatAreAPeriod() {
        Random random = new Random(8);
        List<BitSet> whole = parted(random, 365);
        FigureHistory history = new FigureHistory(K);
        history.addTogether(IntStream.range(0, 365)
                .mapToObj(d -> ofRows(day(d, whole.get(d))))
                .toList());
        history.beginAnswer();
        Figure quarter = of(whole.subList(90, 181), days("quarter", () -> in(90, 181)));
        assertThat(history.isNear(ofRows(quarter))).isFalse();
    }

    private static Figure ofRows(Figure figure) {
        return figure.as(Form.ofRows(figure.selection()));
    }

    private static List<Integer> range(int from, int until) {
        return IntStream.range(from, until).boxed().toList();
    }
}
