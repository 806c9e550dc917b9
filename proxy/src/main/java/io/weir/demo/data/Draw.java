package io.weir.demo.data;

import java.util.SplittableRandom;

/**
 * A stream of random numbers that is the same on every machine: SplittableRandom's algorithm is specified, and only StrictMath is used on
 * top of it.
 */
final class Draw {
    private final SplittableRandom random;

    Draw(long seed, String purpose) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ purpose.hashCode());
    }

    SplittableRandom random() {
        return random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From zero to {@code bound - 1}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code low} to {@code high}, both possible. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    int index(Weighted weights) {
        return weights.draw(random);
    }

    String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    /** Standard normal, by Box and Muller. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    /** Log-normal with this median. */
    double spread(double median, double sigma) {
        return median * StrictMath.exp(sigma * normal());
    }
}
