package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The groups of a table, and what they can make together. As long as they are fewer than the buckets by a margin, which of them make a figure is no guess: the figure is projected onto what no sum of groups
 * reaches, and what is left of it there tells in which few buckets it differs from one.
 *
 * <p>Source: Candès and Tao (2005), Decoding by linear programming, for errors that are few beside more equations than unknowns; here they are found greedily, the largest first.
 */
final class GroupSpan {
    /** Enough equations are left over for as many people as a threshold has. */
    static final int MOST_GROUPS = Fingerprint.WIDTH - 20;

    /** Of a figure's length; less is nothing. */
    private static final double NOTHING = 1e-8;

    private static final double WHOLE = 1e-3;

    private static final int WIDTH = Fingerprint.WIDTH;

    private final List<Vector> groups;
    private final List<double[]> numbers;
    private final int threshold;
    /** Orthogonal, and as long as one: they reach what the groups reach. */
    private final List<double[]> reached;
    /** Of each bucket, the square of what no groups reach of it. */
    private final double[] beyond = new double[WIDTH];

    /** @param threshold of people in whom a figure may differ are fewer */
    GroupSpan(List<Vector> groups, int threshold) {
        this.groups = List.copyOf(groups);
        this.numbers = this.groups.stream().map(Vector::numbers).toList();
        this.threshold = threshold;
        this.reached = directions(numbers);
        Arrays.fill(beyond, 1);
        for (double[] direction : reached) {
            for (int i = 0; i < WIDTH; i++) {
                beyond[i] -= direction[i] * direction[i];
            }
        }
    }

    private static List<double[]> directions(List<double[]> groups) {
        List<double[]> directions = new ArrayList<>();
        for (double[] group : groups) {
            double[] direction = group.clone();
            double whole = length(group);
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

    /** Takes what these reach out of a vector; once is not exact enough. */
    private static void takeOut(List<double[]> directions, double[] vector) {
        for (int again = 0; again < 2; again++) {
            for (double[] direction : directions) {
                Dot.take(vector, Dot.of(direction, vector), direction);
            }
        }
    }

    /** How many figures it keeps of the size of a fingerprint, about. */
    int size() {
        return reached.size() + 1;
    }

    /** The groups that make the figure, but for fewer people than the threshold. */
    Optional<Found> making(Vector figure) {
        boolean[] kept = new boolean[WIDTH];
        Arrays.fill(kept, true);
        return isMade(figure.numbers(), kept)
                ? proved(figure, LeastSquares.fit(figure.numbers(), numbers, kept))
                : Optional.empty();
    }

    /** @param kept is set to the buckets in which it is made of groups */
    private boolean isMade(double[] figure, boolean[] kept) {
        double[] rest = figure.clone();
        takeOut(reached, rest);
        double nothing = NOTHING * length(figure);
        List<double[]> wrong = new ArrayList<>();
        while (length(rest) > nothing) {
            int worst = -1;
            double most = 0;
            for (int i = 0; i < WIDTH; i++) {
                double share = beyond[i] > NOTHING ? rest[i] * rest[i] / beyond[i] : 0;
                if (kept[i] && share > most) {
                    most = share;
                    worst = i;
                }
            }
            if (worst < 0 || wrong.size() + 1 >= threshold) {
                return false;
            }
            kept[worst] = false;
            double[] direction = new double[WIDTH];
            direction[worst] = 1;
            takeOut(reached, direction);
            takeOut(wrong, direction);
            double length = length(direction);
            if (length * length > NOTHING) {
                for (int i = 0; i < WIDTH; i++) {
                    direction[i] /= length;
                }
                Dot.take(rest, Dot.of(direction, rest), direction);
                wrong.add(direction);
            }
        }
        return true;
    }

    private Optional<Found> proved(Vector figure, double[] coefficients) {
        List<Integer> terms = new ArrayList<>();
        List<Integer> wholes = new ArrayList<>();
        for (int g = 0; g < coefficients.length; g++) {
            double whole = Math.rint(coefficients[g]);
            if (Math.abs(coefficients[g] - whole) > WHOLE) {
                return Optional.empty();
            }
            if (whole != 0) {
                terms.add(g);
                wholes.add((int) whole);
            }
        }
        int left = figure.left(1, wholes, terms.stream().map(groups::get).toList());
        return left < threshold ? Optional.of(new Found(1, terms, wholes, left)) : Optional.empty();
    }

    private static double length(double[] vector) {
        return Math.sqrt(Dot.of(vector, vector));
    }
}
