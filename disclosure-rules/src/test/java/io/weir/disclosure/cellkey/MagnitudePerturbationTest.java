package io.weir.disclosure.cellkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MagnitudePerturbationTest {
    private static final PerturbationTable TABLE = new MagnitudeNoise(10, 3, 2, List.of(1, 5, 10)).table();
    private static final Multiplier FLEX = new Multiplier.Flex(1000, 0.20, 0.03, 2);
    private static final MagnitudePerturbation TOP_THREE =
            new MagnitudePerturbation(TABLE, FLEX, List.of(1.0, 0.5, 0.3), false, BigDecimal.ONE);

    /** Handbook on Statistical Disclosure Control (2nd ed.), chapter 4, look-up step: 300 with 200 as the largest, key 0.8. */
    @Test
    void examplesOfTheHandbook() {
        PerturbationTable table = PerturbationTableText.read(CountPerturbationTest.HANDBOOK, "all");
        CellKey key = new CellKey(Keys.fraction("0.8000001").bits(), 5);
        BigDecimal sum = BigDecimal.valueOf(300);
        List<BigDecimal> largest = List.of(BigDecimal.valueOf(200));
        assertThat(one(table, 0.5).publish(sum, largest, key)).isEqualByComparingTo("400");
        // 0.8 is a border of the noise of 2, which the Handbook gives to the lower noise, and this library to the upper
        // one.
        CellKey below = new CellKey(Keys.fraction("0.7999999").bits(), 5);
        assertThat(one(table, 0.6).publish(sum, largest, below).doubleValue()).isEqualTo(360, within(1e-9));
    }

    @Test
    void theFlexFunctionIsContinuousAndFallsFromSmallToLarge() {
        assertThat(FLEX.of(1)).isEqualTo(0.20);
        assertThat(FLEX.of(1000)).isEqualTo(0.20);
        assertThat(FLEX.of(1000.0001)).isEqualTo(0.20, within(1e-6));
        assertThat(FLEX.of(1e9)).isEqualTo(0.03, within(1e-4));
        // From 2 · 0.2 / 0.17 on the share falls from the flex point; below it rises a little first.
        Multiplier steep = new Multiplier.Flex(1000, 0.20, 0.03, 2.36);
        double before = 0.2000001;
        for (double contribution = 1; contribution < 1e6; contribution *= 1.1) {
            double own = steep.of(contribution);
            assertThat(own).isBetween(0.03, before);
            before = own;
            assertThat(FLEX.of(contribution)).isBetween(0.03, 0.21);
        }
    }

    @Test
    void sumsAreUnbiasedKeepTheirSignAndStayWithinTheInterval() {
        Random random = new Random(11);
        double noise = 0;
        double spread = 0;
        int cells = 4_000;
        for (int cell = 0; cell < cells; cell++) {
            List<BigDecimal> contributions = contributions(random, 1 + random.nextInt(6), cell % 2 == 0 ? 1 : -1);
            BigDecimal sum = contributions.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            CellKey key = Keys.people(cell * 10, cell * 10 + contributions.size());
            BigDecimal published = TOP_THREE.publish(sum, contributions, key);
            assertThat(published.signum() * sum.signum()).isNotNegative();
            assertThat(TOP_THREE.known(published, contributions, key).contains(sum))
                    .isTrue();
            double relative = (published.doubleValue() - sum.doubleValue())
                    / contributions.getFirst().doubleValue();
            noise += relative;
            spread += relative * relative;
        }
        double deviation = Math.sqrt(spread / cells);
        assertThat(noise / cells).isEqualTo(0, within(4 * deviation / Math.sqrt(cells)));
        assertThat(deviation).isGreaterThan(0.05);
    }

    /** A single contributor's value is not had from the sum; a sum of many equal ones hardly changes. */
    @Test
    void noiseIsAsLargeAsTheLargestContribution() {
        int near = 0;
        for (int cell = 0; cell < 1_000; cell++) {
            BigDecimal alone = BigDecimal.valueOf(800);
            double published = TOP_THREE
                    .publish(alone, List.of(alone), Keys.people(cell, cell + 1))
                    .doubleValue();
            near += Math.abs(published - 800) < 8 ? 1 : 0;
        }
        assertThat(near).isLessThan(350);

        BigDecimal share = BigDecimal.valueOf(8);
        double together = TOP_THREE
                .publish(BigDecimal.valueOf(8 * 1_000), List.of(share, share, share), Keys.people(0, 1_000))
                .doubleValue();
        assertThat(together).isEqualTo(8_000, within(0.2 * 8 * 10 * 1.8));
    }

    @Test
    void theCountsNoiseDoesNotTellTheSumsNoise() {
        CellKey key = Keys.people(0, 20);
        assertThat(key.derived(1)).isNotEqualTo(key);
        assertThat(key.derived(1)).isEqualTo(Keys.people(0, 20).derived(1));
        assertThat(key.derived(2)).isNotEqualTo(key.derived(1));
        int same = 0;
        for (int cell = 0; cell < 1_000; cell++) {
            CellKey own = Keys.people(cell, cell + 1);
            same += Math.abs(own.fraction() - own.derived(1).fraction()) < 0.1 ? 1 : 0;
        }
        assertThat(same).isBetween(140, 240); // 0.19 of independent pairs
    }

    @Test
    void zeroStays() {
        BigDecimal five = BigDecimal.valueOf(5);
        assertThat(TOP_THREE.publish(BigDecimal.ZERO, List.of(five, five.negate()), Keys.people(0, 2)))
                .isEqualByComparingTo("0");
        assertThat(TOP_THREE.publish(BigDecimal.ZERO, List.of(BigDecimal.ZERO), Keys.people(0, 1)))
                .isEqualByComparingTo("0");
        assertThat(TOP_THREE.publish(BigDecimal.ZERO, List.of(), CellKey.NOBODY))
                .isEqualByComparingTo("0");
    }

    @Test
    void contributionsMustBeThoseOfTheKey() {
        BigDecimal one = BigDecimal.ONE;
        BigDecimal two = BigDecimal.TWO;
        assertThatThrownBy(() -> TOP_THREE.publish(two, List.of(one), Keys.people(0, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TOP_THREE.publish(two, List.of(one, one), Keys.people(0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TOP_THREE.publish(two, List.of(one, two), Keys.people(0, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * An attacker knows the table, the share and that the truth is one whole amount of one person. Leading back every noise from an unrounded sum
     * mostly leaves the truth and few others; from a rounded one it leaves many.
     */
    @Test
    void unroundedSumsWouldBeUnpicked() {
        assertThat(meanCandidates("0.0001")).isLessThan(4);
        assertThat(meanCandidates("20")).isGreaterThan(100);
    }

    private static double meanCandidates(String step) {
        MagnitudePerturbation perturbation = new MagnitudePerturbation(
                TABLE, new Multiplier.Constant(0.0731), List.of(1.0), false, new BigDecimal(step));
        double half = Double.parseDouble(step) / 2 + 1e-9;
        long candidates = 0;
        int people = 200;
        for (int person = 0; person < people; person++) {
            BigDecimal truth = BigDecimal.valueOf(1_001 + 7L * person);
            CellKey key = Keys.people(person, person + 1);
            double published = perturbation.publish(truth, List.of(truth), key).doubleValue();
            for (long guess = 1; guess < 6_000; guess++) {
                double own = guess;
                boolean possible = TABLE.distributions().getLast().outcomes().stream()
                        .anyMatch(outcome -> Math.abs(own * (1 + 0.0731 * outcome.noise()) - published) <= half);
                candidates += possible ? 1 : 0;
            }
        }
        return (double) candidates / people;
    }

    @Test
    void contributionsTooSmallForTheSumAreRefused() {
        assertThatThrownBy(() -> TOP_THREE.publish(BigDecimal.TEN, List.of(), CellKey.NOBODY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TOP_THREE.publish(BigDecimal.TEN, List.of(BigDecimal.ZERO), Keys.people(0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TOP_THREE.publish(
                        BigDecimal.TEN, List.of(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE), Keys.people(0, 9)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parametersAreChecked() {
        assertThatThrownBy(() -> new MagnitudePerturbation(TABLE, FLEX, List.of(1.0), false, BigDecimal.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        for (List<Double> weights : List.of(
                List.<Double>of(),
                List.of(0.5),
                List.of(1.0, 0.3, 0.5),
                List.of(1.0, -0.1),
                Collections.nCopies(7, 1.0))) {
            assertThatThrownBy(() -> new MagnitudePerturbation(TABLE, FLEX, weights, false, BigDecimal.ONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Multiplier.Flex(0, 0.2, 0.1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Multiplier.Flex(1, 0.1, 0.2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Multiplier.Flex(1, 0.2, 0.1, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Multiplier.Constant(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MagnitudeNoise(5, 1, 10, List.of(1, 5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MagnitudeNoise(5, 1, 2, List.of(1, 4)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MagnitudePerturbation one(PerturbationTable table, double share) {
        return new MagnitudePerturbation(table, new Multiplier.Constant(share), List.of(1.0), true, BigDecimal.ONE);
    }

    private static List<BigDecimal> contributions(Random random, int count, int sign) {
        List<BigDecimal> contributions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            contributions.add(BigDecimal.valueOf(sign * (1 + random.nextInt(5_000))));
        }
        contributions.sort((left, right) -> right.abs().compareTo(left.abs()));
        return contributions;
    }
}
