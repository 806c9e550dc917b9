package io.weir.disclosure.evidence;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * Says that the largest contributions were found in a sample with weights, by {@link #evidence}. Owners cannot be told apart then: the
 * contributions stand for subjects that are not in the sample.
 *
 * <p>A subject of weight w stands for w subjects of the same contribution; the two largest of those that it stands for are the two largest
 * contributions, a broken weight filling its place together with the next subject. Where the weights themselves are published, what a subject
 * stands for beside itself is no cover, and is left out of the total. The number of contributors is that of the sample, without weights.
 *
 * <p>Source: Handbook on Statistical Disclosure Control (2nd ed.), section 4.2.2, sampling weights. The handbook leaves open how broken weights
 * are extended; a weight below one makes the two largest exceed their total at times, and the checks then ask for a review.
 *
 * @param weightsPublished whether analysts know the weights
 */
public record SampledContributions(boolean weightsPublished) implements Particular {

    /**
     * One subject of the sample.
     *
     * @param amount its contribution, of either sign
     * @param weight its sampling weight, positive
     */
    public record Sampled(BigDecimal amount, BigDecimal weight) {
        public Sampled {
            if (weight.signum() <= 0) {
                throw new IllegalArgumentException("A sampling weight is positive");
            }
        }

        @Override
        public String toString() {
            return "Sampled[***]";
        }
    }

    /** Evidence of a weighted sum, one entry per contributing subject of the sample. */
    public static Evidence evidence(List<Sampled> sample, boolean weightsPublished) {
        List<Sampled> bySize = sample.stream()
                .sorted(Comparator.comparing((Sampled s) -> s.amount().abs()).reversed())
                .toList();
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        boolean negatives = false;
        for (Sampled sampled : bySize) {
            value = value.add(sampled.amount().multiply(sampled.weight()));
            total = total.add(sampled.amount().abs().multiply(sampled.weight()));
            negatives |= sampled.amount().signum() < 0;
        }
        BigDecimal largest =
                bySize.isEmpty() ? BigDecimal.ZERO : bySize.getFirst().amount().abs();
        BigDecimal second = weightsPublished ? secondOf(bySize) : secondPlace(bySize);
        if (weightsPublished) {
            for (Sampled sampled : bySize.subList(0, Math.min(2, bySize.size()))) {
                BigDecimal others = sampled.weight().subtract(BigDecimal.ONE);
                total = total.subtract(sampled.amount().abs().multiply(others));
            }
        }
        return new Evidence(bySize.isEmpty() ? null : value, (long) bySize.size(), largest, second, total, negatives)
                .with(new SampledContributions(weightsPublished));
    }

    private static BigDecimal secondOf(List<Sampled> bySize) {
        return bySize.size() < 2 ? BigDecimal.ZERO : bySize.get(1).amount().abs();
    }

    /** What fills the second place when the first one is taken by the largest alone. */
    private static BigDecimal secondPlace(List<Sampled> bySize) {
        BigDecimal filled = BigDecimal.ZERO;
        BigDecimal room = BigDecimal.ONE;
        for (int index = 0; index < bySize.size() && room.signum() > 0; index++) {
            Sampled sampled = bySize.get(index);
            BigDecimal copies = index == 0 ? sampled.weight().subtract(BigDecimal.ONE) : sampled.weight();
            // Who stands for less than one subject is one subject all the same.
            BigDecimal share = index == 0
                    ? copies.max(BigDecimal.ZERO).min(room)
                    : copies.max(BigDecimal.ONE).min(room);
            filled = filled.add(sampled.amount().abs().multiply(share));
            room = room.subtract(share);
        }
        return filled;
    }
}
