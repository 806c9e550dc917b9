package io.weir.disclosure.interval;

/**
 * A linear relation between variables: their weighted sum lies between two bounds.
 *
 * @param variables distinct variable indices
 * @param coefficients one per variable, not zero
 * @param lower least value of the sum, possibly negative infinity
 * @param upper greatest value of the sum, possibly infinity
 */
public record Relation(int[] variables, double[] coefficients, double lower, double upper) {
    public Relation {
        if (variables.length != coefficients.length || lower > upper) {
            throw new IllegalArgumentException("A relation needs a coefficient per variable and ordered bounds");
        }
    }

    /** The weighted sum is exactly {@code value}. */
    public static Relation equal(int[] variables, double[] coefficients, double value) {
        return new Relation(variables, coefficients, value, value);
    }

    /** Whether only one value of the sum is possible. */
    public boolean isEquation() {
        return lower == upper;
    }

    double at(double[] point) {
        double sum = 0;
        for (int i = 0; i < variables.length; i++) {
            sum += coefficients[i] * point[variables[i]];
        }
        return sum;
    }
}
