package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.audit.EventType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real pgjdbc against the whole server. */
class PgjdbcTest {
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = new RunningServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(server.url(options), RunningServer.USER, RunningServer.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&channelBinding=require",
                "&sslNegotiation=direct",
                "&preferQueryMode=simple",
                "&preferQueryMode=extendedForPrepared",
                "&protocolVersion=3.2",
                "&assumeMinServerVersion=16&ApplicationName=test"
            })
    void connectsOverTlsAndReadsARow(String options) throws SQLException {
        try (Connection connection = connect(options);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("16.15");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&preferQueryMode=simple", "&binaryTransfer=false", "&prepareThreshold=-1"})
    void everyTypeArrivesInEveryMode(String options) throws SQLException {
        try (Connection connection = connect(options);
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM every_type")) {
            for (int execution = 0; execution < 7; execution++) {
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getBoolean(1)).isTrue();
                    assertThat(rows.getShort(2)).isEqualTo((short) -12);
                    assertThat(rows.getInt(3)).isEqualTo(123456);
                    assertThat(rows.getLong(4)).isEqualTo(-9_876_543_210L);
                    assertThat(rows.getFloat(5)).isEqualTo(1.5f);
                    assertThat(rows.getDouble(6)).isEqualTo(0.1);
                    assertThat(rows.getBigDecimal(7)).isEqualTo(new BigDecimal("-1234567.8900"));
                    assertThat(rows.getString(8)).isEqualTo("Grüße, Welt");
                    assertThat(rows.getDate(11)).isEqualTo(Date.valueOf("2024-02-29"));
                    assertThat(rows.getString(12)).startsWith("13:14:15.16");
                    assertThat(rows.getObject(13, java.time.LocalDateTime.class))
                            .isEqualTo(java.time.LocalDateTime.parse("2024-02-29T13:14:15.123456"));
                    assertThat(rows.getObject(14, OffsetDateTime.class).toInstant())
                            .isEqualTo(OffsetDateTime.of(2024, 7, 1, 12, 0, 0, 500_000_000, ZoneOffset.UTC)
                                    .toInstant());
                    assertThat(rows.getString(15)).contains("1 year");
                    assertThat(rows.getObject(16, UUID.class))
                            .isEqualTo(UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"));
                    assertThat(rows.next()).isTrue();
                    for (int column = 1; column <= 16; column++) {
                        assertThat(rows.getObject(column)).isNull();
                    }
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }

    @Test
    void parametersGoBothWays() throws SQLException {
        try (Connection connection = connect("");
                PreparedStatement statement = connection.prepareStatement("SELECT echo(?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int execution = 0; execution < 7; execution++) {
                statement.setInt(1, execution);
                statement.setLong(2, 1L << 40);
                statement.setDouble(3, 2.5);
                statement.setBigDecimal(4, new BigDecimal("10000.00010"));
                statement.setString(5, "it's");
                statement.setObject(6, UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"));
                statement.setBoolean(7, true);
                statement.setNull(8, java.sql.Types.INTEGER);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(execution);
                    assertThat(rows.getLong(2)).isEqualTo(1L << 40);
                    assertThat(rows.getDouble(3)).isEqualTo(2.5);
                    assertThat(rows.getBigDecimal(4)).isEqualTo(new BigDecimal("10000.00010"));
                    assertThat(rows.getString(5)).isEqualTo("it's");
                    assertThat(rows.getString(6)).isEqualTo("12345678-9abc-def0-1234-56789abcdef0");
                    assertThat(rows.getBoolean(7)).isTrue();
                    assertThat(rows.getObject(8)).isNull();
                }
            }
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(8);
        }
    }

    @Test
    void fetchSizePullsRowsByAndBy() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(10);
                int before = server.desk.rowsPulled.get();
                List<Integer> read = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("SELECT n FROM numbers(25)")) {
                    assertThat(server.desk.rowsPulled.get() - before).isEqualTo(10);
                    while (rows.next()) {
                        read.add(rows.getInt(1));
                    }
                }
                assertThat(read).hasSize(25).endsWith(25);
            }
            connection.commit();
        }
    }

    @Test
    void manyRowsArriveInOrder() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT n FROM numbers(100000)")) {
            int expected = 0;
            while (rows.next()) {
                assertThat(rows.getInt(1)).isEqualTo(++expected);
            }
            assertThat(expected).isEqualTo(100_000);
        }
    }

    @Test
    void severalStatementsInOneMessageAnswerOneByOne() throws SQLException {
        try (Connection connection = connect("&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(
                    "SET application_name = 'x'; SELECT 1; /* a; b */ SHOW application_name; SELECT n FROM numbers(2)");
            List<String> results = new ArrayList<>();
            while (rows || statement.getUpdateCount() != -1) {
                if (rows) {
                    try (ResultSet result = statement.getResultSet()) {
                        result.next();
                        results.add(result.getString(1));
                    }
                }
                rows = statement.getMoreResults();
            }
            assertThat(results).containsExactly("1", "x", "1");
        }
    }

    @Test
    void aQueryTimeOutCancelsTheStatement() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeQuery("SELECT wait() FROM t"))
                    .satisfies(cancelled -> assertThat(cancelled.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void refusalsCarryStateHintAndCodeAndTheSessionLives() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeQuery("SELECT refused()"))
                    .satisfies(refused -> {
                        assertThat(refused.getSQLState()).isEqualTo("42501");
                        assertThat(refused.getMessage())
                                .contains("IDENTIFIER_USE", "Count people instead.", "Position: 8");
                    });
            for (String forbidden :
                    List.of("INSERT INTO t VALUES (1)", "DROP TABLE t", "COPY t TO STDOUT", "LISTEN x", "DO 'x'")) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute(forbidden))
                        .satisfies(refused -> assertThat(refused.getSQLState()).isIn("25006", "0A000"));
            }
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void internalFailuresTellNothing() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeQuery("SELECT broken()"))
                    .satisfies(failed -> {
                        assertThat(failed.getSQLState()).isEqualTo("XX000");
                        assertThat(failed.getMessage()).doesNotContain("db-7").contains("reference");
                    });
        }
    }

    @Test
    void aFailedTransactionHearsOnlyItsEnd() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SAVEPOINT a");
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.executeQuery("SELECT refused()"));
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.executeQuery("SELECT 1"))
                        .satisfies(failed -> assertThat(failed.getSQLState()).isEqualTo("25P02"));
                statement.execute("ROLLBACK TO SAVEPOINT a");
                assertThat(statement.execute("SELECT 1")).isTrue();
                connection.rollback();
            }
        }
    }

    @Test
    void settingsReachTheQueryRoadAndGoBackWithTheTransaction() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET weir.flags = 'on'");
                statement.execute("SET TIME ZONE 'europe/london'");
                statement.execute("SET statement_timeout = '5s'");
                try (ResultSet rows = statement.executeQuery("SELECT flags()")) {
                    rows.next();
                    assertThat(rows.getString(1)).isEqualTo("true Europe/London PT5S");
                }
                connection.rollback();
                try (ResultSet rows = statement.executeQuery("SHOW weir.flags")) {
                    rows.next();
                    assertThat(rows.getString(1)).isEqualTo("off");
                }
            }
        }
    }

    @Test
    void aPreparedStatementIsAskedInTheTimeZoneOfItsExecution() throws SQLException {
        try (Connection connection = connect("&prepareThreshold=-1");
                PreparedStatement flags = connection.prepareStatement("SELECT flags()");
                Statement statement = connection.createStatement()) {
            for (String zone : List.of("Europe/London", "Asia/Tokyo", "Europe/London")) {
                statement.execute("SET TIME ZONE '" + zone + "'");
                try (ResultSet rows = flags.executeQuery()) {
                    rows.next();
                    assertThat(rows.getString(1)).contains(zone);
                }
            }
        }
    }

    @Test
    void localSettingsEndWithTheTransaction() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL extra_float_digits = 3");
                assertThat(shown(statement, "extra_float_digits")).isEqualTo("3");
                connection.commit();
                assertThat(shown(statement, "extra_float_digits")).isEqualTo("1");
                statement.execute("SET application_name = 'kept'");
                connection.commit();
                assertThat(shown(statement, "application_name")).isEqualTo("kept");
            }
        }
    }

    private static String shown(Statement statement, String setting) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void positionsCountInWhatTheClientSent() throws SQLException {
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection = connect("&preferQueryMode=" + mode);
                    Statement statement = connection.createStatement()) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("/*x*/ SELECT refused()"))
                        .satisfies(refused -> assertThat(refused.getMessage()).contains("Position: 14"));
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("/*x*/ FROBNICATE"))
                        .satisfies(refused -> assertThat(refused.getMessage()).contains("Position: 7"));
            }
        }
    }

    @Test
    void cursorsAreFetchedByAndBy() throws SQLException {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("DECLARE c NO SCROLL CURSOR FOR SELECT n FROM numbers(5)");
                try (ResultSet rows = statement.executeQuery("FETCH FORWARD 3 FROM c")) {
                    int count = 0;
                    while (rows.next()) {
                        count++;
                    }
                    assertThat(count).isEqualTo(3);
                }
                statement.execute("CLOSE c");
                connection.commit();
            }
        }
    }

    @Test
    void catalogueStatementsGoToTheShadow() throws SQLException {
        try (Connection connection = connect("");
                PreparedStatement statement = connection.prepareStatement("SELECT name FROM pg_catalog.pg_type")) {
            for (int execution = 0; execution < 7; execution++) {
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("shadow");
                }
            }
        }
        assertThat(server.audit.types()).contains(EventType.CATALOG_READ);
    }

    @Test
    void closingAnswersLeavesNoneOpen() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT n FROM numbers(3)");
            statement.execute("SELECT 1");
        }
        assertThat(server.desk.openAnswers.get()).isZero();
    }

    @Test
    void wrongPasswordAndUnknownUserGetTheSameWords() {
        List<String> messages = new ArrayList<>();
        for (String user : List.of(RunningServer.USER, "nobody")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(server.url(""), user, "wrong"))
                    .satisfies(refused -> {
                        assertThat(refused.getSQLState()).isEqualTo("28P01");
                        messages.add(String.valueOf(refused.getMessage()).replaceAll("reference \\S+", ""));
                    });
        }
        assertThat(messages.get(0)).isEqualTo(messages.get(1));
    }

    @Test
    void plaintextIsRefused() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + server.port() + "/demo?sslmode=disable",
                        RunningServer.USER,
                        RunningServer.PASSWORD))
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28000"));
    }

    @Test
    void aForeignProjectIsRefused() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(
                        server.url("").replace("/demo?", "/other?"), RunningServer.USER, RunningServer.PASSWORD))
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28000"));
    }
}
