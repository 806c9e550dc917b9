package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.DateFormat;
import io.weir.query.govern.plan.DateFormat.Part;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.NumberFormat;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code to_char} of dates and numbers, and {@code to_date} of constants. A date as a text is a part or a beginning of the date, shown in a
 * way of its own: that is what is grouped by and compared, so that a text tells no more than date_trunc and extract do, and is the same
 * question. Refuses patterns that are not understood, and texts of columns as dates. Pure.
 */
final class DateTexts {
    private static final String PATTERNS =
            "Patterns: YYYY, IYYY, YY, Q, MM, Mon, Month, IW, DD, DDD, D, ID, Dy, Day, HH24, MI, SS with FM, signs and \"words\" between them.";

    private DateTexts() {}

    /** {@code to_char(value, pattern)}. */
    static Expr text(List<Expr> arguments, Moments moments) {
        Expr value = arguments.get(0);
        Expr pattern = arguments.get(1);
        boolean number = value.type().isNumber();
        if (value.type() == SqlType.INTERVAL || !pattern.isCallerValue()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "to_char takes a date or a number, and a pattern that is written in the statement",
                    PATTERNS);
        }
        if (pattern instanceof Expr.Literal l && l.value() instanceof String text) {
            boolean understood = number
                    ? NumberFormat.of(text).isPresent()
                    : DateFormat.of(text).isPresent();
            if (!understood) {
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "a pattern of to_char that is not understood here",
                        number ? "Patterns for numbers: 9, 0, point and comma, FM in front, % behind." : PATTERNS);
            }
        }
        return number
                ? Expr.call(Op.NUMBER_TEXT, SqlType.TEXT, value, pattern)
                : Expr.call(Op.DATE_TEXT, SqlType.TEXT, moments.day(value), pattern);
    }

    /** {@code to_date(text, pattern)}, and {@code to_timestamp}. */
    static Expr read(List<Expr> arguments, Moments moments, SqlType type) {
        if (arguments.stream().anyMatch(a -> !a.isCallerValue())) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "a column is read as a date by a pattern",
                    "to_date and to_timestamp take constants: to_date('2024-01-31', 'YYYY-MM-DD').");
        }
        if (arguments.stream().anyMatch(a -> !a.isConstant())) {
            return new Expr.Parameter(0, type); // open until it is bound
        }
        if (!(arguments.get(0) instanceof Expr.Literal text)
                || !(arguments.get(1) instanceof Expr.Literal pattern)
                || text.value() == null
                || pattern.value() == null) {
            return Expr.literal(null, type);
        }
        LocalDateTime read = DateFormat.of(String.valueOf(pattern.value()))
                .flatMap(f -> f.read(String.valueOf(text.value())))
                .orElseThrow(
                        () -> refuse(
                                ProblemCode.INVALID_VALUE,
                                "the text does not follow the pattern",
                                "Write date '2024-01-31'; patterns of to_date: YYYY, MM, Mon, Month, DD, HH24, MI, SS and what stands between them."));
        return type == SqlType.DATE
                ? Expr.literal(read.toLocalDate(), type)
                : moments.cast(Expr.literal(read, SqlType.TIMESTAMP), type);
    }

    /** The pattern of a text of a date; null until it is bound. */
    static @Nullable DateFormat format(Expr.Call text) {
        return text.arguments().get(1) instanceof Expr.Literal l && l.value() instanceof String pattern
                ? DateFormat.of(pattern).orElse(null)
                : null;
    }

    /** What is grouped by in place of a text, where the texts of two dates differ just when this does. */
    static Optional<Beginnings.Grouped> grouped(Expr value) {
        if (!(value instanceof Expr.Call text) || text.op() != Op.DATE_TEXT) {
            return Optional.empty();
        }
        DateFormat format = format(text);
        if (format == null) {
            return Optional.empty();
        }
        Op op = told(format);
        if (op == null) {
            return Optional.empty();
        }
        Expr date = text.arguments().getFirst();
        Expr pattern = text.arguments().get(1);
        if (op.isTruncation()) {
            return Optional.of(new Beginnings.Grouped(
                    Expr.call(op, SqlType.TIMESTAMP, date), c -> Expr.call(Op.DATE_TEXT, SqlType.TEXT, c, pattern)));
        }
        return Optional.of(
                new Beginnings.Grouped(Expr.call(op, SqlType.NUMERIC, date), c -> named(c, format, days(op))));
    }

    private static Expr named(Expr number, DateFormat format, List<LocalDateTime> days) {
        List<Expr.When> whens = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            boolean fromNought = days.size() == 7 || days.size() == 24;
            whens.add(new Expr.When(
                    Expr.predicate(
                            Op.EQUAL,
                            number,
                            Expr.literal(BigDecimal.valueOf(fromNought ? i : i + 1), SqlType.NUMERIC)),
                    Expr.literal(format.print(days.get(i)), SqlType.TEXT)));
        }
        return new Expr.Case(whens, Expr.literal(null, SqlType.TEXT), SqlType.TEXT);
    }

    /** A day for each number that a part of dates can have, in order. */
    private static List<LocalDateTime> days(Op op) {
        LocalDateTime first = LocalDate.of(2004, 1, 1).atStartOfDay();
        return switch (op) {
            case QUARTER_OF -> days(4, i -> first.plusMonths(3L * i));
            case MONTH_OF -> days(12, i -> first.plusMonths(i));
            // The first Thursday of a year of 53 weeks.
            case ISO_WEEK_OF -> days(53, i -> first.plusWeeks(i));
            case DAY_OF_WEEK -> days(7, i -> DateFormat.dayOfWeek(i).atStartOfDay());
            case DAY_OF_MONTH -> days(31, i -> first.plusDays(i));
            case HOUR_OF -> days(24, first::plusHours);
            default -> throw new IllegalArgumentException("no part of a date: " + op);
        };
    }

    private static List<LocalDateTime> days(int number, IntFunction<LocalDateTime> day) {
        return IntStream.range(0, number).mapToObj(day).toList();
    }

    /** The part or beginning of a date that a pattern tells, no more and no less; null when there is none. */
    private static @Nullable Op told(DateFormat format) {
        Set<Part> parts = format.parts();
        boolean month = contains(parts, Part.MONTH, Part.SHORT_MONTH, Part.LONG_MONTH);
        boolean weekday = contains(parts, Part.DAY_OF_WEEK, Part.ISO_DAY_OF_WEEK, Part.SHORT_DAY, Part.LONG_DAY);
        if (parts.stream().anyMatch(Part::isTime)) {
            return parts.equals(Set.of(Part.HOUR)) ? Op.HOUR_OF : null;
        }
        if (parts.contains(Part.YEAR)) {
            if (month && parts.contains(Part.DAY) || parts.contains(Part.DAY_OF_YEAR)) {
                return Op.TRUNCATE_DAY;
            }
            if (weekday || contains(parts, Part.DAY, Part.ISO_WEEK, Part.ISO_YEAR)) {
                return null;
            }
            return month ? Op.TRUNCATE_MONTH : parts.contains(Part.QUARTER) ? Op.TRUNCATE_QUARTER : Op.TRUNCATE_YEAR;
        }
        if (parts.equals(Set.of(Part.ISO_YEAR, Part.ISO_WEEK))) {
            return Op.TRUNCATE_WEEK;
        }
        Set<Part> rest = EnumSet.copyOf(parts.isEmpty() ? Set.of(Part.SHORT_YEAR) : parts);
        if (month) {
            rest.removeAll(Set.of(Part.MONTH, Part.SHORT_MONTH, Part.LONG_MONTH, Part.QUARTER));
            return rest.isEmpty() ? Op.MONTH_OF : null;
        }
        if (weekday) {
            rest.removeAll(Set.of(Part.DAY_OF_WEEK, Part.ISO_DAY_OF_WEEK, Part.SHORT_DAY, Part.LONG_DAY));
            return rest.isEmpty() ? Op.DAY_OF_WEEK : null;
        }
        return rest.equals(Set.of(Part.QUARTER))
                ? Op.QUARTER_OF
                : rest.equals(Set.of(Part.ISO_WEEK))
                        ? Op.ISO_WEEK_OF
                        : rest.equals(Set.of(Part.DAY)) ? Op.DAY_OF_MONTH : null;
    }

    private static boolean contains(Set<Part> parts, Part... some) {
        for (Part part : some) {
            if (parts.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A comparison of a text of a date with a constant, as one of the date's beginning with the day that the constant is a text of. Empty when
     * it is none; never true where the constant is a text of no day.
     */
    static Optional<Compared> compared(Op op, Expr left, Expr right) {
        if (!(left instanceof Expr.Call text)
                || text.op() != Op.DATE_TEXT
                || !(right instanceof Expr.Literal constant)
                || !(constant.value() instanceof String value)) {
            return Optional.empty();
        }
        DateFormat format = format(text);
        Op beginning = format == null ? null : told(format);
        if (format == null || beginning == null || !beginning.isTruncation()) {
            return Optional.empty();
        }
        Optional<LocalDateTime> day =
                format.read(value).filter(d -> format.print(d).equals(value));
        boolean equality = op == Op.EQUAL || op == Op.NOT_EQUAL;
        if (!equality && (day.isEmpty() || !isOrdered(format))) {
            return Optional.empty();
        }
        Expr date = text.arguments().getFirst();
        return Optional.of(new Compared(
                Expr.call(beginning, SqlType.TIMESTAMP, date),
                day.map(d -> Expr.literal(d, SqlType.TIMESTAMP)).orElse(null)));
    }

    /** @param bound null when it is a text of no day */
    record Compared(Expr beginning, @Nullable Expr bound) {}

    /** Whether texts are in the order of the dates: year, month and day, one after the other, with their zeros. */
    private static boolean isOrdered(DateFormat format) {
        List<Part> parts = format.pieces().stream()
                .map(DateFormat.Piece::part)
                .filter(p -> p != Part.LITERAL)
                .toList();
        List<Part> order = List.of(Part.YEAR, Part.MONTH, Part.DAY);
        return parts.size() <= 3
                && parts.equals(order.subList(0, parts.size()))
                && format.pieces().stream().allMatch(DateFormat.Piece::filled);
    }
}
