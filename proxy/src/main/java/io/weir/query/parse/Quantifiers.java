package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import io.weir.query.type.ArrayText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;

/**
 * {@code x = ANY (array)} and {@code x <> ALL (array)}. An array that is written out becomes the comparisons that an IN list becomes; one
 * that is bound stays a comparison with its element, under an operator of its own, and is opened when it is bound. Refuses every other
 * array.
 */
final class Quantifiers {
    private static final Map<SqlKind, String> SIGNS = Map.of(
            SqlKind.EQUALS, "=",
            SqlKind.NOT_EQUALS, "<>",
            SqlKind.LESS_THAN, "<",
            SqlKind.LESS_THAN_OR_EQUAL, "<=",
            SqlKind.GREATER_THAN, ">",
            SqlKind.GREATER_THAN_OR_EQUAL, ">=");

    private final StatementShaper statement;
    private final ExpressionShaper expressions;

    Quantifiers(StatementShaper statement, ExpressionShaper expressions) {
        this.statement = statement;
        this.expressions = expressions;
    }

    static boolean isOverArray(SqlCall call) {
        return (call.getKind() == SqlKind.SOME || call.getKind() == SqlKind.ALL)
                && call.operandCount() == 2
                && call.operand(1) instanceof SqlNodeList;
    }

    SqlNode shape(SqlCall call) {
        SqlParserPos place = call.getParserPosition();
        SqlKind comparison = ((SqlQuantifyOperator) call.getOperator()).comparisonKind;
        boolean any = call.getKind() == SqlKind.SOME;
        SqlNodeList list = call.operand(1);
        if (list.size() != 1) {
            throw unsupported(call);
        }
        Deque<SqlDataTypeSpec> casts = new ArrayDeque<>();
        SqlNode array = list.get(0);
        while (array.getKind() == SqlKind.CAST
                && array instanceof SqlCall cast
                && cast.operand(1) instanceof SqlDataTypeSpec type) {
            casts.push(element(type, call));
            array = cast.operand(0);
        }
        if (array instanceof SqlDynamicParam parameter) {
            SqlNode element = cast(statement.element(parameter), casts, place);
            return operator(comparison, any).createCall(place, expressions.shape(call.operand(0)), element);
        }
        List<SqlNode> tests = new ArrayList<>();
        for (SqlNode value : values(array, call)) {
            SqlNode left = expressions.shape(call.operand(0));
            tests.add(plain(comparison, any).createCall(place, left, cast(expressions.shape(value), casts, place)));
        }
        if (tests.isEmpty()) {
            return SqlLiteral.createBoolean(!any, place);
        }
        boolean notIn = !any && comparison == SqlKind.NOT_EQUALS;
        SqlNode all = ExpressionShaper.balanced(
                tests, any || notIn ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND, place);
        return notIn ? SqlStdOperatorTable.NOT.createCall(place, all) : all;
    }

    /** {@code <> ALL} is {@code NOT IN}: no element is equal. */
    private static SqlBinaryOperator plain(SqlKind comparison, boolean any) {
        return switch (comparison) {
            case EQUALS -> SqlStdOperatorTable.EQUALS;
            case NOT_EQUALS -> any ? SqlStdOperatorTable.NOT_EQUALS : SqlStdOperatorTable.EQUALS;
            case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            default -> throw new IllegalStateException("no comparison: " + comparison);
        };
    }

    private static SqlBinaryOperator operator(SqlKind comparison, boolean any) {
        String name = SIGNS.get(comparison) + (any ? " any of" : " all of");
        return PgOperators.QUANTIFIED.stream()
                .filter(o -> o.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<SqlNode> values(SqlNode array, SqlCall call) {
        SqlParserPos place = array.getParserPosition();
        if (array.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR && array instanceof SqlBasicCall constructor) {
            List<SqlNode> values = new ArrayList<>();
            for (SqlNode value : constructor.getOperandList()) {
                if (value.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
                    values.addAll(values(value, call));
                } else {
                    values.add(value);
                }
            }
            return values;
        }
        if (array instanceof SqlLiteral literal && literal.getValue() instanceof NlsString text) {
            return literals(text.getValue(), place);
        }
        if (array instanceof SqlLiteral literal && literal.getValue() == null) {
            return List.of(literal);
        }
        throw unsupported(call);
    }

    private static List<SqlNode> literals(String text, SqlParserPos place) {
        List<SqlNode> values = new ArrayList<>();
        try {
            for (Object element : ArrayText.parse(text, e -> e).elements()) {
                values.add(
                        element == null
                                ? SqlLiteral.createNull(place)
                                : SqlLiteral.createCharString((String) element, place));
            }
        } catch (IllegalArgumentException malformed) {
            throw new StatementException(
                    ProblemCode.INVALID_VALUE, "malformed array literal", "Write '{a,b}', or ARRAY['a', 'b'].", place);
        }
        return values;
    }

    private static SqlNode cast(SqlNode value, Deque<SqlDataTypeSpec> casts, SqlParserPos place) {
        SqlNode cast = value;
        for (SqlDataTypeSpec type : casts) {
            cast = SqlStdOperatorTable.CAST.createCall(place, cast, type);
        }
        return cast;
    }

    /** The type of the elements of {@code integer[]}. */
    private static SqlDataTypeSpec element(SqlDataTypeSpec type, SqlCall call) {
        if (type.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec array) {
            return new SqlDataTypeSpec(array.getElementTypeName(), type.getParserPosition());
        }
        throw unsupported(call);
    }

    private static StatementException unsupported(SqlCall call) {
        return new StatementException(
                ProblemCode.UNSUPPORTED,
                "ANY and ALL take a sub-query, an array that is written out, or an array parameter",
                "write = ANY ($1), = ANY ('{a,b}'), = ANY (ARRAY['a', 'b']) or IN ('a', 'b')",
                call.getParserPosition());
    }
}
