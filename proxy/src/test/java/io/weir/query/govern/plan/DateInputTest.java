package io.weir.query.govern.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.problem.ProblemException;
import io.weir.query.type.SqlType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL reads where the year comes first; HonestSqlIT asks both. */
class DateInputTest {
    @ParameterizedTest
    @CsvSource({
        "2008-1-5, 2008-01-05",
        "20080105, 2008-01-05",
        "2008-01-05 23:59:59.9999999, 2008-01-05",
        "2008-01-05T10:00:00Z, 2008-01-05",
        "12024-1-5, +12024-01-05"
    })
    void dates(String text, LocalDate date) {
        assertThat(Texts.read(text, SqlType.DATE)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "2008-1-5, 2008-01-05T00:00",
        "2008-01-01 10:00, 2008-01-01T10:00",
        "2008-01-01   9:05, 2008-01-01T09:05",
        "2008-01-01T10:00:00.123456, 2008-01-01T10:00:00.123456",
        "2008-01-01 10:00:00.1234564, 2008-01-01T10:00:00.123456",
        "2008-01-01 10:00:00.1234567, 2008-01-01T10:00:00.123457",
        "2008-12-31 23:59:59.9999999, 2009-01-01T00:00",
        "2008-01-01 10:00+05, 2008-01-01T10:00"
    })
    void localTimes(String text, LocalDateTime time) {
        assertThat(Texts.read(text, SqlType.TIMESTAMP)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-01-01 00:00+01, 2015-12-31T23:00:00Z",
        "2016-1-1 00:00 +0130, 2015-12-31T22:30:00Z",
        "2016-01-01 00:00:00.000001-5, 2016-01-01T05:00:00.000001Z",
        "2016-07-01, 2016-06-30T23:00:00Z"
    })
    void moments(String text, Instant moment) {
        assertThat(Texts.moment(text, ZoneId.of("Europe/London"))).isEqualTo(moment);
    }

    /** Other orders depend on DateStyle, and what PostgreSQL refuses is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5-1-2008",
                "1/5/2008",
                "2008-13-01",
                "2008-02-30",
                "0000-01-01",
                "2008-01-05x",
                "2008-01-05 25:00",
                ""
            })
    void isRefused(String text) {
        assertThatThrownBy(() -> Texts.read(text, SqlType.DATE)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Texts.read(text, SqlType.TIMESTAMP)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsPrintedIsRead() {
        for (LocalDate date :
                new LocalDate[] {LocalDate.of(2024, 2, 29), LocalDate.of(12024, 1, 5), LocalDate.of(-43, 3, 15)}) {
            assertThat(Texts.read(Texts.print(date), SqlType.DATE)).isEqualTo(date);
            LocalDateTime time = date.atTime(10, 20, 30, 1000);
            assertThat(Texts.read(Texts.print(time), SqlType.TIMESTAMP)).isEqualTo(time);
        }
    }
}
