package io.weir.query.govern;

import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Whether a sub-query depends on rows outside it. Pure. */
final class Correlation {
    private final Set<CorrelationId> used = new HashSet<>();
    private final Set<CorrelationId> own = new HashSet<>();

    private Correlation() {}

    static boolean reachesOut(RelNode subQuery) {
        Correlation found = new Correlation();
        found.visit(subQuery);
        return !found.own.containsAll(found.used);
    }

    private void visit(RelNode tree) {
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                own.addAll(node.getVariablesSet());
                node.accept(new Variables());
                super.visit(node, ordinal, parent);
            }
        }.go(tree);
    }

    private final class Variables extends RexShuttle {
        @Override
        public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            used.add(variable.id);
            return variable;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            Correlation.this.visit(subQuery.rel);
            return super.visitSubQuery(subQuery);
        }
    }
}
