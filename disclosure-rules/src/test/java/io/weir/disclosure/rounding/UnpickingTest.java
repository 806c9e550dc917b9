package io.weir.disclosure.rounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.cellkey.CountNoise;
import io.weir.disclosure.cellkey.CountPerturbation;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.interval.FeasibleIntervals;
import io.weir.disclosure.interval.LinearSystem;
import io.weir.disclosure.interval.Relation;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.rounding.ControlledRounding.Outcome;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What an attacker works out from a table of cells and their margin, each protected by itself, by linear programmes over the intervals that the
 * methods give: true values add up, whatever is published of them. This is what {@link RoundingMethod#known} is for.
 */
class UnpickingTest {
    private static final int CELLS = 5;

    /** Handbook on Statistical Disclosure Control (2nd ed.), chapter 5: random rounding can be unpicked, and tables must be audited. */
    @Test
    void randomRoundingIsUnpickedWhereAMarginIsRoundedTheOtherWay() {
        // Five times 0 beside 12: each at most 2, together at least 10.
        RandomRounding rounding = new RandomRounding(3);
        assertThat(unpicked(2, rounding::publish, rounding::known)).isBetween(5, 500);
    }

    @Test
    void perturbationIsUnpickedTheSameWayByWhoKnowsTheGreatestNoise() {
        // Five times 5 beside 31: each at most 6, together at least 30.
        CountPerturbation perturbation = new CountPerturbation(new CountNoise(1, 0.6, 0).table());
        assertThat(unpicked(6, perturbation::publish, perturbation::known)).isBetween(1, 500);
    }

    private interface Publish {
        long of(long count, CellKey people);
    }

    /** In how many of 60,000 tables of equal cells the first is known exactly. */
    private static int unpicked(long count, Publish publish, LongFunction<ExistenceInterval> known) {
        Random random = new Random(6);
        int exact = 0;
        for (int table = 0; table < 60_000; table++) {
            List<ExistenceInterval> intervals = new ArrayList<>();
            CellKey all = CellKey.NOBODY;
            for (int cell = 0; cell < CELLS; cell++) {
                CellKey people = new CellKey(random.nextLong(), count);
                intervals.add(known.apply(publish.of(count, people)));
                all = all.plus(people);
            }
            intervals.add(known.apply(publish.of(CELLS * count, all)));
            double most = intervals.subList(0, CELLS).stream()
                    .mapToDouble(UnpickingTest::end)
                    .sum();
            if (most
                    <= intervals
                            .getLast()
                            .lower()
                            .doubleValue()) { // else there is room, and no need for a linear programme
                FeasibleInterval first = firstCell(intervals);
                assertThat(first.upper() - first.lower()).isLessThan(1e-6);
                assertThat(first.lower()).isCloseTo(count, within(1e-6));
                exact++;
            }
        }
        return exact;
    }

    /** A controlled table adds up as the true one does: margins tell nothing beyond the cells. */
    @Test
    void controlledRoundingIsNot() {
        ControlledRounding rounding = new ControlledRounding(3, 10_000);
        List<Address> addresses = List.of(Address.of("left"), Address.of("right"), new Address(1, List.of()));
        for (long left = 0; left < 20; left++) {
            for (long right = 0; right < 20; right++) {
                AdditiveTable table = new AdditiveTable(
                        addresses,
                        List.of(left, right, left + right),
                        List.of(MarginEquation.margin(2, List.of(0, 1))));
                List<Long> published = ((Outcome.Rounded) rounding.round(table)).counts();
                FeasibleInterval known =
                        firstCell(published.stream().map(rounding::known).toList());
                ExistenceInterval alone = rounding.known(published.getFirst());
                assertThat(known.lower()).isCloseTo(alone.lower().doubleValue(), within(1e-6));
                assertThat(known.upper()).isCloseTo(end(alone), within(1e-6));
            }
        }
    }

    /** @param intervals of cells, and last of their margin */
    private static FeasibleInterval firstCell(List<ExistenceInterval> intervals) {
        int size = intervals.size();
        double[] lower = intervals.stream()
                .mapToDouble(interval -> interval.lower().doubleValue())
                .toArray();
        double[] upper = intervals.stream().mapToDouble(UnpickingTest::end).toArray();
        double[] coefficients = new double[size];
        Arrays.fill(coefficients, 1);
        coefficients[size - 1] = -1;
        Relation addsUp = Relation.equal(IntStream.range(0, size).toArray(), coefficients, 0);
        return FeasibleIntervals.of(new LinearSystem(lower, upper, List.of(addsUp)), new WorkBudget(10_000))
                .flatMap(found -> found.of(0))
                .orElseThrow();
    }

    private static double end(ExistenceInterval interval) {
        return Objects.requireNonNull(interval.upper()).doubleValue();
    }
}
