package io.weir.disclosure.rounding;

import java.util.Comparator;
import java.util.List;

/**
 * Variables that are 0 or 1, equations between them, and a cost of each 1 that is to be smallest in sum.
 *
 * @param costs one per variable
 * @param equations in an order that depends on what they say alone
 */
record BinaryProgram(List<Long> costs, List<Equation> equations) {
    BinaryProgram {
        costs = List.copyOf(costs);
        equations = equations.stream()
                .distinct()
                .sorted(Comparator.comparing(equation -> equation.plus + "-" + equation.minus))
                .toList();
    }

    /**
     * The sum over {@code plus} less the sum over {@code minus} is {@code constant}.
     */
    record Equation(List<Integer> plus, List<Integer> minus, long constant) {
        int size() {
            return plus.size() + minus.size();
        }
    }
}
