package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Functions of dates: their parts, their beginnings, ages, and the present, which is the day of the snapshot. Refuses ages as intervals, and
 * parts and units that are not registered.
 */
final class DateCalls {
    private final LocalDate snapshot;
    private final Moments moments;

    DateCalls(LocalDate snapshot, Moments moments) {
        this.snapshot = snapshot;
        this.moments = moments;
    }

    /**
     * @param name the function's name in lower case
     * @param operand translates an operand
     * @return null when it is no function of dates
     */
    @Nullable
    Expr translate(RexCall call, String name, Function<RexNode, Expr> operand, SqlType type) {
        if (call.getKind() == SqlKind.EXTRACT) {
            return extract(call.getOperands(), operand, type);
        }
        return switch (name) {
            case "extract", "date_part" -> extract(call.getOperands(), operand, type);
            case "date_trunc" -> truncate(call.getOperands(), operand, type);
            case "age" ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "age() is an interval",
                        "Use extract(year FROM age(a, b)) for whole years, or a - b for days.");
            case "make_date" -> {
                List<Expr> parts = call.getOperands().stream().map(operand).toList();
                yield beginning(parts).orElseGet(() -> made(parts));
            }
            case "to_char" ->
                DateTexts.text(call.getOperands().stream().map(operand).toList(), moments);
            case "to_date", "to_timestamp" ->
                DateTexts.read(call.getOperands().stream().map(operand).toList(), moments, type);
            case "date" -> moments.cast(operand.apply(call.getOperands().getFirst()), SqlType.DATE);
            case "current_date" -> new Expr.Literal(snapshot, SqlType.DATE);
            case "now", "current_timestamp", "localtimestamp", "transaction_timestamp", "statement_timestamp" ->
                type == SqlType.TIMESTAMPTZ
                        ? new Expr.Literal(moments.of(snapshot.atStartOfDay()), SqlType.TIMESTAMPTZ)
                        : new Expr.Literal(snapshot.atStartOfDay(), SqlType.TIMESTAMP);
            default -> null;
        };
    }

    /** The first day of a date's year or month, written by its parts. */
    private Optional<Expr> beginning(List<Expr> parts) {
        boolean month = part(parts.get(1), Op.MONTH_OF) != null;
        Expr date = part(parts.get(0), Op.YEAR_OF);
        if (date == null
                || !isOne(parts.get(2))
                || !(month ? date.equals(part(parts.get(1), Op.MONTH_OF)) : isOne(parts.get(1)))) {
            return Optional.empty();
        }
        Expr first = Expr.call(month ? Op.TRUNCATE_MONTH : Op.TRUNCATE_YEAR, SqlType.TIMESTAMP, date);
        return Optional.of(moments.cast(first, SqlType.DATE));
    }

    /** What a part is taken of; null when it is not that part. */
    private static @Nullable Expr part(Expr number, Op part) {
        return number instanceof Expr.Cast cast && !cast.cuts()
                ? part(cast.argument(), part)
                : number instanceof Expr.Call call && call.op() == part
                        ? call.arguments().getFirst()
                        : null;
    }

    private static boolean isOne(Expr number) {
        return number instanceof Expr.Literal l && l.value() instanceof Number n && n.doubleValue() == 1;
    }

    /** A date of the caller's own numbers. */
    private static Expr made(List<Expr> parts) {
        if (parts.stream().anyMatch(p -> !p.isCallerValue())) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "make_date of columns",
                    "Write make_date with constants; compare extract(year FROM …) with a year.");
        }
        List<Object> numbers = new ArrayList<>();
        for (Expr part : parts) {
            if (!(part instanceof Expr.Literal l)) {
                return new Expr.Parameter(0, SqlType.DATE); // open until it is bound
            }
            if (l.value() == null) {
                return new Expr.Literal(null, SqlType.DATE);
            }
            numbers.add(l.value());
        }
        try {
            return new Expr.Literal(
                    LocalDate.of(number(numbers.get(0)), number(numbers.get(1)), number(numbers.get(2))), SqlType.DATE);
        } catch (DateTimeException outside) {
            throw refuse(ProblemCode.OUT_OF_RANGE, "there is no such date", "Months are 1 to 12.");
        }
    }

    private static int number(Object value) {
        return value instanceof Number n ? n.intValue() : 0;
    }

    private Expr extract(List<RexNode> operands, Function<RexNode, Expr> operand, SqlType type) {
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
            List<Expr> ages =
                    inner.getOperands().stream().map(operand).map(this::asDate).toList();
            Expr later = ages.size() > 1 ? ages.get(0) : new Expr.Literal(snapshot, SqlType.DATE);
            return new Expr.Call(Op.AGE_IN_YEARS, List.of(later, ages.getLast()), type);
        }
        Op op = switch (part) {
            case "year", "years" -> Op.YEAR_OF;
            case "quarter" -> Op.QUARTER_OF;
            case "month", "months" -> Op.MONTH_OF;
            case "week" -> Op.ISO_WEEK_OF;
            case "dow" -> Op.DAY_OF_WEEK;
            case "isodow" -> Op.ISO_DAY_OF_WEEK;
            case "day", "days" -> Op.DAY_OF_MONTH;
            case "hour", "hours" -> Op.HOUR_OF;
            default ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "the date part '%s' cannot be extracted".formatted(part),
                        "Use year, quarter, month, week, dow, isodow, day or hour; how long something takes are the days between two dates.");
        };
        if (op == Op.HOUR_OF) {
            return new Expr.Call(op, List.of(timed(operand.apply(from))), type);
        }
        return new Expr.Call(op, List.of(moments.day(operand.apply(from))), type);
    }

    private Expr timed(Expr value) {
        if (value.type() == SqlType.DATE) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "a date has no hour",
                    "Take the hour of a column with the time of the day.");
        }
        return moments.local(value);
    }

    private Expr truncate(List<RexNode> operands, Function<RexNode, Expr> operand, SqlType type) {
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
        Expr local = moments.day(operand.apply(operands.get(1)));
        // A date is truncated to a timestamp with time zone by PostgreSQL.
        return moments.cast(Casts.fold(new Expr.Call(op, List.of(local), SqlType.TIMESTAMP)), type);
    }

    private static String text(RexNode node) {
        if (node instanceof RexLiteral literal) {
            Object value = literal.getValue();
            if (value != null) {
                String text = value instanceof NlsString nls ? nls.getValue() : value.toString();
                return text.toLowerCase(Locale.ROOT);
            }
        }
        if (node instanceof RexCall call && call.getKind() == SqlKind.CAST) {
            return text(call.getOperands().getFirst());
        }
        throw refuse(ProblemCode.FUNCTION_USE, "the unit of a date function must be written in the statement");
    }

    private Expr asDate(Expr argument) {
        if (argument instanceof Expr.Cast cast && cast.argument().type() == SqlType.DATE) {
            return cast.argument();
        }
        return argument.type() == SqlType.DATE ? argument : moments.cast(argument, SqlType.DATE);
    }
}
