package io.weir.disclosure.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What no sum of some vectors reaches of another: the projection onto what is orthogonal to all of them. Of many vectors the projection itself is kept, of which a single bucket is a column that is
 * there already; of few, directions that they reach.
 */
final class Unreached {
    private static final int WIDTH = Fingerprint.WIDTH;

    /** Of a vector's length; less is nothing. */
    static final double NOTHING = 1e-8;

    /** Of so many the projection takes no more room. */
    private static final int MANY = WIDTH / 4;

    /** Orthogonal, and as long as one. */
    private final List<double[]> reached;
    /** The lower half of a symmetric matrix. */
    private final double @Nullable [][] projection;

    private final double[] diagonal = new double[WIDTH];

    Unreached(List<double[]> vectors) {
        List<double[]> directions = directions(vectors);
        this.projection = directions.size() < MANY ? null : projection(directions);
        this.reached = projection == null ? directions : List.of();
        for (int i = 0; i < WIDTH; i++) {
            diagonal[i] = 1;
            for (double[] direction : directions) {
                diagonal[i] -= direction[i] * direction[i];
            }
        }
    }

    private static List<double[]> directions(List<double[]> vectors) {
        List<double[]> directions = new ArrayList<>();
        for (double[] vector : vectors) {
            double[] direction = vector.clone();
            double whole = length(vector);
            takeOut(directions, direction);
            double length = length(direction);
            if (length > NOTHING * whole) {
                for (int i = 0; i < WIDTH; i++) {
                    direction[i] /= length;
                }
                directions.add(direction);
            }
        }
        return directions;
    }

    private static double[][] projection(List<double[]> directions) {
        double[][] lower = new double[WIDTH][];
        for (int i = 0; i < WIDTH; i++) {
            lower[i] = new double[i + 1];
            lower[i][i] = 1;
        }
        for (double[] direction : directions) {
            for (int i = 0; i < WIDTH; i++) {
                double factor = direction[i];
                double[] row = lower[i];
                for (int j = 0; j <= i; j++) {
                    row[j] -= factor * direction[j];
                }
            }
        }
        return lower;
    }

    /** Takes what these reach out of a vector; once is not exact enough. */
    static void takeOut(List<double[]> directions, double[] vector) {
        for (int again = 0; again < 2; again++) {
            for (double[] direction : directions) {
                Dot.take(vector, Dot.of(direction, vector), direction);
            }
        }
    }

    static double length(double[] vector) {
        return Math.sqrt(Dot.of(vector, vector));
    }

    /** Of a vector; of a sum it is the sum. */
    double[] of(double[] vector) {
        double[] rest;
        if (projection == null) {
            rest = vector.clone();
            takeOut(reached, rest);
        } else {
            rest = new double[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                double[] row = projection[i];
                double own = vector[i];
                double sum = 0;
                for (int j = 0; j < i; j++) {
                    sum += row[j] * vector[j];
                    rest[j] += row[j] * own;
                }
                rest[i] += sum + row[i] * own;
            }
        }
        return rest;
    }

    /** Of a vector that has one in a bucket, and nothing in others. */
    double[] ofBucket(int bucket) {
        double[] rest = new double[WIDTH];
        if (projection == null) {
            rest[bucket] = 1;
            for (double[] direction : reached) {
                Dot.take(rest, direction[bucket], direction);
            }
        } else {
            System.arraycopy(projection[bucket], 0, rest, 0, bucket + 1);
            for (int j = bucket + 1; j < WIDTH; j++) {
                rest[j] = projection[j][bucket];
            }
        }
        return rest;
    }

    /** The square of the length of {@link #ofBucket}. */
    double squareOfBucket(int bucket) {
        return diagonal[bucket];
    }

    /** How many vectors it takes the room of, about. */
    int size() {
        return projection == null ? reached.size() : WIDTH / 2;
    }
}
