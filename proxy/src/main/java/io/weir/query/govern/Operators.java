package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** The register of operators and functions: a call that is not on the list has no operator, and its caller refuses it. Pure. */
final class Operators {
    private static final Set<Op> COMPARISONS = EnumSet.of(
            Op.EQUAL,
            Op.NOT_EQUAL,
            Op.LESS,
            Op.LESS_OR_EQUAL,
            Op.GREATER,
            Op.GREATER_OR_EQUAL,
            Op.IS_DISTINCT_FROM,
            Op.IS_NOT_DISTINCT_FROM);

    private Operators() {}

    static boolean compares(Op op) {
        return COMPARISONS.contains(op);
    }

    /** substring(text, 1, n) is left(text, n). */
    private static boolean isBeginning(List<Expr> arguments) {
        return arguments.size() == 3
                && arguments.get(1) instanceof Expr.Literal l
                && l.value() instanceof Number n
                && n.longValue() == 1
                && arguments.get(0).type().isText()
                && !(arguments.get(2) instanceof Expr.Literal m && m.value() instanceof Number k && k.longValue() < 0);
    }

    /** @return null when the call is not registered */
    static @Nullable Op operator(SqlKind kind, String name, List<Expr> arguments, SqlType type) {
        return switch (kind) {
            case EQUALS -> Op.EQUAL;
            case NOT_EQUALS -> Op.NOT_EQUAL;
            case LESS_THAN -> Op.LESS;
            case LESS_THAN_OR_EQUAL -> Op.LESS_OR_EQUAL;
            case GREATER_THAN -> Op.GREATER;
            case GREATER_THAN_OR_EQUAL -> Op.GREATER_OR_EQUAL;
            case IS_DISTINCT_FROM -> Op.IS_DISTINCT_FROM;
            case IS_NOT_DISTINCT_FROM -> Op.IS_NOT_DISTINCT_FROM;
            case AND -> Op.AND;
            case OR -> Op.OR;
            case NOT -> Op.NOT;
            case IS_NULL, IS_UNKNOWN -> Op.IS_NULL;
            case IS_NOT_NULL -> Op.IS_NOT_NULL;
            case IS_TRUE -> Op.IS_TRUE;
            case IS_NOT_TRUE -> Op.IS_NOT_TRUE;
            case IS_FALSE -> Op.IS_FALSE;
            case IS_NOT_FALSE -> Op.IS_NOT_FALSE;
            case LIKE -> name.equals("like") ? Op.LIKE : name.equals("not like") ? Op.NOT : null;
            case TIMES -> arguments.stream().allMatch(a -> a.type().isNumber()) ? Op.MULTIPLY : null;
            case DIVIDE -> type.isInteger() ? Op.INTEGER_DIVIDE : Op.DIVIDE;
            case MOD -> Op.MODULO;
            case MINUS_PREFIX -> Op.NEGATE;
            case COALESCE -> Op.COALESCE;
            case NULLIF -> Op.NULLIF;
            case GREATEST, GREATEST_PG -> Op.GREATEST;
            case LEAST, LEAST_PG -> Op.LEAST;
            case FLOOR -> arguments.size() == 1 ? Op.FLOOR : null;
            case CEIL -> arguments.size() == 1 ? Op.CEILING : null;
            default ->
                switch (name) {
                    case "*" -> Op.MULTIPLY;
                    case "/" -> type.isInteger() ? Op.INTEGER_DIVIDE : Op.DIVIDE;
                    case "%", "mod" -> Op.MODULO;
                    case "-" -> Op.NEGATE;
                    case "abs" -> Op.ABSOLUTE;
                    case "floor" -> Op.FLOOR;
                    case "ceil", "ceiling" -> Op.CEILING;
                    case "round" -> Op.ROUND;
                    case "sqrt" -> Op.SQUARE_ROOT;
                    case "ln" -> Op.LOGARITHM;
                    case "exp" -> Op.EXPONENTIAL;
                    case "substring", "substr" -> isBeginning(arguments) ? Op.LEFT : null;
                    case "left" -> Op.LEFT;
                    case "upper" -> Op.UPPER;
                    case "lower" -> Op.LOWER;
                    case "length", "char_length", "character_length" -> Op.LENGTH;
                    case "||" -> Op.CONCAT;
                    case "coalesce" -> Op.COALESCE;
                    case "nullif" -> Op.NULLIF;
                    case "greatest" -> Op.GREATEST;
                    case "least" -> Op.LEAST;
                    default -> null;
                };
        };
    }
}
