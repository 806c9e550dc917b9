package io.weir.query.parse;

import io.weir.problem.ProblemCode;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Brings a syntax tree into a form whose meaning does not depend on what Calcite does differently from PostgreSQL: every column
 * qualified, every star spelled out, every output column named as PostgreSQL names it, USING and NATURAL as ON, named windows inlined,
 * DISTINCT ON as ROW_NUMBER. Counts nodes as if every CTE were written out at each use, because the converter does that.
 */
final class StatementShaper {
    /** A query and its output names. */
    record Shaped(SqlNode node, List<String> labels) {}

    /** A CTE in scope. */
    record Common(List<String> columns, long size) {}

    private final GovernedSchema schema;
    private final CanonicalText text;
    private final List<@Nullable SqlType> types;
    private final FrontEndLimits limits;
    private final FromShaper from;
    private Map<String, Common> commons = new HashMap<>();
    private long nodes;
    private int internal;
    private boolean series;

    StatementShaper(GovernedSchema schema, CanonicalText text, List<@Nullable SqlType> types, FrontEndLimits limits) {
        this.schema = schema;
        this.text = text;
        this.types = types;
        this.limits = limits;
        this.from = new FromShaper(this);
    }

    GovernedSchema schema() {
        return schema;
    }

    FromShaper from() {
        return from;
    }

    @Nullable
    Common common(String name) {
        return commons.get(name);
    }

    /** A name that no caller can write. */
    String internalName() {
        return "\u0001" + internal++;
    }

    /** A function whose rows are a list is somewhere in the statement. */
    void sawSeries() {
        series = true;
    }

    boolean hasSeries() {
        return series;
    }

    void count(long more, SqlParserPos place) {
        nodes += more;
        if (nodes > limits.expandedNodes()) {
            throw new StatementException(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "written out, the statement has more than " + limits.expandedNodes() + " parts",
                    "use each WITH query fewer times",
                    place);
        }
    }

    SqlNode parameter(SqlDynamicParam param) {
        int number = text.parameters().get(param.getIndex());
        SqlDynamicParam numbered = new SqlDynamicParam(number - 1, param.getParserPosition());
        SqlType type = number <= types.size() ? types.get(number - 1) : null;
        if (type != null && type.isOpaque()) {
            throw new StatementException(
                    ProblemCode.UNSUPPORTED,
                    "parameter $" + number + " is of type " + type.sqlName() + ", with which nothing can be done here",
                    Opaque.HINT,
                    param.getParserPosition());
        }
        return type == null ? numbered : ExpressionShaper.typed(numbered, type);
    }

    /** A parameter whose type is told by where it stands. */
    SqlNode untyped(SqlDynamicParam param) {
        count(1, param.getParserPosition());
        return new SqlDynamicParam(text.parameters().get(param.getIndex()) - 1, param.getParserPosition());
    }

    /** One element of an array parameter. */
    SqlNode element(SqlDynamicParam param) {
        count(1, param.getParserPosition());
        int number = text.parameters().get(param.getIndex());
        SqlDynamicParam numbered = new SqlDynamicParam(number - 1, param.getParserPosition());
        SqlType type = number <= types.size() ? types.get(number - 1) : null;
        if (type == null) {
            return numbered;
        }
        return type.element()
                .filter(e -> !e.isOpaque())
                .map(e -> ExpressionShaper.typed(numbered, e))
                .orElseThrow(() -> new StatementException(
                        ProblemCode.UNSUPPORTED,
                        "parameter $" + number + " is of type " + type.sqlName() + ", which cannot be compared here",
                        Opaque.HINT,
                        param.getParserPosition()));
    }

    Shaped query(SqlNode query, @Nullable NameScope outer) {
        if (query instanceof SqlOrderBy order) {
            return ordered(order, outer);
        }
        if (query instanceof SqlWith with) {
            return with(with, null, outer);
        }
        if (query instanceof SqlSelect select) {
            return new SelectShaper(this, outer).select(select, null);
        }
        return switch (query.getKind()) {
            case UNION, INTERSECT, EXCEPT -> setOperation((SqlCall) query, outer);
            case VALUES -> values((SqlCall) query, outer);
            default ->
                throw new StatementException(
                        ProblemCode.UNSUPPORTED, "this form of query is not supported", query.getParserPosition());
        };
    }

    private Shaped ordered(SqlOrderBy order, @Nullable NameScope outer) {
        if (order.query instanceof SqlSelect select) {
            return new SelectShaper(this, outer).select(select, order);
        }
        if (order.query instanceof SqlWith with) {
            return with(with, order, outer);
        }
        Shaped inner = query(order.query, outer);
        // Above a set operation only output names and ordinals can be meant.
        for (SqlNode item : order.orderList) {
            SqlNode key = SelectShaper.sortKey(item);
            if (key instanceof SqlIdentifier id
                    && !(id.isSimple() && inner.labels().contains(id.getSimple()))) {
                throw new StatementException(
                        ProblemCode.UNKNOWN_COLUMN,
                        "column \"" + String.join(".", id.names) + "\" does not exist in the result",
                        "order a UNION, INTERSECT or EXCEPT by an output column's name or number",
                        key.getParserPosition());
            }
            if (!(key instanceof SqlIdentifier) && !SelectShaper.isOrdinal(key)) {
                throw new StatementException(
                        ProblemCode.UNSUPPORTED,
                        "only output columns can order a UNION, INTERSECT or EXCEPT",
                        "put the set operation into a sub-query",
                        key.getParserPosition());
            }
            count(1, item.getParserPosition());
        }
        ExpressionShaper plain = new ExpressionShaper(this, new NameScope(outer), Map.of());
        return new Shaped(
                new SqlOrderBy(
                        order.getParserPosition(),
                        inner.node(),
                        order.orderList,
                        plain.limit(order.offset),
                        plain.limit(order.fetch)),
                inner.labels());
    }

    private Shaped with(SqlWith written, @Nullable SqlOrderBy order, @Nullable NameScope outer) {
        SqlWith with = order == null ? AccumulatedCounts.written(written, this::internalName) : written;
        Map<String, Common> before = commons;
        commons = new HashMap<>(before);
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            long start = nodes;
            Shaped shaped = query(item.query, outer);
            List<String> columns = columns(item.columnList, shaped.labels(), item.getParserPosition());
            commons.put(item.name.getSimple(), new Common(columns, nodes - start));
            items.add(new SqlWithItem(
                    item.getParserPosition(),
                    item.name,
                    names(columns, item.getParserPosition()),
                    shaped.node(),
                    SqlLiteral.createBoolean(false, item.getParserPosition())));
        }
        Shaped body = order == null
                ? query(with.body, outer)
                : query(
                        new SqlOrderBy(
                                order.getParserPosition(), with.body, order.orderList, order.offset, order.fetch),
                        outer);
        commons = before;
        return new Shaped(
                new SqlWith(with.getParserPosition(), new SqlNodeList(items, SqlParserPos.ZERO), body.node()),
                body.labels());
    }

    /** Column names of an alias: those given, then the query's own. */
    static List<String> columns(@Nullable SqlNodeList given, List<String> labels, SqlParserPos place) {
        if (given == null || given.isEmpty()) {
            return labels;
        }
        if (given.size() > labels.size()) {
            throw new StatementException(
                    ProblemCode.SYNTAX,
                    labels.size() + " columns available but " + given.size() + " columns specified",
                    place);
        }
        List<String> columns = new ArrayList<>(labels);
        for (int i = 0; i < given.size(); i++) {
            columns.set(i, ((SqlIdentifier) given.get(i)).getSimple());
        }
        return columns;
    }

    /** Names for Calcite, which wants them distinct; a repeated one cannot be referred to anyway. */
    SqlNodeList names(List<String> columns, SqlParserPos place) {
        List<SqlNode> names = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            boolean repeated = columns.indexOf(name) < i;
            names.add(new SqlIdentifier(repeated ? internalName() : name, place));
        }
        return new SqlNodeList(names, place);
    }

    private Shaped setOperation(SqlCall call, @Nullable NameScope outer) {
        Shaped left = query(call.operand(0), outer);
        Shaped right = query(call.operand(1), outer);
        if (left.labels().size() != right.labels().size()) {
            throw new StatementException(
                    ProblemCode.TYPE_MISMATCH,
                    "each side of UNION, INTERSECT and EXCEPT must have the same number of columns",
                    call.getParserPosition());
        }
        return new Shaped(
                call.getOperator().createCall(call.getParserPosition(), left.node(), right.node()), left.labels());
    }

    private Shaped values(SqlCall call, @Nullable NameScope outer) {
        ExpressionShaper plain = new ExpressionShaper(this, new NameScope(outer), Map.of());
        List<SqlNode> rows = new ArrayList<>();
        int width = -1;
        for (SqlNode row : call.getOperandList()) {
            SqlBasicCall cells = (SqlBasicCall) row;
            if (width >= 0 && width != cells.operandCount()) {
                throw new StatementException(
                        ProblemCode.SYNTAX, "VALUES lists must all be the same length", row.getParserPosition());
            }
            width = cells.operandCount();
            List<SqlNode> shaped = new ArrayList<>();
            for (SqlNode cell : cells.getOperandList()) {
                shaped.add(plain.shape(cell));
            }
            rows.add(cells.getOperator().createCall(row.getParserPosition(), shaped));
        }
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            labels.add("column" + i);
        }
        return new Shaped(call.getOperator().createCall(call.getParserPosition(), rows), labels);
    }
}
