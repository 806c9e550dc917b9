package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites expressions inside one SELECT: qualifies names, opens IN lists and BETWEEN into comparisons, puts window definitions in their
 * place, numbers parameters. Every node is counted.
 */
final class ExpressionShaper extends SqlShuttle {
    private final StatementShaper statement;
    private final NameScope scope;
    private final Map<String, SqlWindow> windows;

    ExpressionShaper(StatementShaper statement, NameScope scope, Map<String, SqlWindow> windows) {
        this.statement = statement;
        this.scope = scope;
        this.windows = windows;
    }

    SqlNode shape(SqlNode node) {
        SqlNode shaped = node.accept(this);
        if (shaped == null) {
            throw new IllegalStateException("an expression vanished");
        }
        return shaped;
    }

    @Nullable
    SqlNode shapeOrNull(@Nullable SqlNode node) {
        return node == null ? null : shape(node);
    }

    /** What OFFSET or LIMIT takes: a parameter there has PostgreSQL's type whatever the client says. */
    @Nullable
    SqlNode limit(@Nullable SqlNode node) {
        return node instanceof SqlDynamicParam parameter ? statement.untyped(parameter) : shapeOrNull(node);
    }

    SqlNodeList shapeAll(SqlNodeList nodes) {
        List<SqlNode> shaped = new ArrayList<>(nodes.size());
        for (SqlNode node : nodes) {
            shaped.add(shape(node));
        }
        return new SqlNodeList(shaped, nodes.getParserPosition());
    }

    @Override
    public @Nullable SqlNode visit(SqlNodeList nodeList) {
        return shapeAll(nodeList);
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier id) {
        statement.count(1, id.getParserPosition());
        return id.isStar() ? id : scope.resolve(id);
    }

    @Override
    public @Nullable SqlNode visit(SqlLiteral literal) {
        statement.count(1, literal.getParserPosition());
        if (literal.getValue() instanceof NlsString text) {
            return new TextLiteral(text.getValue(), literal.getParserPosition());
        }
        return literal;
    }

    @Override
    public @Nullable SqlNode visit(SqlDynamicParam param) {
        statement.count(1, param.getParserPosition());
        return statement.parameter(param);
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        statement.count(1, call.getParserPosition());
        OuterAggregates.refuse(call, scope);
        if (RowFunctions.call(call).isPresent()) {
            statement.sawSeries();
        }
        return switch (call.getKind()) {
            case SELECT, UNION, INTERSECT, EXCEPT, WITH, ORDER_BY, VALUES, EXPLICIT_TABLE ->
                statement.query(call, scope).node();
            case EXISTS -> exists(call);
            case IN, NOT_IN -> in(call);
            case BETWEEN -> between(call);
            case OVERLAPS -> overlaps(call);
            case SIMILAR -> similar(call);
            case OVER -> over(call);
            case WITHIN_GROUP -> within(call);
            case EQUALS, NOT_EQUALS -> rows(call);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> {
                if (call.operand(0).getKind() == SqlKind.ROW || call.operand(1).getKind() == SqlKind.ROW) {
                    throw unsupported("rows can be compared only by = and <>", "compare column by column", call);
                }
                yield descend(call);
            }
            case SOME, ALL ->
                Quantifiers.isOverArray(call) ? new Quantifiers(statement, this).shape(call) : other(call);
            case CAST -> {
                if (call.operand(1) instanceof SqlDataTypeSpec type
                        && type.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec) {
                    throw array(call);
                }
                SqlNode operand = shape(call.operand(0));
                yield SqlStdOperatorTable.CAST.createCall(call.getParserPosition(), operand, call.operand(1));
            }
            default -> other(call);
        };
    }

    /** Calcite's converter takes EXISTS for true where only a SELECT list stands between it and one row: the rows of a series are made by such a list. */
    private SqlNode exists(SqlCall call) {
        SqlNode shaped = descend(call);
        SqlNode query = ((SqlCall) shaped).operand(0);
        return statement.hasSeries() && RowFunctions.isListAlone(query)
                ? RowFunctions.isAnyRow(query, statement.internalName())
                : shaped;
    }

    private SqlNode other(SqlCall call) {
        if (call.getOperator() instanceof SqlUnresolvedFunction function) {
            known(function, call);
            return descend(RowFunctions.elements(call));
        } else if (call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            throw array(call);
        } else if (call.getKind() == SqlKind.CURSOR || call.getKind() == SqlKind.MAP_VALUE_CONSTRUCTOR) {
            throw unsupported("this expression is not supported", null, call);
        }
        return descend(call);
    }

    private SqlNode descend(SqlCall call) {
        SqlNode result = super.visit(call);
        if (result == null) {
            throw new IllegalStateException("a call vanished");
        }
        return result;
    }

    private static void known(SqlUnresolvedFunction function, SqlCall call) {
        SqlIdentifier name = function.getNameAsId();
        List<SqlOperator> found = new ArrayList<>();
        PgOperators.table()
                .lookupOperatorOverloads(
                        name,
                        null,
                        SqlSyntax.FUNCTION,
                        found,
                        org.apache.calcite.sql.validate.SqlNameMatchers.liberal());
        if (found.isEmpty()) {
            throw new StatementException(
                    ProblemCode.UNKNOWN_FUNCTION,
                    "function " + String.join(".", name.names) + " does not exist or is not permitted",
                    call.getParserPosition());
        }
    }

    private SqlNode in(SqlCall call) {
        SqlNode right = call.operand(1);
        if (!(right instanceof SqlNodeList list)) {
            SqlNode left = shape(call.operand(0));
            return call.getOperator().createCall(call.getParserPosition(), left, shape(right));
        }
        List<SqlNode> tests = new ArrayList<>(list.size());
        for (SqlNode value : list) {
            // The left side is shaped anew for each value: syntax trees must not share nodes.
            tests.add(equal(call.operand(0), value, call.getParserPosition()));
        }
        SqlNode any = balanced(tests, SqlStdOperatorTable.OR, call.getParserPosition());
        return call.getKind() == SqlKind.IN ? any : SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), any);
    }

    private SqlNode equal(SqlNode left, SqlNode right, SqlParserPos place) {
        boolean leftRow = left.getKind() == SqlKind.ROW;
        boolean rightRow = right.getKind() == SqlKind.ROW;
        if (!leftRow && !rightRow) {
            return SqlStdOperatorTable.EQUALS.createCall(place, shape(left), shape(right));
        }
        List<SqlNode> lefts = leftRow ? ((SqlCall) left).getOperandList() : List.of();
        List<SqlNode> rights = rightRow ? ((SqlCall) right).getOperandList() : List.of();
        if (lefts.size() != rights.size() || lefts.isEmpty()) {
            throw new StatementException(
                    ProblemCode.TYPE_MISMATCH, "the rows compared have different numbers of columns", place);
        }
        List<SqlNode> tests = new ArrayList<>(lefts.size());
        for (int i = 0; i < lefts.size(); i++) {
            tests.add(equal(lefts.get(i), rights.get(i), place));
        }
        return balanced(tests, SqlStdOperatorTable.AND, place);
    }

    private SqlNode overlaps(SqlCall call) {
        List<SqlNode> ends = new ArrayList<>();
        for (SqlNode period : call.getOperandList()) {
            if (!(period instanceof SqlCall row) || row.getKind() != SqlKind.ROW || row.operandCount() != 2) {
                throw unsupported("OVERLAPS needs two ends on each side", "write (a, b) OVERLAPS (c, d)", call);
            }
            row.getOperandList().forEach(end -> ends.add(shape(end)));
        }
        return SelectShaper.call("overlaps", call.getParserPosition(), ends.toArray(new SqlNode[0]));
    }

    /** SIMILAR TO, and regular expressions, which {@link SqlReader} writes as it with an escape that nobody can write. */
    private SqlNode similar(SqlCall call) {
        SqlParserPos place = call.getParserPosition();
        String kind = "";
        if (call.operandCount() > 2) {
            kind = call.operand(2) instanceof SqlLiteral escape ? String.valueOf(escape.toValue()) : "?";
            if (!SqlReader.isRegular(kind)) {
                throw unsupported("SIMILAR TO with ESCAPE is not supported", "the escape is the backslash", call);
            }
        }
        SqlNode matched = SelectShaper.call(
                "similar to", place, shape(call.operand(0)), shape(call.operand(1)), new TextLiteral(kind, place));
        boolean negated = call.getOperator() instanceof SqlLikeOperator like && like.isNegated();
        return negated ? SqlStdOperatorTable.NOT.createCall(place, matched) : matched;
    }

    private SqlNode rows(SqlCall call) {
        if (call.operand(0).getKind() != SqlKind.ROW && call.operand(1).getKind() != SqlKind.ROW) {
            return descend(call);
        }
        SqlNode equal = equal(call.operand(0), call.operand(1), call.getParserPosition());
        return call.getKind() == SqlKind.EQUALS
                ? equal
                : SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), equal);
    }

    /** As deep as the logarithm of the list: ten thousand values do not make a tree of ten thousand levels. */
    static SqlNode balanced(List<SqlNode> tests, SqlOperator operator, SqlParserPos place) {
        if (tests.size() == 1) {
            return tests.get(0);
        }
        int middle = tests.size() / 2;
        return operator.createCall(
                place,
                balanced(tests.subList(0, middle), operator, place),
                balanced(tests.subList(middle, tests.size()), operator, place));
    }

    private SqlNode between(SqlCall call) {
        // Operators compare by name and kind, and both kinds of BETWEEN share them: only the flag tells.
        SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
        boolean negated = operator.isNegated();
        boolean symmetric = operator.flag == SqlBetweenOperator.Flag.SYMMETRIC;
        SqlParserPos place = call.getParserPosition();
        SqlNode inside = range(call, 1, 2);
        if (symmetric) {
            inside = SqlStdOperatorTable.OR.createCall(place, inside, range(call, 2, 1));
        }
        return negated ? SqlStdOperatorTable.NOT.createCall(place, inside) : inside;
    }

    private SqlNode range(SqlCall call, int low, int high) {
        SqlParserPos place = call.getParserPosition();
        return SqlStdOperatorTable.AND.createCall(
                place,
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                        place, shape(call.operand(0)), shape(call.operand(low))),
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                        place, shape(call.operand(0)), shape(call.operand(high))));
    }

    /** {@code mode() WITHIN GROUP (ORDER BY x)} is {@code mode(x)}: Calcite types no other ordered-set aggregate than percentiles. */
    private SqlNode within(SqlCall call) {
        SqlCall aggregate = call.operand(0);
        SqlNodeList order = call.operand(1);
        if (aggregate.getOperator() instanceof SqlUnresolvedFunction function
                && function.getName().equals("mode")) {
            if (aggregate.operandCount() != 0 || order.size() != 1) {
                throw new StatementException(
                        ProblemCode.UNKNOWN_FUNCTION, "mode takes one ORDER BY expression", call.getParserPosition());
            }
            return SelectShaper.call("mode", call.getParserPosition(), shape(SelectShaper.sortKey(order.get(0))));
        }
        if (aggregate.operandCount() == 1 && aggregate.operand(0).getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            throw unsupported(
                    "several percentiles in one call are not supported",
                    "write one call for each, such as percentile_cont(0.25) and percentile_cont(0.75)",
                    aggregate.operand(0));
        }
        return other(call);
    }

    private SqlNode over(SqlCall call) {
        SqlNode function = shape(filtered(call.operand(0)));
        SqlNode window = call.operand(1);
        SqlWindow definition = window instanceof SqlIdentifier name ? named(name) : (SqlWindow) window;
        return SqlStdOperatorTable.OVER.createCall(call.getParserPosition(), function, window(definition, 0));
    }

    /** {@code sum(x) FILTER (WHERE c) OVER w} is {@code sum(CASE WHEN c THEN x END) OVER w}; Calcite knows no filter there. */
    private static SqlNode filtered(SqlNode node) {
        if (node.getKind() != SqlKind.FILTER) {
            return node;
        }
        SqlCall aggregate = ((SqlCall) node).operand(0);
        SqlNode condition = ((SqlCall) node).operand(1);
        SqlParserPos place = node.getParserPosition();
        if (aggregate.operandCount() != 1 || aggregate.getFunctionQuantifier() != null) {
            throw unsupported("FILTER with OVER is not supported for this aggregate", "use CASE in its argument", node);
        }
        SqlNode argument = aggregate.operand(0);
        boolean star = argument instanceof SqlIdentifier id && id.isStar();
        SqlNode chosen = SqlCase.createSwitched(
                place,
                null,
                SqlNodeList.of(condition),
                SqlNodeList.of(star ? SqlLiteral.createExactNumeric("1", place) : argument),
                SqlLiteral.createNull(place));
        return aggregate.getOperator().createCall(aggregate.getFunctionQuantifier(), place, chosen);
    }

    private SqlWindow named(SqlIdentifier name) {
        SqlWindow window = windows.get(name.getSimple());
        if (window == null) {
            throw new StatementException(
                    ProblemCode.SYNTAX, "window \"" + name.getSimple() + "\" does not exist", name.getParserPosition());
        }
        return window;
    }

    /** A window with everything it refers to inlined: Calcite drops the frame of {@code OVER (w ROWS …)}. */
    private SqlWindow window(SqlWindow window, int depth) {
        SqlNodeList partition = window.getPartitionList();
        SqlNodeList order = window.getOrderList();
        SqlIdentifier reference = window.getRefName();
        int depthLimit = 20;
        for (int i = depth; reference != null; i++) {
            SqlWindow base = named(reference);
            if (i > depthLimit) {
                throw new StatementException(
                        ProblemCode.STATEMENT_TOO_COMPLEX, "windows refer to each other", window.getParserPosition());
            }
            partition = base.getPartitionList();
            order = order.isEmpty() ? base.getOrderList() : order;
            reference = base.getRefName();
        }
        return SqlWindow.create(
                null,
                null,
                shapeAll(partition),
                shapeAll(order),
                SqlLiteral.createBoolean(window.isRows(), window.getParserPosition()),
                bound(window.getLowerBound()),
                bound(window.getUpperBound()),
                null,
                window.getExclude(),
                window.getParserPosition());
    }

    private @Nullable SqlNode bound(@Nullable SqlNode bound) {
        if (bound instanceof SqlBasicCall call) {
            return call.getOperator().createCall(call.getParserPosition(), shape(call.operand(0)));
        }
        return bound;
    }

    private static StatementException array(SqlCall call) {
        return unsupported("an array can only stand in ANY and ALL", Opaque.HINT, call);
    }

    private static StatementException unsupported(String detail, @Nullable String hint, SqlNode node) {
        return new StatementException(ProblemCode.UNSUPPORTED, detail, hint, node.getParserPosition());
    }

    /** The SQL type spec that casts a parameter to the type the client gave. */
    static SqlNode typed(SqlDynamicParam parameter, SqlType type) {
        return SqlStdOperatorTable.CAST.createCall(
                parameter.getParserPosition(), parameter, TypeSpecs.of(type, parameter.getParserPosition()));
    }
}
