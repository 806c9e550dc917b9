package io.weir.disclosure.cellkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.disclosure.cellkey.NoiseDistribution.Outcome;
import io.weir.disclosure.interval.ExistenceInterval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountPerturbationTest {
    /** Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, "Fictional example of a p-table". */
    static final String HANDBOOK = """
            i;j;p;v;p_int_lb;p_int_ub
            0;0;1;0;0;1
            1;0;0.5;-1;0;0.5
            1;2;0.5;1;0.5;1
            2;2;0.8;0;0;0.8
            2;3;0.2;1;0.8;1
            3;2;0.3;-1;0;0.3
            3;3;0.4;0;0.3;0.7
            3;4;0.3;1;0.7;1
            """;

    /** The same chapter: record keys 0.9, 0.3 and 0.6 make the cell key 0.8, and 3 becomes 4. */
    @Test
    void exampleOfTheHandbook() {
        CellKey cell = CellKey.NOBODY
                .with(Keys.fraction("0.9"))
                .with(Keys.fraction("0.3"))
                .with(Keys.fraction("0.6"));
        assertThat(cell.fraction()).isEqualTo(0.8, within(1e-15));
        CountPerturbation counts = new CountPerturbation(PerturbationTableText.read(HANDBOOK, "all"));
        assertThat(counts.publish(3, cell)).isEqualTo(4);
    }

    @Test
    void theLastDistributionHoldsForAllLargerCounts() {
        CountPerturbation counts = new CountPerturbation(PerturbationTableText.read(HANDBOOK, "all"));
        CellKey many = new CellKey(Keys.fraction("0.2").bits(), 12_326);
        assertThat(counts.publish(12_326, many)).isEqualTo(12_325);
    }

    @Test
    void aBorderOfKeysBelongsToTheUpperNoise() {
        CountPerturbation counts = new CountPerturbation(PerturbationTableText.read(HANDBOOK, "all"));
        assertThat(counts.publish(1, new CellKey(Long.MIN_VALUE, 1))).isEqualTo(2); // 0.5
        assertThat(counts.publish(1, new CellKey(Long.MAX_VALUE, 1))).isZero(); // just below
    }

    @Test
    void zeroStaysAndTheKeyMustBeOfThePeopleThatAreCounted() {
        CountPerturbation counts = new CountPerturbation(new CountNoise(5, 3, 2).table());
        assertThat(counts.publish(0, CellKey.NOBODY)).isZero();
        assertThatThrownBy(() -> counts.publish(0, Keys.people(0, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counts.publish(1, CellKey.NOBODY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counts.publish(2, Keys.people(0, 3))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTablesOfCountsAreTaken() {
        NoiseDistribution zero = new NoiseDistribution(0, List.of(new Outcome(0, 1)));
        NoiseDistribution two = new NoiseDistribution(2, List.of(new Outcome(0, 1)));
        NoiseDistribution half = new NoiseDistribution(1, List.of(new Outcome(0.5, 1)));
        assertThatThrownBy(() -> new CountPerturbation(new PerturbationTable(List.of(zero, two))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CountPerturbation(new PerturbationTable(List.of(zero, half))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSamePeopleGetTheSameNoiseHoweverTheyAreAskedFor() {
        CountPerturbation counts = new CountPerturbation(new CountNoise(5, 3, 2).table());
        CellKey asked = Keys.people(10, 60);
        CellKey askedInParts = Keys.people(30, 60).plus(Keys.people(10, 30));
        assertThat(counts.publish(50, asked)).isEqualTo(counts.publish(50, askedInParts));
    }

    /** What is known of a published count is exactly what could have been published as it. */
    @Test
    void intervalsAreThoseOfAnEnumeration() {
        for (CountNoise noise : List.of(new CountNoise(2, 0.9, 0), new CountNoise(5, 3, 2), new CountNoise(7, 4, 3))) {
            PerturbationTable table = noise.table();
            CountPerturbation counts = new CountPerturbation(table);
            long[] least = new long[60];
            long[] greatest = new long[60];
            java.util.Arrays.fill(least, -1);
            for (int count = 0; count < 50; count++) {
                NoiseDistribution own = table.distributions()
                        .get(Math.min(count, table.distributions().size() - 1));
                for (Outcome outcome : own.outcomes()) {
                    if (own.probability(outcome.noise()) == 0) {
                        continue; // less likely than one key of 2^53
                    }
                    int published = count + (int) outcome.noise();
                    least[published] = least[published] < 0 ? count : least[published];
                    greatest[published] = count;
                }
            }
            for (int published = 0; published <= 40; published++) {
                int value = published;
                if (least[published] < 0) {
                    assertThatThrownBy(() -> counts.known(value)).isInstanceOf(IllegalArgumentException.class);
                } else {
                    assertThat(counts.known(value))
                            .as("published %d", published)
                            .isEqualTo(ExistenceInterval.of(least[published], greatest[published]));
                    assertThat(greatest[published] - least[published]).isGreaterThanOrEqualTo(2);
                }
            }
        }
    }

    @Test
    void randomTablesAreUnbiasedBoundedAndNeverNegative() {
        Random random = new Random(17);
        int made = 0;
        for (int round = 0; round < 60; round++) {
            int maximum = 1 + random.nextInt(8);
            int blocked = random.nextInt(maximum);
            double variance = 0.5 + random.nextDouble() * maximum * maximum / 3;
            PerturbationTable table;
            try {
                table = new CountNoise(maximum, variance, blocked).table();
            } catch (IllegalArgumentException tooSmall) {
                assertThat(tooSmall).hasMessageContaining("variance is too small");
                continue;
            }
            made++;
            assertThat(table.isUnbiased(1e-9)).isTrue();
            assertThat(table.greatestNoise()).isEqualTo(maximum);
            for (NoiseDistribution distribution : table.distributions()) {
                assertThat(distribution.variance()).isLessThanOrEqualTo(variance + 1e-8);
                assertThat(distribution.original() == 0 || distribution.variance() > 0)
                        .isTrue();
                for (Outcome outcome : distribution.outcomes()) {
                    double result = distribution.original() + outcome.noise();
                    assertThat(result == 0 || result > blocked).isTrue();
                }
                if (distribution.original() > blocked) {
                    assertAscendsTowardsTheOriginal(distribution);
                }
            }
        }
        assertThat(made).isGreaterThan(30);
    }

    private static void assertAscendsTowardsTheOriginal(NoiseDistribution distribution) {
        double before = 0;
        for (Outcome outcome : distribution.outcomes()) {
            if (outcome.noise() <= 0) {
                double probability = distribution.probability(outcome.noise());
                assertThat(probability).isGreaterThanOrEqualTo(before - 1e-12);
                before = probability;
            }
        }
    }

    /** No step that keeps sum, mean and variance leads to more entropy: the definition, not the method. */
    @Test
    void entropyIsGreatest() {
        Random random = new Random(23);
        for (NoiseDistribution distribution : new CountNoise(4, NoiseVariance.exactly(2.5), 1, false, 0)
                .table()
                .distributions()) {
            List<Outcome> outcomes = distribution.outcomes();
            for (int attempt = 0; attempt < 200 && outcomes.size() > 3; attempt++) {
                double[] step = keepingMoments(outcomes, random);
                double own = entropy(distribution, step, 0);
                double moved = entropy(distribution, step, 1);
                assertThat(moved).as("original %s", distribution.original()).isLessThanOrEqualTo(own + 1e-12);
            }
        }
    }

    /** A small step over four neighbouring noises: third differences keep the first three moments of evenly spaced noises. */
    private static double[] keepingMoments(List<Outcome> outcomes, Random random) {
        double[] step = new double[outcomes.size()];
        int[] four =
                random.ints(0, outcomes.size()).distinct().limit(4).sorted().toArray();
        double size = 1e-7 * (random.nextBoolean() ? 1 : -1);
        for (int a : four) {
            double product = 1;
            for (int b : four) {
                product *=
                        a == b ? 1 : outcomes.get(a).noise() - outcomes.get(b).noise();
            }
            step[a] = size / product;
        }
        return step;
    }

    private static double entropy(NoiseDistribution distribution, double[] step, double times) {
        double sum = 0;
        for (int j = 0; j < step.length; j++) {
            double p = distribution.probability(distribution.outcomes().get(j).noise()) + times * step[j];
            sum -= p * Math.log(p);
        }
        return sum;
    }

    @Test
    void impossibleParametersAreRefusedWithTheReason() {
        assertThatThrownBy(() -> new CountNoise(5, 1.9, 2).table())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Original 1")
                .hasMessageContaining("too small");
        assertThatThrownBy(() -> new CountNoise(2, NoiseVariance.exactly(9), 0, true, 0).table())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> new CountNoise(2, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CountNoise(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CountNoise(2, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CountNoise(2, NoiseVariance.atMost(1), 0, true, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingPrintsAConfidentialNumber() {
        CountNoise noise = new CountNoise(7, 4, 3);
        PerturbationTable table = noise.table();
        assertThat(List.of(
                                noise,
                                table,
                                table.distributions().get(3),
                                table.distributions().get(3).outcomes(),
                                noise.variance())
                        .toString())
                .doesNotContainPattern("[0-9]");
    }
}
