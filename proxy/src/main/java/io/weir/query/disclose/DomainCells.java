package io.weir.query.disclose;

import io.weir.query.execute.RawBlock;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The public combinations of key values: cells that may be shown with a marker however small they are. */
final class DomainCells {
    private static final int MAXIMUM_CELLS = 2_000;

    private DomainCells() {}

    /** All combinations of a grouping set in key order, null where a key is not in the set; empty when a key has no declared domain. */
    static Optional<List<List<@Nullable Object>>> of(RawBlock raw, Set<Integer> set) {
        Block block = raw.query().block();
        List<@Nullable Object[]> combinations = new ArrayList<>();
        combinations.add(new @Nullable Object[block.keys().size()]);
        Set<Integer> open = new TreeSet<>(set);
        while (!open.isEmpty()) {
            int first = open.iterator().next();
            List<Integer> together =
                    together(raw, first).stream().filter(set::contains).toList();
            open.removeAll(together);
            Set<List<@Nullable Object>> values = new LinkedHashSet<>();
            switch (block.keys().get(first).domain()) {
                case KeyDomain.Open o -> {
                    return Optional.empty();
                }
                case KeyDomain.Listed l -> {
                    l.values().forEach(v -> values.add(Collections.singletonList(v)));
                    if (l.withNull()) {
                        values.add(Collections.singletonList(null));
                    }
                }
                case KeyDomain.FromReference r -> reference(raw, first, together, r, values);
            }
            if ((long) combinations.size() * values.size() > MAXIMUM_CELLS) {
                return Optional.empty();
            }
            List<@Nullable Object[]> next = new ArrayList<>();
            for (@Nullable Object[] combination : combinations) {
                for (List<@Nullable Object> value : values) {
                    @Nullable Object[] longer = combination.clone();
                    for (int i = 0; i < together.size(); i++) {
                        longer[together.get(i)] = value.get(i);
                    }
                    next.add(longer);
                }
            }
            combinations = next;
        }
        return Optional.of(combinations.stream()
                .map(c -> Collections.unmodifiableList(Arrays.asList(c)))
                .toList());
    }

    /** The keys whose values were read with those of this key. */
    private static List<Integer> together(RawBlock raw, int key) {
        return raw.domains().keySet().stream()
                .filter(keys -> keys.contains(key))
                .findFirst()
                .orElse(List.of(key));
    }

    /** Combinations that occur in the reference, for those of the keys that are grouped by; all NULL where a record has no partner in it. */
    private static void reference(
            RawBlock raw,
            int first,
            List<Integer> grouped,
            KeyDomain.FromReference reference,
            Set<List<@Nullable Object>> into) {
        List<Integer> read = together(raw, first);
        Block.Key key = raw.query().block().keys().get(first);
        for (@Nullable Object[] row : raw.domains().getOrDefault(read, List.of())) {
            List<@Nullable Object> values = new ArrayList<>();
            grouped.forEach(k -> values.add(row[read.indexOf(k)]));
            boolean own = reference.alias() != null;
            if (own || row[0] != null && asked(reference, key, row[0])) {
                into.add(values);
            }
        }
        if (reference.withNull()) {
            into.add(Collections.nCopies(grouped.size(), null));
        }
    }

    private static boolean asked(KeyDomain.FromReference reference, Block.Key key, Object value) {
        return reference.restriction().equals(Expr.always())
                || !(key.expr() instanceof Expr.Column)
                || KeyDomain.holds(reference.restriction(), column -> value);
    }
}
