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

    private static final double WHOLE = 1e-3;

    private static final int WIDTH = Fingerprint.WIDTH;

    private final List<Vector> groups;
    private final List<double[]> numbers;
    private final int threshold;
    private final Unreached unreached;

    /** @param threshold of people in whom a figure may differ are fewer */
    GroupSpan(List<Vector> groups, int threshold) {
        this.groups = List.copyOf(groups);
        this.numbers = this.groups.stream().map(Vector::numbers).toList();
        this.threshold = threshold;
        this.unreached = new Unreached(numbers);
    }

    /** How many figures it keeps of the size of a fingerprint, about. */
    int size() {
        return unreached.size() + 1;
    }

    /** The groups that make the figure, but for fewer people than the threshold. */
    Optional<Found> making(Vector figure) {
        return making(figure, beyond(figure.numbers()));
    }

    /** @param rest what no sum of groups reaches of the figure: as {@link #beyond(double[])} has it */
    Optional<Found> making(Vector figure, double[] rest) {
        boolean[] kept = all();
        return isMade(figure.numbers(), rest, kept)
                ? proved(figure, LeastSquares.fit(figure.numbers(), numbers, kept))
                : Optional.empty();
    }

    /** Whether a sum of groups is near, though it may be of parts of them: the first thing that is looked at. */
    boolean mayMake(double[] figure, double[] rest) {
        return isMade(figure, rest, all());
    }

    private static boolean[] all() {
        boolean[] kept = new boolean[WIDTH];
        Arrays.fill(kept, true);
        return kept;
    }

    /** What no sum of groups reaches: of a sum of figures it is the sum. */
    double[] beyond(double[] figure) {
        return unreached.of(figure);
    }

    /** @param kept is set to the buckets in which it is made of groups */
    private boolean isMade(double[] figure, double[] left, boolean[] kept) {
        double nothing = Unreached.NOTHING * Unreached.length(figure);
        double[] rest = left.clone();
        List<double[]> wrong = new ArrayList<>();
        while (Unreached.length(rest) > nothing) {
            int worst = worst(rest, kept);
            if (worst < 0 || wrong.size() + 1 >= threshold) {
                return false;
            }
            kept[worst] = false;
            double[] direction = unreached.ofBucket(worst);
            Unreached.takeOut(wrong, direction);
            double length = Unreached.length(direction);
            if (length * length > Unreached.NOTHING) {
                for (int i = 0; i < WIDTH; i++) {
                    direction[i] /= length;
                }
                Dot.take(rest, Dot.of(direction, rest), direction);
                wrong.add(direction);
            }
        }
        return true;
    }

    /** The bucket without which least is left; negative if there is none. */
    private int worst(double[] rest, boolean[] kept) {
        int worst = -1;
        double most = 0;
        for (int i = 0; i < WIDTH; i++) {
            double square = unreached.squareOfBucket(i);
            double share = square > Unreached.NOTHING ? rest[i] * rest[i] / square : 0;
            if (kept[i] && share > most) {
                most = share;
                worst = i;
            }
        }
        return worst;
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
}
