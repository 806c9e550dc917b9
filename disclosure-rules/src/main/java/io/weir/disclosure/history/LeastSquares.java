package io.weir.disclosure.history;

import java.util.List;

/** The combination of columns that is nearest to a figure in the sum of squares, by normal equations. */
final class LeastSquares {
    /** Below this part of a diagonal element nothing of it is left. */
    private static final double SINGULAR = 1e-11;

    private LeastSquares() {}

    /**
     * @param rows which count
     * @return one coefficient a column; nothing for a column that depends on those before it
     */
    static double[] fit(double[] sought, List<double[]> columns, boolean[] rows) {
        int n = columns.size();
        List<double[]> kept = columns.stream().map(column -> only(column, rows)).toList();
        double[][] lower = new double[n][];
        double[] right = new double[n];
        for (int r = 0; r < n; r++) {
            lower[r] = new double[r + 1];
            for (int c = 0; c <= r; c++) {
                lower[r][c] = Dot.of(kept.get(r), kept.get(c));
            }
            right[r] = Dot.of(kept.get(r), sought);
        }
        decompose(lower);
        return solved(lower, right);
    }

    private static double[] only(double[] column, boolean[] rows) {
        double[] only = new double[column.length];
        for (int i = 0; i < only.length; i++) {
            only[i] = rows[i] ? column[i] : 0;
        }
        return only;
    }

    /** Cholesky, in place. A column that depends on others is infinitely long, so that nothing of it is taken. */
    private static void decompose(double[][] lower) {
        for (int r = 0; r < lower.length; r++) {
            for (int c = 0; c <= r; c++) {
                double whole = lower[r][c];
                double left = whole;
                for (int k = 0; k < c; k++) {
                    left -= lower[r][k] * lower[c][k];
                }
                if (r > c) {
                    lower[r][c] = left / lower[c][c];
                } else {
                    lower[r][r] = left > SINGULAR * whole ? Math.sqrt(left) : Double.POSITIVE_INFINITY;
                }
            }
        }
    }

    private static double[] solved(double[][] lower, double[] right) {
        int n = right.length;
        double[] x = right.clone();
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < r; c++) {
                x[r] -= lower[r][c] * x[c];
            }
            x[r] /= lower[r][r];
        }
        for (int r = n - 1; r >= 0; r--) {
            for (int below = r + 1; below < n; below++) {
                x[r] -= lower[below][r] * x[below];
            }
            x[r] /= lower[r][r];
        }
        return x;
    }
}
