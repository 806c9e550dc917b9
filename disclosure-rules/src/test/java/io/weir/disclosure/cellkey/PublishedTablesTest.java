package io.weir.disclosure.cellkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.disclosure.cellkey.NoiseDistribution.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Perturbation tables that others have published, made anew from their parameters: how many noises each has, and some of its probabilities, from
 * the smallest original to the greatest. Those of τ-ARGUS are in sdcTools/tauargus (commit 52aa4101), data/cellkey; D, V and js follow from their rows.
 */
class PublishedTablesTest {
    /** Frequency/20160511_szenario_5a.txt. No probability is below 1e-7 there, hence the difference. */
    @Test
    void scenarioOfTauArgus() {
        PerturbationTable table = new CountNoise(5, 2.001, 2).table();
        assertThat(noises(table)).isEqualTo(66);
        assertProbability(table, 1, -1, 0.666749933, 2e-6);
        assertProbability(table, 3, 0, 0.511339453, 2e-6);
        assertProbability(table, 4, -4, 0.045995212, 2e-6);
        assertProbability(table, 5, 1, 0.199224291, 2e-6);
        assertProbability(table, 8, 0, 0.281866418, 2e-6);
    }

    /** Frequency/tau_testW_ptable.txt; its variance is reached everywhere. */
    @Test
    void exactVarianceOfTauArgus() {
        PerturbationTable table = new CountNoise(7, NoiseVariance.exactly(4), 2, true, 0).table();
        assertThat(noises(table)).isEqualTo(113);
        assertProbability(table, 1, -1, 0.775078851, 1e-7);
        assertProbability(table, 2, 7, 0.000299927, 1e-7);
        assertProbability(table, 4, -1, 0.250647151, 1e-7);
        assertProbability(table, 7, 0, 0.193624733, 1e-7);
        assertProbability(table, 10, -7, 0.000442322, 1e-7);
    }

    /** Magnitude/ptab_freq.txt; half of all counts stay as they are. */
    @Test
    void countsThatStayOfTauArgus() {
        PerturbationTable table = new CountNoise(5, NoiseVariance.atMost(3), 2, true, 0.5).table();
        assertThat(noises(table)).isEqualTo(66);
        assertProbability(table, 1, -1, 0.73446954, 1e-6);
        assertProbability(table, 2, 1, 0.40664356, 1e-6);
        assertProbability(table, 4, -1, 0.1534042, 1e-6);
        assertProbability(table, 6, -3, 0.09063278, 1e-6);
        assertProbability(table, 8, 0, 0.5, 1e-6);
    }

    /** Magnitude/ptab_savings_all.txt. */
    @Test
    void magnitudesOfTauArgus() {
        PerturbationTable table = new MagnitudeNoise(5, 1, 2, List.of(1, 5)).table();
        assertThat(noises(table)).isEqualTo(35);
        assertProbability(table, 1, -1, 0.24006614, 1e-6);
        assertProbability(table, 1, 0.5, 0.10377025, 1e-6);
        assertProbability(table, 1, 5, 0.00126568, 1e-6);
        assertProbability(table, 5, 0, 0.19947079, 1e-6);
        assertProbability(table, 5, -2.5, 0.00876423, 1e-6);
    }

    /** Magnitude/ptab_savings_smallcells.txt. */
    @Test
    void magnitudesOfSmallCellsOfTauArgus() {
        PerturbationTable table = new MagnitudeNoise(8, 2, 2, List.of(1, 8)).table();
        assertThat(noises(table)).isEqualTo(53);
        assertProbability(table, 1, -1, 0.24385038, 1e-6);
        assertProbability(table, 1, 0.5, 0.09817932, 1e-6);
        assertProbability(table, 1, 8, 0.00010684, 1e-6);
        assertProbability(table, 8, 0, 0.14104742, 1e-6);
        assertProbability(table, 8, -4, 0.00258341, 1e-6);
    }

    /** ptable 1.0.0, vignette "Introduction to the ptable-Package" as published on CRAN: {@code create_cnt_ptable(D = 2, V = 1)}. */
    @Test
    void minimalExampleOfPtable() {
        PerturbationTable table = new CountNoise(2, 1, 0).table();
        assertThat(table.distributions()).hasSize(3);
        NoiseDistribution one = table.distributions().get(1);
        assertThat(one.probability(-1)).isEqualTo(0.3665, within(5e-5));
        assertThat(one.probability(0)).isEqualTo(0.3665, within(5e-5));
        assertThat(one.probability(1)).isEqualTo(0.1676, within(5e-5));
        assertThat(one.probability(2)).isEqualTo(0.0995, within(5e-5));
        assertThat(one.outcomes()).extracting(Outcome::upTo).satisfies(ends -> {
            assertThat(ends.get(0)).isEqualTo(0.366, within(1e-3));
            assertThat(ends.get(1)).isEqualTo(0.733, within(1e-3));
            assertThat(ends.get(2)).isEqualTo(0.901, within(1e-3));
        });
        assertThat(one.variance()).isEqualTo(0.932, within(5e-4));
        NoiseDistribution two = table.distributions().get(2);
        assertThat(two.probability(-2)).isEqualTo(0.0638, within(5e-5));
        assertThat(two.probability(0)).isEqualTo(0.383, within(5e-4));
        assertThat(two.variance()).isEqualTo(1, within(1e-8));
    }

    /** The same vignette, repository sdcTools/ptable at 0.3.3: the variance 0.9 is reached everywhere; a one with {@code js = 1, V = 1.08}. */
    @Test
    void furtherExamplesOfPtable() {
        List<NoiseDistribution> reached = new CountNoise(2, 0.9, 0).table().distributions();
        assertThat(reached.get(1).variance()).isEqualTo(0.9, within(1e-8));
        assertThat(reached.get(2).variance()).isEqualTo(0.9, within(1e-8));

        NoiseDistribution one = new CountNoise(2, NoiseVariance.atMost(1.08), 1, false, 0)
                .table()
                .distributions()
                .get(1);
        assertThat(one.probability(-1)).isEqualTo(0.5133, within(5e-5));
        assertThat(one.probability(1)).isEqualTo(0.46, within(5e-5));
        assertThat(one.probability(2)).isEqualTo(0.0267, within(5e-5));
    }

    /** sdcTools/cellKey, tests/testthat/test_countvars.R, "checking perturbation parameters for counts". */
    @Test
    void figuresOfTheCellKeyPackagesTest() {
        List<NoiseDistribution> distributions =
                new CountNoise(5, NoiseVariance.atMost(3), 2, true, 0.5).table().distributions();
        assertThat(distributions.getLast().original()).isEqualTo(8);
        int rows = 0;
        double noises = 0;
        double starts = 0;
        double ends = 0;
        for (NoiseDistribution distribution : distributions) {
            double start = 0;
            for (Outcome outcome : distribution.outcomes()) {
                rows++;
                noises += outcome.noise();
                starts += start;
                ends += outcome.upTo();
                start = outcome.upTo();
            }
        }
        assertThat(rows).isEqualTo(66);
        assertThat((double) distributions.size() / rows).isEqualTo(0.136, within(5e-4));
        assertThat(starts / rows).isEqualTo(0.562, within(5e-4));
        assertThat(ends / rows).isEqualTo(0.698, within(5e-4));
        assertThat(noises / rows).isEqualTo(1.045, within(5e-4));
    }

    private static int noises(PerturbationTable table) {
        return table.distributions().stream()
                .mapToInt(distribution -> distribution.outcomes().size())
                .sum();
    }

    private static void assertProbability(
            PerturbationTable table, double original, double noise, double published, double precision) {
        NoiseDistribution found = table.distributions().stream()
                .filter(distribution -> distribution.original() == original)
                .findFirst()
                .orElseThrow();
        assertThat(found.probability(noise))
                .as("original %s, noise %s", original, noise)
                .isEqualTo(published, within(precision));
    }
}
