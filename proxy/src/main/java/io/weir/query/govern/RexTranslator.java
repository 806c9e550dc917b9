package io.weir.query.govern;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.parse.Literals;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's expressions into registered operators. Whatever has no registered form is refused here, so nothing unknown gets further.
 * Constants are folded with PostgreSQL's semantics.
 */
final class RexTranslator {
    private final @Nullable List<@Nullable Object> parameters;
    private final List<SqlType> parameterTypes;
    private final LocalDate snapshot;
    private final Map<CorrelationId, List<Expr>> correlations;
    private final BiFunction<RexSubQuery, List<Expr>, Expr> subQueries;
    private final Function<Expr.Call, Expr> bounds;

    RexTranslator(
            @Nullable List<@Nullable Object> parameters,
            List<SqlType> parameterTypes,
            LocalDate snapshot,
            Map<CorrelationId, List<Expr>> correlations,
            BiFunction<RexSubQuery, List<Expr>, Expr> subQueries,
            Function<Expr.Call, Expr> bounds) {
        this.bounds = bounds;
        this.parameters = parameters;
        this.parameterTypes = parameterTypes;
        this.snapshot = snapshot;
        this.correlations = correlations;
        this.subQueries = subQueries;
    }

    /** @param fields expressions of the input's fields */
    Expr translate(RexNode node, List<Expr> fields) {
        Expr expr = raw(node, fields);
        return fold(expr);
    }

    private static Expr fold(Expr expr) {
        if (expr instanceof Expr.Literal || !expr.isConstant()) {
            return expr;
        }
        return new Expr.Literal(Evaluator.constant(expr), expr.type());
    }

    private Expr raw(RexNode node, List<Expr> fields) {
        return switch (node) {
            case RexInputRef ref -> fields.get(ref.getIndex());
            case RexLiteral literal ->
                new Expr.Literal(
                        Literals.value(literal), SqlTypes.of(literal.getType()).type());
            case RexDynamicParam parameter -> parameter(parameter.getIndex(), type(parameter));
            case RexFieldAccess access
            when access.getReferenceExpr() instanceof RexCorrelVariable variable -> {
                List<Expr> outer = correlations.get(variable.id);
                if (outer == null) {
                    throw refuse(ProblemCode.SHAPE, "a correlated reference that leads nowhere known");
                }
                yield outer.get(access.getField().getIndex());
            }
            case RexSubQuery subQuery -> subQueries.apply(subQuery, fields);
            case RexCall call -> call(call, fields);
            default -> throw refuse(ProblemCode.UNSUPPORTED, "an expression of kind " + node.getKind());
        };
    }

    /** IN over a sub-query is evaluated as EXISTS, which is false where IN is unknown: that must not be turned round or looked at. */
    private static void refuseUnknownMembership(RexCall call) {
        boolean looks = switch (call.getKind()) {
            case NOT, IS_FALSE, IS_NOT_FALSE, IS_NULL, IS_NOT_NULL, IS_UNKNOWN -> true;
            default -> false;
        };
        if (looks && call.getOperands().stream().anyMatch(RexTranslator::mayBeUnknown)) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "NOT IN over a sub-query whose values can be missing",
                    "Use NOT EXISTS (SELECT … WHERE inner = outer), which says what is meant when a value is missing.");
        }
    }

    private static boolean mayBeUnknown(RexNode node) {
        return switch (node) {
            case RexSubQuery in
            when in.getKind() == org.apache.calcite.sql.SqlKind.IN ->
                in.getOperands().stream().anyMatch(o -> o.getType().isNullable())
                        || in.rel.getRowType().getFieldList().stream()
                                .anyMatch(f -> f.getType().isNullable());
            case RexSubQuery other -> false;
            case RexCall call -> call.getOperands().stream().anyMatch(RexTranslator::mayBeUnknown);
            default -> false;
        };
    }

    private Expr parameter(int index, SqlType type) {
        SqlType declared = index < parameterTypes.size() ? parameterTypes.get(index) : type;
        if (parameters == null) {
            return new Expr.Parameter(index, declared);
        }
        if (index >= parameters.size()) {
            throw Problem.of(ProblemCode.PARAMETER_MISSING).asException();
        }
        return new Expr.Literal(Evaluator.cast(parameters.get(index), declared), declared);
    }

    private static SqlType type(RexNode node) {
        return SqlTypes.of(node.getType()).type();
    }

    private Expr call(RexCall call, List<Expr> fields) {
        refuseUnknownMembership(call);
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        SqlType type = type(call);
        switch (call.getKind()) {
            case CASE -> {
                return cases(call, fields, type);
            }
            case CAST, SAFE_CAST -> {
                RexNode operand = call.getOperands().getFirst();
                return cast(translate(operand, fields), SqlTypes.of(operand.getType()), SqlTypes.of(call.getType()));
            }
            case EXTRACT -> {
                return extract(call.getOperands(), fields, type);
            }
            default -> {}
        }
        switch (name) {
            case "extract", "date_part" -> {
                return extract(call.getOperands(), fields, type);
            }
            case "date_trunc" -> {
                return truncate(call.getOperands(), fields, type);
            }
            case "age" ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "age() is an interval",
                        "Use extract(year FROM age(a, b)) for whole years, or a - b for days.");
            case "current_date" -> {
                return new Expr.Literal(snapshot, SqlType.DATE);
            }
            case "now", "current_timestamp", "localtimestamp", "transaction_timestamp", "statement_timestamp" -> {
                return type == SqlType.TIMESTAMPTZ
                        ? new Expr.Literal(
                                snapshot.atStartOfDay().toInstant(java.time.ZoneOffset.UTC), SqlType.TIMESTAMPTZ)
                        : new Expr.Literal(snapshot.atStartOfDay(), SqlType.TIMESTAMP);
            }
            default -> {}
        }
        List<Expr> arguments =
                call.getOperands().stream().map(o -> translate(o, fields)).toList();
        if (call.getKind() == SqlKind.PLUS || name.equals("+")) {
            return plus(arguments, type);
        }
        if (call.getKind() == SqlKind.MINUS || name.equals("-") && arguments.size() == 2) {
            return minus(arguments, type);
        }
        Op op = operator(call.getKind(), name, arguments, type);
        if (op == null) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "%s is not on the list of functions that can be governed".formatted(name),
                    "The list is in docs/reference/functions.md.");
        }
        if (COMPARISONS.contains(op)) {
            return bounds.apply(new Expr.Call(op, ofOneKind(arguments), type));
        }
        if (op == Op.NOT && name.equals("not like")) {
            return Expr.predicate(Op.NOT, Expr.predicate(Op.LIKE, arguments.toArray(Expr[]::new)));
        }
        if (op == Op.AND) {
            return Expr.and(arguments);
        }
        if (op == Op.NOT) {
            return not(arguments.getFirst());
        }
        return new Expr.Call(op, arguments, type);
    }

    private static final Set<Op> COMPARISONS = EnumSet.of(
            Op.EQUAL,
            Op.NOT_EQUAL,
            Op.LESS,
            Op.LESS_OR_EQUAL,
            Op.GREATER,
            Op.GREATER_OR_EQUAL,
            Op.IS_DISTINCT_FROM,
            Op.IS_NOT_DISTINCT_FROM);

    /** A string literal beside a char(n) is one too: the blanks at its end count for nothing. */
    private static List<Expr> ofOneKind(List<Expr> sides) {
        boolean blankPadded = sides.stream().anyMatch(s -> s.type() == SqlType.BPCHAR);
        return blankPadded
                ? sides.stream()
                        .map(s -> s instanceof Expr.Literal l && l.value() instanceof String text
                                ? new Expr.Literal(Evaluator.cast(text, SqlType.BPCHAR), SqlType.BPCHAR)
                                : s)
                        .toList()
                : sides;
    }

    private static Expr not(Expr argument) {
        return argument instanceof Expr.Call(Op op, List<Expr> inner, SqlType t) && op == Op.NOT
                ? inner.getFirst()
                : Expr.predicate(Op.NOT, argument);
    }

    private Expr cases(RexCall call, List<Expr> fields, SqlType type) {
        List<RexNode> operands = call.getOperands();
        List<Expr.When> whens = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            whens.add(new Expr.When(
                    translate(operands.get(i), fields), cast(translate(operands.get(i + 1), fields), type)));
        }
        return new Expr.Case(whens, cast(translate(operands.getLast(), fields), type), type);
    }

    /** Drops casts that change nothing; casts of constants are folded by the caller. */
    static Expr cast(Expr argument, SqlType target) {
        if (argument.type() == target
                || argument.type().isText() && target.isText()
                || argument instanceof Expr.Literal l && l.isNull()) {
            return argument instanceof Expr.Literal l ? new Expr.Literal(l.value(), target) : argument;
        }
        if (argument instanceof Expr.Cast(Expr inner, SqlType t, int typmod, boolean cuts)
                && typmod < 0
                && isMoment(inner.type())
                && isMoment(t)
                && isMoment(target)
                && inner.type().compareTo(t) < 0) {
            // There and back: a date's midnight, or a local time in the session's zone, comes back as it was.
            return cast(inner, target);
        }
        if (argument instanceof Expr.Call part
                && target.isInteger()
                && isPartOfDate(part)
                && part.type() == SqlType.NUMERIC) {
            return new Expr.Call(part.op(), part.arguments(), target);
        }
        Expr cast = new Expr.Cast(argument, target);
        return fold(cast);
    }

    private static boolean isMoment(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP || type == SqlType.TIMESTAMPTZ;
    }

    /** Whole numbers of at most four digits. */
    private static boolean isPartOfDate(Expr.Call call) {
        return switch (call.op()) {
            case YEAR_OF, QUARTER_OF, MONTH_OF, ISO_WEEK_OF, DAY_OF_WEEK, DAY_OF_MONTH, AGE_IN_YEARS -> true;
            default -> false;
        };
    }

    /** A cast that somebody wrote, with its modifier. */
    static Expr cast(Expr argument, ColumnType declared, ColumnType target) {
        // An identifier is declared as its pseudonym, and computed with as it lies in the source.
        ColumnType from = declared.type() == argument.type() ? declared : ColumnType.of(argument.type());
        Expr plain = cast(argument, target.type());
        if (plain instanceof Expr.Literal l && l.isNull()) {
            return plain;
        }
        boolean holds = target.holds(from);
        if (target.type().isText()) {
            Expr text = holds
                    ? plain
                    : new Expr.Call(
                            Op.LEFT, List.of(plain, Expr.literal(target.length(), SqlType.INT4)), target.type());
            return target.type() == SqlType.BPCHAR && from.type() != SqlType.BPCHAR
                    ? fold(new Expr.Cast(text, SqlType.BPCHAR))
                    : fold(text);
        }
        boolean shownAlike = target.typmod() < 0
                || holds && (!target.hasScale() || from.hasScale() && from.scale() == target.scale());
        return shownAlike ? plain : fold(new Expr.Cast(argument, target.type(), target.typmod(), !holds));
    }

    private Expr extract(List<RexNode> operands, List<Expr> fields, SqlType type) {
        String part = text(operands.get(0));
        RexNode from = operands.get(1);
        RexNode core = from;
        while (core.getKind() == SqlKind.CAST) {
            core = ((RexCall) core).getOperands().getFirst();
        }
        if (core instanceof RexCall inner && inner.getOperator().getName().equalsIgnoreCase("age")) {
            if (!part.startsWith("year")) {
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "only whole years can be taken from an age",
                        "Use extract(year FROM age(a, b)), or a - b for days.");
            }
            List<Expr> ages = inner.getOperands().stream()
                    .map(o -> translate(o, fields))
                    .map(RexTranslator::asDate)
                    .toList();
            Expr later = ages.size() > 1 ? ages.get(0) : new Expr.Literal(snapshot, SqlType.DATE);
            return new Expr.Call(Op.AGE_IN_YEARS, List.of(later, ages.getLast()), type);
        }
        Op op = switch (part) {
            case "year", "years" -> Op.YEAR_OF;
            case "quarter" -> Op.QUARTER_OF;
            case "month", "months" -> Op.MONTH_OF;
            case "week" -> Op.ISO_WEEK_OF;
            case "dow" -> Op.DAY_OF_WEEK;
            case "day", "days" -> Op.DAY_OF_MONTH;
            default ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "the date part '%s' cannot be extracted".formatted(part),
                        "Use year, quarter, month, week, dow or day.");
        };
        return new Expr.Call(op, List.of(translate(from, fields)), type);
    }

    private Expr truncate(List<RexNode> operands, List<Expr> fields, SqlType type) {
        String unit = text(operands.get(0));
        Op op = switch (unit) {
            case "year" -> Op.TRUNCATE_YEAR;
            case "quarter" -> Op.TRUNCATE_QUARTER;
            case "month" -> Op.TRUNCATE_MONTH;
            case "week" -> Op.TRUNCATE_WEEK;
            case "day" -> Op.TRUNCATE_DAY;
            default ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "dates cannot be truncated to '%s'".formatted(unit),
                        "Use year, quarter, month, week or day.");
        };
        // A date is truncated to a timestamp with time zone by PostgreSQL; the snapshot's calendar has no zones, so it
        // stays local.
        return cast(new Expr.Call(op, List.of(translate(operands.get(1), fields)), SqlType.TIMESTAMP), type);
    }

    private static String text(RexNode node) {
        if (node instanceof RexLiteral literal) {
            Object value = literal.getValue();
            if (value != null) {
                String text =
                        value instanceof org.apache.calcite.util.NlsString nls ? nls.getValue() : value.toString();
                return text.toLowerCase(Locale.ROOT);
            }
        }
        if (node instanceof RexCall call && call.getKind() == SqlKind.CAST) {
            return text(call.getOperands().getFirst());
        }
        throw refuse(ProblemCode.FUNCTION_USE, "the unit of a date function must be written in the statement");
    }

    private static Expr asDate(Expr argument) {
        if (argument instanceof Expr.Cast cast && cast.argument().type() == SqlType.DATE) {
            return cast.argument();
        }
        return argument.type() == SqlType.DATE ? argument : cast(argument, SqlType.DATE);
    }

    private static boolean isDay(Expr e) {
        return e.type() == SqlType.DATE;
    }

    private static Expr plus(List<Expr> a, SqlType type) {
        Expr left = a.get(0);
        Expr right = a.get(1);
        if (isDay(left) && right.type().isInteger()) {
            return new Expr.Call(Op.ADD_DAYS, a, SqlType.DATE);
        }
        if (isDay(right) && left.type().isInteger()) {
            return new Expr.Call(Op.ADD_DAYS, List.of(right, left), SqlType.DATE);
        }
        if (right.type() == SqlType.INTERVAL && left.type() != SqlType.INTERVAL) {
            return cast(new Expr.Call(Op.ADD_INTERVAL, a, SqlType.TIMESTAMP), type);
        }
        if (left.type() == SqlType.INTERVAL && right.type() != SqlType.INTERVAL) {
            return cast(new Expr.Call(Op.ADD_INTERVAL, List.of(right, left), SqlType.TIMESTAMP), type);
        }
        return numeric(Op.ADD, a, type);
    }

    private static Expr minus(List<Expr> a, SqlType type) {
        Expr left = a.get(0);
        Expr right = a.get(1);
        if (isDay(left) && isDay(right)) {
            return new Expr.Call(Op.DAYS_BETWEEN, a, SqlType.INT4);
        }
        if (isDay(left) && right.type().isInteger()) {
            return new Expr.Call(Op.ADD_DAYS, List.of(left, negate(right)), SqlType.DATE);
        }
        if (right.type() == SqlType.INTERVAL && left.type() != SqlType.INTERVAL) {
            if (right instanceof Expr.Literal l && l.value() instanceof io.weir.query.type.PgInterval i) {
                Expr negative = new Expr.Literal(
                        new io.weir.query.type.PgInterval(-i.months(), -i.days(), -i.micros()), SqlType.INTERVAL);
                return cast(new Expr.Call(Op.ADD_INTERVAL, List.of(left, negative), SqlType.TIMESTAMP), type);
            }
            throw refuse(ProblemCode.FUNCTION_USE, "only a constant interval can be subtracted");
        }
        return numeric(Op.SUBTRACT, a, type);
    }

    private static Expr negate(Expr days) {
        return fold(new Expr.Call(Op.NEGATE, List.of(days), days.type()));
    }

    private static Expr numeric(Op op, List<Expr> arguments, SqlType type) {
        if (!arguments.stream().allMatch(a -> a.type().isNumber()) || !type.isNumber()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "%s is not available for these types".formatted(op == Op.ADD ? "+" : "-"),
                    "Dates: date - date gives days, date + integer a date, date + interval a timestamp.");
        }
        return new Expr.Call(op, arguments, type);
    }

    private static @Nullable Op operator(SqlKind kind, String name, List<Expr> arguments, SqlType type) {
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

    static RuntimeException refuse(ProblemCode code, String detail) {
        return Problem.of(code, detail).asException();
    }

    static RuntimeException refuse(ProblemCode code, String detail, String hint) {
        return Problem.of(code, detail, hint).asException();
    }
}
