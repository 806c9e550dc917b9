package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.audit.format.Leaf;
import io.weir.query.session.WireClient;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients get wrong, on the real installation: told clearly, recorded, nothing leaks, and the next question is answered. */
class BadInputIT {
    private static final String COUNT = "SELECT count(*) FROM patients WHERE sex = 'F'";
    private static final RunningWeir WEIR = RunningWeir.shared();

    private int mark;

    @BeforeEach
    void mark() {
        mark = WEIR.audit().size();
    }

    @AfterAll
    static void theLogVerifies() {
        WEIR.audit().verifies();
    }

    private Leaf recorded(EventType type, String field, String value) {
        Await.until(
                "a record " + type + " with " + field + " " + value,
                Duration.ofSeconds(5),
                () -> WEIR.audit().since(mark, type).stream()
                        .anyMatch(leaf -> value.equals(leaf.rec().get(field))));
        return WEIR.audit().since(mark, type).getLast();
    }

    private static void aNewSessionWorks() throws SQLException {
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            answers(connection);
        }
    }

    private static void answers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(COUNT)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).isPositive();
        }
    }

    private static ThrowingCallable connecting(String person, String project, String password) {
        return () -> WEIR.connect(person, project, password).close();
    }

    /** Asked by ada of diabetes in one session, which must work on. */
    private Refusal refused(String sql, String state, String code) throws SQLException {
        mark();
        try (Connection connection = WEIR.connect("ada", "diabetes");
                Statement statement = connection.createStatement()) {
            Refusal refusal = Refusal.of(() -> statement.executeQuery(sql))
                    .is(state, code)
                    .hides("ben");
            Leaf record = recorded(EventType.QUERY_REFUSED, "code", code);
            assertThat(record.rec().toString()).doesNotContain(sql);
            assertThat(WEIR.audit().since(mark, EventType.QUERY_REFUSED)).hasSize(1);
            answers(connection);
            return refusal;
        }
    }

    @Test
    void anUnknownUserAndAWrongPasswordAreToldTheSame() throws SQLException {
        Refusal unknown = Refusal.of(connecting("mallory", "diabetes", "guess"))
                .is("28P01", "AUTHENTICATION_FAILED")
                .advises("password")
                .hides("mallory", "guess");
        recorded(EventType.AUTH_FAILED, "reason", "AUTHENTICATION_FAILED");
        mark();
        Refusal wrong = Refusal.of(connecting("ada", "diabetes", "guess")).hides("guess");
        Leaf record = recorded(EventType.AUTH_FAILED, "reason", "AUTHENTICATION_FAILED");
        assertThat(wrong.words()).isEqualTo(unknown.words());
        assertThat(record.rec().toString()).doesNotContain("=ada", "guess"); // a session id may have these letters
        aNewSessionWorks();
    }

    @Test
    void aConnectionWithoutTlsIsTold() throws IOException, SQLException {
        try (WireClient client = new WireClient(WEIR.postgresPort())) {
            client.send(WireClient.startup(3 << 16, Map.of("user", "ada", "database", "diabetes")));
            Refusal.of(client.read())
                    .is("28000", "TLS_REQUIRED")
                    .explains("in the clear")
                    .advises("sslmode=verify-full");
            assertThat(client.isClosed()).isTrue();
        }
        recorded(EventType.AUTH_FAILED, "reason", "TLS_REQUIRED");
        aNewSessionWorks();
    }

    @Test
    void aMalformedFrameEndsTheSessionAndOnlyThat() throws Exception {
        byte[][] lies = {
            // A length shorter than its own field; a type nobody knows.
            new MessageOutput(8).int8('Q').int32(3).drain(), WireClient.message('!', new byte[4]),
        };
        try (Connection bystander = WEIR.connect("ben", "flow")) {
            for (byte[] lie : lies) {
                mark();
                try (WireClient client = WireClient.overTls(WEIR.postgresPort())) {
                    assertThat(client.login("ada", "diabetes", WEIR.password("ada"))
                                    .tag())
                            .isEqualTo('Z');
                    client.send(lie);
                    Refusal.of(client.read('E'))
                            .is("08P01", "PROTOCOL_VIOLATION")
                            .explains();
                    assertThat(client.isClosed()).isTrue();
                }
                recorded(EventType.SESSION_CLOSED, "reason", "PROTOCOL_VIOLATION");
            }
            answers(bystander);
        }
        aNewSessionWorks();
    }

    @Test
    void aMessageThatCannotBeReadIsRefusedAndTheSessionGoesOn() throws Exception {
        try (WireClient client = WireClient.overTls(WEIR.postgresPort())) {
            client.login("ada", "diabetes", WEIR.password("ada"));
            mark();
            // A Parse that ends before its query does.
            client.send(WireClient.message('P', new byte[] {0, 's', 'e', 'l'}), WireClient.message('S', new byte[0]));
            Refusal.of(client.read('E')).is("08P01", "PROTOCOL_VIOLATION").explains();
            assertThat(client.read().tag()).isEqualTo('Z');
            recorded(EventType.QUERY_REFUSED, "code", "PROTOCOL_VIOLATION");
            assertThat(WEIR.audit().since(mark, EventType.QUERY_REFUSED)).hasSize(1);
            client.send(WireClient.query(COUNT));
            assertThat(client.read('D').body()).isNotEmpty();
        }
    }

    @Test
    void aMalformedFrameDuringAuthenticationIsRecorded() throws Exception {
        try (WireClient client = WireClient.overTls(WEIR.postgresPort())) {
            client.send(WireClient.startup(3 << 16, Map.of("user", "ada", "database", "diabetes")));
            client.read('R');
            client.send(WireClient.query(COUNT));
            Refusal.of(client.read('E')).is("08P01", "PROTOCOL_VIOLATION");
            assertThat(client.isClosed()).isTrue();
        }
        recorded(EventType.AUTH_FAILED, "reason", "PROTOCOL_VIOLATION");
        aNewSessionWorks();
    }

    @Test
    void anOversizedMessageEndsTheSessionBeforeItIsRead() throws Exception {
        try (WireClient client = WireClient.overTls(WEIR.postgresPort())) {
            client.login("ada", "diabetes", WEIR.password("ada"));
            // Only the header comes: whoever waited for the rest would wait for ever.
            client.send(new MessageOutput(8).int8('Q').int32(1 << 30).drain());
            Refusal.of(client.read('E')).is("08P01", "PROTOCOL_VIOLATION").explains("393216");
            assertThat(client.isClosed()).isTrue();
        }
        recorded(EventType.SESSION_CLOSED, "reason", "PROTOCOL_VIOLATION");
        aNewSessionWorks();
    }

    @Test
    void anOversizedStatementIsRefusedAndTheSessionLives() throws SQLException {
        refused(COUNT + " OR sex = '" + "x".repeat(250_000) + "'", "54000", "STATEMENT_TOO_LONG")
                .explains("131072 bytes")
                .advises("parameters")
                .hides("xxxx");
    }

    @Test
    void anUnknownTableIsToldWithTheNearestGrantedOne() throws SQLException {
        refused("SELECT count(*) FROM hospital.patient", "42P01", "UNKNOWN_RELATION")
                .explains("hospital.patient")
                .advises("hospital.patients");
        mark();
        refused("SELECT count(*) FROM salaries", "42P01", "UNKNOWN_RELATION")
                .explains("salaries")
                .advises("information_schema.tables");
    }

    @Test
    void aColumnThatIsNotGrantedLooksLikeOneThatDoesNotExist() throws SQLException {
        String there = "family_name";
        String notThere = "maiden_name";
        Refusal ungranted =
                refused("SELECT count(*) FROM patients WHERE " + there + " = 'Ackroyd'", "42703", "UNKNOWN_COLUMN");
        Refusal unknown =
                refused("SELECT count(*) FROM patients WHERE " + notThere + " = 'Ackroyd'", "42703", "UNKNOWN_COLUMN");
        ungranted.advises("granted to this project").hides("Ackroyd");
        assertThat(ungranted.words().replace(there, notThere)).isEqualTo(unknown.words());
        refused("SELECT count(*) FROM patients WHERE ethnicty = 'A'", "42703", "UNKNOWN_COLUMN")
                .advises("ethnicity");
    }

    @Test
    void aForbiddenFunctionLooksLikeOneThatDoesNotExist() throws SQLException {
        for (String call : new String[] {
            "pg_read_file('/etc/passwd') FROM patients",
            "pg_read_file('/etc/passwd')",
            "dblink('host=intranet', 'SELECT 1')",
            "md5(sex) FROM patients"
        }) {
            mark();
            refused("SELECT " + call, "42883", "UNKNOWN_FUNCTION").advises().hides("/etc/passwd", "intranet");
        }
        mark();
        refused("SELECT sex, cout(*) FROM patients GROUP BY sex", "42883", "UNKNOWN_FUNCTION")
                .advises("count");
    }

    @Test
    void aLockIsRefusedWithTheReason() throws SQLException {
        refused("SELECT count(*) FROM patients FOR UPDATE", "0A000", "UNSUPPORTED")
                .explains("FOR UPDATE")
                .advises("read-only");
    }

    @Test
    void twoDataStatementsInOnePreparedStatementAreRefusedWhole() throws Exception {
        try (WireClient client = WireClient.overTls(WEIR.postgresPort())) {
            client.login("ada", "diabetes", WEIR.password("ada"));
            mark();
            client.send(parse(COUNT + "; " + COUNT), WireClient.message('S', new byte[0]));
            Refusal.of(client.read('E')).is("42601", "SYNTAX").explains().advises("one statement after the other");
            assertThat(client.read().tag()).isEqualTo('Z');
            recorded(EventType.QUERY_REFUSED, "code", "SYNTAX");
            assertThat(WEIR.audit().since(mark, EventType.QUERY_DECIDED)).isEmpty();
            client.send(WireClient.query(COUNT));
            assertThat(client.read('D').body()).isNotEmpty();
        }
    }

    private static byte[] parse(String sql) {
        return WireClient.message(
                'P',
                new MessageOutput(sql.length() + 8)
                        .string("")
                        .string(sql)
                        .int16(0)
                        .drain());
    }

    @Test
    void anExpiredAgreementIsToldWithItsDay() throws SQLException {
        Refusal.of(connecting("ada", "maternity", WEIR.password("ada")))
                .is("28000", "AGREEMENT_INACTIVE")
                .explains("dsa-2023-014", "expired", "2025-03-31")
                .advises("information-governance");
        recorded(EventType.AUTH_FAILED, "reason", "AGREEMENT_INACTIVE");
        aNewSessionWorks();
    }

    @Test
    void anUnsignedAgreementIsToldWithWhoHasNotSigned() throws SQLException {
        Refusal.of(connecting("ada", "respiratory", WEIR.password("ada")))
                .is("28000", "AGREEMENT_INACTIVE")
                .explains("dsa-2026-003", "not signed", "saltcoast-council")
                .advises("information-governance");
        recorded(EventType.AUTH_FAILED, "reason", "AGREEMENT_INACTIVE");
        aNewSessionWorks();
    }

    @Test
    void theProjectOfOthersLooksLikeOneThatDoesNotExist() throws SQLException {
        Refusal foreign = Refusal.of(connecting("ben", "diabetes", WEIR.password("ben")))
                .is("28000", "NOT_A_MEMBER")
                .advises("project")
                .hides("ada", "dsa-");
        Refusal unknown = Refusal.of(connecting("ben", "oncology", WEIR.password("ben")));
        assertThat(foreign.words()).isEqualTo(unknown.words());
        recorded(EventType.AUTH_FAILED, "reason", "NOT_A_MEMBER");
        aNewSessionWorks();
    }
}
