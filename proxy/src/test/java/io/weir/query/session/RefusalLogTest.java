package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client is told it cannot have is in the log, once. The query road behind the session is a fake that records nothing. */
class RefusalLogTest extends LoggedIn {
    private static final byte[] SYNC = WireClient.message('S', new byte[0]);
    private static final Set<EventType> REFUSALS =
            Set.of(EventType.QUERY_REFUSED, EventType.QUERY_FAILED, EventType.QUERY_CANCELLED);

    /** What is sent, the code that is recorded, and the text. */
    private static final Map<String, Case> CASES = cases();

    private record Case(List<byte[]> frames, String code, String sql) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        for (String[] simple : new String[][] {
            {"nonsense", "SYNTAX"},
            {"SELECT 'no end", "SYNTAX"},
            {"DROP TABLE t", "READ_ONLY"},
            {"SET no_such_setting = 1", "SETTING_UNKNOWN"},
            {"SET timezone = 'Mars/Olympus'", "SETTING_VALUE"},
            {"SAVEPOINT s", "NO_TRANSACTION"},
            {"FETCH c", "CURSOR_UNKNOWN"},
            {"DEALLOCATE p", "STATEMENT_UNKNOWN"},
            {"DECLARE c CURSOR FOR SELECT 1", "NO_TRANSACTION"},
            {"SELECT echo($1)", "PARAMETER_MISSING"},
            {"COPY (SELECT echo($1)) TO STDOUT", "PARAMETER_MISSING"},
            {"SELECT broken()", "INTERNAL"},
            {"SELECT * FROM pg_catalog.missing", RefusalLog.CATALOGUE}
        }) {
            cases.put(simple[0], new Case(List.of(WireClient.query(simple[0])), simple[1], simple[0]));
        }
        String sql = "SELECT echo($1)";
        cases.put("no value", extended("PARAMETER_MISSING", sql, parse(sql), bind("s", "")));
        cases.put("two values", extended("PARAMETER_MISSING", sql, parse(sql), bind("s", "", "a", "b")));
        cases.put("a wrong value", extended("INVALID_VALUE", sql, parse(sql, 23), bind("s", "", "secret")));
        cases.put(
                "a value of bytes",
                extended("ENCODING", sql, parse(sql), bytes(0, 's', 0, 0, 0, 0, 1, 0, 0, 0, 1, 255, 0, 0)));
        cases.put(
                "a wrong number of result formats",
                extended(
                        "PROTOCOL_VIOLATION",
                        sql,
                        parse(sql),
                        bytes(0, 's', 0, 0, 0, 0, 1, 255, 255, 255, 255, 0, 2, 0, 0, 0, 0)));
        cases.put(
                "values of a command",
                extended("PARAMETER_MISSING", "SHOW DateStyle", parse("SHOW DateStyle"), bind("s", "", "a")));
        cases.put("a type that is not ours", extended("UNSUPPORTED", sql, parse(sql, 600)));
        cases.put(
                "a name that is taken", extended("STATEMENT_EXISTS", "SELECT 2", parse("SELECT 1"), parse("SELECT 2")));
        cases.put(
                "a portal's name that is taken",
                extended("CURSOR_EXISTS", "SELECT 1", parse("SELECT 1"), bind("s", "p"), bind("s", "p")));
        cases.put("several statements", extended("SYNTAX", "SELECT 1; SELECT 2", parse("SELECT 1; SELECT 2")));
        cases.put(
                "no statement",
                extended("STATEMENT_UNKNOWN", "(a prepared statement that does not exist)", bind("s", "")));
        cases.put(
                "no portal",
                extended(
                        "CURSOR_UNKNOWN",
                        "(a portal that does not exist)",
                        WireClient.message('E', text("p\0\0\0\0\0"))));
        cases.put(
                "a kind of Close",
                extended(
                        "PROTOCOL_VIOLATION", "(a message that cannot be read)", WireClient.message('C', text("X\0"))));
        cases.put(
                "Parse of bytes",
                extended("ENCODING", "(a message that cannot be read)", WireClient.message('P', new byte[] {
                    0, -1, 0, 0, 0
                })));
        cases.put(
                "Query of bytes",
                new Case(
                        List.of(WireClient.message('Q', new byte[] {-1, 0})),
                        "ENCODING",
                        "(a message that cannot be read)"));
        cases.put(
                "Sync and more",
                new Case(
                        List.of(WireClient.message('S', text("more"))),
                        "PROTOCOL_VIOLATION",
                        "(a message that cannot be read)"));
        cases.put(
                "a function call",
                new Case(List.of(WireClient.message('F', text("any"))), "UNSUPPORTED", "(function call by message)"));
        return cases;
    }

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsRefusedIsRecordedOnceWithItsTextAndWithoutValues(String name) throws IOException {
        Case refused = CASES.get(name);
        client.send(refused.frames().toArray(byte[][]::new));
        client.read('E');
        client.read('Z');
        List<AuditEvent> refusals = refusals();
        assertThat(refusals).hasSize(1);
        AuditEvent record = refusals.getFirst();
        assertThat(record.fields())
                .containsEntry("code", refused.code())
                .containsEntry("actor", RunningServer.USER)
                .containsKeys("session", "project", "agreement");
        assertThat(record.disclosures()).containsOnly(Map.entry("sql", refused.sql()));
        assertThat(record.type() == EventType.QUERY_FAILED)
                .isEqualTo(refused.code().equals("INTERNAL"));
    }

    @Test
    void whatTheQueryRoadRefusesIsItsOwnToRecord() throws IOException {
        client.send(WireClient.query("SELECT refused()"));
        assertThat(client.read('E').field('C')).isEqualTo("42501");
        client.read('Z');
        client.send(WireClient.query("COPY (SELECT refused()) TO STDOUT"));
        client.read('Z');
        client.send(parse("SELECT refused()"), SYNC);
        client.read('Z');
        client.send(WireClient.query("DECLARE c CURSOR WITH HOLD FOR SELECT refused()"));
        client.read('Z');
        client.send(WireClient.query("SELECT fails_after(2)"));
        assertThat(client.read('E').field('C')).isEqualTo("54000");
        client.read('Z');
        assertThat(refusals()).isEmpty();
    }

    @Test
    void aFailedTransactionIsRecordedWithItsFirstStatementAndTheNumberOfTheOthers() throws IOException {
        send("BEGIN", "nonsense", "SELECT 1", "SELECT 2", "SELECT 3");
        client.send(parse("SELECT 4"), SYNC);
        client.read('Z');
        client.send(WireClient.message('F', text("any")));
        client.read('Z');
        assertThat(codes()).containsExactly("SYNTAX", "TRANSACTION_FAILED");
        send("ROLLBACK");
        assertThat(codes()).containsExactly("SYNTAX", "TRANSACTION_FAILED", "TRANSACTION_FAILED");
        assertThat(refusals().get(1).disclosures()).containsEntry("sql", "SELECT 1");
        assertThat(refusals().get(2).fields()).containsEntry("count", 4L);
        assertThat(refusals().get(2).disclosures()).isEmpty();
        send("BEGIN", "nonsense", "SELECT 5", "COMMIT");
        assertThat(codes()).hasSize(5).endsWith("SYNTAX", "TRANSACTION_FAILED");
    }

    @Test
    void aSavepointEndsTheFailureAndSoDoesTheClientThatLeaves() throws Exception {
        send("BEGIN", "SAVEPOINT s", "nonsense", "SELECT 1", "SELECT 2", "ROLLBACK TO s");
        assertThat(refusals().getLast().fields()).containsEntry("count", 1L);
        send("nonsense", "SELECT 1", "SELECT 2", "SELECT 3");
        client.close();
        for (int i = 0; i < 100 && !server.audit.types().contains(EventType.SESSION_CLOSED); i++) {
            Thread.sleep(50);
        }
        assertThat(refusals().getLast().fields()).containsEntry("count", 2L);
    }

    @Test
    void whatCannotBeRecordedIsNotToldAndEndsTheSession() throws IOException {
        server.audit.failing = EventType.QUERY_REFUSED;
        client.send(parse("SELECT echo($1)"), bind("s", ""), SYNC);
        WireClient.Message error = client.read('E');
        assertThat(error.field('S')).isEqualTo("FATAL");
        assertThat(error.field('C')).isEqualTo("58030");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void anErrorOfTheCatalogueBehindALongAnswerIsRecordedBeforeAnyOfItIsTold() throws IOException {
        client.send(WireClient.query("SELECT late FROM pg_catalog.t"));
        assertThat(client.read('E').field('C')).isEqualTo("42P01");
        client.read('Z');
        assertThat(codes()).containsExactly(RefusalLog.CATALOGUE);
        server.audit.failing = EventType.QUERY_REFUSED;
        client.send(WireClient.query("SELECT late FROM pg_catalog.t"));
        WireClient.Message first = client.read();
        assertThat(first.tag()).isEqualTo('E');
        assertThat(first.field('C')).isEqualTo("58030");
    }

    @Test
    void aCursorThatMayGoBackOverTheCatalogueIsRefusedBeforeItIsRecordedAsRead() throws IOException {
        send("DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT * FROM pg_catalog.t");
        client.send(
                parse("DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT * FROM pg_catalog.t"),
                bind("s", ""),
                WireClient.message('E', text("\0\0\0\0\0")),
                SYNC);
        client.read('Z');
        assertThat(codes()).containsExactly("UNSUPPORTED", "UNSUPPORTED");
        assertThat(server.audit.types()).doesNotContain(EventType.CATALOG_READ);
    }

    @Test
    void theClientThatIsIdleTooLongIsRecorded() throws Exception {
        send("SET idle_session_timeout = '100ms'");
        assertThat(client.read('E').field('C')).isEqualTo("57P05");
        assertThat(client.isClosed()).isTrue();
        assertThat(server.audit.events.getLast().fields()).containsEntry("reason", "IDLE_TOO_LONG");
    }

    private void send(String... statements) throws IOException {
        for (String sql : statements) {
            client.send(WireClient.query(sql));
            client.read('Z');
        }
    }

    private List<AuditEvent> refusals() {
        return server.audit.events.stream()
                .filter(event -> REFUSALS.contains(event.type()))
                .toList();
    }

    private List<Object> codes() {
        return refusals().stream().map(event -> event.fields().get("code")).toList();
    }

    private static Case extended(String code, String sql, byte[]... frames) {
        List<byte[]> all = new ArrayList<>(List.of(frames));
        all.add(SYNC);
        return new Case(all, code, sql);
    }

    private static byte[] parse(String sql, int... types) {
        MessageOutput out = new MessageOutput(64).string("s").string(sql).int16(types.length);
        for (int type : types) {
            out.int32(type);
        }
        return WireClient.message('P', out.drain());
    }

    private static byte[] bind(String statement, String portal, String... values) {
        MessageOutput out =
                new MessageOutput(64).string(portal).string(statement).int16(0).int16(values.length);
        for (String value : values) {
            byte[] bytes = text(value);
            out.int32(bytes.length).bytes(bytes);
        }
        return WireClient.message('B', out.int16(0).drain());
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return WireClient.message('B', bytes);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
