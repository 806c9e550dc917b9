package io.weir.disclosure.rounding;

import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.table.MarginEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Zero-restricted controlled rounding: every count goes to one of its two neighbouring multiples, multiples stay, and the rounded table adds up
 * wherever the true one does. Of all such tables the one with the smallest sum of distances to the true counts; ties by address, so that the order
 * of rows does not matter.
 *
 * <p>Where each count stands in at most two equations and the equations can be given signs so that it leaves one and enters the other (two
 * dimensions with margins, one of them hierarchical; one dimension of any depth) the table is a network: the best solution is a flow of least cost
 * and always found. Others (three dimensions, linked tables) are searched exactly within a limit; there a solution need not exist.
 *
 * <p>Not random: the same table is always rounded alike, but a count can be rounded otherwise in another table, and each such table narrows its
 * interval. Who knows that the table is the nearest one can sometimes exclude counts of {@link #known}; the auditor does not take that into account.
 *
 * <p>Sources: Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, controlled rounding, for the objective and the intervals. That two
 * dimensions are a network is known from Cox and Ernst (1982), Controlled rounding, and that three need not have a solution from Causey, Cox and
 * Ernst (1985), Applications of transportation theory to statistical problems (neither opened).
 *
 * @param base at least 2
 * @param work elements of equations that one table may touch; counted, not timed, so that the same table always has the same answer
 */
public record ControlledRounding(long base, long work) implements RoundingMethod {
    public ControlledRounding {
        if (base < 2 || work < 1) {
            throw new IllegalArgumentException("Controlled rounding needs a base of at least 2 and some work");
        }
    }

    /** The outcome. */
    public sealed interface Outcome {
        /**
         * A table that adds up.
         *
         * @param counts in the order of the table
         * @param nearest whether no other such table is nearer to the true one; false when the limit ended the search
         */
        record Rounded(List<Long> counts, boolean nearest) implements Outcome {
            public Rounded {
                counts = List.copyOf(counts);
            }
        }

        /** It is proved that no table of neighbouring multiples adds up. */
        record NoSuchTable() implements Outcome {}

        /** The limit was reached before a table was found: there may be one. Nothing is to be published. */
        record LimitReached() implements Outcome {}
    }

    /** Rounds a table. */
    public Outcome round(AdditiveTable table) {
        Integer[] order = new Integer[table.counts().size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(table.addresses()::get));
        BinaryProgram program = program(table, order);
        WorkBudget budget = new WorkBudget(work);
        Optional<NetworkFlow> network = NetworkFlow.of(program);
        Solution solution =
                network.isPresent() ? network.get().solve(budget) : new ExactSearch(program, budget).solve();
        return switch (solution) {
            case Solution.Found found -> rounded(table, order, found);
            case Solution.None none -> new Outcome.NoSuchTable();
            case Solution.OutOfWork spent -> new Outcome.LimitReached();
        };
    }

    @Override
    public ExistenceInterval known(long published) {
        Multiples.requireMultiple(published, base);
        return Multiples.neighbours(published, base);
    }

    /** One variable per count that is no multiple: 1 when it goes up. */
    private BinaryProgram program(AdditiveTable table, Integer[] order) {
        int[] variableOf = new int[order.length];
        Arrays.fill(variableOf, -1);
        List<Long> costs = new ArrayList<>();
        for (int row : order) {
            long remainder = table.counts().get(row) % base;
            if (remainder != 0) {
                variableOf[row] = costs.size();
                costs.add(base - 2 * remainder);
            }
        }
        List<BinaryProgram.Equation> equations = new ArrayList<>();
        for (MarginEquation equation : table.equations()) {
            List<Integer> plus = variables(equation.left(), variableOf);
            List<Integer> minus = variables(equation.right(), variableOf);
            long downwards = down(table, equation.right()) - down(table, equation.left());
            equations.add(new BinaryProgram.Equation(plus, minus, downwards));
        }
        return new BinaryProgram(costs, equations);
    }

    private static List<Integer> variables(List<Integer> rows, int[] variableOf) {
        return rows.stream()
                .map(row -> variableOf[row])
                .filter(variable -> variable >= 0)
                .sorted()
                .toList();
    }

    private long down(AdditiveTable table, List<Integer> rows) {
        return rows.stream().mapToLong(row -> table.counts().get(row) / base).sum();
    }

    private Outcome.Rounded rounded(AdditiveTable table, Integer[] order, Solution.Found found) {
        List<Long> counts = new ArrayList<>(table.counts());
        int variable = 0;
        for (int row : order) {
            long count = table.counts().get(row);
            if (count % base != 0) {
                counts.set(row, (count / base + (found.up()[variable++] ? 1 : 0)) * base);
            }
        }
        for (MarginEquation equation : table.equations()) {
            if (AdditiveTable.difference(equation, counts) != 0) {
                throw new IllegalStateException("Controlled rounding found a table that does not add up");
            }
        }
        return new Outcome.Rounded(counts, found.best());
    }
}
