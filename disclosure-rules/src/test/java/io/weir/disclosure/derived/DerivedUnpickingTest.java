package io.weir.disclosure.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.derived.DerivedValue.Reason;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.rounding.NearestRounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attacks on published means and percentages. */
class DerivedUnpickingTest {
    /**
     * Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, publication of mean values: two cells with 8 and 12 people and ages of 90 and
     * 95 in sum, perturbed to 9, 14 and 19 by at most 2. From the true means the counts are unpicked; from means over perturbed counts they are not.
     */
    @Test
    void meansOverPerturbedCountsAreNotUnpicked() {
        double[] trueMeans = {90 / 8.0, 95 / 12.0, 185 / 20.0};
        assertThat(combinations(trueMeans, 1e-9)).containsExactly(List.of(8, 12, 20));

        Precision precision = new Precision.ByDenominator(0, 4, 4);
        double[] derived = new double[3];
        int[] sums = {90, 95, 185};
        int[] counts = {9, 14, 19};
        for (int cell = 0; cell < 3; cell++) {
            DerivedValue mean = RatioStatistic.mean(precision)
                    .of(
                            Part.sum(
                                    BigDecimal.valueOf(sums[cell]),
                                    ExistenceInterval.exactly(BigDecimal.valueOf(sums[cell]))),
                            Part.count(counts[cell], ExistenceInterval.of(counts[cell] - 2, counts[cell] + 2)));
            derived[cell] = ((DerivedValue.Shown) mean).value().doubleValue();
        }
        // The means belong to counts that nobody has; the attacker's equation picks others, or none.
        assertThat(combinations(derived, 0.005)).doesNotContain(List.of(8, 12, 20));
    }

    /** Counts within 2 of the published ones whose means add up, as the Handbook's attacker finds them. */
    private static List<List<Integer>> combinations(double[] means, double tolerance) {
        List<List<Integer>> found = new ArrayList<>();
        for (int first = 7; first <= 11; first++) {
            for (int second = 12; second <= 16; second++) {
                int total = first + second;
                boolean adds = Math.abs(means[0] * first + means[1] * second - means[2] * total) <= tolerance * total;
                if (total >= 17 && total <= 21 && adds) {
                    found.add(List.of(first, second, total));
                }
            }
        }
        return found;
    }

    /** A true percentage of a small group tells both parts; the derived one of the same published parts tells nothing, or is not there. */
    @Test
    void percentagesAreNotUnpicked() {
        // 42.857143 % with a denominator of 18 to 22 and a numerator of 8 to 12: only 9 of 21 fits.
        BigDecimal exact = new BigDecimal("42.857143");
        int fits = 0;
        for (int above = 8; above <= 12; above++) {
            for (int below = 18; below <= 22; below++) {
                fits += BigDecimal.valueOf(100L * above)
                                        .divide(BigDecimal.valueOf(below), 6, RoundingMode.HALF_UP)
                                        .compareTo(exact)
                                == 0
                        ? 1
                        : 0;
            }
        }
        assertThat(fits).isEqualTo(1);
        assertThat(RatioStatistic.percentage(new Precision.Covering(6, 0)).of(published(9), published(21)))
                .isEqualTo(new DerivedValue.Hidden(Reason.PARTS_TOO_SMALL));
    }

    private static Part published(long count) {
        NearestRounding rounding = new NearestRounding(5, 8);
        long published = rounding.publish(count, CellKey.NOBODY);
        return Part.count(published, rounding.known(published));
    }
}
