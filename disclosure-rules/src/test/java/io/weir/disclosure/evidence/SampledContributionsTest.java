package io.weir.disclosure.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.evidence.SampledContributions.Sampled;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampledContributionsTest {

    /** With whole weights the evidence is that of the population that the sample stands for, but for the number of people. */
    @Test
    void wholeWeightsAreCopies() {
        Random random = new Random(4711);
        for (int i = 0; i < 2_000; i++) {
            List<Sampled> sample = new ArrayList<>();
            List<BigDecimal> copies = new ArrayList<>();
            for (int subject = 1 + random.nextInt(5); subject > 0; subject--) {
                BigDecimal amount = BigDecimal.valueOf(random.nextInt(200) - 60);
                int weight = 1 + random.nextInt(4);
                sample.add(new Sampled(amount, BigDecimal.valueOf(weight)));
                for (int copy = 0; copy < weight; copy++) {
                    copies.add(amount.abs());
                }
            }
            copies.sort(Comparator.reverseOrder());
            Evidence evidence = SampledContributions.evidence(sample, false);
            assertThat(evidence.largest()).isEqualByComparingTo(copies.getFirst());
            assertThat(evidence.secondLargest())
                    .isEqualByComparingTo(copies.size() < 2 ? BigDecimal.ZERO : copies.get(1));
            assertThat(evidence.absoluteTotal())
                    .isEqualByComparingTo(copies.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(evidence.contributingUnits()).isEqualTo(sample.size());
        }
    }

    /** Broken weights of at least one: in order and within their total. */
    @Test
    void brokenWeightsStayWithinTheTotalAndPublishedOnesCoverLess() {
        Random random = new Random(4712);
        for (int i = 0; i < 2_000; i++) {
            List<Sampled> sample = new ArrayList<>();
            for (int subject = 1 + random.nextInt(5); subject > 0; subject--) {
                sample.add(new Sampled(
                        BigDecimal.valueOf(random.nextInt(200)), BigDecimal.valueOf(100 + random.nextInt(300), 2)));
            }
            Evidence hidden = SampledContributions.evidence(sample, false);
            Evidence published = SampledContributions.evidence(sample, true);
            assertThat(hidden.secondLargest()).isLessThanOrEqualTo(hidden.largest());
            assertThat(others(hidden)).isGreaterThanOrEqualTo(BigDecimal.ZERO);
            assertThat(others(published)).isLessThanOrEqualTo(others(hidden)).isGreaterThanOrEqualTo(BigDecimal.ZERO);
        }
    }

    private static BigDecimal others(Evidence evidence) {
        return Objects.requireNonNull(evidence.absoluteTotal())
                .subtract(Objects.requireNonNull(evidence.largest()))
                .subtract(Objects.requireNonNull(evidence.secondLargest()));
    }
}
