package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import io.weir.query.parse.StatementShaper.Shaped;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code SELECT DISTINCT ON (k) …} as {@code ROW_NUMBER() OVER (PARTITION BY k ORDER BY …) = 1} above the same SELECT. */
final class DistinctOn {
    private final StatementShaper statement;

    DistinctOn(StatementShaper statement) {
        this.statement = statement;
    }

    Shaped shape(
            SqlSelect select,
            @Nullable SqlNode from,
            @Nullable SqlNode where,
            @Nullable SqlNodeList group,
            @Nullable SqlNode having,
            List<SqlNode> keys,
            List<SqlNode> sort,
            List<SqlNode> items,
            List<String> labels,
            @Nullable SqlOrderBy order,
            SelectShaper shaper) {
        SqlParserPos place = select.getParserPosition();
        for (int i = 0; i < Math.min(keys.size(), sort.size()); i++) {
            SqlNode key = SelectShaper.sortKey(sort.get(i));
            if (keys.stream().noneMatch(k -> k.equalsDeep(key, org.apache.calcite.util.Litmus.IGNORE))) {
                throw new StatementException(
                        ProblemCode.SYNTAX,
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
                        key.getParserPosition());
            }
        }
        String alias = statement.internalName();
        String rank = statement.internalName();
        List<SqlNode> inner = new ArrayList<>();
        List<SqlNode> outer = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String name = statement.internalName();
            inner.add(SelectShaper.as(items.get(i), name));
            String label = labels.indexOf(labels.get(i)) < i ? statement.internalName() : labels.get(i);
            outer.add(SelectShaper.as(NameScope.qualified(alias, name, place), label));
        }
        List<SqlNode> outerSort = new ArrayList<>();
        for (SqlNode item : sort) {
            String name = statement.internalName();
            inner.add(SelectShaper.as(SelectShaper.sortKey(item).clone(place), name));
            outerSort.add(resort(item, NameScope.qualified(alias, name, place)));
        }
        inner.add(SelectShaper.as(rowNumber(keys, sort, place), rank));
        SqlNode ranked = new SqlSelect(
                place,
                null,
                new SqlNodeList(inner, place),
                from,
                where,
                group,
                having,
                SqlNodeList.EMPTY,
                null,
                null,
                null,
                null,
                null);
        SqlNode result = new SqlSelect(
                place,
                null,
                new SqlNodeList(outer, place),
                SelectShaper.as(ranked, alias),
                SqlStdOperatorTable.EQUALS.createCall(
                        place, NameScope.qualified(alias, rank, place), SqlLiteral.createExactNumeric("1", place)),
                null,
                null,
                SqlNodeList.EMPTY,
                null,
                outerSort.isEmpty() ? null : new SqlNodeList(outerSort, place),
                order == null ? null : shaper.limit(order.offset),
                order == null ? null : shaper.limit(order.fetch),
                null);
        return new Shaped(result, labels);
    }

    private static SqlNode rowNumber(List<SqlNode> keys, List<SqlNode> sort, SqlParserPos place) {
        List<SqlNode> rest = new ArrayList<>(sort);
        SqlWindow window = SqlWindow.create(
                null,
                null,
                new SqlNodeList(keys, place),
                new SqlNodeList(rest, place),
                SqlLiteral.createBoolean(false, place),
                null,
                null,
                null,
                place);
        return SqlStdOperatorTable.OVER.createCall(place, SelectShaper.call("row_number", place), window);
    }

    private static SqlNode resort(SqlNode item, SqlIdentifier column) {
        if (item.getKind() == SqlKind.DESCENDING
                || item.getKind() == SqlKind.NULLS_FIRST
                || item.getKind() == SqlKind.NULLS_LAST) {
            SqlCall call = (SqlCall) item;
            return call.getOperator().createCall(call.getParserPosition(), resort(call.operand(0), column));
        }
        return column;
    }
}
