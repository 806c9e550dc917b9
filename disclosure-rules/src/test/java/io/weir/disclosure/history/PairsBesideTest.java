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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two numbers that make many groups of a table together, but for a few people: whichever of the three is asked last. */
class PairsBesideTest {
    private static final int K = 10;
    private static final int OTHERS = 40;

    /** Half of the groups, or all, in words that nobody reads. */
    @ParameterizedTest
    @CsvSource({
        "33, 66, 0, SUM",
        "33, 66, 1, SUM",
        "66, 66, 1, SUM",
        "66, 66, 4, SUM",
        "60, 66, 4, SUM",
        "50, 100, 1, SUM",
        "30, 66, 60, SUM",
        "33, 66, 0, DIFFERENCE",
        "33, 66, 1, DIFFERENCE",
        "30, 66, 9, DIFFERENCE",
        "50, 100, 1, DIFFERENCE",
        "30, 66, 60, DIFFERENCE"
    })
    void wordsThatAreNotRead(int asked, int groups, int missing, Kind kind) {
        Random random = new Random(31L * asked + missing);
        for (int i = 0; i < 5; i++) {
            List<BitSet> cells = parted(random, groups);
            List<Figure> table = IntStream.range(0, groups)
                    .mapToObj(g -> group(g, cells.get(g)))
                    .toList();
            takeOut(random, cells.subList(0, asked), missing);
            BitSet sum = together(cells.subList(0, asked));
            List<Figure> pair = kind.pair(random, sum, together(cells.subList(asked, groups)));
            assertIsFound(random, table, pair, missing < K ? asked : 0);
        }
    }

    private enum Kind {
        SUM,
        DIFFERENCE;

        /** Two figures that are some people together, in two ways. */
        private List<Figure> pair(Random random, BitSet people, BitSet rest) {
            BitSet one = some(random, 0.4);
            BitSet other = (BitSet) people.clone();
            if (this == SUM) {
                one.and(people);
                other.andNot(one);
            } else {
                one.and(rest.isEmpty() ? people : rest);
                other.or(one);
            }
            return List.of(figure("one of two", one), figure("other of two", other));
        }
    }

    /** In each order. */
    private static void assertIsFound(Random random, List<Figure> table, List<Figure> pair, int groups) {
        FigureHistory last = history(random);
        pair.forEach(last::add);
        last.beginAnswer();
        assertThat(last.making(table)).hasSize(groups).allMatch(g -> g < groups);
        for (boolean swapped : List.of(false, true)) {
            Figure before = pair.get(swapped ? 1 : 0);
            Figure asked = pair.get(swapped ? 0 : 1);
            FigureHistory first = history(random);
            first.addTogether(table);
            first.add(before);
            first.beginAnswer();
            assertThat(first.isNear(asked)).isEqualTo(groups > 0);
            assertThat(first.known(asked).isPresent()).isEqualTo(groups > 0);
        }
    }

    /** More groups than buckets: a period and something else in one condition, and that alone; women and others of a period. */
    @ParameterizedTest
    @CsvSource({"1", "9", "60"})
    void manyDays(int missing) {
        Random random = new Random(missing);
        List<BitSet> whole = parted(random, 365);
        List<Figure> days = IntStream.range(0, 365)
                .mapToObj(d -> of(List.of(whole.get(d)), asked(in(d, d + 1))))
                .toList();
        List<BitSet> less = whole.stream().map(day -> (BitSet) day.clone()).toList();
        for (int p = 0; p < missing; p++) {
            BitSet of = less.get(100 + p % 60);
            of.clear(of.nextSetBit(0));
        }
        Asked period = in(100, 160);
        Asked women = new Asked.In("sex", List.of(new Asked.Value("F")), Optional.empty());
        BitSet some = together(less.subList(200, 300));
        some.and(some(random, 0.5));
        List<BitSet> either = new ArrayList<>(less.subList(100, 160));
        either.add(some);
        BitSet half = together(less.subList(100, 160));
        half.and(some(random, 0.5));
        BitSet others = together(less.subList(100, 160));
        others.andNot(half);
        int groups = missing < K ? 60 : 0;
        List<List<Figure>> pairs = List.of(
                List.of(
                        of(List.of(some), asked(in(200, 300)), asked(women)),
                        of(either, asked(new Asked.Either(List.of(List.of(period), List.of(in(200, 300), women)))))),
                List.of(
                        of(List.of(half), asked(period), asked(women)),
                        of(List.of(others), asked(period), asked(new Asked.Wording("others")))));
        for (List<Figure> pair : pairs) {
            FigureHistory last = history(random);
            pair.forEach(last::add);
            last.beginAnswer();
            assertThat(last.making(days))
                    .isEqualTo(IntStream.range(100, 100 + groups).boxed().toList());
            for (boolean swapped : List.of(false, true)) {
                FigureHistory first = history(random);
                first.addTogether(days);
                first.add(pair.get(swapped ? 1 : 0));
                first.beginAnswer();
                assertThat(first.isNear(pair.get(swapped ? 0 : 1))).isEqualTo(groups > 0);
            }
        }
    }

    private static Figure of(List<BitSet> people, Condition... conditions) {
        Figure figure = figure("", together(people));
        return new Figure(new Selection("people", Set.of(conditions)), figure.measure(), figure.kind(), figure.print());
    }

    private static Condition asked(Asked asked) {
        return new Condition(asked.toString(), Set.of("day"), Nature.OTHER, () -> asked);
    }

    private static Asked in(int from, int until) {
        return new Asked.In(
                "day",
                List.of(new Range(new Cut(BigDecimal.valueOf(from), false), new Cut(BigDecimal.valueOf(until), false))),
                Optional.empty());
    }

    /** What two halves by structure are tells nothing beside the groups. */
    @Test
    void halvesAreFree() {
        Random random = new Random(8);
        List<BitSet> whole = parted(random, 80);
        List<Figure> days = IntStream.range(0, 80)
                .mapToObj(d -> ofRows(of(List.of(whole.get(d)), asked(in(d, d + 1)))))
                .toList();
        Asked women = new Asked.In("sex", List.of(new Asked.Value("F")), Optional.empty());
        BitSet half = together(whole.subList(10, 60));
        half.and(some(random, 0.5));
        BitSet other = together(whole.subList(10, 60));
        other.andNot(half);
        FigureHistory history = new FigureHistory(K);
        history.add(ofRows(of(List.of(half), asked(in(10, 60)), asked(women))));
        history.add(ofRows(of(List.of(other), asked(in(10, 60)), asked(new Asked.Unless(List.of(women), true)))));
        history.beginAnswer();
        assertThat(history.making(days)).isEmpty();
    }

    private static Figure ofRows(Figure figure) {
        return figure.as(Form.ofRows(figure.selection()));
    }

    private static FigureHistory history(Random random) {
        FigureHistory history = new FigureHistory(K);
        for (int other = 0; other < OTHERS; other++) {
            history.add(figure("other " + other, some(random, 0.1 + 0.8 * random.nextDouble())));
        }
        return history;
    }
}
