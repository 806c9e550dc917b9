package io.weir.query.wire.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.type.TextStyle.Bytes;
import io.weir.query.wire.type.TextStyle.Dates;
import io.weir.query.wire.type.TextStyle.DayOrder;
import io.weir.query.wire.type.TextStyle.Intervals;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every DateStyle and IntervalStyle, compared with a real PostgreSQL 16. */
class TextStyleIT {
    private static final List<String> MOMENTS = List.of(
            "2024-02-29 13:14:15.123456+00",
            "2024-07-01 12:00:00.5+00",
            "1999-12-31 23:59:59+00",
            "0044-03-15 12:00:00+00 BC",
            "12345-01-02 03:04:05+00");
    private static final List<PgInterval> INTERVALS = List.of(
            new PgInterval(0, 0, 0),
            new PgInterval(14, 0, 0),
            new PgInterval(-14, 0, 0),
            new PgInterval(0, 3, 0),
            new PgInterval(0, 1, 3_600_000_000L),
            new PgInterval(0, -1, -3_723_500_000L),
            new PgInterval(14, 3, 14_706_789_000L),
            new PgInterval(-14, 3, -1_000_000L),
            new PgInterval(1, -3, 61_000_000L),
            new PgInterval(0, 0, -1),
            new PgInterval(0, 0, 1_000_000L),
            new PgInterval(0, 0, 360_000_000_000_000L),
            new PgInterval(-1, 0, 500_000L),
            new PgInterval(12, 1, 60_000_000L));

    private static Connection postgres;

    @BeforeAll
    static void connect() throws SQLException {
        postgres = TestPostgres.createDatabase().connect();
    }

    @AfterAll
    static void close() throws SQLException {
        postgres.close();
    }

    private static String ask(String sql) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @SuppressWarnings("unchecked")
    private static String printed(SqlType type, Object value, TextStyle style) {
        MessageOutput out = new MessageOutput(32);
        ((TypeCodec<Object>) TypeCodec.of(type)).writeText(value, style, out);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,ISO,MDY",
        "Europe/London,ISO,DMY",
        "UTC,SQL,MDY",
        "Europe/London,SQL,DMY",
        "America/New_York,SQL,YMD",
        "Asia/Dubai,SQL,MDY",
        "Europe/Berlin,GERMAN,DMY",
        "Asia/Dubai,GERMAN,MDY",
        "Asia/Kolkata,POSTGRES,MDY",
        "Asia/Kathmandu,POSTGRES,MDY",
        "Europe/London,POSTGRES,DMY",
        "America/New_York,POSTGRES,YMD"
    })
    void datesAndTimesPrintAndReadAsPostgresqls(String zone, Dates dates, DayOrder order) throws SQLException {
        TextStyle style = new TextStyle(ZoneId.of(zone), 1, dates, order, Intervals.POSTGRES, Bytes.HEX);
        TextStyle iso = new TextStyle(ZoneId.of("UTC"), 1);
        try (Statement statement = postgres.createStatement()) {
            statement.execute("SET TIME ZONE '" + zone + "'");
            // pgjdbc ends a connection whose DateStyle is not ISO
            statement.execute("CREATE OR REPLACE FUNCTION styled(moment text, type text) RETURNS text LANGUAGE plpgsql"
                    + " SET DateStyle = " + dates + ", " + order + " AS $$ DECLARE printed text; BEGIN EXECUTE"
                    + " format('SELECT CAST(%L AS %s)', moment, type) INTO printed;"
                    + " RETURN current_setting('datestyle') || '|' || printed; END $$");
        }
        for (String moment : MOMENTS) {
            for (SqlType type : List.of(SqlType.DATE, SqlType.TIMESTAMP, SqlType.TIMESTAMPTZ)) {
                if (type == SqlType.TIMESTAMPTZ && (moment.endsWith("BC") || moment.startsWith("12345"))) {
                    continue; // offsets before there were zones, and names after Java knows the rules
                }
                Object value = TypeCodec.of(type).readText(moment, iso);
                String expected = ask("SELECT styled('" + moment + "', '" + type.sqlName() + "')");
                assertThat(canonical(dates, order) + "|" + printed(type, value, style))
                        .as(type + " " + moment)
                        .isEqualTo(expected);
            }
        }
        if (order == DayOrder.YMD || (dates == Dates.GERMAN && order != DayOrder.DMY)) {
            return; // other orders are read than are printed
        }
        LocalDate day = LocalDate.of(2024, 2, 29);
        assertThat((Object) TypeCodec.of(SqlType.DATE).readText(printed(SqlType.DATE, day, style), style))
                .isEqualTo(day);
    }

    private static String canonical(Dates dates, DayOrder order) {
        String name = switch (dates) {
            case ISO -> "ISO";
            case SQL -> "SQL";
            case POSTGRES -> "Postgres";
            case GERMAN -> "German";
        };
        return name + ", " + order;
    }

    @ParameterizedTest
    @EnumSource(Intervals.class)
    void intervalsPrintAsPostgresqls(Intervals intervals) throws SQLException {
        TextStyle style = new TextStyle(ZoneId.of("UTC"), 1, Dates.ISO, DayOrder.MDY, intervals, Bytes.HEX);
        try (Statement statement = postgres.createStatement()) {
            statement.execute("SET IntervalStyle = " + intervals);
        }
        for (PgInterval value : INTERVALS) {
            assertThat(printed(SqlType.INTERVAL, value, style))
                    .as(intervals + " " + value)
                    .isEqualTo(ask("SELECT make_interval(months => " + value.months() + ", days => " + value.days()
                            + ", secs => " + value.micros() + " / 1000000.0)::text"));
        }
    }
}
