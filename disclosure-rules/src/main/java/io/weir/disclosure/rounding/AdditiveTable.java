package io.weir.disclosure.rounding;

import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquation;
import java.util.HashSet;
import java.util.List;

/**
 * True counts and the equations that hold between them. The text form prints no number.
 *
 * @param addresses one per count, all different; ties are broken by them
 * @param counts at least 0
 * @param equations over indices of counts, as {@link io.weir.disclosure.table.MarginEquations} gives them
 */
public record AdditiveTable(List<Address> addresses, List<Long> counts, List<MarginEquation> equations) {
    /** @throws IllegalArgumentException when a count is negative, an equation does not hold, or sizes differ */
    public AdditiveTable {
        addresses = List.copyOf(addresses);
        counts = List.copyOf(counts);
        equations = List.copyOf(equations);
        if (addresses.size() != counts.size() || new HashSet<>(addresses).size() != addresses.size()) {
            throw new IllegalArgumentException("Each count has an address of its own");
        }
        counts.forEach(Multiples::requireCount);
        for (MarginEquation equation : equations) {
            if (difference(equation, counts) != 0) {
                throw new IllegalArgumentException("The table does not add up");
            }
        }
    }

    /** Left sum minus right sum. */
    static long difference(MarginEquation equation, List<Long> counts) {
        long left = equation.left().stream().mapToLong(counts::get).sum();
        return left - equation.right().stream().mapToLong(counts::get).sum();
    }

    @Override
    public String toString() {
        return "AdditiveTable[" + counts.size() + " counts]";
    }
}
