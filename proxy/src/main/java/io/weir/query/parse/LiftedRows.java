package io.weir.query.parse;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Rows without the comparisons with the row around them; what is compared there comes after their own columns.
 *
 * @param outerKeys columns of the row around them, in the order of the columns that were added
 */
record LiftedRows(RelNode rows, List<Integer> outerKeys) {
    static @Nullable LiftedRows of(RelNode node, CorrelationId variable) {
        if (!CorrelationUse.in(node, variable)) {
            return new LiftedRows(node, List.of());
        }
        RexBuilder rex = node.getCluster().getRexBuilder();
        return switch (node) {
            case Project project -> {
                LiftedRows below = of(project.getInput(), variable);
                if (below == null || project.containsOver()) {
                    yield null;
                }
                List<RexNode> columns = new ArrayList<>(project.getProjects());
                List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
                int from = below.rows().getRowType().getFieldCount()
                        - below.outerKeys().size();
                for (int k = 0; k < below.outerKeys().size(); k++) {
                    columns.add(rex.makeInputRef(below.rows(), from + k));
                    names.add("compared" + k);
                }
                yield new LiftedRows(
                        LogicalProject.create(below.rows(), List.of(), columns, names, project.getVariablesSet()),
                        below.outerKeys());
            }
            case Filter filter -> ofFilter(filter, variable);
            default -> null;
        };
    }

    private static @Nullable LiftedRows ofFilter(Filter filter, CorrelationId variable) {
        if (CorrelationUse.in(filter.getInput(), variable)) {
            return null;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        List<RexNode> kept = new ArrayList<>();
        List<Integer> outerKeys = new ArrayList<>();
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>(filter.getRowType().getFieldNames());
        for (int i = 0; i < names.size(); i++) {
            columns.add(rex.makeInputRef(filter, i));
        }
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            Comparison comparison = Comparison.of(conjunct, variable);
            if (comparison == null) {
                kept.add(conjunct);
            } else {
                outerKeys.add(comparison.outer());
                columns.add(rex.makeInputRef(filter, comparison.inner()));
                names.add("compared" + outerKeys.size());
            }
        }
        RelNode rows = kept.isEmpty()
                ? filter.getInput()
                : LogicalFilter.create(
                        filter.getInput(),
                        kept.size() == 1 ? kept.getFirst() : rex.makeCall(SqlStdOperatorTable.AND, kept),
                        ImmutableSet.copyOf(filter.getVariablesSet()));
        return new LiftedRows(LogicalProject.create(rows, List.of(), columns, names, Set.of()), outerKeys);
    }

    /** {@code own column = column of the row around it}. */
    private record Comparison(int inner, int outer) {
        static @Nullable Comparison of(RexNode conjunct, CorrelationId variable) {
            if (conjunct.getKind() != SqlKind.EQUALS || !(conjunct instanceof RexCall call)) {
                return null;
            }
            RexNode left = call.getOperands().get(0);
            RexNode right = call.getOperands().get(1);
            if (left instanceof RexInputRef ref && isOuter(right, variable)) {
                return new Comparison(
                        ref.getIndex(), ((RexFieldAccess) right).getField().getIndex());
            }
            if (right instanceof RexInputRef ref && isOuter(left, variable)) {
                return new Comparison(
                        ref.getIndex(), ((RexFieldAccess) left).getField().getIndex());
            }
            return null;
        }

        private static boolean isOuter(RexNode node, CorrelationId variable) {
            return node instanceof RexFieldAccess access
                    && access.getReferenceExpr() instanceof RexCorrelVariable correlated
                    && correlated.id.equals(variable);
        }
    }
}
