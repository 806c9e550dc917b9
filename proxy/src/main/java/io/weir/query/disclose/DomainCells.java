package io.weir.query.disclose;

import io.weir.query.execute.RawBlock;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.KeyDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public combinations of key values: cells that may be shown with a marker however small they are. */
final class DomainCells {
    private static final int MAXIMUM_CELLS = 2_000;

    private DomainCells() {}

    /** All combinations of a grouping set in key order, null where a key is not in the set; empty when a key has no declared domain. */
    static Optional<List<List<@Nullable Object>>> of(RawBlock raw, Set<Integer> set) {
        Block block = raw.query().block();
        List<List<@Nullable Object>> combinations = new ArrayList<>();
        combinations.add(new ArrayList<>());
        for (int k = 0; k < block.keys().size(); k++) {
            Set<@Nullable Object> values = new LinkedHashSet<>();
            if (!set.contains(k)) {
                values.add(null);
            } else {
                switch (block.keys().get(k).domain()) {
                    case KeyDomain.Open o -> {
                        return Optional.empty();
                    }
                    case KeyDomain.Listed l -> {
                        values.addAll(l.values());
                        if (l.withNull()) {
                            values.add(null);
                        }
                    }
                    case KeyDomain.FromReference r -> {
                        for (@Nullable Object[] row : raw.domains().getOrDefault(k, List.of())) {
                            if (row[0] != null) {
                                values.add(row[0]);
                            }
                        }
                        if (r.withNull()) {
                            values.add(null);
                        }
                    }
                }
            }
            if ((long) combinations.size() * values.size() > MAXIMUM_CELLS) {
                return Optional.empty();
            }
            List<List<@Nullable Object>> next = new ArrayList<>();
            for (List<@Nullable Object> combination : combinations) {
                for (Object value : values) {
                    List<@Nullable Object> longer = new ArrayList<>(combination);
                    longer.add(value);
                    next.add(longer);
                }
            }
            combinations = next;
        }
        return Optional.of(Collections.unmodifiableList(combinations));
    }
}
