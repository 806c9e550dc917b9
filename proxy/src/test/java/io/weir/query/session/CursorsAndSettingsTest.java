package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an idle cursor keeps, and what an error or a rollback takes back. */
class CursorsAndSettingsTest {
    @TempDir
    Path directory;

    private RunningServer server;
    private WireClient client;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(
                directory,
                limits -> new SessionLimits(
                        limits.frames(),
                        limits.sessions(),
                        limits.sessionsPerPerson(),
                        limits.handshakes(),
                        limits.handshakesPerAddress(),
                        limits.authentication(),
                        limits.statementBytes(),
                        limits.idle(),
                        Duration.ofMillis(800),
                        limits.stalledWrite(),
                        limits.inboxFrames(),
                        limits.inboxBytes(),
                        limits.bufferedBytes(),
                        limits.statements(),
                        limits.statementsBytes(),
                        limits.portals(),
                        limits.portalsBytes(),
                        false));
        client = WireClient.overTls(server.port());
        assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).tag())
                .isEqualTo('Z');
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    /** Runs a message of the simple protocol. Returns the SQLSTATE of its error, or "". */
    private String run(String sql) throws IOException {
        client.send(WireClient.query(sql));
        String state = "";
        for (WireClient.Message m = client.read(); m.tag() != 'Z'; m = client.read()) {
            state = m.tag() == 'E' ? m.field('C') : state;
        }
        return state;
    }

    private String show(String setting) throws IOException {
        client.send(WireClient.query("SHOW " + setting));
        String value = client.read('D').text(6);
        client.read('Z');
        return value;
    }

    @Test
    void aCursorThatNobodyReadsGivesItsSourceConnectionBack() throws Exception {
        assertThat(run("BEGIN; DECLARE c CURSOR FOR SELECT numbers(10) FROM t; FETCH 1 FROM c"))
                .isEmpty();
        assertThat(server.desk.openAnswers).hasValue(1);
        Thread.sleep(2_500);
        assertThat(server.desk.openAnswers).hasValue(0);
        assertThat(run("FETCH 1 FROM c")).isEqualTo("34000");
        assertThat(run("ROLLBACK")).isEmpty();
        assertThat(run("SELECT 1")).isEmpty();
    }

    @Test
    void otherStatementsDoNotKeepAnIdleCursorOpen() throws Exception {
        assertThat(run("BEGIN; DECLARE c CURSOR FOR SELECT numbers(10) FROM t; FETCH 1 FROM c"))
                .isEmpty();
        for (int i = 0; i < 10; i++) {
            Thread.sleep(200);
            assertThat(run("SHOW timezone")).isEmpty();
        }
        assertThat(server.desk.openAnswers).hasValue(0);
    }

    @Test
    void aCursorThatIsReadStaysOpen() throws Exception {
        assertThat(run("BEGIN; DECLARE c CURSOR FOR SELECT numbers(100) FROM t; FETCH 1 FROM c"))
                .isEmpty();
        for (int i = 0; i < 6; i++) {
            Thread.sleep(300);
            assertThat(run("FETCH 1 FROM c")).isEmpty();
        }
    }

    @Test
    void aHeldCursorEndsWithTheRollbackOfItsTransactionOnly() throws IOException {
        assertThat(run("BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT numbers(9) FROM t; ROLLBACK"))
                .isEmpty();
        assertThat(run("FETCH 1 FROM c")).isEqualTo("34000");
        assertThat(run("BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT numbers(9) FROM t; COMMIT"))
                .isEmpty();
        assertThat(run("FETCH 1 FROM c")).isEmpty();
        assertThat(run("BEGIN; ROLLBACK")).isEmpty();
        assertThat(run("FETCH 1 FROM c")).isEmpty();
        assertThat(run("DECLARE d CURSOR WITH HOLD FOR SELECT numbers(9) FROM t; SELECT refused()"))
                .isEqualTo("42501");
        assertThat(run("FETCH 1 FROM d")).isEqualTo("34000");
    }

    @Test
    void anErrorUndoesWhatIsNotCommittedAndNothingElse() throws IOException {
        assertThat(run("BEGIN; SET timezone = 'Asia/Tokyo'; COMMIT; SELECT refused()"))
                .isEqualTo("42501");
        assertThat(show("timezone")).isEqualTo("Asia/Tokyo");
        assertThat(run("SET timezone = 'Europe/Paris'; SELECT refused()")).isEqualTo("42501");
        assertThat(show("timezone")).isEqualTo("Asia/Tokyo");
    }

    @Test
    void anErrorUndoesSettingsOfItsExtendedBatch() throws IOException {
        client.send(
                parse("SET timezone = 'Europe/Paris'"),
                WireClient.message(
                        'B',
                        new MessageOutput(16)
                                .string("")
                                .string("")
                                .bytes(new byte[6])
                                .drain()),
                WireClient.message(
                        'E', new MessageOutput(16).string("").int32(0).drain()),
                parse("SELECT refused()"),
                WireClient.message('S', new byte[0]));
        assertThat(client.read('E').field('C')).isEqualTo("42501");
        client.read('Z');
        assertThat(show("timezone")).isNotEqualTo("Europe/Paris");
    }

    @Test
    void anUnknownFormatIsAnErrorOfItsBatchOnly() throws IOException {
        client.send(
                parse("SELECT 1"),
                WireClient.message('B', new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 2}),
                WireClient.message('S', new byte[0]));
        WireClient.Message error = client.read('E');
        assertThat(error.field('S')).isEqualTo("ERROR");
        assertThat(error.field('C')).isEqualTo("22023");
        client.read('Z');
        assertThat(run("SELECT 1")).isEmpty();
    }

    private static byte[] parse(String sql) {
        return WireClient.message('P', ("\0" + sql + "\0\0\0").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theClientsOwnIdleLimitsEndItsSession() throws Exception {
        assertThat(run("SET idle_in_transaction_session_timeout = '200ms'; SET idle_session_timeout = 0"))
                .isEmpty();
        Thread.sleep(600);
        assertThat(run("BEGIN")).isEmpty();
        assertThat(client.read('E').field('C')).isEqualTo("25P03");
    }

    @Test
    void theClientsOwnIdleLimitOutsideATransaction() throws IOException {
        client.send(WireClient.query("SET idle_session_timeout = '200ms'"));
        client.read('Z');
        WireClient.Message end = client.read('E');
        assertThat(end.field('S')).isEqualTo("FATAL");
        assertThat(end.field('C')).isEqualTo("57P05");
    }

    @Tag("S39")
    @Test
    void commandsThatAreNeverServedAreRecordedInBothProtocols() throws IOException {
        for (String sql :
                List.of("EXPLAIN SELECT 1", "COPY t FROM STDIN", "SET ROLE bob", "DROP TABLE t", "nonsense")) {
            long before = refusals();
            run(sql);
            assertThat(refusals()).as(sql).isEqualTo(before + 1);
            client.send(parse(sql), WireClient.message('S', new byte[0]));
            client.read('Z');
            assertThat(refusals()).as(sql).isEqualTo(before + 2);
        }
    }

    private long refusals() {
        return server.audit.types().stream()
                .filter(type -> type == EventType.QUERY_REFUSED)
                .count();
    }

    @Test
    void oneIsWhoOneAuthenticatedAs() throws IOException {
        for (String sql : List.of("SET ROLE bob", "SET SESSION AUTHORIZATION 'bob'", "SET SESSION AUTHORIZATION bob")) {
            assertThat(run(sql)).as(sql).isEqualTo("42501");
        }
        assertThat(run("SET ROLE none; RESET ROLE; SET SESSION AUTHORIZATION DEFAULT"))
                .isEmpty();
    }

    @Test
    void setConfigWithLiteralsIsSet() throws IOException {
        client.send(WireClient.query("SELECT pg_catalog.set_config('TimeZone', 'Asia/Tokyo', false) AS zone"));
        assertThat(client.read('T').text(2)).startsWith("zone\0");
        assertThat(client.read('D').text(6)).isEqualTo("Asia/Tokyo");
        assertThat(client.read('C').text(0)).isEqualTo("SELECT 1\0");
        assertThat(client.read('S').text(0)).isEqualTo("TimeZone\0Asia/Tokyo\0");
        client.read('Z');
        assertThat(run("SELECT set_config('timezone', 'Mars/Olympus', false)")).isEqualTo("22023");
        assertThat(run("SELECT set_config('port', '1', false)")).isEqualTo("42704");
        assertThat(run("BEGIN; SELECT set_config('timezone', 'UTC', true)")).isEmpty();
        assertThat(show("timezone")).isEqualTo("UTC");
        assertThat(run("COMMIT")).isEmpty();
        assertThat(show("timezone")).isEqualTo("Asia/Tokyo");
    }

    @Test
    void stylesOfDatesAndIntervalsAreReportedAndShapeTheText() throws IOException {
        client.send(WireClient.query("SET DateStyle = German"));
        assertThat(client.read('S').text(0)).isEqualTo("DateStyle\0German, DMY\0");
        client.read('Z');
        assertThat(run("SET DateStyle = SQL")).isEmpty();
        assertThat(show("datestyle")).isEqualTo("SQL, DMY");
        assertThat(run("SET DateStyle = 'ISO, SQL'")).isEqualTo("22023");
        client.send(WireClient.query("SET IntervalStyle = iso_8601"));
        assertThat(client.read('S').text(0)).isEqualTo("IntervalStyle\0iso_8601\0");
        client.read('Z');
        client.send(WireClient.query("SELECT * FROM every_type"));
        assertThat(client.read('D').text(0)).contains("29/02/2024 13:14:15.123456", "P1Y2M3DT4H5M6.789S");
        client.read('Z');
        assertThat(run("RESET ALL; SET bytea_output = escape")).isEmpty();
        assertThat(show("datestyle")).isEqualTo("ISO, MDY");
        assertThat(show("bytea_output")).isEqualTo("escape");
    }
}
