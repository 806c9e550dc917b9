package io.weir.query.parse;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/** Column labels as PostgreSQL chooses them when there is no AS (parse_target.c, FigureColname). */
final class Labels {
    static final String NONE = "?column?";

    private Labels() {}

    static String of(SqlNode expression) {
        Figure figure = figure(expression);
        return figure.name() == null ? NONE : PgLexer.shorten(figure.name());
    }

    /** @param strength 2 for a good name, 1 for a weak one that a cast around it replaces, 0 for none */
    private record Figure(@Nullable String name, int strength) {
        static final Figure NOTHING = new Figure(null, 0);
    }

    private static Figure figure(SqlNode node) {
        return switch (node.getKind()) {
            case IDENTIFIER -> {
                SqlIdentifier id = (SqlIdentifier) node;
                yield id.isStar() ? Figure.NOTHING : new Figure(id.names.get(id.names.size() - 1), 2);
            }
            case CAST -> {
                SqlCall cast = (SqlCall) node;
                Figure inner = figure(cast.operand(0));
                yield inner.strength() > 1 ? inner : new Figure(typeName((SqlDataTypeSpec) cast.operand(1)), 1);
            }
            case CASE -> {
                SqlNode otherwise = ((SqlCase) node).getElseOperand();
                Figure inner = otherwise == null ? Figure.NOTHING : figure(otherwise);
                yield inner.strength() > 1 ? inner : new Figure("case", 1);
            }
            case EXISTS -> new Figure("exists", 2);
            case OVERLAPS -> new Figure("overlaps", 2);
            case ROW -> new Figure("row", 2);
            case SCALAR_QUERY -> figure(((SqlCall) node).operand(0));
            case SELECT -> {
                SqlNode first = ((SqlSelect) node).getSelectList().get(0);
                yield first.getKind() == SqlKind.AS
                        ? new Figure(((SqlIdentifier) ((SqlCall) first).operand(1)).getSimple(), 2)
                        : figure(first);
            }
            case ORDER_BY -> figure(((SqlOrderBy) node).query);
            case WITH -> figure(((SqlWith) node).body);
            case OVER, FILTER, WITHIN_GROUP -> figure(((SqlCall) node).operand(0));
            default -> function(node);
        };
    }

    private static Figure function(SqlNode node) {
        if (node instanceof SqlBasicCall call) {
            if (call.getOperator() instanceof SqlUnresolvedFunction function) {
                return new Figure(function.getName(), 2);
            }
            if (call.getOperator().equals(PgOperators.AT_TIME_ZONE)) {
                return new Figure("timezone", 2);
            }
        }
        return Figure.NOTHING;
    }

    private static String typeName(SqlDataTypeSpec type) {
        String name = type.getTypeName().getSimple();
        return switch (name) {
            case "BOOLEAN" -> "bool";
            case "SMALLINT" -> "int2";
            case "INTEGER" -> "int4";
            case "BIGINT" -> "int8";
            case "REAL" -> "float4";
            case "DOUBLE" -> "float8";
            case "DECIMAL" -> "numeric";
            case "CHAR" -> "bpchar";
            case "VARCHAR" ->
                type.getTypeNameSpec() instanceof org.apache.calcite.sql.SqlBasicTypeNameSpec spec
                                && spec.getPrecision() >= 0
                        ? "varchar"
                        : "text";
            case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" -> "timestamptz";
            default -> name.toLowerCase(java.util.Locale.ROOT);
        };
    }
}
