package io.weir.query.parse;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Writes {@code (SELECT count(*) FROM t WHERE t.k = row.k AND …)}, an aggregate for the row around it, as what it means: a left join of the aggregate grouped by the
 * keys, with 0 for a count of nothing. What is not of that form is left as it is. Pure.
 *
 * <p>Source: Kim (1982), On optimizing an SQL-like nested query, type JA, with the outer join that keeps rows without a match.
 */
final class CorrelatedScalars {
    private static final Set<SqlKind> NOTHING_OF_NOTHING = EnumSet.of(
            SqlKind.SUM,
            SqlKind.AVG,
            SqlKind.MIN,
            SqlKind.MAX,
            SqlKind.STDDEV_SAMP,
            SqlKind.STDDEV_POP,
            SqlKind.VAR_SAMP,
            SqlKind.VAR_POP);

    private CorrelatedScalars() {}

    static RelNode joined(RelNode tree) {
        return tree.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                RelNode below = super.visit(node);
                return switch (below) {
                    case Filter filter -> ofFilter(filter);
                    case Project project -> ofProject(project);
                    case Correlate correlate -> LateralJoins.joined(correlate);
                    default -> below;
                };
            }
        });
    }

    private static RelNode ofFilter(Filter filter) {
        Outer outer = new Outer(filter.getInput(), filter.getVariablesSet());
        RexNode condition = filter.getCondition().accept(outer);
        if (!outer.changed) {
            return filter;
        }
        RelNode filtered = LogicalFilter.create(outer.rows, condition, ImmutableSet.copyOf(filter.getVariablesSet()));
        int width = filter.getRowType().getFieldCount();
        RexBuilder rex = filter.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(rex.makeInputRef(filtered, i));
        }
        return LogicalProject.create(
                filtered, List.of(), columns, filter.getRowType().getFieldNames(), Set.of());
    }

    private static RelNode ofProject(Project project) {
        Outer outer = new Outer(project.getInput(), project.getVariablesSet());
        List<RexNode> columns = new ArrayList<>();
        project.getProjects().forEach(column -> columns.add(column.accept(outer)));
        return outer.changed
                ? LogicalProject.create(
                        outer.rows, List.of(), columns, project.getRowType().getFieldNames(), project.getVariablesSet())
                : project;
    }

    /** Joins what sub-queries of one relation's expressions ask for. */
    private static final class Outer extends RexShuttle {
        private RelNode rows;
        private final Set<CorrelationId> variables;
        private boolean changed;

        private Outer(RelNode rows, Set<CorrelationId> variables) {
            this.rows = rows;
            this.variables = variables;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            RelNode inner = joined(subQuery.rel);
            RexSubQuery own = subQuery.clone(inner);
            if (own.getKind() != SqlKind.SCALAR_QUERY) {
                return own;
            }
            Optional<Grouped> found = variables.stream()
                    .flatMap(variable -> Grouped.of(own.rel, variable).stream())
                    .findFirst();
            return found.map(grouped -> join(grouped, own)).orElse(own);
        }

        private RexNode join(Grouped grouped, RexSubQuery subQuery) {
            RexBuilder rex = rows.getCluster().getRexBuilder();
            int width = rows.getRowType().getFieldCount();
            RelNode right = grouped.aggregate;
            List<RexNode> equal = new ArrayList<>();
            for (int k = 0; k < grouped.outerKeys.size(); k++) {
                equal.add(rex.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        rex.makeInputRef(rows, grouped.outerKeys.get(k)),
                        rex.makeInputRef(
                                right.getRowType().getFieldList().get(k).getType(), width + k)));
            }
            RexNode on = equal.size() == 1 ? equal.getFirst() : rex.makeCall(SqlStdOperatorTable.AND, equal);
            rows = LogicalJoin.create(rows, right, List.of(), on, Set.of(), JoinRelType.LEFT);
            changed = true;
            int keys = grouped.outerKeys.size();
            RexNode value = above(grouped.values.getFirst(), grouped.calls, rows, width + keys);
            return value.getType().equals(subQuery.getType())
                    ? value
                    : rex.makeAbstractCast(subQuery.getType(), value, false);
        }
    }

    /** The columns of an aggregate, of a row of its join. */
    interface Columns {
        /** @param from where the aggregates begin in the join */
        RexNode of(int column, RelNode join, int from);
    }

    /**
     * @param rows what was compared, then the aggregates
     * @param outerKeys columns of the row beside it
     */
    record Lateral(RelNode rows, List<Integer> outerKeys, Columns columns) {}

    /** An aggregate for the row beside it. */
    static Optional<Lateral> ofLateral(RelNode subQuery, CorrelationId variable) {
        return Grouped.of(subQuery, variable)
                .map(g -> new Lateral(
                        g.aggregate,
                        g.outerKeys,
                        (column, join, from) -> above(g.values.get(column), g.calls, join, from)));
    }

    /** A value of aggregates, where there may be none: a count of nothing is 0. */
    private static RexNode above(RexNode value, List<AggregateCall> calls, RelNode join, int from) {
        RexBuilder rex = join.getCluster().getRexBuilder();
        return value.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                RexNode joined = rex.makeInputRef(join, from + ref.getIndex());
                return calls.get(ref.getIndex()).getAggregation().getKind() == SqlKind.COUNT
                        ? rex.makeCall(SqlStdOperatorTable.COALESCE, joined, rex.makeZeroLiteral(ref.getType()))
                        : joined;
            }
        });
    }

    /**
     * A scalar sub-query, grouped by what it compares with the row around it.
     *
     * @param aggregate keys, then one column a call
     * @param outerKeys columns of the row around it that the keys are compared with
     * @param values of the sub-query, over the calls
     */
    private record Grouped(
            RelNode aggregate, List<Integer> outerKeys, List<AggregateCall> calls, List<RexNode> values) {
        static Optional<Grouped> of(RelNode subQuery, CorrelationId variable) {
            RelNode node = subQuery;
            List<RexNode> values = List.of();
            if (node instanceof Project project && project.getInput() instanceof Aggregate) {
                if (project.containsOver()) {
                    return Optional.empty(); // its rows are the one of this sub-query, not those of the join
                }
                values = project.getProjects();
                node = project.getInput();
            }
            if (!(node instanceof Aggregate aggregate)
                    || !aggregate.getGroupSet().isEmpty()
                    || aggregate.getGroupSets().size() != 1
                    || !aggregate.getAggCallList().stream().allMatch(Grouped::isKnown)) {
                return Optional.empty();
            }
            LiftedRows lifted = LiftedRows.of(aggregate.getInput(), variable);
            if (lifted == null || lifted.outerKeys().isEmpty()) {
                return Optional.empty();
            }
            RexBuilder rex = aggregate.getCluster().getRexBuilder();
            int width = aggregate.getInput().getRowType().getFieldCount();
            List<AggregateCall> calls = aggregate.getAggCallList();
            RelNode grouped = LogicalAggregate.create(
                    lifted.rows(),
                    List.of(),
                    ImmutableBitSet.range(width, width + lifted.outerKeys().size()),
                    null,
                    calls);
            List<RexNode> of = new ArrayList<>(values);
            if (values.isEmpty()) {
                for (int i = 0; i < calls.size(); i++) {
                    of.add(rex.makeInputRef(aggregate, i));
                }
            }
            return CorrelationUse.in(grouped, variable) || of.stream().anyMatch(v -> CorrelationUse.in(v, variable))
                    ? Optional.empty()
                    : Optional.of(new Grouped(grouped, lifted.outerKeys(), calls, of));
        }

        private static boolean isKnown(AggregateCall call) {
            SqlKind kind = call.getAggregation().getKind();
            return kind == SqlKind.COUNT || NOTHING_OF_NOTHING.contains(kind);
        }
    }
}
