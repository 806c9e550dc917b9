package io.weir.query.govern.plan;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;

/**
 * What type modifiers do to values (PostgreSQL 16: varchar.c, numeric.c apply_typmod, timestamp.c AdjustTimestampForTypmod). Values of
 * char(n) are held without the blanks at their end, which count for nothing in comparisons, and get them when they are sent.
 */
final class Modifiers {
    private Modifiers() {}

    /**
     * An explicit cast to a type with a modifier.
     *
     * @throws io.weir.problem.ProblemException OUT_OF_RANGE when a number has more digits than there is room for
     */
    static Object apply(Object value, ColumnType type) {
        return switch (value) {
            case BigDecimal number when type.hasScale() -> numeric(number, type);
            case String text when type.length() >= 0 -> cut(text, type);
            case Temporal moment when type.fraction() < 6 -> rounded(moment, type.fraction());
            default -> value;
        };
    }

    private static BigDecimal numeric(BigDecimal number, ColumnType type) {
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(type.integerDigits())) >= 0) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "numeric field overflow").asException();
        }
        return rounded;
    }

    private static String cut(String text, ColumnType type) {
        String start = start(text, type.length());
        return type.type() == SqlType.BPCHAR ? withoutBlanks(start) : start;
    }

    /** The first characters: code points, as PostgreSQL counts. A negative count leaves that many away at the end. */
    static String start(String text, int count) {
        int all = text.codePointCount(0, text.length());
        int end = count >= 0 ? Math.min(count, all) : Math.max(0, all + count);
        return text.substring(0, text.offsetByCodePoints(0, end));
    }

    static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Temporal rounded(Temporal moment, int digits) {
        long unit = BigDecimal.TEN.pow(9 - digits).longValueExact();
        long nanos = moment.getLong(ChronoField.NANO_OF_SECOND);
        return moment.with(ChronoField.NANO_OF_SECOND, 0).plus((nanos + unit / 2) / unit * unit, ChronoUnit.NANOS);
    }

    /** The value as it is sent under that type: its decimals, its blanks. */
    static Object shown(Object value, ColumnType type) {
        return switch (value) {
            case BigDecimal number when type.hasScale() -> number.setScale(type.scale(), RoundingMode.HALF_UP);
            case String text
            when type.type() == SqlType.BPCHAR && type.length() >= 0 -> {
                int missing = type.length() - text.codePointCount(0, text.length());
                yield missing > 0 ? text + " ".repeat(missing) : text;
            }
            default -> value;
        };
    }
}
