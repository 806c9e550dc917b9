package io.weir.query.govern.plan;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.ColumnType;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions in the proxy: constants of the caller's statement, and what stands above the boundary. A value is null (SQL NULL),
 * a Java value of the type, or {@link Hidden}. Hidden in, Hidden out; a condition that is already decided without the hidden operand is
 * decided.
 */
public final class Evaluator {
    private static final BigDecimal MOST_DIGITS = BigDecimal.valueOf(1_000);

    /** Values of columns and scalar sub-queries in one row. */
    public interface Row {
        @Nullable
        Object column(Expr.Column column);

        @Nullable
        Object scalar(Expr.Scalar scalar);
    }

    private static final Row NO_ROW = new Row() {
        @Override
        public @Nullable Object column(Expr.Column column) {
            throw new IllegalStateException("a constant has no columns");
        }

        @Override
        public @Nullable Object scalar(Expr.Scalar scalar) {
            throw new IllegalStateException("a constant has no sub-queries");
        }
    };

    private Evaluator() {}

    /** The value of an expression without columns. */
    public static @Nullable Object constant(Expr expr) {
        return evaluate(expr, NO_ROW);
    }

    public static @Nullable Object evaluate(Expr expr, Row row) {
        return switch (expr) {
            case Expr.Literal l -> l.value();
            case Expr.Column c -> row.column(c);
            case Expr.Scalar s -> row.scalar(s);
            case Expr.Window w -> throw new IllegalStateException("a window over rows of people above the boundary");
            case Expr.Parameter p ->
                throw Problem.of(ProblemCode.PARAMETER_MISSING).asException();
            case Expr.Exists e ->
                throw Problem.of(ProblemCode.SHAPE, "EXISTS above the boundary").asException();
            case Expr.Cast cast -> modified(cast(evaluate(cast.argument(), row), cast.type()), cast.target());
            case Expr.AtZone at -> atZone(evaluate(at.argument(), row), at.zone());
            case Expr.Case branches -> branch(branches, row);
            case Expr.Call call -> call(call, row);
        };
    }

    private static @Nullable Object atZone(@Nullable Object value, ZoneId zone) {
        return switch (value) {
            case null -> null;
            case Hidden hidden -> hidden;
            case Instant moment -> TimeZones.local(moment, zone);
            case LocalDateTime local -> TimeZones.moment(local, zone);
            default -> throw Numbers.mismatch("a timestamp was expected");
        };
    }

    private static @Nullable Object branch(Expr.Case branches, Row row) {
        for (Expr.When when : branches.whens()) {
            Object condition = evaluate(when.condition(), row);
            if (condition instanceof Hidden) {
                return condition;
            }
            if (Boolean.TRUE.equals(condition)) {
                return evaluate(when.value(), row);
            }
        }
        return evaluate(branches.otherwise(), row);
    }

    private static @Nullable Object call(Expr.Call call, Row row) {
        List<Expr> arguments = call.arguments();
        switch (call.op()) {
            case AND, OR -> {
                return connective(call.op() == Op.AND, arguments, row);
            }
            case COALESCE -> {
                for (Expr argument : arguments) {
                    Object value = evaluate(argument, row);
                    if (value != null) {
                        return value;
                    }
                }
                return null;
            }
            default -> {}
        }
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = evaluate(arguments.get(i), row);
        }
        Hidden hidden = Hidden.anyOf(values);
        if (hidden != null) {
            return hidden;
        }
        return apply(call.op(), values, call.type());
    }

    private static @Nullable Object connective(boolean and, List<Expr> arguments, Row row) {
        boolean sawNull = false;
        Hidden hidden = null;
        for (Expr argument : arguments) {
            Object value = evaluate(argument, row);
            if (value instanceof Hidden) {
                hidden = Hidden.anyOf(hidden, value);
            } else if (value == null) {
                sawNull = true;
            } else if (value.equals(!and)) {
                return !and;
            }
        }
        return hidden != null ? hidden : sawNull ? null : (Object) and;
    }

    @SuppressWarnings("NullAway") // null-strict operators return before their values are used
    private static @Nullable Object apply(Op op, @Nullable Object[] v, SqlType type) {
        switch (op) {
            case IS_NULL -> {
                return v[0] == null;
            }
            case IS_NOT_NULL -> {
                return v[0] != null;
            }
            case IS_TRUE -> {
                return Boolean.TRUE.equals(v[0]);
            }
            case IS_NOT_TRUE -> {
                return !Boolean.TRUE.equals(v[0]);
            }
            case IS_FALSE -> {
                return Boolean.FALSE.equals(v[0]);
            }
            case IS_NOT_FALSE -> {
                return !Boolean.FALSE.equals(v[0]);
            }
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> {
                boolean same = v[0] == null ? v[1] == null : v[1] != null && compare(v[0], v[1]) == 0;
                return same == (op == Op.IS_NOT_DISTINCT_FROM);
            }
            case ADD_PARTS -> {
                BigDecimal sum = null;
                for (Object part : v) {
                    if (part != null) {
                        sum = sum == null ? Numbers.decimal(part) : sum.add(Numbers.decimal(part));
                    }
                }
                return sum == null ? null : Numbers.as(sum, type);
            }
            case GREATEST, LEAST -> {
                Object best = null;
                for (Object value : v) {
                    if (value != null && (best == null || (compare(value, best) > 0) == (op == Op.GREATEST))) {
                        best = value;
                    }
                }
                return best;
            }
            case NULLIF -> {
                return v[0] != null && v[1] != null && compare(v[0], v[1]) == 0 ? null : v[0];
            }
            case CONCAT -> {
                if (v[0] == null || v[1] == null) {
                    return null;
                }
                return Texts.print(v[0]) + Texts.print(v[1]);
            }
            default -> {}
        }
        for (Object value : v) {
            if (value == null) {
                return null;
            }
        }
        return strict(op, v, type);
    }

    private static @Nullable Object strict(Op op, Object[] v, SqlType type) {
        return switch (op) {
            case EQUAL -> compare(v[0], v[1]) == 0;
            case NOT_EQUAL -> compare(v[0], v[1]) != 0;
            case LESS -> compare(v[0], v[1]) < 0;
            case LESS_OR_EQUAL -> compare(v[0], v[1]) <= 0;
            case GREATER -> compare(v[0], v[1]) > 0;
            case GREATER_OR_EQUAL -> compare(v[0], v[1]) >= 0;
            case NOT -> !(Boolean) v[0];
            case LIKE -> LikePattern.of((String) v[1]).matches((String) v[0]);
            case ADD -> Numbers.as(Numbers.decimal(v[0]).add(Numbers.decimal(v[1])), type);
            case SUBTRACT -> Numbers.as(Numbers.decimal(v[0]).subtract(Numbers.decimal(v[1])), type);
            case MULTIPLY -> Numbers.as(Numbers.decimal(v[0]).multiply(Numbers.decimal(v[1])), type);
            case DIVIDE -> {
                BigDecimal quotient = Numbers.divide(Numbers.decimal(v[0]), Numbers.decimal(v[1]));
                yield quotient == null ? null : Numbers.as(quotient, type);
            }
            case INTEGER_DIVIDE -> {
                BigDecimal divisor = Numbers.decimal(v[1]);
                yield divisor.signum() == 0
                        ? null
                        : Numbers.as(Numbers.decimal(v[0]).divide(divisor, 0, RoundingMode.DOWN), type);
            }
            case MODULO -> {
                BigDecimal divisor = Numbers.decimal(v[1]);
                yield divisor.signum() == 0
                        ? null
                        : Numbers.as(Numbers.decimal(v[0]).remainder(divisor), type);
            }
            case NEGATE -> Numbers.as(Numbers.decimal(v[0]).negate(), type);
            case ABSOLUTE -> Numbers.as(Numbers.decimal(v[0]).abs(), type);
            case FLOOR -> Numbers.as(Numbers.decimal(v[0]).setScale(0, RoundingMode.FLOOR), type);
            case CEILING -> Numbers.as(Numbers.decimal(v[0]).setScale(0, RoundingMode.CEILING), type);
            case ROUND -> {
                BigDecimal digits = v.length > 1 ? Numbers.decimal(v[1]) : BigDecimal.ZERO;
                if (digits.abs().compareTo(MOST_DIGITS) > 0) {
                    throw Problem.of(ProblemCode.OUT_OF_RANGE, "round() takes at most 1000 digits")
                            .asException();
                }
                BigDecimal rounded = Numbers.decimal(v[0]).setScale(digits.intValueExact(), RoundingMode.HALF_UP);
                yield Numbers.as(rounded, type);
            }
            case SQUARE_ROOT, LOGARITHM, EXPONENTIAL -> {
                BigDecimal result = Numbers.transcendental(op, Numbers.decimal(v[0]));
                yield result == null ? null : Numbers.as(result, type);
            }
            case DAYS_BETWEEN ->
                Numbers.as(
                        BigDecimal.valueOf(
                                Dates.date(v[0]).toEpochDay() - Dates.date(v[1]).toEpochDay()),
                        type);
            case AGE_IN_YEARS ->
                Numbers.as(BigDecimal.valueOf(Dates.ageInYears(Dates.date(v[0]), Dates.date(v[1]))), type);
            case ADD_DAYS -> Dates.date(v[0]).plusDays(Numbers.decimal(v[1]).longValueExact());
            case ADD_INTERVAL -> Dates.plus(Dates.timestamp(v[0]), (PgInterval) v[1]);
            case YEAR_OF, QUARTER_OF, MONTH_OF, ISO_WEEK_OF, DAY_OF_WEEK, ISO_DAY_OF_WEEK, DAY_OF_MONTH, HOUR_OF ->
                Numbers.as(BigDecimal.valueOf(Dates.part(Dates.timestamp(v[0]), op)), type);
            case TRUNCATE_YEAR, TRUNCATE_QUARTER, TRUNCATE_MONTH, TRUNCATE_WEEK, TRUNCATE_DAY ->
                Dates.truncate(Dates.timestamp(v[0]), op);
            case LEFT ->
                Modifiers.start(Texts.print(v[0]), Numbers.decimal(v[1]).intValueExact());
            case UPPER -> ((String) v[0]).toUpperCase(Locale.ROOT);
            case LOWER -> ((String) v[0]).toLowerCase(Locale.ROOT);
            case LENGTH -> (Object) ((String) v[0]).length();
            case INITIALS,
                    REPLACE,
                    RIGHT,
                    SPLIT_PART,
                    PAD_LEFT,
                    PAD_RIGHT,
                    TRIM_BOTH,
                    TRIM_LEFT,
                    TRIM_RIGHT,
                    SUBSTRING,
                    POSITION,
                    REVERSE,
                    REPEAT,
                    TRANSLATE -> TextFunctions.apply(op, v);
            case DATE_TEXT ->
                DateFormat.of((String) v[1]).orElseThrow(Evaluator::pattern).print(Dates.timestamp(v[0]));
            case NUMBER_TEXT ->
                NumberFormat.of((String) v[1]).orElseThrow(Evaluator::pattern).print(Numbers.decimal(v[0]));
            case AND, OR, COALESCE, NULLIF, GREATEST, LEAST, CONCAT, ADD_PARTS, IS_NULL, IS_NOT_NULL ->
                throw new IllegalStateException(op + " is not strict");
            case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
                throw new IllegalStateException(op + " is not strict");
        };
    }

    private static RuntimeException pattern() {
        return Problem.of(ProblemCode.FUNCTION_USE, "a pattern of to_char that is not understood here")
                .asException();
    }

    /** Order of two values of one comparable kind; text by code point, as the C collation. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static int compare(Object a, Object b) {
        if (a instanceof Number && b instanceof Number) {
            return Numbers.decimal(a).compareTo(Numbers.decimal(b));
        }
        if (a instanceof String s && b instanceof String t) {
            return compareText(s, t);
        }
        if (a instanceof Boolean && b instanceof Boolean || a.getClass() == b.getClass() && a instanceof Comparable) {
            return ((Comparable) a).compareTo(b);
        }
        return Dates.timestamp(a).compareTo(Dates.timestamp(b));
    }

    private static int compareText(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates sort above the rest of the basic plane by code point.
                boolean bothSame = Character.isSurrogate(x) == Character.isSurrogate(y);
                return bothSame ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static @Nullable Object modified(@Nullable Object value, ColumnType type) {
        return value == null || value instanceof Hidden || type.typmod() < 0 ? value : Modifiers.apply(value, type);
    }

    /** A value as it is sent under the type that was announced: with its decimals, and the blanks of char(n). */
    public static @Nullable Object shown(@Nullable Object value, ColumnType type) {
        Object typed = cast(value, type.type());
        return typed == null || typed instanceof Hidden || type.typmod() < 0 ? typed : Modifiers.shown(typed, type);
    }

    /**
     * A cast, as PostgreSQL does it for values that are not hidden. Values of char(n) have no blanks at their end. Between moments and local
     * times there is no cast, but {@link Expr.AtZone}; as texts moments are read and printed in UTC.
     */
    public static @Nullable Object cast(@Nullable Object value, SqlType type) {
        if (value instanceof String text && type == SqlType.BPCHAR) {
            return Modifiers.withoutBlanks(text);
        }
        if (value == null || value instanceof Hidden || type.javaClass().isInstance(value) && !type.isInteger()) {
            return value;
        }
        if (value instanceof String text) {
            return Texts.read(text, type);
        }
        if (type.isText()) {
            return Texts.print(value);
        }
        if (type.isNumber()) {
            return value instanceof Boolean flag
                    ? Numbers.as(flag ? BigDecimal.ONE : BigDecimal.ZERO, type)
                    : Numbers.as(Numbers.converted(value, type), type);
        }
        return switch (type) {
            case DATE -> Dates.date(value);
            case TIMESTAMP -> Dates.timestamp(value);
            case BOOL -> Numbers.decimal(value).signum() != 0;
            default -> throw Numbers.mismatch("cannot cast to " + type.sqlName());
        };
    }
}
