package io.weir.query.parse;

import io.weir.policy.DatasetName;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.GovernedSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Resolves FROM: tables by the governed schema, sub-queries, joins. USING and NATURAL become ON with merged columns. */
final class FromShaper {
    /** A FROM item and what it makes visible. */
    record Relation(SqlNode node, NameScope scope) {}

    private final StatementShaper statement;

    FromShaper(StatementShaper statement) {
        this.statement = statement;
    }

    Relation shape(SqlNode from, @Nullable NameScope outer) {
        statement.count(1, from.getParserPosition());
        return switch (from.getKind()) {
            case IDENTIFIER -> table((SqlIdentifier) from, null, null, outer);
            case TABLE_REF -> {
                SqlNode name = ((SqlCall) from).operand(0);
                yield table((SqlIdentifier) name, null, null, outer);
            }
            case AS -> aliased((SqlCall) from, outer);
            case JOIN -> join((SqlJoin) from, outer);
            case LATERAL -> lateral((SqlCall) from, null, null, outer);
            case SELECT, UNION, INTERSECT, EXCEPT, WITH, ORDER_BY, VALUES ->
                derived(from, statement.internalName(), null, false, outer, outer);
            default -> rows(from, null, null, outer);
        };
    }

    private Relation rows(
            SqlNode what, @Nullable String alias, @Nullable SqlNodeList columns, @Nullable NameScope outer) {
        SqlCall call = RowFunctions.call(what).orElseThrow(() -> RowFunctions.refusal(what));
        return new RowFunctions(statement).shape(call, alias, columns, outer);
    }

    private Relation aliased(SqlCall as, @Nullable NameScope outer) {
        SqlNode what = as.operand(0);
        String alias = ((SqlIdentifier) as.operand(1)).getSimple();
        SqlNodeList columns = as.operandCount() > 2
                ? new SqlNodeList(as.getOperandList().subList(2, as.operandCount()), as.getParserPosition())
                : null;
        return switch (what.getKind()) {
            case IDENTIFIER -> table((SqlIdentifier) what, alias, columns, outer);
            case TABLE_REF -> table((SqlIdentifier) ((SqlCall) what).operand(0), alias, columns, outer);
            case LATERAL -> lateral((SqlCall) what, alias, columns, outer);
            case SELECT, UNION, INTERSECT, EXCEPT, WITH, ORDER_BY, VALUES ->
                derived(what, alias, columns, false, outer, outer);
            case JOIN ->
                throw new StatementException(
                        ProblemCode.UNSUPPORTED,
                        "an alias on a join is not supported",
                        "give the tables aliases, or use a sub-query",
                        as.getParserPosition());
            default -> rows(what, alias, columns, outer);
        };
    }

    private Relation lateral(
            SqlCall call, @Nullable String alias, @Nullable SqlNodeList columns, @Nullable NameScope outer) {
        SqlNode query = call.operand(0);
        return switch (query.getKind()) {
            case SELECT, UNION, INTERSECT, EXCEPT, WITH, ORDER_BY, VALUES ->
                derived(query, alias == null ? statement.internalName() : alias, columns, true, left, outer);
            default -> rows(query, alias, columns, outer);
        };
    }

    /** What stands to the left of a LATERAL item, while its join is shaped. */
    private @Nullable NameScope left;

    private Relation derived(
            SqlNode query,
            String alias,
            @Nullable SqlNodeList given,
            boolean lateral,
            @Nullable NameScope visible,
            @Nullable NameScope outer) {
        NameScope savedLeft = left;
        StatementShaper.Shaped shaped = statement.query(query, lateral && visible != null ? visible : outer);
        left = savedLeft;
        List<String> columns = StatementShaper.columns(given, shaped.labels(), query.getParserPosition());
        SqlNode node = lateral
                ? SqlStdOperatorTable.LATERAL.createCall(query.getParserPosition(), shaped.node())
                : shaped.node();
        List<SqlNode> operands = new ArrayList<>();
        operands.add(node);
        operands.add(new SqlIdentifier(alias, query.getParserPosition()));
        operands.addAll(statement.names(columns, query.getParserPosition()));
        return new Relation(
                SqlStdOperatorTable.AS.createCall(query.getParserPosition(), operands),
                NameScope.of(new NameScope.Entry(alias, columns, null), outer));
    }

    private Relation table(
            SqlIdentifier id, @Nullable String alias, @Nullable SqlNodeList given, @Nullable NameScope outer) {
        SqlParserPos place = id.getParserPosition();
        StatementShaper.Common common = id.isSimple() ? statement.common(id.getSimple()) : null;
        List<String> names;
        List<String> own;
        GovernedSchema.Table table = null;
        if (common != null) {
            statement.count(common.size(), place);
            names = List.of(id.getSimple());
            own = common.columns();
        } else {
            table = find(id);
            names = List.of(table.name().schema(), table.name().name());
            own = table.columns().stream().map(GovernedSchema.Column::name).toList();
        }
        String name = alias == null ? id.names.get(id.names.size() - 1) : alias;
        List<String> columns = StatementShaper.columns(given, own, place);
        List<SqlNode> operands = new ArrayList<>();
        operands.add(new SqlIdentifier(names, place));
        operands.add(new SqlIdentifier(name, place));
        if (given != null && !given.isEmpty()) {
            operands.addAll(statement.names(columns, place));
        }
        return new Relation(
                SqlStdOperatorTable.AS.createCall(place, operands),
                NameScope.of(new NameScope.Entry(name, columns, table), outer));
    }

    private GovernedSchema.Table find(SqlIdentifier id) {
        List<String> names = id.names;
        List<GovernedSchema.Table> found = switch (names.size()) {
            case 1 ->
                statement.schema().tables().stream()
                        .filter(t -> t.name().name().equals(names.get(0)))
                        .toList();
            case 2 -> {
                DatasetName wanted = new DatasetName(names.get(0), names.get(1));
                yield statement.schema().tables().stream()
                        .filter(t -> t.name().equals(wanted))
                        .toList();
            }
            default -> List.of();
        };
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new StatementException(
                ProblemCode.UNKNOWN_RELATION,
                found.isEmpty()
                        ? "relation \"" + String.join(".", names) + "\" does not exist"
                        : "relation \"" + names.get(0) + "\" exists in several schemas",
                found.isEmpty() ? null : "write the schema before the name",
                id.getParserPosition());
    }

    private Relation join(SqlJoin join, @Nullable NameScope outer) {
        NameScope savedLeft = left;
        Relation l = shape(join.getLeft(), outer);
        left = savedLeft == null ? l.scope() : combined(savedLeft, l.scope(), outer);
        Relation r = shape(join.getRight(), outer);
        left = savedLeft;
        NameScope scope = new NameScope(outer);
        scope.entries.addAll(l.scope().entries);
        for (NameScope.Entry entry : r.scope().entries) {
            if (scope.entries.stream().anyMatch(e -> e.alias().equals(entry.alias()))) {
                throw new StatementException(
                        ProblemCode.SYNTAX,
                        "table name \"" + entry.alias() + "\" specified more than once",
                        "give one of them an alias",
                        join.getRight().getParserPosition());
            }
            scope.entries.add(entry);
        }
        List<String> merged = merged(join, l.scope(), r.scope());
        if (merged == null) {
            scope.visible.addAll(l.scope().visible);
            scope.visible.addAll(r.scope().visible);
            SqlNode condition = join.getCondition();
            SqlNode shaped =
                    condition == null ? null : new ExpressionShaper(statement, scope, Map.of()).shape(condition);
            return new Relation(make(join, l, r, join.getJoinTypeNode(), join.getConditionTypeNode(), shaped), scope);
        }
        return using(join, l, r, scope, merged);
    }

    private static NameScope combined(NameScope first, NameScope second, @Nullable NameScope outer) {
        NameScope both = new NameScope(outer);
        both.entries.addAll(first.entries);
        both.entries.addAll(second.entries);
        both.visible.addAll(first.visible);
        both.visible.addAll(second.visible);
        return both;
    }

    /** Names joined by USING or NATURAL, or null when neither is there. */
    private static @Nullable List<String> merged(SqlJoin join, NameScope left, NameScope right) {
        if (join.isNatural()) {
            return left.visible.stream()
                    .map(NameScope.Visible::name)
                    .filter(n -> right.visible.stream().anyMatch(v -> v.name().equals(n)))
                    .distinct()
                    .toList();
        }
        if (join.getConditionType() == JoinConditionType.USING && join.getCondition() instanceof SqlNodeList list) {
            return list.stream().map(n -> ((SqlIdentifier) n).getSimple()).toList();
        }
        return null;
    }

    private Relation using(SqlJoin join, Relation l, Relation r, NameScope scope, List<String> names) {
        SqlParserPos place = join.getParserPosition();
        SqlNode condition = null;
        List<NameScope.Visible> mergedColumns = new ArrayList<>();
        for (String name : names) {
            SqlIdentifier id = new SqlIdentifier(name, place);
            SqlNode lc = l.scope().here(id, name);
            SqlNode rc = r.scope().here(id, name);
            if (lc == null || rc == null) {
                throw new StatementException(
                        ProblemCode.UNKNOWN_COLUMN,
                        "column \"" + name + "\" specified in USING clause does not exist in both tables",
                        place);
            }
            SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(place, lc, rc);
            condition = condition == null ? equal : SqlStdOperatorTable.AND.createCall(place, condition, equal);
            SqlNode merged = switch (join.getJoinType()) {
                case RIGHT -> rc.clone(place);
                case FULL -> SelectShaper.call("coalesce", place, lc.clone(place), rc.clone(place));
                default -> lc.clone(place);
            };
            mergedColumns.add(new NameScope.Visible(name, merged));
        }
        scope.visible.addAll(mergedColumns);
        l.scope().visible.stream().filter(v -> !names.contains(v.name())).forEach(scope.visible::add);
        r.scope().visible.stream().filter(v -> !names.contains(v.name())).forEach(scope.visible::add);
        JoinType type = condition == null && join.getJoinType() == JoinType.INNER ? JoinType.CROSS : join.getJoinType();
        if (condition == null && type != JoinType.CROSS) {
            condition = SqlLiteral.createBoolean(true, place);
        }
        JoinConditionType kind = condition == null ? JoinConditionType.NONE : JoinConditionType.ON;
        return new Relation(make(join, l, r, type.symbol(place), kind.symbol(place), condition), scope);
    }

    private static SqlJoin make(
            SqlJoin join,
            Relation l,
            Relation r,
            SqlLiteral type,
            SqlLiteral conditionType,
            @Nullable SqlNode condition) {
        return new SqlJoin(
                join.getParserPosition(),
                l.node(),
                SqlLiteral.createBoolean(false, join.getParserPosition()),
                type,
                r.node(),
                conditionType,
                condition);
    }
}
