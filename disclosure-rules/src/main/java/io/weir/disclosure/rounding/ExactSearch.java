package io.weir.disclosure.rounding;

import io.weir.disclosure.interval.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exact search for a {@link BinaryProgram}: depth first, the nearest multiple first, with everything that an equation forces, and without branches
 * that cannot cost less than what was found. Ends with the best solution, with the proof that there is none, or at its limit.
 */
final class ExactSearch {
    private static final byte OPEN = -1;

    private final BinaryProgram program;
    private final WorkBudget budget;
    private final byte[] value;
    private final List<List<Integer>> equationsOf = new ArrayList<>();
    private final Integer[] byWeight;
    private final Deque<Integer> trail = new ArrayDeque<>();
    private long cost;
    private long costOfOpen;
    private boolean @Nullable [] best;
    private long bestCost = Long.MAX_VALUE;

    ExactSearch(BinaryProgram program, WorkBudget budget) {
        this.program = program;
        this.budget = budget;
        int variables = program.costs().size();
        value = new byte[variables];
        Arrays.fill(value, OPEN);
        for (int variable = 0; variable < variables; variable++) {
            equationsOf.add(new ArrayList<>());
            costOfOpen += Math.min(0, program.costs().get(variable));
        }
        for (int equation = 0; equation < program.equations().size(); equation++) {
            int own = equation;
            program.equations()
                    .get(equation)
                    .plus()
                    .forEach(variable -> equationsOf.get(variable).add(own));
            program.equations()
                    .get(equation)
                    .minus()
                    .forEach(variable -> equationsOf.get(variable).add(own));
        }
        byWeight = new Integer[variables];
        Arrays.setAll(byWeight, i -> i);
        // What costs most to round the other way is decided last: it follows mostly.
        Arrays.sort(
                byWeight,
                Comparator.comparingLong(variable -> Math.abs(program.costs().get(variable))));
    }

    /**
     * @param variable what was decided
     * @param trail how much had been decided before
     * @param second whether its other value has been tried
     */
    private record Decision(int variable, int trail, boolean second) {}

    Solution solve() {
        Deque<Decision> decisions = new ArrayDeque<>();
        boolean holds = propagate(allEquations());
        while (budget.spend(1)) {
            if (holds && cost + costOfOpen < bestCost) {
                int next = nextOpen();
                if (next >= 0) {
                    decisions.push(new Decision(next, trail.size(), false));
                    holds = decide(next, nearest(next));
                    continue;
                }
                keep();
            }
            while (!decisions.isEmpty() && decisions.peek().second) {
                undo(decisions.pop().trail);
            }
            if (decisions.isEmpty()) {
                return best == null ? new Solution.None() : new Solution.Found(best, true);
            }
            Decision last = decisions.pop();
            undo(last.trail);
            decisions.push(new Decision(last.variable, last.trail, true));
            holds = decide(last.variable, (byte) (1 - nearest(last.variable)));
        }
        return best == null ? new Solution.OutOfWork() : new Solution.Found(best, false);
    }

    private byte nearest(int variable) {
        return (byte) (program.costs().get(variable) < 0 ? 1 : 0);
    }

    private int nextOpen() {
        for (int variable : byWeight) {
            if (value[variable] == OPEN) {
                return variable;
            }
        }
        return -1;
    }

    private void keep() {
        boolean[] found = new boolean[value.length];
        for (int variable = 0; variable < value.length; variable++) {
            found[variable] = value[variable] == 1;
        }
        best = found;
        bestCost = cost;
    }

    private Deque<Integer> allEquations() {
        Deque<Integer> all = new ArrayDeque<>();
        for (int equation = 0; equation < program.equations().size(); equation++) {
            all.add(equation);
        }
        return all;
    }

    private boolean decide(int variable, byte to) {
        set(variable, to);
        return propagate(new ArrayDeque<>(equationsOf.get(variable)));
    }

    private void set(int variable, byte to) {
        long own = program.costs().get(variable);
        value[variable] = to;
        trail.push(variable);
        cost += to * own;
        costOfOpen -= Math.min(0, own);
    }

    private void undo(int size) {
        while (trail.size() > size) {
            int variable = trail.pop();
            long own = program.costs().get(variable);
            cost -= value[variable] * own;
            costOfOpen += Math.min(0, own);
            value[variable] = OPEN;
        }
    }

    /** Sets what equations force; false when one cannot hold any more, or the work is used up. */
    private boolean propagate(Deque<Integer> open) {
        while (!open.isEmpty()) {
            BinaryProgram.Equation equation = program.equations().get(open.remove());
            if (!budget.spend(equation.size())) {
                return false;
            }
            long needed = equation.constant() - sum(equation.plus()) + sum(equation.minus());
            long most = openOf(equation.plus());
            long least = -openOf(equation.minus());
            if (needed < least || needed > most) {
                return false;
            }
            if (least < most && (needed == most || needed == least)) {
                byte plus = (byte) (needed == most ? 1 : 0);
                force(equation.plus(), plus, open);
                force(equation.minus(), (byte) (1 - plus), open);
            }
        }
        return true;
    }

    private void force(List<Integer> variables, byte to, Deque<Integer> open) {
        for (int variable : variables) {
            if (value[variable] == OPEN) {
                set(variable, to);
                open.addAll(equationsOf.get(variable));
            }
        }
    }

    private long sum(List<Integer> variables) {
        return variables.stream().filter(variable -> value[variable] == 1).count();
    }

    private long openOf(List<Integer> variables) {
        return variables.stream().filter(variable -> value[variable] == OPEN).count();
    }
}
