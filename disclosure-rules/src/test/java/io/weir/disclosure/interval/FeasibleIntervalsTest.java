package io.weir.disclosure.interval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FeasibleIntervalsTest {
    private static final long PLENTY = 1_000_000_000L;

    /** Handbook on Statistical Disclosure Control (2nd ed.), section 4.2: two rows (7, 3), two columns (6, 4). */
    @Test
    void handbookExampleGivesThreeToSix() {
        LinearSystem system = nonNegative(4, sum(7, 0, 1), sum(3, 2, 3), sum(6, 0, 2), sum(4, 1, 3));
        assertThat(interval(system, 0)).isEqualTo(new FeasibleInterval(3, 6));
    }

    /** The small count example of the GaussSuppression vignette; the intervals of its four hidden cells. */
    @Test
    void gaussSuppressionExampleGivesItsIntervals() {
        // young Iceland, young Portugal, old Iceland, old Portugal
        LinearSystem system = nonNegative(4, sum(2, 0, 1), sum(7, 2, 3), sum(5, 0, 2), sum(4, 1, 3));
        assertThat(interval(system, 0)).isEqualTo(new FeasibleInterval(0, 2));
        assertThat(interval(system, 1)).isEqualTo(new FeasibleInterval(0, 2));
        assertThat(interval(system, 2)).isEqualTo(new FeasibleInterval(3, 5));
        assertThat(interval(system, 3)).isEqualTo(new FeasibleInterval(2, 4));
    }

    @Test
    void inequalityBoundsFromBothSides() {
        LinearSystem system = new LinearSystem(
                new double[] {0, 0},
                new double[] {Double.POSITIVE_INFINITY, 5},
                List.of(new Relation(new int[] {0, 1}, new double[] {1, -1}, Double.NEGATIVE_INFINITY, 0)));
        assertThat(interval(system, 0)).isEqualTo(new FeasibleInterval(0, 5));
    }

    @Test
    void relationWithBothBoundsIsKept() {
        LinearSystem system = new LinearSystem(
                new double[] {0, 2},
                new double[] {Double.POSITIVE_INFINITY, 4},
                List.of(new Relation(new int[] {0, 1}, new double[] {1, 1}, 8, 12)));
        assertThat(interval(system, 0)).isEqualTo(new FeasibleInterval(4, 10));
    }

    @Test
    void variableThatNothingBoundsIsUnbounded() {
        LinearSystem system = nonNegative(3, new Relation(new int[] {0, 1}, new double[] {1, -1}, 2, 2));
        assertThat(interval(system, 0)).isEqualTo(new FeasibleInterval(2, Double.POSITIVE_INFINITY));
        assertThat(interval(system, 2)).isEqualTo(new FeasibleInterval(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void contradictionIsNoAnswer() {
        assertThat(FeasibleIntervals.of(nonNegative(1, sum(3, 0), sum(4, 0)), new WorkBudget(PLENTY)))
                .isEmpty();
    }

    @Test
    void spentBudgetIsNoAnswer() {
        WorkBudget budget = new WorkBudget(3);
        assertThat(FeasibleIntervals.of(nonNegative(2, sum(3, 0, 1)), budget)).isEmpty();
        assertThat(budget.isSpent()).isTrue();
    }

    /** Two-way tables are transportation problems: the extremes are whole numbers, so counting all solutions finds them too. */
    @Test
    void intervalsAgreeWithCountingAllSolutions() {
        Random random = new Random(20261125);
        for (int round = 0; round < 150; round++) {
            int height = 2 + random.nextInt(2);
            int width = 2 + random.nextInt(2);
            int[] truth = random.ints((long) height * width, 0, 4).toArray();
            List<Relation> relations = new ArrayList<>();
            for (int r = 0; r < height; r++) {
                int row = r;
                relations.add(sumOf(
                        truth,
                        java.util.stream.IntStream.range(0, width)
                                .map(c -> row * width + c)
                                .toArray()));
            }
            for (int c = 0; c < width; c++) {
                int column = c;
                relations.add(sumOf(
                        truth,
                        java.util.stream.IntStream.range(0, height)
                                .map(r -> r * width + column)
                                .toArray()));
            }
            LinearSystem system = nonNegative(truth.length, relations.toArray(Relation[]::new));
            int[] least = new int[truth.length];
            int[] greatest = new int[truth.length];
            Arrays.fill(least, Integer.MAX_VALUE);
            count(system, new double[truth.length], 0, least, greatest);
            FeasibleIntervals intervals =
                    FeasibleIntervals.of(system, new WorkBudget(PLENTY)).orElseThrow();
            for (int j = 0; j < truth.length; j++) {
                FeasibleInterval interval = intervals.of(j).orElseThrow();
                assertThat(interval.lower()).isCloseTo(least[j], Offset.offset(1e-6));
                assertThat(interval.upper()).isCloseTo(greatest[j], Offset.offset(1e-6));
            }
        }
    }

    private static void count(LinearSystem system, double[] point, int next, int[] least, int[] greatest) {
        for (Relation relation : system.relations()) {
            double sum = 0;
            boolean open = false;
            for (int variable : relation.variables()) {
                sum += variable < next ? point[variable] : 0;
                open |= variable >= next;
            }
            if (sum > relation.upper() || (!open && sum < relation.lower())) {
                return;
            }
        }
        if (next == point.length) {
            for (int j = 0; j < point.length; j++) {
                least[j] = Math.min(least[j], (int) point[j]);
                greatest[j] = Math.max(greatest[j], (int) point[j]);
            }
            return;
        }
        for (int value = 0; value <= 9; value++) {
            point[next] = value;
            count(system, point, next + 1, least, greatest);
        }
        point[next] = 0;
    }

    private static FeasibleInterval interval(LinearSystem system, int variable) {
        return FeasibleIntervals.of(system, new WorkBudget(PLENTY))
                .orElseThrow()
                .of(variable)
                .orElseThrow();
    }

    private static LinearSystem nonNegative(int variables, Relation... relations) {
        double[] upper = new double[variables];
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        return new LinearSystem(new double[variables], upper, List.of(relations));
    }

    private static Relation sum(double value, int... variables) {
        double[] ones = new double[variables.length];
        Arrays.fill(ones, 1);
        return Relation.equal(variables, ones, value);
    }

    private static Relation sumOf(int[] truth, int[] variables) {
        return sum(Arrays.stream(variables).map(v -> truth[v]).sum(), variables);
    }
}
