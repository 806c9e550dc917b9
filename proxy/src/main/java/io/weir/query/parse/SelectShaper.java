package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import io.weir.query.parse.StatementShaper.Shaped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** One SELECT with the ORDER BY and LIMIT that belong to it. */
final class SelectShaper {
    /** An output column: the expression as written (for GROUP BY and ORDER BY by name or number), as shaped, and its label. */
    private record Item(@Nullable SqlNode written, SqlNode shaped, String label) {}

    private final StatementShaper statement;
    private final @Nullable NameScope outer;
    private NameScope scope;
    private Map<String, SqlWindow> windows = Map.of();
    private ExpressionShaper expressions;

    SelectShaper(StatementShaper statement, @Nullable NameScope outer) {
        this.statement = statement;
        this.outer = outer;
        this.scope = new NameScope(outer);
        this.expressions = new ExpressionShaper(statement, scope, windows);
    }

    Shaped select(SqlSelect select, @Nullable SqlOrderBy order) {
        SqlParserPos place = select.getParserPosition();
        statement.count(1, place);
        SqlNode from = null;
        if (select.getFrom() != null) {
            FromShaper.Relation relation = statement.from().shape(select.getFrom(), outer);
            from = relation.node();
            scope = relation.scope();
        }
        windows = windows(select.getWindowList());
        expressions = new ExpressionShaper(statement, scope, windows);
        SqlNodeList written = select.getSelectList();
        SqlBasicCall distinctOn = distinctOn(written);
        List<Item> items =
                items(distinctOn == null ? written : new SqlNodeList(written.subList(1, written.size()), place));
        SqlNode where = expressions.shapeOrNull(select.getWhere());
        SqlNodeList group = group(select.getGroup(), items);
        if (group != null) {
            RepeatedKeys.refuse(group);
        }
        SqlNode having = expressions.shapeOrNull(select.getHaving());
        List<String> labels = items.stream().map(Item::label).toList();
        if (distinctOn != null) {
            return new DistinctOn(statement)
                    .shape(
                            select,
                            from,
                            where,
                            group,
                            having,
                            keys(distinctOn, items),
                            sortKeys(order, items),
                            shapedItems(items),
                            labels,
                            order,
                            this);
        }
        SqlNodeList sort = order == null ? null : sort(order.orderList, items);
        if (group != null && group.stream().allMatch(g -> g instanceof SqlIdentifier)) {
            group = PrimaryKeys.complete(group, scope, shapedItems(items), having, sort);
        }
        SqlNode result = new SqlSelect(
                place,
                keywords(select),
                selectList(items, place),
                from,
                where,
                group,
                having,
                SqlNodeList.EMPTY,
                null,
                sort == null || sort.isEmpty() ? null : sort,
                order == null ? null : expressions.limit(order.offset),
                order == null ? null : expressions.limit(order.fetch),
                null);
        return new Shaped(result, labels);
    }

    static @Nullable SqlNodeList keywords(SqlSelect select) {
        return select.isDistinct()
                ? SqlNodeList.of(org.apache.calcite.sql.SqlSelectKeyword.DISTINCT.symbol(SqlParserPos.ZERO))
                : null;
    }

    @Nullable
    SqlNode limit(@Nullable SqlNode node) {
        return expressions.limit(node);
    }

    private static List<SqlNode> shapedItems(List<Item> items) {
        return items.stream().map(Item::shaped).toList();
    }

    private static Map<String, SqlWindow> windows(@Nullable SqlNodeList list) {
        Map<String, SqlWindow> windows = new HashMap<>();
        if (list != null) {
            for (SqlNode node : list) {
                SqlWindow window = (SqlWindow) node;
                if (window.getDeclName() != null) {
                    windows.put(window.getDeclName().getSimple(), window);
                }
            }
        }
        return windows;
    }

    private static @Nullable SqlBasicCall distinctOn(SqlNodeList items) {
        return !items.isEmpty()
                        && items.get(0) instanceof SqlBasicCall call
                        && call.getOperator() instanceof SqlUnresolvedFunction function
                        && function.getName().equals(AstNames.DISTINCT_ON)
                ? call
                : null;
    }

    private List<Item> items(SqlNodeList written) {
        List<Item> items = new ArrayList<>();
        for (SqlNode node : written) {
            if (node instanceof SqlIdentifier id && id.isStar()) {
                star(id, items);
            } else if (node.getKind() == SqlKind.AS) {
                SqlCall as = (SqlCall) node;
                items.add(new Item(
                        as.operand(0), expressions.shape(as.operand(0)), ((SqlIdentifier) as.operand(1)).getSimple()));
            } else {
                items.add(new Item(node, expressions.shape(node), Labels.of(node)));
            }
        }
        return items;
    }

    private void star(SqlIdentifier id, List<Item> items) {
        List<NameScope.Visible> columns;
        if (id.names.size() == 1) {
            columns = scope.visible;
        } else {
            String alias = id.names.get(id.names.size() - 2);
            String schema = id.names.size() == 3 ? id.names.get(0) : null;
            NameScope.Entry entry = id.names.size() > 3 ? null : scope.entry(alias, schema, id);
            if (entry == null) {
                throw new StatementException(
                        ProblemCode.UNKNOWN_RELATION,
                        "missing FROM-clause entry for table \"" + alias + "\"",
                        id.getParserPosition());
            }
            columns = NameScope.of(entry, null).visible;
        }
        if (columns.isEmpty()) {
            throw new StatementException(
                    ProblemCode.SYNTAX, "SELECT * with no tables specified is not valid", id.getParserPosition());
        }
        for (NameScope.Visible column : columns) {
            statement.count(1, id.getParserPosition());
            SqlNode expression = column.expression().clone(id.getParserPosition());
            items.add(new Item(null, expression, column.name()));
        }
    }

    private SqlNodeList selectList(List<Item> items, SqlParserPos place) {
        List<SqlNode> list = new ArrayList<>(items.size());
        List<String> used = new ArrayList<>();
        for (Item item : items) {
            String name = used.contains(item.label()) ? statement.internalName() : item.label();
            used.add(name);
            list.add(as(item.shaped(), name));
        }
        return new SqlNodeList(list, place);
    }

    static SqlNode as(SqlNode expression, String name) {
        return SqlStdOperatorTable.AS.createCall(
                expression.getParserPosition(), expression, new SqlIdentifier(name, expression.getParserPosition()));
    }

    static SqlNode call(String function, SqlParserPos place, SqlNode... operands) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(function, place),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(place, operands);
    }

    private @Nullable SqlNodeList group(@Nullable SqlNodeList group, List<Item> items) {
        if (group == null) {
            return null;
        }
        List<SqlNode> shaped = new ArrayList<>(group.size());
        for (SqlNode node : group) {
            shaped.add(groupItem(node, items));
        }
        return new SqlNodeList(shaped, group.getParserPosition());
    }

    /** An input column wins over an output name in GROUP BY; a number is an output column. */
    private SqlNode groupItem(SqlNode node, List<Item> items) {
        if (node instanceof SqlNodeList list) {
            return java.util.Objects.requireNonNull(group(list, items));
        }
        SqlKind kind = node.getKind();
        if (kind == SqlKind.ROLLUP || kind == SqlKind.CUBE || kind == SqlKind.GROUPING_SETS || kind == SqlKind.ROW) {
            SqlCall call = (SqlCall) node;
            List<SqlNode> operands = new ArrayList<>();
            for (SqlNode operand : call.getOperandList()) {
                operands.add(groupItem(operand, items));
            }
            return call.getOperator().createCall(call.getParserPosition(), operands);
        }
        Item item = null;
        if (isOrdinal(node)) {
            item = ordinal(node, items);
        } else if (node instanceof SqlIdentifier id && id.isSimple() && scope.here(id, id.getSimple()) == null) {
            item = byLabel(id, items);
        }
        if (item == null) {
            return expressions.shape(node);
        }
        // A constant would be read as a number of a column again.
        return isOrdinal(item.shaped())
                ? number(items.indexOf(item), node.getParserPosition())
                : item.shaped().clone(node.getParserPosition());
    }

    private SqlNodeList sort(SqlNodeList order, List<Item> items) {
        List<SqlNode> keys = new ArrayList<>(order.size());
        for (SqlNode node : order) {
            keys.add(sortItem(node, items, true));
        }
        return new SqlNodeList(keys, order.getParserPosition());
    }

    /** An output name wins over an input column in ORDER BY; a number is an output column. */
    private SqlNode sortItem(SqlNode node, List<Item> items, boolean byNumber) {
        if (isDirection(node)) {
            SqlCall call = (SqlCall) node;
            return call.getOperator().createCall(call.getParserPosition(), sortItem(call.operand(0), items, byNumber));
        }
        Item item = null;
        if (isOrdinal(node)) {
            item = ordinal(node, items);
        } else if (node instanceof SqlIdentifier id && id.isSimple()) {
            item = byLabel(id, items);
        }
        if (item == null) {
            return expressions.shape(node);
        }
        return byNumber
                ? number(items.indexOf(item), node.getParserPosition())
                : item.shaped().clone(node.getParserPosition());
    }

    static boolean isDirection(SqlNode node) {
        SqlKind kind = node.getKind();
        return kind == SqlKind.DESCENDING || kind == SqlKind.NULLS_FIRST || kind == SqlKind.NULLS_LAST;
    }

    private static SqlNode number(int index, SqlParserPos place) {
        return SqlLiteral.createExactNumeric(String.valueOf(index + 1), place);
    }

    private static @Nullable Item byLabel(SqlIdentifier id, List<Item> items) {
        Item found = null;
        for (Item item : items) {
            if (item.label().equals(id.getSimple())) {
                if (found != null && !found.shaped().equalsDeep(item.shaped(), org.apache.calcite.util.Litmus.IGNORE)) {
                    throw new StatementException(
                            ProblemCode.UNKNOWN_COLUMN,
                            "\"" + id.getSimple() + "\" is ambiguous: it names several output columns",
                            id.getParserPosition());
                }
                found = item;
            }
        }
        return found;
    }

    private List<SqlNode> keys(SqlCall distinctOn, List<Item> items) {
        return distinctOn.getOperandList().stream()
                .map(k -> sortItem(k, items, false))
                .toList();
    }

    private List<SqlNode> sortKeys(@Nullable SqlOrderBy order, List<Item> items) {
        return order == null
                ? List.of()
                : order.orderList.stream().map(k -> sortItem(k, items, false)).toList();
    }

    static boolean isOrdinal(SqlNode node) {
        return node instanceof SqlNumericLiteral number && number.isInteger();
    }

    private static Item ordinal(SqlNode node, List<Item> items) {
        int position = ((SqlLiteral) node).bigDecimalValue() == null ? 0 : ((SqlLiteral) node).intValue(false);
        if (position < 1 || position > items.size()) {
            throw new StatementException(
                    ProblemCode.SYNTAX,
                    "position " + position + " is not in the select list",
                    node.getParserPosition());
        }
        return items.get(position - 1);
    }

    /** What an ORDER BY item sorts by, without direction. */
    static SqlNode sortKey(SqlNode item) {
        SqlNode key = item;
        while (isDirection(key)) {
            key = ((SqlCall) key).operand(0);
        }
        return key;
    }
}
