package io.weir.query.finish;

import io.weir.query.govern.plan.Residual;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** INTERSECT and EXCEPT by multiplicity, as SQL defines them. */
final class SetOperations {
    private SetOperations() {}

    static List<@Nullable Object[]> compute(Residual.SetOperation operation, List<List<@Nullable Object[]>> branches) {
        List<@Nullable Object[]> result = branches.getFirst();
        for (List<@Nullable Object[]> other : branches.subList(1, branches.size())) {
            Map<List<@Nullable Object>, Integer> counts = new HashMap<>();
            other.forEach(r -> counts.merge(Ordering.group(r), 1, Integer::sum));
            boolean intersect = operation.kind() == Residual.SetOperation.Kind.INTERSECT;
            List<@Nullable Object[]> kept = new ArrayList<>();
            for (@Nullable Object[] row : result) {
                List<@Nullable Object> group = Ordering.group(row);
                int left = counts.getOrDefault(group, 0);
                boolean found = left > 0;
                if (found && operation.all()) {
                    counts.put(group, left - 1);
                }
                if (found == intersect) {
                    kept.add(row);
                }
            }
            result = kept;
        }
        return result;
    }
}
