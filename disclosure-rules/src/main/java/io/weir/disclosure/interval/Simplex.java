package io.weir.disclosure.interval;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A dense primal simplex for bounded variables, small on purpose. Phase one drives an artificial variable per relation to zero;
 * afterwards one variable after the other is minimised and maximised from the basis that the last one left. Pricing takes the steepest
 * column and changes to Bland's rule while steps are degenerate, so it cannot cycle. Every point is checked against the relations; a
 * point that misses them, and a budget that runs out, are failures, never answers.
 *
 * <p>Source: Chvátal (1983), Linear Programming, chapter 8; Bland (1977), New finite pivoting rules.
 */
final class Simplex {
    private static final double SMALL = 1e-9;
    private static final int DEGENERATE_STEPS_BEFORE_BLAND = 25;

    private enum Outcome {
        OPTIMAL,
        UNBOUNDED,
        FAILED
    }

    private final LinearSystem system;
    private final WorkBudget budget;
    private final int rows;
    private final int columns;
    private final double[][] tableau;
    private final double[] lower;
    private final double[] upper;
    private final double[] value;
    private final int[] basis;
    private final boolean[] basic;
    private final double tolerance;

    private Simplex(LinearSystem system, WorkBudget budget) {
        this.system = system;
        this.budget = budget;
        List<Relation> relations = system.relations();
        rows = relations.size();
        columns = system.size()
                + (int) relations.stream().filter(r -> !r.isEquation()).count();
        tableau = new double[rows][columns];
        lower = Arrays.copyOf(system.lower(), columns + rows);
        upper = Arrays.copyOf(system.upper(), columns + rows);
        value = new double[columns + rows];
        basis = new int[rows];
        basic = new boolean[columns + rows];
        int slack = system.size();
        for (int i = 0; i < rows; i++) {
            Relation relation = relations.get(i);
            for (int k = 0; k < relation.variables().length; k++) {
                tableau[i][relation.variables()[k]] = relation.coefficients()[k];
            }
            if (!relation.isEquation()) {
                boolean below = Double.isFinite(relation.lower());
                tableau[i][slack] = below ? -1 : 1;
                lower[slack] = below ? relation.lower() : -relation.upper();
                upper[slack] = below ? relation.upper() : Double.POSITIVE_INFINITY;
                slack++;
            }
        }
        System.arraycopy(lower, 0, value, 0, columns);
        tolerance = SMALL * magnitude();
        for (int i = 0; i < rows; i++) {
            startRow(i, relations.get(i).isEquation() ? relations.get(i).lower() : 0);
        }
    }

    /** Gives row i its artificial variable, with the sign that makes its value positive. */
    private void startRow(int i, double rightHandSide) {
        double residual = rightHandSide;
        for (int j = 0; j < columns; j++) {
            residual -= tableau[i][j] * value[j];
        }
        if (residual < 0) {
            for (int j = 0; j < columns; j++) {
                tableau[i][j] = -tableau[i][j];
            }
        }
        int artificial = columns + i;
        upper[artificial] = Double.POSITIVE_INFINITY;
        value[artificial] = Math.abs(residual);
        basis[i] = artificial;
        basic[artificial] = true;
    }

    private double magnitude() {
        double magnitude = 1;
        for (int j = 0; j < columns; j++) {
            magnitude = Math.max(magnitude, Math.abs(lower[j]));
            magnitude = Double.isFinite(upper[j]) ? Math.max(magnitude, Math.abs(upper[j])) : magnitude;
        }
        for (Relation relation : system.relations()) {
            magnitude = relation.isEquation() ? Math.max(magnitude, Math.abs(relation.lower())) : magnitude;
        }
        return magnitude;
    }

    /** A feasible point to start from; empty when there is none or the budget ran out. */
    static Optional<Simplex> feasible(LinearSystem system, WorkBudget budget) {
        Simplex simplex = new Simplex(system, budget);
        double[] cost = new double[simplex.columns + simplex.rows];
        Arrays.fill(cost, simplex.columns, cost.length, -1);
        if (simplex.climb(cost) != Outcome.OPTIMAL) {
            return Optional.empty();
        }
        for (int j = simplex.columns; j < cost.length; j++) {
            if (simplex.value[j] > simplex.tolerance) {
                return Optional.empty();
            }
            simplex.upper[j] = 0;
            simplex.value[j] = 0;
        }
        return simplex.holds() ? Optional.of(simplex) : Optional.empty();
    }

    /** Greatest value of a variable, possibly infinity; empty when it could not be found. */
    OptionalDouble maximise(int variable) {
        return extreme(variable, 1);
    }

    /** Least value of a variable; empty when it could not be found. */
    OptionalDouble minimise(int variable) {
        return extreme(variable, -1);
    }

    /**
     * Variables that have a part in what bounds one from above, for {@code sign} 1, or from below: as long as only others get more room, the bound stays.
     * Empty when it could not be found.
     */
    Optional<BitSet> binding(int variable, double sign) {
        if (extreme(variable, sign).isEmpty()) {
            return Optional.empty();
        }
        double[] cost = new double[columns + rows];
        cost[variable] = sign;
        double[] price = prices(cost);
        BitSet binding = new BitSet();
        for (int j = 0; j < system.size(); j++) {
            binding.set(j, Math.abs(price[j]) > SMALL);
        }
        return Optional.of(binding);
    }

    /** Where the variable stands now: a value that is feasible. */
    double current(int variable) {
        return value[variable];
    }

    private OptionalDouble extreme(int variable, double sign) {
        double[] cost = new double[columns + rows];
        cost[variable] = sign;
        return switch (climb(cost)) {
            case OPTIMAL -> holds() ? OptionalDouble.of(value[variable]) : OptionalDouble.empty();
            case UNBOUNDED -> OptionalDouble.of(sign * Double.POSITIVE_INFINITY);
            case FAILED -> OptionalDouble.empty();
        };
    }

    private Outcome climb(double[] cost) {
        int degenerate = 0;
        while (budget.spend((long) rows * columns + columns)) {
            boolean bland = degenerate > DEGENERATE_STEPS_BEFORE_BLAND;
            double[] price = prices(cost);
            int entering = entering(price, bland);
            if (entering < 0) {
                return Outcome.OPTIMAL;
            }
            double step = step(entering, Math.signum(price[entering]), bland);
            if (Double.isInfinite(step)) {
                return Outcome.UNBOUNDED;
            }
            degenerate = step <= tolerance ? degenerate + 1 : 0;
        }
        return Outcome.FAILED;
    }

    private double[] prices(double[] cost) {
        double[] price = Arrays.copyOf(cost, columns);
        for (int i = 0; i < rows; i++) {
            double basicCost = cost[basis[i]];
            if (basicCost != 0) {
                for (int j = 0; j < columns; j++) {
                    price[j] -= basicCost * tableau[i][j];
                }
            }
        }
        return price;
    }

    private int entering(double[] price, boolean bland) {
        int best = -1;
        for (int j = 0; j < columns; j++) {
            boolean improves = !basic[j]
                    && ((price[j] > SMALL && value[j] < upper[j]) || (price[j] < -SMALL && value[j] > lower[j]));
            if (improves && (best < 0 || Math.abs(price[j]) > Math.abs(price[best]))) {
                best = j;
                if (bland) {
                    return best;
                }
            }
        }
        return best;
    }

    /** Moves the entering variable as far as the bounds allow; infinity when nothing stops it. */
    private double step(int entering, double direction, boolean bland) {
        double step = upper[entering] - lower[entering];
        int leaving = -1;
        for (int i = 0; i < rows; i++) {
            double change = -direction * tableau[i][entering];
            if (Math.abs(change) > SMALL) {
                double room = change > 0 ? upper[basis[i]] - value[basis[i]] : value[basis[i]] - lower[basis[i]];
                double limit = Math.max(0, room) / Math.abs(change);
                if (limit < step || (limit == step && leaving >= 0 && isBetterPivot(i, leaving, entering, bland))) {
                    step = limit;
                    leaving = i;
                }
            }
        }
        if (Double.isInfinite(step)) {
            return step;
        }
        for (int i = 0; i < rows; i++) {
            value[basis[i]] -= direction * tableau[i][entering] * step;
        }
        if (leaving < 0) {
            value[entering] = direction > 0 ? upper[entering] : lower[entering];
        } else {
            value[entering] += direction * step;
            int left = basis[leaving];
            value[left] = -direction * tableau[leaving][entering] > 0 ? upper[left] : lower[left];
            pivot(leaving, entering);
        }
        return step;
    }

    private boolean isBetterPivot(int row, int than, int entering, boolean bland) {
        return bland ? basis[row] < basis[than] : Math.abs(tableau[row][entering]) > Math.abs(tableau[than][entering]);
    }

    private void pivot(int row, int entering) {
        double[] pivotRow = tableau[row];
        double pivot = pivotRow[entering];
        for (int j = 0; j < columns; j++) {
            pivotRow[j] /= pivot;
        }
        for (int i = 0; i < rows; i++) {
            double factor = tableau[i][entering];
            if (i != row && factor != 0) {
                double[] other = tableau[i];
                for (int j = 0; j < columns; j++) {
                    other[j] -= factor * pivotRow[j];
                }
                other[entering] = 0;
            }
        }
        basic[basis[row]] = false;
        basic[entering] = true;
        basis[row] = entering;
    }

    /** Whether the current point satisfies every bound and relation, up to rounding errors. */
    private boolean holds() {
        double allowed = 1e3 * tolerance;
        for (int j = 0; j < system.size(); j++) {
            if (value[j] < lower[j] - allowed || value[j] > upper[j] + allowed) {
                return false;
            }
        }
        return system.relations().stream().allMatch(relation -> {
            double sum = relation.at(value);
            return sum >= relation.lower() - allowed && sum <= relation.upper() + allowed;
        });
    }
}
