package io.weir.query.parse;

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

/** Which rows around it something reads, in sub-queries too. Pure. */
public final class CorrelationUse {
    private final Set<CorrelationId> used = new HashSet<>();
    private final Set<CorrelationId> own = new HashSet<>();

    private CorrelationUse() {}

    /** Whether a sub-query depends on rows outside it. */
    public static boolean reachesOut(RelNode subQuery) {
        CorrelationUse found = new CorrelationUse();
        found.visit(subQuery);
        return !found.own.containsAll(found.used);
    }

    static boolean in(RelNode tree, CorrelationId variable) {
        CorrelationUse found = new CorrelationUse();
        found.visit(tree);
        return found.used.contains(variable);
    }

    static boolean in(RexNode expression, CorrelationId variable) {
        CorrelationUse found = new CorrelationUse();
        expression.accept(found.new Variables());
        return found.used.contains(variable);
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
            CorrelationUse.this.visit(subQuery.rel);
            return super.visitSubQuery(subQuery);
        }
    }
}
