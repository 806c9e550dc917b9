package io.weir.sdc.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a sum that no numbers within their bounds fulfil, narrowing the bounds by one sum after the other (B. Buzzigoli and A. Giusti, 1999). What it finds
 * contradicts itself; a contradiction of several sums together it can miss. One thread.
 */
final class Clash {
    private static final int ROUNDS = 20;
    private static final double NOISE = 1e-6;

    private final double[] lower;
    private final double[] upper;
    private final List<Attack.Sum> sums;

    Clash(double[] lower, double[] upper, List<Attack.Sum> sums) {
        this.lower = sums.size() == 1 ? lower : lower.clone();
        this.upper = sums.size() == 1 ? upper : upper.clone();
        this.sums = sums;
    }

    /** The cells of the sum; empty when none was found. */
    Optional<List<Integer>> cells() {
        boolean changed = true;
        for (int round = 0; changed && round < ROUNDS; round++) {
            changed = false;
            for (Attack.Sum sum : sums) {
                if (exceeds(sum.left(), sum.right()) || (sum.equal() && exceeds(sum.right(), sum.left()))) {
                    return Optional.of(of(sum));
                }
                if (sums.size() > 1) {
                    changed |= narrow(sum.left(), sum.right());
                    changed |= sum.equal() && narrow(sum.right(), sum.left());
                }
            }
        }
        return Optional.empty();
    }

    static List<Integer> of(Attack.Sum sum) {
        List<Integer> cells = new ArrayList<>();
        for (int cell : sum.left()) {
            cells.add(cell);
        }
        for (int cell : sum.right()) {
            cells.add(cell);
        }
        return cells;
    }

    private boolean exceeds(int[] less, int[] more) {
        double least = total(lower, less);
        double most = total(upper, more);
        return least > most + NOISE * Math.max(1, Math.abs(most));
    }

    /** That the cells of one side are together at most those of the other. */
    private boolean narrow(int[] less, int[] more) {
        boolean changed = false;
        double least = total(lower, less);
        double most = total(upper, more);
        for (int cell : less) {
            double bound = most - (least - lower[cell]);
            if (bound < upper[cell] - noise(bound)) {
                upper[cell] = bound;
                changed = true;
            }
        }
        for (int cell : more) {
            double bound = least - (most - upper[cell]);
            if (Double.isFinite(bound) && bound > lower[cell] + noise(bound)) {
                lower[cell] = bound;
                changed = true;
            }
        }
        return changed;
    }

    private static double noise(double bound) {
        return NOISE * Math.max(1, Math.abs(bound));
    }

    private static double total(double[] bounds, int[] cells) {
        double total = 0;
        for (int cell : cells) {
            total += bounds[cell];
        }
        return total;
    }
}
