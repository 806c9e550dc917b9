package io.weir.disclosure.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for figures among many that add up to one, but for few people: with some twenty terms at most, whatever else was published beside. Which they
 * are is guessed greedily, by what is left over, and the guess is then proved in whole numbers. What is found is true; that nothing is found proves nothing.
 *
 * <p>A guess starts from the figures that are most alike, from a few and from many of them, and takes one after the other, the one that
 * leaves least (orthogonal least squares). Its coefficients are those that fit best without the buckets that fit worst, since few people may be left over.
 *
 * <p>Sources: Chen, Billings and Luo (1989), Orthogonal least squares methods and their application to non-linear system identification, International
 * Journal of Control 50(5); Rousseeuw (1984), Least median of squares regression, for trimming; Dwork, McSherry and Talwar (2007), The price of privacy and
 * the limits of LP decoding, for what such combinations tell.
 */
final class SparseCombination {
    /** Terms of a guess. */
    static final int MOST_TERMS = 24;

    static final int FEW_TERMS = 8;

    /** After how many terms it is looked whether a guess is right: terms too many have no coefficient. */
    private static final Set<Integer> LOOKED_AT = Set.of(1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, MOST_TERMS);

    /** For the place of a figure beside its likeness. */
    private static final int INDEX_BITS = 32;

    /** How many figures that are most alike a guess starts from. Fewer find what many distract from. */
    private static final List<Integer> FIELDS = List.of(128, 512);

    /** Coefficients are wholes, or wholes by a number up to this: 2 a = b + c. */
    private static final int FEW_PARTS = 4;

    /** And by a number up to this where they are plainly so. */
    private static final int MOST_PARTS = 100;

    private static final double PLAINLY = 1e-3;

    /** Fits without the worst buckets, each from the one before. */
    private static final int TRIMS = 3;

    /** What is left of a column beside others is nothing below this part of it. */
    private static final double NOTHING = 1e-9;

    private static final int WIDTH = Fingerprint.WIDTH;

    private final Vector figure;
    private final double[] sought;
    private final List<Vector> vectors;
    private final List<double[]> columns;
    private final int threshold;
    private final boolean single;
    private final List<Integer> fields;
    private final int mostTerms;

    /**
     * @param figure what is sought
     * @param vectors what it may be a combination of; none is empty
     * @param threshold people who may be left over are fewer
     * @param single whether each is added or taken once
     * @param mostTerms of a guess; with few it is only looked for among the most alike
     */
    SparseCombination(Vector figure, List<Vector> vectors, int threshold, boolean single, int mostTerms) {
        this.figure = figure;
        this.sought = figure.numbers();
        this.vectors = vectors;
        this.columns = vectors.stream().map(Vector::numbers).toList();
        this.threshold = threshold;
        this.single = single;
        this.fields = mostTerms <= FEW_TERMS ? FIELDS.subList(0, 1) : FIELDS;
        this.mostTerms = mostTerms;
    }

    /**
     * {@code parts} times the figure is about the sum of {@code coefficients} times the columns.
     *
     * @param columns those that have a coefficient, by index
     * @param left in how many buckets it is not
     */
    record Found(int parts, List<Integer> columns, List<Integer> coefficients, int left) {}

    /** One combination, if the search comes upon any. */
    Optional<Found> find() {
        int[] alike = byLikeness();
        int before = 0;
        for (int field : fields) {
            int size = Math.min(field, alike.length);
            if (size > before) {
                Found found = new Guess(Arrays.copyOf(alike, size)).find();
                if (found != null) {
                    return Optional.of(found);
                }
            }
            before = size;
        }
        return Optional.empty();
    }

    /** The most alike first, as many as are looked at. */
    private int[] byLikeness() {
        long[] order = new long[columns.size()];
        for (int c = 0; c < order.length; c++) {
            double[] column = columns.get(c);
            double product = Dot.of(column, sought);
            double likeness = product * product / Dot.of(column, column);
            // Positive doubles are in the order of their bits: of those that are alike to 2^-20 the first one comes
            // first.
            order[c] = -(Double.doubleToLongBits(likeness) & -1L << INDEX_BITS | (1L << INDEX_BITS) - 1 - c);
        }
        Arrays.sort(order);
        int[] alike = new int[Math.min(order.length, fields.getLast())];
        for (int i = 0; i < alike.length; i++) {
            alike[i] = (int) ((1L << INDEX_BITS) - 1 - (-order[i] & (1L << INDEX_BITS) - 1));
        }
        return alike;
    }

    /** One greedy search among some of the columns. */
    private final class Guess {
        private final int[] field;
        private final double[] rest = sought.clone();
        /** Of each column, the product with the rest and the square of what the chosen ones do not make up. */
        private final double[] products;

        private final double[] squares;
        private final double[] least;
        private final List<Integer> chosen = new ArrayList<>();
        private final List<double[]> directions = new ArrayList<>();

        private Guess(int[] field) {
            this.field = field;
            this.products = new double[field.length];
            this.squares = new double[field.length];
            this.least = new double[field.length];
            for (int c = 0; c < products.length; c++) {
                double[] column = columns.get(field[c]);
                products[c] = Dot.of(column, rest);
                squares[c] = Dot.of(column, column);
                least[c] = NOTHING * squares[c];
            }
        }

        private @Nullable Found find() {
            while (chosen.size() < mostTerms && choose()) {
                Found found = LOOKED_AT.contains(chosen.size()) ? fitted() : null;
                if (found != null) {
                    return found;
                }
            }
            return LOOKED_AT.contains(chosen.size()) ? null : fitted();
        }

        /** Takes the column that leaves least; false where none leaves less. */
        private boolean choose() {
            int best = -1;
            double most = 0;
            for (int c = 0; c < products.length; c++) {
                if (squares[c] > least[c]) {
                    double less = products[c] * products[c] / squares[c];
                    if (less > most) {
                        most = less;
                        best = c;
                    }
                }
            }
            if (best < 0) {
                return false;
            }
            double[] direction = columns.get(field[best]).clone();
            for (int again = 0; again < 2; again++) { // once is not exact enough
                directions.forEach(d -> Dot.take(direction, Dot.of(d, direction), d));
            }
            double length = Math.sqrt(Dot.of(direction, direction));
            squares[best] = 0;
            if (length == 0) {
                return choose();
            }
            for (int i = 0; i < WIDTH; i++) {
                direction[i] /= length;
            }
            directions.add(direction);
            chosen.add(field[best]);
            double along = Dot.of(direction, rest);
            Dot.take(rest, along, direction);
            for (int c = 0; c < products.length; c++) {
                if (squares[c] > least[c]) {
                    double part = Dot.of(direction, columns.get(field[c]));
                    squares[c] -= part * part;
                    products[c] -= part * along;
                }
            }
            return true;
        }

        /** The coefficients of the chosen ones, where they are wholes by which few people are left over. */
        private @Nullable Found fitted() {
            boolean[] kept = new boolean[WIDTH];
            Arrays.fill(kept, true);
            for (int trim = 0; trim <= TRIMS; trim++) {
                double[] coefficients = LeastSquares.fit(
                        sought, chosen.stream().map(columns::get).toList(), kept);
                for (int parts = 1; parts <= (single ? 1 : MOST_PARTS); parts++) {
                    Found found =
                            parts <= FEW_PARTS || areWholes(parts, coefficients) ? proved(parts, coefficients) : null;
                    if (found != null) {
                        return found;
                    }
                }
                trim(coefficients, kept);
            }
            return null;
        }

        private boolean areWholes(int parts, double[] coefficients) {
            for (double coefficient : coefficients) {
                double whole = parts * coefficient;
                if (Math.abs(whole - Math.rint(whole)) > PLAINLY) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable Found proved(int parts, double[] coefficients) {
            List<Integer> terms = new ArrayList<>();
            List<Integer> wholes = new ArrayList<>();
            for (int t = 0; t < coefficients.length; t++) {
                int whole = (int) Math.rint(parts * coefficients[t]);
                if (single && Math.abs(whole) > 1) {
                    return null;
                }
                if (whole != 0) {
                    terms.add(chosen.get(t));
                    wholes.add(whole);
                }
            }
            int left =
                    figure.left(parts, wholes, terms.stream().map(vectors::get).toList());
            return terms.isEmpty() || left >= threshold ? null : new Found(parts, terms, wholes, left);
        }

        /** Leaves out the buckets that fit worst. */
        private void trim(double[] coefficients, boolean[] kept) {
            double[] left = sought.clone();
            for (int t = 0; t < coefficients.length; t++) {
                Dot.take(left, coefficients[t], columns.get(chosen.get(t)));
            }
            Arrays.fill(kept, true);
            for (int t = 1; t < threshold; t++) {
                int worst = -1;
                for (int i = 0; i < WIDTH; i++) {
                    if (kept[i] && (worst < 0 || Math.abs(left[i]) > Math.abs(left[worst]))) {
                        worst = i;
                    }
                }
                kept[worst] = false;
            }
        }
    }
}
