package io.weir.query.govern.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers and dates as texts, beside what PostgreSQL makes of them. */
class FormatTextsIT {
    private static final List<String> NUMBERS = List.of(
            "9",
            "999",
            "FM999",
            "999999",
            "FM999999",
            "000",
            "FM000",
            "0999",
            "9990",
            "FM9990",
            "9.9",
            "FM9.9",
            "9.99",
            "FM9.99",
            "0.99",
            "FM0.99",
            "990.00",
            "FM990.00",
            "FM999,990",
            "FM999,990.00",
            "999,999",
            "999,999.99",
            "FM999,999.999",
            "099,999",
            "FM990.099",
            "FM99.90",
            "90.9%",
            "FM990%",
            "FM9,999,999",
            "$999",
            "FM99.99",
            "999.999",
            "FM.99",
            ".99",
            "FM09.0");
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "5",
            "9.5",
            "9.49",
            "12",
            "-12",
            "99",
            "100",
            "123",
            "-123.456",
            "0.1",
            "-0.1",
            "0.05",
            "0.004",
            "0.995",
            "1234",
            "1234.5",
            "-1234.567",
            "12345",
            "999999",
            "1000000",
            "0.5",
            "10.10",
            "1.50",
            "-0.004");
    private static final List<String> DATES = List.of(
            "YYYY",
            "yyyy-mm",
            "YYYY-MM-DD",
            "YYYYMMDD",
            "DD/MM/YYYY",
            "Mon YYYY",
            "MON",
            "mon",
            "Month",
            "MONTH",
            "month",
            "FMMonth YYYY",
            "FMDay, FMDD FMMonth YYYY",
            "Day",
            "DAY",
            "Dy",
            "DY",
            "dy",
            "D",
            "ID",
            "Q",
            "YYYY-\"Q\"Q",
            "IYYY-\"W\"IW",
            "IYYY-IW-ID",
            "DDD",
            "FMDDD",
            "YY",
            "HH24:MI:SS",
            "YYYY-MM-DD\"T\"HH24:MI",
            "FMMM/FMDD",
            "YYYY \"Month\" MM",
            "(YYYY)");

    @Test
    void numbersAreWrittenAsPostgresWritesThem() throws SQLException {
        List<String> differences = new ArrayList<>();
        TestPostgres.TestDatabase database = TestPostgres.createDatabase();
        try (Connection connection = database.connect();
                PreparedStatement ask = connection.prepareStatement("select to_char(?::numeric, ?)")) {
            for (String pattern : NUMBERS) {
                NumberFormat format = NumberFormat.of(pattern).orElseThrow();
                for (String value : VALUES) {
                    String truth = asked(ask, new BigDecimal(value), pattern);
                    String own = format.print(new BigDecimal(value));
                    if (!own.equals(truth)) {
                        differences.add("%s as %s: [%s] instead of [%s]".formatted(value, pattern, own, truth));
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void datesAreWrittenAsPostgresWritesThem() throws SQLException {
        List<String> differences = new ArrayList<>();
        List<LocalDateTime> moments = new ArrayList<>(List.of(LocalDateTime.of(2024, 3, 5, 7, 8, 9)));
        for (int i = 0; i < 60; i++) {
            moments.add(LocalDate.of(1899, 12, 28).plusDays(i * 773L).atTime(i % 24, i % 60));
        }
        TestPostgres.TestDatabase database = TestPostgres.createDatabase();
        try (Connection connection = database.connect();
                PreparedStatement ask = connection.prepareStatement("select to_char(?::timestamp, ?)")) {
            for (String pattern : DATES) {
                DateFormat format = DateFormat.of(pattern).orElseThrow();
                for (LocalDateTime moment : moments) {
                    String truth = asked(ask, moment, pattern);
                    if (!format.print(moment).equals(truth)) {
                        differences.add("%s as %s: [%s] instead of [%s]"
                                .formatted(moment, pattern, format.print(moment), truth));
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void whatPostgresReadsOtherwiseIsNotUnderstood() {
        assertThat(List.of(
                        "J", "WW", "W", "CC", "DDth", "TMMonth", "YYYY AD", "HH12", "YYY", "Y", "IYY", "IDDD", "SSSS",
                        "MS", "YYYY\\", "moN", "x"))
                .allMatch(p -> DateFormat.of(p).isEmpty());
        assertThat(List.of(
                        "RN", "9.9.9", "S999", "999MI", "999PR", "L999", "9V9", "9.9EEEE", "99.", "", "FM", "999th",
                        "9x"))
                .allMatch(p -> NumberFormat.of(p).isEmpty());
    }

    private static String asked(PreparedStatement ask, Object value, String pattern) throws SQLException {
        ask.setObject(1, value);
        ask.setString(2, pattern);
        try (ResultSet found = ask.executeQuery()) {
            found.next();
            return found.getString(1);
        }
    }
}
