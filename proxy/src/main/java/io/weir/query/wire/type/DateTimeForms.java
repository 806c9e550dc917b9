package io.weir.query.wire.type;

import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.type.TextStyle.DayOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Dates and times in the four forms of DateStyle (datetime.c, EncodeDateOnly and EncodeDateTime). */
final class DateTimeForms {
    private static final String WEEKDAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private DateTimeForms() {}

    static void writeDate(LocalDate date, TextStyle style, MessageOutput out) {
        switch (style.dates()) {
            case ISO -> DateTimeText.writeDate(date, out);
            case SQL -> fields(date, style.order(), '/', out);
            case POSTGRES -> fields(date, style.order(), '-', out);
            case GERMAN -> fields(date, DayOrder.DMY, '.', out);
        }
        DateTimeText.writeEra(date, out);
    }

    static void writeTimestamp(LocalDateTime value, TextStyle style, MessageOutput out) {
        writeMoment(value, style, out);
        DateTimeText.writeEra(value.toLocalDate(), out);
    }

    static void writeTimestamptz(Instant value, TextStyle style, MessageOutput out) {
        ZoneOffset offset = style.zone().getRules().getOffset(value);
        LocalDateTime local = LocalDateTime.ofInstant(value, offset);
        writeMoment(local, style, out);
        if (style.dates() == TextStyle.Dates.ISO) {
            DateTimeText.writeOffset(offset, out);
        } else {
            out.int8(' ').text(ZoneAbbreviations.of(style.zone(), value));
        }
        DateTimeText.writeEra(local.toLocalDate(), out);
    }

    private static void writeMoment(LocalDateTime value, TextStyle style, MessageOutput out) {
        LocalDate date = value.toLocalDate();
        switch (style.dates()) {
            case ISO -> DateTimeText.writeDate(date, out);
            case SQL -> fields(date, style.order(), '/', out);
            case GERMAN -> fields(date, DayOrder.DMY, '.', out);
            case POSTGRES -> {
                int weekday = date.getDayOfWeek().getValue() * 3;
                out.text(WEEKDAYS.substring(weekday - 3, weekday)).int8(' ');
                String month = MONTHS.substring(date.getMonthValue() * 3 - 3, date.getMonthValue() * 3);
                if (style.order() == DayOrder.DMY) {
                    DateTimeText.two(date.getDayOfMonth(), out);
                    out.int8(' ').text(month);
                } else {
                    out.text(month).int8(' ');
                    DateTimeText.two(date.getDayOfMonth(), out);
                }
            }
        }
        out.int8(' ');
        DateTimeText.writeTime(value.toLocalTime(), out);
        if (style.dates() == TextStyle.Dates.POSTGRES) {
            out.int8(' ');
            DateTimeText.writeYear(date, out);
        }
    }

    private static void fields(LocalDate date, DayOrder order, char between, MessageOutput out) {
        boolean dayFirst = order == DayOrder.DMY;
        DateTimeText.two(dayFirst ? date.getDayOfMonth() : date.getMonthValue(), out);
        out.int8(between);
        DateTimeText.two(dayFirst ? date.getMonthValue() : date.getDayOfMonth(), out);
        out.int8(between);
        DateTimeText.writeYear(date, out);
    }
}
