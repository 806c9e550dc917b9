package io.weir.disclosure.interval;

/**
 * The values that one variable can take.
 *
 * @param lower least value
 * @param upper greatest value, possibly infinity
 */
public record FeasibleInterval(double lower, double upper) {
    public double width() {
        return upper - lower;
    }
}
