package io.weir.query.rewrite;

import io.weir.policy.Dataset;
import io.weir.policy.Grant;
import io.weir.policy.PolicySnapshot;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.OutputColumn.Purpose;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The public values of a block's keys, where reference data has them. */
final class Domains {
    private static final String ALIAS = "d";

    private Domains() {}

    /** Indexes of keys whose values are read together: those of one joined relation, each other key for itself. */
    static List<List<Integer>> keysTogether(Block block) {
        Map<String, List<Integer>> together = new LinkedHashMap<>();
        for (int k = 0; k < block.keys().size(); k++) {
            if (block.keys().get(k).domain() instanceof KeyDomain.FromReference reference) {
                String group = reference.alias() == null ? "key " + k : "alias " + reference.alias();
                together.computeIfAbsent(group, g -> new ArrayList<>()).add(k);
            }
        }
        return together.values().stream().map(List::copyOf).toList();
    }

    static GeneratedSelect select(Block block, List<Integer> keys, PolicySnapshot policy, Dialect dialect) {
        KeyDomain.FromReference first = reference(block, keys.getFirst());
        Dataset dataset = policy.datasets().get(first.dataset());
        if (dataset == null) {
            throw new IllegalStateException("the policy lost dataset " + first.dataset());
        }
        Set<String> columns = new TreeSet<>();
        List<Rel.Named> outputs = new ArrayList<>();
        List<OutputColumn> plan = new ArrayList<>();
        for (int k : keys) {
            SqlType type = block.keys().get(k).type();
            String column = reference(block, k).column();
            String name = "v" + outputs.size();
            columns.add(column);
            outputs.add(new Rel.Named(name, new Expr.Column(ALIAS, column, type)));
            plan.add(new OutputColumn(name, Purpose.VALUE, type, null));
        }
        Expr restriction = first.alias() == null
                ? Expr.always()
                : first.restriction()
                        .transform(e -> e instanceof Expr.Column c ? new Expr.Column(ALIAS, c.name(), c.type()) : e);
        restriction.walk(e -> {
            if (e instanceof Expr.Column c) {
                columns.add(c.name());
            }
        });
        Rel scan = new Rel.Scan(ALIAS, dataset, new Grant(dataset.name(), Grant.Mode.AGGREGATE, columns, null), false);
        return Rewriter.select(
                restriction.equals(Expr.always()) ? scan : new Rel.Filter(scan, restriction),
                outputs,
                plan,
                true,
                List.of(),
                0,
                -1,
                policy,
                dialect);
    }

    private static KeyDomain.FromReference reference(Block block, int key) {
        if (block.keys().get(key).domain() instanceof KeyDomain.FromReference reference) {
            return reference;
        }
        throw new IllegalStateException("the key has no reference");
    }
}
