package io.weir.disclosure.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.cellkey.CountNoise;
import io.weir.disclosure.cellkey.CountPerturbation;
import io.weir.disclosure.derived.DerivedValue.Reason;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.rounding.CellRounding;
import io.weir.disclosure.rounding.MidpointRounding;
import io.weir.disclosure.rounding.NearestRounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioStatisticTest {
    private static final Precision FINE = new Precision.Covering(6, -3);
    private static final NearestRounding HES = new NearestRounding(5, 8);

    /** HES: percentages from rounded values; one decimal only where the rounded denominator is 4,000 or more. */
    @ParameterizedTest
    @CsvSource({
        // true numerator, true denominator, published
        "0, 100, 0",
        "12, 98, 10", // 10 of 100
        "13, 98, 15",
        "1333, 3997, 33", // 1335 of 3995
        "1333, 3998, 33.4", // 1335 of 4000
        "1, 4000, hidden",
        "8, 7, hidden",
        "5, 0, hidden"
    })
    void percentagesOfHospitalEpisodeStatistics(long numerator, long denominator, String published) {
        DerivedValue value =
                RatioStatistic.percentage(Precision.hesPercentages()).of(hesPart(numerator), hesPart(denominator));
        if (published.equals("hidden")) {
            assertThat(value).isInstanceOf(DerivedValue.Hidden.class);
        } else {
            assertThat(value).isEqualTo(new DerivedValue.Shown(new BigDecimal(published)));
        }
    }

    /** Whatever the precision: the value is a function of the published parts, so that no true value can be told from another. */
    @Test
    void trueValuesThatArePublishedAlikeHaveTheSamePercentage() {
        RatioStatistic fine = RatioStatistic.percentage(new Precision.ByDenominator(0, 12, 12));
        for (int numerator = 8; numerator < 40; numerator++) {
            for (int denominator = numerator; denominator < 60; denominator++) {
                long above = HES.publish(numerator, CellKey.NOBODY);
                long below = HES.publish(denominator, CellKey.NOBODY);
                assertThat(fine.of(hesPart(numerator), hesPart(denominator)))
                        .isEqualTo(fine.of(Part.count(above, HES.known(above)), Part.count(below, HES.known(below))));
            }
        }
    }

    /** The general rule, against enumeration: each part's interval from the derived value is the one from the published part. */
    @Test
    void countsKeepTheirIntervals() {
        Random random = new Random(31);
        CountPerturbation perturbed = new CountPerturbation(new CountNoise(4, 2.5, 2).table());
        int shown = 0;
        for (int round = 0; round < 3_000; round++) {
            Part.Shown below = part(random, perturbed, 20 + random.nextInt(3_000));
            Part.Shown above =
                    part(random, perturbed, random.nextInt(below.published().intValue() + 1));
            long factor = new long[] {1, 100, 1_000, 100_000}[random.nextInt(4)];
            if (RatioStatistic.rate(factor, FINE).of(above, below) instanceof DerivedValue.Shown value) {
                shown++;
                assertNothingExcluded(above, below, factor, value.value());
            }
        }
        assertThat(shown).isGreaterThan(1_000);
    }

    private static void assertNothingExcluded(Part.Shown above, Part.Shown below, long factor, BigDecimal value) {
        List<BigDecimal> numerators = values(above);
        List<BigDecimal> denominators = values(below);
        boolean[] numeratorPossible = new boolean[numerators.size()];
        for (BigDecimal b : denominators) {
            boolean possible = false;
            for (int i = 0; i < numeratorPossible.length; i++) {
                boolean same = numerators
                                .get(i)
                                .multiply(BigDecimal.valueOf(factor))
                                .divide(b, value.scale(), RoundingMode.HALF_UP)
                                .compareTo(value)
                        == 0;
                numeratorPossible[i] |= same;
                possible |= same;
            }
            assertThat(possible)
                    .as("%s of %s over %s excludes the denominator %s", value, above, below, b)
                    .isTrue();
        }
        for (int i = 0; i < numeratorPossible.length; i++) {
            assertThat(numeratorPossible[i])
                    .as("%s of %s over %s excludes the numerator %s", value, above, below, numerators.get(i))
                    .isTrue();
        }
    }

    /** The precision is the finest that the rule permits: one decimal more excludes something, or is more than asked for. */
    @Test
    void theNextDecimalWouldExcludeSomething() {
        Random random = new Random(32);
        CountPerturbation perturbed = new CountPerturbation(new CountNoise(4, 2.5, 2).table());
        for (int round = 0; round < 1_000; round++) {
            Part.Shown below = part(random, perturbed, 20 + random.nextInt(3_000));
            Part.Shown above =
                    part(random, perturbed, random.nextInt(below.published().intValue() + 1));
            if (RatioStatistic.percentage(FINE).of(above, below) instanceof DerivedValue.Shown value
                    && value.value().scale() < 6) {
                BigDecimal finer = above.published()
                        .multiply(BigDecimal.valueOf(100))
                        .divide(below.published(), value.value().scale() + 1, RoundingMode.HALF_UP);
                assertThatThrownBy(() -> assertNothingExcluded(above, below, 100, finer))
                        .isInstanceOf(AssertionError.class);
            }
        }
    }

    /** Means of sums that are rounded to a step, by a fine grid over the sum; negative sums as well. */
    @Test
    void sumsKeepTheirIntervals() {
        Random random = new Random(33);
        int shown = 0;
        for (int round = 0; round < 400; round++) {
            Part.Shown count = hesPartOf(8 + random.nextInt(2_000));
            BigDecimal step = BigDecimal.valueOf(new long[] {10, 100, 1_000}[random.nextInt(3)]);
            BigDecimal published = step.multiply(BigDecimal.valueOf(random.nextInt(400) - 200));
            BigDecimal half = step.divide(BigDecimal.TWO);
            Part.Shown sum = new Part.Shown(
                    published, new ExistenceInterval(published.subtract(half), published.add(half)), false);
            if (RatioStatistic.mean(FINE).of(sum, count) instanceof DerivedValue.Shown mean) {
                shown++;
                for (int i = 1; i < 50; i++) { // inside: the ends themselves belong to the neighbouring sums
                    BigDecimal inside = sum.known()
                            .lower()
                            .add(step.multiply(BigDecimal.valueOf(i)).divide(BigDecimal.valueOf(50)));
                    assertThat(values(count).stream().anyMatch(n -> rounds(inside, n, mean.value())))
                            .isTrue();
                }
                for (BigDecimal n : values(count)) {
                    BigDecimal middle = mean.value().multiply(n);
                    BigDecimal reach = BigDecimal.ONE
                            .scaleByPowerOfTen(-mean.value().scale())
                            .multiply(n)
                            .divide(BigDecimal.TWO);
                    assertThat(middle.add(reach).compareTo(sum.known().lower())).isNotNegative();
                    assertThat(middle.subtract(reach)
                                    .compareTo(
                                            Objects.requireNonNull(sum.known().upper())))
                            .isNotPositive();
                }
            }
        }
        assertThat(shown).isGreaterThan(200);
    }

    private static boolean rounds(BigDecimal sum, BigDecimal count, BigDecimal mean) {
        return sum.divide(count, mean.scale(), RoundingMode.HALF_UP).compareTo(mean) == 0;
    }

    @ParameterizedTest
    @CsvSource({
        // published numerator and denominator, each known to within 2; value
        "1000, 4000, 25.0",
        "1005, 2000, 50",
        "100, 400, 25",
        "10, 20, hidden",
        "5000, 40000, 12.50",
        "500000, 1000000, 50.000"
    })
    void precisionFollowsTheSizeOfTheParts(long above, long below, String value) {
        DerivedValue percentage =
                RatioStatistic.percentage(new Precision.Covering(6, 0)).of(within(above, 2), within(below, 2));
        if (value.equals("hidden")) {
            assertThat(percentage).isEqualTo(new DerivedValue.Hidden(Reason.PARTS_TOO_SMALL));
        } else {
            assertThat(percentage).isEqualTo(new DerivedValue.Shown(new BigDecimal(value)));
        }
    }

    @Test
    void exactPartsBearAnyPrecision() {
        Part three = Part.count(3, ExistenceInterval.of(3, 3));
        Part seven = Part.count(7, ExistenceInterval.of(7, 7));
        assertThat(RatioStatistic.percentage(FINE).of(three, seven))
                .isEqualTo(new DerivedValue.Shown(new BigDecimal("42.857143")));
    }

    @Test
    void whatIsHiddenUnboundedOrWithoutDenominatorIsHidden() {
        Part shown = within(1_000, 2);
        RatioStatistic mean = RatioStatistic.mean(FINE);
        assertThat(mean.of(new Part.Hidden(), shown)).isEqualTo(new DerivedValue.Hidden(Reason.HIDDEN_PART));
        assertThat(mean.of(shown, new Part.Hidden())).isEqualTo(new DerivedValue.Hidden(Reason.HIDDEN_PART));
        assertThat(mean.of(shown, Part.count(0, ExistenceInterval.of(0, 4))))
                .isEqualTo(new DerivedValue.Hidden(Reason.NO_DENOMINATOR));
        assertThat(mean.of(shown, Part.count(3, ExistenceInterval.of(0, 5))))
                .isEqualTo(new DerivedValue.Hidden(Reason.PARTS_TOO_SMALL));
        Part unbounded = Part.sum(BigDecimal.TEN, new ExistenceInterval(BigDecimal.ZERO, null));
        assertThat(mean.of(unbounded, shown)).isEqualTo(new DerivedValue.Hidden(Reason.PARTS_TOO_SMALL));
        assertThat(mean.of(shown, unbounded)).isEqualTo(new DerivedValue.Hidden(Reason.PARTS_TOO_SMALL));
    }

    /** More values than are looked at one by one: the steady rule is careful, and agrees where both apply. */
    @Test
    void wideIntervalsAreJudgedByTheirEnds() {
        Part above = within(30_000_000, 20_000);
        Part below = within(90_000_000, 20_000);
        DerivedValue percentage = RatioStatistic.percentage(FINE).of(above, below);
        assertThat(percentage).isEqualTo(new DerivedValue.Shown(new BigDecimal("33.3")));
    }

    @Test
    void parametersAreChecked() {
        assertThatThrownBy(() -> new Precision.Covering(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Precision.Covering(21, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Precision.ByDenominator(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Precision.ByDenominator(0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatioStatistic.rate(0, FINE)).isInstanceOf(IllegalArgumentException.class);
        ExistenceInterval halves = new ExistenceInterval(new BigDecimal("0.5"), BigDecimal.ONE);
        assertThatThrownBy(() -> Part.count(1, halves)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Part.Shown part(Random random, CountPerturbation perturbed, long count) {
        CellRounding rounding = random.nextBoolean() ? new NearestRounding(5, 0) : new MidpointRounding(6);
        if (random.nextInt(3) == 0) {
            CellKey people = count == 0 ? CellKey.NOBODY : new CellKey(random.nextLong(), count);
            long published = perturbed.publish(count, people);
            return new Part.Shown(BigDecimal.valueOf(published), perturbed.known(published), true);
        }
        long published = rounding.publish(count, CellKey.NOBODY);
        return new Part.Shown(BigDecimal.valueOf(published), rounding.known(published), true);
    }

    private static Part hesPart(long count) {
        return count > 0 && count < HES.leastShown() ? new Part.Hidden() : hesPartOf(count);
    }

    private static Part.Shown hesPartOf(long count) {
        long published = HES.publish(count, CellKey.NOBODY);
        return new Part.Shown(BigDecimal.valueOf(published), HES.known(published), true);
    }

    private static Part within(long published, long reach) {
        return Part.count(published, ExistenceInterval.of(published - reach, published + reach));
    }

    private static List<BigDecimal> values(Part.Shown part) {
        List<BigDecimal> values = new ArrayList<>();
        for (BigDecimal value = part.known().lower();
                value.compareTo(Objects.requireNonNull(part.known().upper())) <= 0;
                value = value.add(BigDecimal.ONE)) {
            values.add(value);
        }
        return values;
    }
}
