package io.weir.query.parse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * LATERAL sub-queries that compare columns with the row beside them, written as joins: an aggregate is grouped by what is compared, of the first rows
 * each is numbered among those that compare alike, other rows are joined as they are. What is not of that form is left as it is. Pure.
 */
final class LateralJoins {
    private LateralJoins() {}

    static RelNode joined(Correlate correlate) {
        boolean inner = correlate.getJoinType() == JoinRelType.INNER;
        if (!inner && correlate.getJoinType() != JoinRelType.LEFT) {
            return correlate;
        }
        CorrelationId variable = correlate.getCorrelationId();
        Optional<Beside> aggregate = CorrelatedScalars.ofLateral(correlate.getRight(), variable)
                .map(g -> new Beside(g.rows(), g.outerKeys(), g.outerKeys().size(), g.columns()));
        if (aggregate.isPresent()) {
            // There is a row of an aggregate for every row, be it of nothing.
            return join(correlate, aggregate.get(), JoinRelType.LEFT);
        }
        LiftedRows rows = rows(correlate.getRight(), variable);
        if (rows == null || rows.outerKeys().isEmpty() || CorrelationUse.in(rows.rows(), variable)) {
            return correlate;
        }
        return join(correlate, new Beside(rows.rows(), rows.outerKeys(), 0, null), correlate.getJoinType());
    }

    /**
     * @param firstOwn where the sub-query's own columns begin
     * @param columns makes the sub-query's columns of a row of the join; null when they are the first
     */
    private record Beside(
            RelNode rows, List<Integer> outerKeys, int firstOwn, CorrelatedScalars.@Nullable Columns columns) {
        int keys() {
            return columns == null ? rows.getRowType().getFieldCount() - outerKeys.size() : 0;
        }
    }

    private static RelNode join(Correlate correlate, Beside beside, JoinRelType kind) {
        RelNode left = correlate.getLeft();
        RexBuilder rex = left.getCluster().getRexBuilder();
        int width = left.getRowType().getFieldCount();
        List<RexNode> equal = new ArrayList<>();
        for (int k = 0; k < beside.outerKeys().size(); k++) {
            int own = beside.keys() + k;
            equal.add(rex.makeCall(
                    SqlStdOperatorTable.EQUALS,
                    rex.makeInputRef(left, beside.outerKeys().get(k)),
                    rex.makeInputRef(
                            beside.rows().getRowType().getFieldList().get(own).getType(), width + own)));
        }
        RexNode on = equal.size() == 1 ? equal.getFirst() : rex.makeCall(SqlStdOperatorTable.AND, equal);
        RelNode join = LogicalJoin.create(left, beside.rows(), List.of(), on, Set.of(), kind);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(rex.makeInputRef(join, i));
        }
        CorrelatedScalars.Columns own = beside.columns();
        int owns = correlate.getRowType().getFieldCount() - width;
        for (int i = 0; i < owns; i++) {
            RexNode column =
                    own == null ? rex.makeInputRef(join, width + i) : own.of(i, join, width + beside.firstOwn());
            RelDataType type =
                    correlate.getRowType().getFieldList().get(width + i).getType();
            columns.add(column.getType().equals(type) ? column : rex.makeAbstractCast(type, column, false));
        }
        return LogicalProject.create(
                join, List.of(), columns, correlate.getRowType().getFieldNames(), Set.of());
    }

    /** Rows of the sub-query for all rows beside it at once, with what was compared behind them; null when they cannot be told. */
    private static @Nullable LiftedRows rows(RelNode node, CorrelationId variable) {
        if (node instanceof Project project && project.getInput() instanceof Sort) {
            LiftedRows below = rows(project.getInput(), variable);
            return below == null || project.containsOver() || uses(project, variable)
                    ? null
                    : projected(project, below);
        }
        if (node instanceof Filter filter
                && !CorrelationUse.in(filter.getCondition(), variable)
                && isOfFirst(filter.getInput())) {
            LiftedRows below = rows(filter.getInput(), variable);
            return below == null
                    ? null
                    : new LiftedRows(
                            LogicalFilter.create(
                                    below.rows(), filter.getCondition(), ImmutableSet.copyOf(filter.getVariablesSet())),
                            below.outerKeys());
        }
        if (!(node instanceof Sort sort)) {
            return node instanceof Aggregate ? null : LiftedRows.of(node, variable);
        }
        LiftedRows below = LiftedRows.of(sort.getInput(), variable);
        if (below == null || below.outerKeys().isEmpty() || sort.offset != null) {
            return null;
        }
        if (sort.fetch == null) {
            return below;
        }
        return sort.fetch instanceof RexLiteral most && most.getValue() instanceof BigDecimal
                ? first(sort, most, below)
                : null;
    }

    private static boolean isOfFirst(RelNode node) {
        return node instanceof Sort || node instanceof Project project && project.getInput() instanceof Sort;
    }

    private static boolean uses(Project project, CorrelationId variable) {
        return project.getProjects().stream().anyMatch(e -> CorrelationUse.in(e, variable));
    }

    private static LiftedRows projected(Project project, LiftedRows below) {
        RexBuilder rex = project.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        int from = below.rows().getRowType().getFieldCount() - below.outerKeys().size();
        for (int k = 0; k < below.outerKeys().size(); k++) {
            columns.add(rex.makeInputRef(below.rows(), from + k));
            names.add("compared" + k);
        }
        return new LiftedRows(
                LogicalProject.create(below.rows(), List.of(), columns, names, Set.of()), below.outerKeys());
    }

    private static LiftedRows first(Sort sort, RexLiteral most, LiftedRows below) {
        RelNode rows = below.rows();
        RexBuilder rex = rows.getCluster().getRexBuilder();
        int width = rows.getRowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(rex.makeInputRef(rows, i));
        }
        List<RexNode> alike =
                List.copyOf(columns.subList(width - below.outerKeys().size(), width));
        List<RexNode> numbered = new ArrayList<>(columns);
        numbered.add(number(sort, rows, alike));
        List<String> names = new ArrayList<>(rows.getRowType().getFieldNames());
        names.add("number");
        RelNode all = LogicalProject.create(rows, List.of(), numbered, names, Set.of());
        RexNode within = rex.makeCall(
                BigDecimal.ONE.compareTo((BigDecimal) java.util.Objects.requireNonNull(most.getValue())) == 0
                        ? SqlStdOperatorTable.EQUALS
                        : SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                rex.makeInputRef(all, width),
                most);
        RelNode some = LogicalFilter.create(all, within, ImmutableSet.of());
        List<RexNode> kept = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            kept.add(rex.makeInputRef(some, i));
        }
        return new LiftedRows(
                LogicalProject.create(some, List.of(), kept, rows.getRowType().getFieldNames(), Set.of()),
                below.outerKeys());
    }

    private static RexNode number(Sort sort, RelNode rows, List<RexNode> alike) {
        RexBuilder rex = rows.getCluster().getRexBuilder();
        ImmutableList.Builder<RexFieldCollation> order = ImmutableList.builder();
        for (RelFieldCollation by : sort.getCollation().getFieldCollations()) {
            Set<SqlKind> how = EnumSet.noneOf(SqlKind.class);
            if (by.getDirection().isDescending()) {
                how.add(SqlKind.DESCENDING);
            }
            if (by.nullDirection == RelFieldCollation.NullDirection.FIRST) {
                how.add(SqlKind.NULLS_FIRST);
            } else if (by.nullDirection == RelFieldCollation.NullDirection.LAST) {
                how.add(SqlKind.NULLS_LAST);
            }
            order.add(new RexFieldCollation(rex.makeInputRef(rows, by.getFieldIndex()), how));
        }
        return rex.makeOver(
                rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                SqlStdOperatorTable.ROW_NUMBER,
                List.of(),
                alike,
                order.build(),
                RexWindowBounds.UNBOUNDED_PRECEDING,
                RexWindowBounds.CURRENT_ROW,
                RexWindowExclusion.EXCLUDE_NO_OTHER,
                true,
                true,
                false,
                false,
                false);
    }
}
