package io.weir.query.parse;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Whether something reads a row around it, in sub-queries too. Pure. */
final class CorrelationUse extends RexShuttle {
    private final CorrelationId variable;
    private boolean found;

    private CorrelationUse(CorrelationId variable) {
        this.variable = variable;
    }

    static boolean in(RelNode tree, CorrelationId variable) {
        CorrelationUse use = new CorrelationUse(variable);
        use.visit(tree);
        return use.found;
    }

    static boolean in(RexNode expression, CorrelationId variable) {
        CorrelationUse use = new CorrelationUse(variable);
        expression.accept(use);
        return use.found;
    }

    private void visit(RelNode tree) {
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                node.accept(CorrelationUse.this);
                super.visit(node, ordinal, parent);
            }
        }.go(tree);
    }

    @Override
    public RexNode visitCorrelVariable(RexCorrelVariable correlated) {
        found |= correlated.id.equals(variable);
        return correlated;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
        visit(subQuery.rel);
        return super.visitSubQuery(subQuery);
    }
}
