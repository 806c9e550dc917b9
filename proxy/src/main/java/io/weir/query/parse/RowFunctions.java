package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * {@code generate_series} and {@code unnest} in FROM: a sub-query without FROM that selects the call, which govern writes out as rows.
 * Refuses all other functions there, and arguments that are columns.
 */
final class RowFunctions {
    private static final Set<String> NAMES = Set.of("generate_series", "unnest");

    private final StatementShaper statement;

    RowFunctions(StatementShaper statement) {
        this.statement = statement;
    }

    /** The elements of the array as the arguments: {@code unnest(ARRAY[1, 2])} is {@code unnest(1, 2)}. Other calls as they are. */
    static SqlCall elements(SqlCall call) {
        if (!(call.getOperator() instanceof SqlUnresolvedFunction function)
                || !function.getName().equals("unnest")) {
            return call;
        }
        List<SqlNode> elements = new ArrayList<>();
        if (call.operandCount() == 1) {
            collect(call.operand(0), elements);
        }
        if (elements.isEmpty()) {
            throw new StatementException(
                    ProblemCode.UNSUPPORTED,
                    "unnest takes one array that is written out",
                    "write unnest(ARRAY['a', 'b', 'c']), or VALUES for several columns",
                    call.getParserPosition());
        }
        return (SqlCall) SelectShaper.call("unnest", call.getParserPosition(), elements.toArray(new SqlNode[0]));
    }

    private static void collect(SqlNode node, List<SqlNode> into) {
        if (node.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            for (SqlNode element : ((SqlCall) node).getOperandList()) {
                if (element.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
                    collect(element, into);
                } else {
                    into.add(element);
                }
            }
        }
    }

    /** The call behind {@code f(…)} and {@code TABLE(f(…))} in FROM, when it is one of these. */
    static Optional<SqlCall> call(SqlNode node) {
        SqlNode inner = node.getKind() == SqlKind.COLLECTION_TABLE || node.getKind() == SqlKind.LATERAL && isCall(node)
                ? ((SqlCall) node).operand(0)
                : node;
        return inner instanceof SqlCall call
                        && call.getOperator() instanceof SqlUnresolvedFunction function
                        && NAMES.contains(function.getName())
                ? Optional.of(call)
                : Optional.empty();
    }

    /** Whether a query's rows are those of its FROM. */
    static boolean isListAlone(SqlNode query) {
        return switch (query) {
            case SqlWith with -> isListAlone(with.body);
            case SqlOrderBy order -> isListAlone(order.query);
            case SqlSelect select ->
                select.getWhere() == null && select.getGroup() == null && select.getHaving() == null;
            default -> false;
        };
    }

    /** {@code true IN (SELECT true FROM query)}. */
    static SqlNode isAnyRow(SqlNode query, String name) {
        SqlParserPos place = query.getParserPosition();
        SqlNode from = SqlStdOperatorTable.AS.createCall(place, query, new SqlIdentifier(name, place));
        SqlNode rows = select(SqlLiteral.createBoolean(true, place), from, place);
        return SqlStdOperatorTable.IN.createCall(place, SqlLiteral.createBoolean(true, place), rows);
    }

    private static SqlSelect select(SqlNode item, @Nullable SqlNode from, SqlParserPos place) {
        SqlNodeList items = SqlNodeList.of(item);
        return new SqlSelect(
                place, null, items, from, null, null, null, SqlNodeList.EMPTY, null, null, null, null, null);
    }

    private static boolean isCall(SqlNode lateral) {
        return ((SqlCall) lateral).operand(0) instanceof SqlCall;
    }

    /** PostgreSQL names the column of such a function like the relation. */
    FromShaper.Relation shape(
            SqlCall call, @Nullable String alias, @Nullable SqlNodeList given, @Nullable NameScope outer) {
        SqlParserPos place = call.getParserPosition();
        refuseColumns(call);
        String function = ((SqlUnresolvedFunction) call.getOperator()).getName();
        String name = alias == null ? function : alias;
        List<String> columns = StatementShaper.columns(given, List.of(name), place);
        SqlNode plain = SelectShaper.call(function, place, call.getOperandList().toArray(new SqlNode[0]));
        SqlNode shaped = new ExpressionShaper(statement, new NameScope(null), Map.of()).shape(plain);
        SqlNode select = select(SelectShaper.as(shaped, columns.getFirst()), null, place);
        List<SqlNode> operands = new ArrayList<>(List.of(select, new SqlIdentifier(name, place)));
        operands.addAll(statement.names(columns, place));
        return new FromShaper.Relation(
                SqlStdOperatorTable.AS.createCall(place, operands),
                NameScope.of(new NameScope.Entry(name, columns, null), outer));
    }

    private static void refuseColumns(SqlCall call) {
        try {
            call.getOperandList()
                    .forEach(o -> o.accept(new SqlBasicVisitor<Void>() {
                        @Override
                        public @Nullable Void visit(SqlIdentifier id) {
                            throw new Util.FoundOne(id);
                        }
                    }));
        } catch (Util.FoundOne found) {
            throw new StatementException(
                    ProblemCode.UNSUPPORTED,
                    "generate_series and unnest take constants, and no columns",
                    "write the bounds, or the elements as unnest(ARRAY[…]), in the statement",
                    call.getParserPosition());
        }
    }

    static StatementException refusal(SqlNode node) {
        return new StatementException(
                ProblemCode.UNSUPPORTED,
                "samples, and functions that return rows other than generate_series and unnest, are not supported in FROM",
                "use a governed table, a sub-query, VALUES, generate_series or unnest(ARRAY[…])",
                node.getParserPosition());
    }
}
