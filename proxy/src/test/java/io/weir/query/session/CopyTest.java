package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.query.wire.MessageOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** COPY … TO STDOUT as clients see it; what is refused, and that the session lives on. */
class CopyTest extends LoggedIn {
    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url(""), RunningServer.USER, RunningServer.PASSWORD);
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static byte[] parse(String sql) {
        return WireClient.message(
                'P', new MessageOutput(64).string("").string(sql).int16(0).drain());
    }

    private static byte[] bind() {
        return WireClient.message(
                'B',
                new MessageOutput(16)
                        .string("")
                        .string("")
                        .int16(0)
                        .int16(0)
                        .int16(0)
                        .drain());
    }

    private static byte[] describe(char target) {
        return WireClient.message(
                'D', new MessageOutput(8).int8(target).string("").drain());
    }

    private static byte[] execute(int maxRows) {
        return WireClient.message(
                'E', new MessageOutput(8).string("").int32(maxRows).drain());
    }

    private static byte[] sync() {
        return WireClient.message('S', new byte[0]);
    }

    /** Tags up to ReadyForQuery; of an error also its SQLSTATE, of a command its tag, of data its text. */
    private List<String> answers() throws IOException {
        List<String> answers = new ArrayList<>();
        for (WireClient.Message m = client.read(); m.tag() != 'Z'; m = client.read()) {
            String told = switch (m.tag()) {
                case 'E' -> "E " + m.field('C');
                case 'C' -> "C " + m.text(0).replace("\0", "");
                case 'd' -> "d " + m.text(0).replace("\n", "");
                default -> String.valueOf(m.tag());
            };
            answers.add(told);
        }
        return answers;
    }

    @Test
    void theSimpleProtocolSendsWhatPostgresqlSends() throws IOException {
        client.send(WireClient.query("COPY (SELECT numbers(2) FROM t) TO STDOUT; SELECT 1"));
        assertThat(answers()).containsExactly("H", "d 1", "d 2", "N", "c", "C COPY 2", "T", "D", "N", "C SELECT 1");
        assertThat(server.desk.openAnswers).hasValue(0);
    }

    @Test
    void theExtendedProtocolSendsNoDescriptionAndIgnoresTheRowLimit() throws IOException {
        client.send(
                parse("COPY (SELECT numbers(3) FROM t) TO STDOUT CSV"),
                describe('S'),
                bind(),
                describe('P'),
                execute(1),
                execute(0),
                sync());
        assertThat(answers())
                .containsExactly("1", "t", "n", "2", "n", "H", "d 1", "d 2", "d 3", "N", "c", "C COPY 3", "E 55000");
        assertThat(server.desk.openAnswers).hasValue(0);
    }

    @Test
    void anErrorInTheMiddleFollowsTheRowsAndNothingLooksComplete() throws IOException {
        client.send(WireClient.query("COPY (SELECT fails_after(2) FROM t) TO STDOUT"));
        assertThat(answers()).containsExactly("H", "d 1", "d 2", "E 54000");
        client.send(parse("COPY (SELECT fails_after(2) FROM t) TO STDOUT"), bind(), execute(0), execute(0), sync());
        assertThat(answers()).containsExactly("1", "2", "H", "d 1", "d 2", "E 54000");
        client.send(WireClient.query("SELECT 1"));
        assertThat(answers()).containsExactly("T", "D", "N", "C SELECT 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COPY t FROM STDIN | 0A000",
                "COPY t (a, b) FROM '/etc/passwd' CSV | 0A000",
                "COPY t FROM PROGRAM 'id' | 0A000",
                "COPY (SELECT 1 FROM t) TO '/srv/out' | 0A000",
                "COPY t TO PROGRAM 'cat' | 0A000",
                "COPY (CALL weir.request_release()) TO STDOUT | 42601",
                "COPY (DELETE FROM t RETURNING *) TO STDOUT | 25006",
                "COPY (SELECT 1 FROM t) TO STDOUT (FORMAT xml) | 22023",
                "COPY (SELECT 1 FROM t) TO STDOUT (NONSENSE) | 42601",
                "COPY (SELECT refused()) TO STDOUT | 42501",
                "COPY (SELECT echo($1)) TO STDOUT | 08P01",
                "COPY (SELECT * FROM pg_catalog.missing) TO STDOUT | 42P01"
            })
    void whatIsRefusedLeavesTheSessionAlive(String sql, String state) throws IOException {
        client.send(WireClient.query(sql));
        assertThat(answers()).containsExactly("E " + state);
        client.send(parse(sql), bind(), describe('P'), execute(0), sync());
        assertThat(answers()).last().isEqualTo("E " + state);
        client.send(WireClient.query("SELECT 1"));
        assertThat(answers()).containsExactly("T", "D", "N", "C SELECT 1");
        assertThat(server.desk.called).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY (SELECT refused()) TO STDOUT", "  COPY(SELECT refused()) TO STDOUT"})
    void positionsPointIntoTheWholeMessage(String sql) throws IOException {
        int expected = "SHOW timezone;".length() + sql.indexOf("refused()") + 1;
        client.send(WireClient.query("SHOW timezone;" + sql));
        assertThat(client.read('E').field('P')).isEqualTo(Integer.toString(expected));
        client.read('Z');
        client.send(parse(sql), bind(), execute(0), sync());
        assertThat(client.read('E').field('P')).isEqualTo(Integer.toString(sql.indexOf("refused()") + 1));
        client.read('Z');
    }

    @Test
    void aFailedTransactionHearsNoCopy() throws IOException {
        client.send(WireClient.query("BEGIN; SELECT refused()"));
        assertThat(answers()).contains("E 42501");
        client.send(WireClient.query("COPY (SELECT numbers(2) FROM t) TO STDOUT"));
        assertThat(answers()).containsExactly("E 25P02");
        client.send(parse("COPY (SELECT numbers(2) FROM t) TO STDOUT"), bind(), execute(0), sync());
        assertThat(answers()).containsExactly("E 25P02");
    }

    @Test
    void catalogueStatementsAreCopiedFromTheShadow() throws IOException {
        client.send(WireClient.query("COPY (SELECT * FROM pg_catalog.pg_class) TO STDOUT (FORMAT csv, HEADER)"));
        assertThat(answers()).containsExactly("H", "d name", "d shadow", "c", "C COPY 1");
        client.send(parse("COPY pg_catalog.pg_class TO STDOUT"), bind(), execute(0), sync());
        assertThat(answers()).containsExactly("1", "2", "H", "d shadow", "c", "C COPY 1");
    }

    @Test
    void pgjdbcCopiesAndHearsTheNotice() throws Exception {
        try (Connection connection = connect()) {
            StringWriter text = new StringWriter();
            assertThat(copies(connection).copyOut("COPY (SELECT numbers(100000) FROM t) TO STDOUT", text))
                    .isEqualTo(100_000);
            assertThat(text.toString()).startsWith("1\n2\n").endsWith("\n100000\n");
            assertThat(String.valueOf(connection.getWarnings())).contains("some values are hidden");
            ByteArrayOutputStream binary = new ByteArrayOutputStream();
            copies(connection).copyOut("COPY (SELECT numbers(1) FROM t) TO STDOUT (FORMAT binary)", binary);
            assertThat(binary.toByteArray()).hasSize(19 + 10 + 2);
        }
    }

    @Test
    void aCancelEndsACopy() throws Exception {
        try (Connection connection = connect()) {
            CopyOut copy = copies(connection).copyOut("COPY (SELECT numbers(100000000) FROM t) TO STDOUT");
            assertThat(copy.readFromCopy()).isNotNull();
            connection.unwrap(PGConnection.class).cancelQuery();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> {
                        while (copy.readFromCopy() != null) {}
                    })
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            try (Statement statement = connection.createStatement()) {
                assertThat(statement.execute("SELECT 1")).isTrue();
            }
            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(() -> assertThatExceptionOfType(SQLException.class)
                            .isThrownBy(() -> copies(connection)
                                    .copyOut("COPY (SELECT wait() FROM t) TO STDOUT", new StringWriter()))
                            .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014")));
            assertThat(server.desk.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.unwrap(PGConnection.class).cancelQuery();
            waiting.get(10, TimeUnit.SECONDS);
        }
        assertThat(server.desk.openAnswers).hasValue(0);
    }

    @Test
    void aSlowReaderHoldsTheAnswerBack() throws Exception {
        client.send(WireClient.query("COPY (SELECT numbers(50000000) FROM t) TO STDOUT"));
        assertThat(client.read().tag()).isEqualTo('H');
        int before = -1;
        while (server.desk.rowsPulled.get() != before) {
            before = server.desk.rowsPulled.get();
            TimeUnit.MILLISECONDS.sleep(700);
        }
        assertThat(before).isBetween(1, 5_000_000);
    }

    @Test
    void theUsersSettingsShapeTheText() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Europe/London'");
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            copies(connection).copyOut("COPY every_type TO STDOUT", text);
            assertThat(text.toString(StandardCharsets.UTF_8)).contains("\t2024-07-01 13:00:00.5+01\t");
        }
    }
}
