package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Session settings that change text forms.
 *
 * @param zone TimeZone: how {@code timestamptz} prints and how an input without offset is read
 * @param extraFloatDigits above 0: shortest digits that read back exactly; otherwise that many digits off the type's 15 (float8) or 6
 *     (float4), −15 to 0
 * @param dates first half of DateStyle: how dates and times print
 * @param order second half of DateStyle: whether the day stands before the month where the style does not say
 * @param intervals IntervalStyle: how intervals print
 * @param bytes bytea_output: how bytes print
 */
public record TextStyle(
        ZoneId zone, int extraFloatDigits, Dates dates, DayOrder order, Intervals intervals, Bytes bytes) {
    /** How dates print. */
    public enum Dates {
        ISO,
        SQL,
        POSTGRES,
        GERMAN
    }

    /** Order of the fields of a date. */
    public enum DayOrder {
        MDY,
        DMY,
        YMD
    }

    /** How intervals print. */
    public enum Intervals {
        POSTGRES,
        POSTGRES_VERBOSE,
        SQL_STANDARD,
        ISO_8601
    }

    /** How bytes print. */
    public enum Bytes {
        HEX,
        ESCAPE
    }

    /** Whether values of a type print as under UTC, ISO dates and shortest exact numbers. */
    public boolean isPlain(SqlType type) {
        return switch (type) {
            case BOOL, INT2, INT4, INT8, NUMERIC, TEXT, VARCHAR, BPCHAR, TIME, UUID -> true;
            case FLOAT4, FLOAT8 -> extraFloatDigits > 0;
            case DATE, TIMESTAMP -> dates == Dates.ISO;
            case TIMESTAMPTZ -> dates == Dates.ISO && zone.normalized().equals(ZoneOffset.UTC);
            default -> false;
        };
    }

    /** ISO dates, PostgreSQL's own intervals and hexadecimal bytes, as every session begins. */
    public TextStyle(ZoneId zone, int extraFloatDigits) {
        this(zone, extraFloatDigits, Dates.ISO, DayOrder.MDY, Intervals.POSTGRES, Bytes.HEX);
    }
}
