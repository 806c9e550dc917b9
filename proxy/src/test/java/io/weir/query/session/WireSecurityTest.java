package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.audit.EventType;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the wire (design/attacks.md, trust.md S1 to S18) by a client of our own. */
class WireSecurityTest {
    private static final int VERSION_3_0 = 3 << 16;
    private static final Map<String, String> STARTUP = Map.of("user", RunningServer.USER, "database", "demo");

    @TempDir
    Path directory;

    private RunningServer server;

    @BeforeEach
    void start() {
        start(2);
    }

    private void start(int sessionsPerPerson) {
        server = new RunningServer(
                directory,
                limits -> new SessionLimits(
                        limits.frames(),
                        2,
                        sessionsPerPerson,
                        20,
                        10,
                        Duration.ofSeconds(3),
                        1_000,
                        limits.idle(),
                        limits.idleCursor(),
                        limits.stalledWrite(),
                        16,
                        1 << 16,
                        2 << 20,
                        5,
                        3_000,
                        5,
                        1_200_000,
                        false));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void plaintextBehindAnSslRequestDropsTheConnection() throws IOException { // S1
        try (WireClient client = new WireClient(server.port())) {
            client.send(new MessageOutput(64)
                    .bytes(WireClient.request(WireClient.SSL_REQUEST))
                    .bytes(WireClient.query("SELECT 1"))
                    .drain());
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.desk.prepared).hasValue(0);
    }

    @Test
    void plaintextBehindAGssRequestDropsTheConnection() throws IOException { // S1
        try (WireClient client = new WireClient(server.port())) {
            client.send(new MessageOutput(64)
                    .bytes(WireClient.request(WireClient.GSS_REQUEST))
                    .bytes(WireClient.startup(VERSION_3_0, STARTUP))
                    .drain());
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void directTlsNeedsTheProtocolName() throws IOException { // S1
        try (WireClient client = new WireClient(server.port())) {
            client.startTls("postgresql");
            assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).tag())
                    .isEqualTo('Z');
        }
        try (WireClient client = new WireClient(server.port())) {
            client.startTls();
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            assertThat(client.isClosed()).isTrue();
        }
        try (WireClient client = new WireClient(server.port())) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.startTls("h2"));
        }
    }

    @Test
    void encryptionIsNegotiatedOnce() throws IOException { // S2
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.readByte()).isEqualTo('N');
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.isClosed()).isTrue();
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.request(WireClient.SSL_REQUEST));
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void gssRequestIsRefusedAndTlsFollows() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.readByte()).isEqualTo('N');
            client.send(WireClient.request(WireClient.SSL_REQUEST));
            assertThat(client.readByte()).isEqualTo('S');
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 7, 10_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void falseLengthBeforeAuthenticationCloses(int length) throws IOException { // S3
        try (WireClient client = new WireClient(server.port())) {
            client.send(new MessageOutput(8).int32(length).int32(VERSION_3_0).drain());
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 131_072 + (256 << 10) + 1, Integer.MAX_VALUE})
    void falseLengthAfterAuthenticationIsAnErrorAndCloses(int length) throws IOException { // S3
        try (WireClient client = loggedIn()) {
            client.send(new MessageOutput(8).int8('Q').int32(length).drain());
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void malformedBodiesAreErrorsAndClose() throws IOException { // S3
        List<byte[]> malformed = List.of(
                WireClient.message('Q', "SELECT 1".getBytes(StandardCharsets.UTF_8)),
                WireClient.message('Q', "SELECT 1\0more".getBytes(StandardCharsets.UTF_8)),
                WireClient.message('Q', new byte[] {(byte) 0xc0, (byte) 0x80, 0}),
                WireClient.message('P', new byte[] {0, 'x', 0, (byte) 0xff, (byte) 0xff}),
                WireClient.message(
                        'B', new byte[] {0, 0, 0, 0, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xfe}),
                WireClient.message('D', new byte[] {'X', 0}),
                WireClient.message('S', new byte[] {1}),
                WireClient.message('p', new byte[] {0}),
                WireClient.message('?', new byte[] {0}));
        for (byte[] message : malformed) {
            try (WireClient client = loggedIn()) {
                client.send(message);
                assertThat(client.read().field('C')).isEqualTo("08P01");
                assertThat(client.isClosed()).isTrue();
            }
        }
        assertThat(server.desk.prepared).hasValue(0);
    }

    @Test
    void onlyListedStartupParametersAreHeard() throws IOException { // S7
        for (String name : List.of("role", "session_authorization", "session_preload_libraries", "is_superuser")) {
            assertThat(refusal(Map.of("user", "ada", "database", "demo", name, "on")))
                    .isIn("42704", "22023");
        }
        assertThat(refusal(Map.of("user", "ada", "options", "-c search_path=x")))
                .isEqualTo("0A000");
        assertThat(refusal(Map.of("user", "ada", "replication", "database"))).isEqualTo("0A000");
        assertThat(refusal(Map.of("database", "demo"))).isEqualTo("28000");
        Map<String, String> thousand = new LinkedHashMap<>(STARTUP);
        for (int i = 0; i < 500; i++) {
            thousand.put("k" + i, "v");
        }
        assertThat(refusal(thousand)).isEqualTo("08P01");
        assertThat(server.accounts.lookups).hasValue(0);
    }

    @Test
    void duplicateStartupParameterCloses() throws IOException { // S7
        try (WireClient client = WireClient.overTls(server.port())) {
            byte[] body = new MessageOutput(64)
                    .int32(VERSION_3_0)
                    .string("user")
                    .string("ada")
                    .string("user")
                    .string("eve")
                    .int8(0)
                    .drain();
            client.send(new MessageOutput(64).int32(body.length + 4).bytes(body).drain());
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a'b", "a\"b", "a\nb", "A", "", "ada; drop"})
    void strangeUserNamesLookLikeWrongPasswords(String name) throws IOException { // S7, S12
        try (WireClient client = WireClient.overTls(server.port())) {
            if (!name.isEmpty()) {
                assertThat(client.login(name, "x").field('C')).isEqualTo("28P01");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'Q', 'P', 'B', 'E', 'S', 'd', 'X', 'F'})
    void nothingButSaslIsHeardBeforeAuthentication(char tag) throws IOException { // S10
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            client.read('R');
            client.send(WireClient.message(tag, "SELECT 1\0".getBytes(StandardCharsets.UTF_8)));
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.desk.prepared).hasValue(0);
    }

    @Test
    void afterAFailedAuthenticationNothingIsHeard() throws IOException { // S10
        try (WireClient client = WireClient.overTls(server.port())) {
            assertThat(client.login(RunningServer.USER, "wrong").field('C')).isEqualTo("28P01");
            try {
                client.send(WireClient.query("SELECT 1"));
            } catch (IOException closedAlready) {
                assertThat(closedAlready).isNotNull();
            }
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.desk.prepared).hasValue(0);
        assertThat(server.audit.types()).containsExactly(EventType.AUTH_FAILED);
    }

    @Test
    void unknownUserLooksLikeAWrongPassword() throws IOException { // S12
        List<String> salts = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (String user : List.of("nobody", "nobody", RunningServer.USER)) {
            try (WireClient client = WireClient.overTls(server.port())) {
                client.send(WireClient.startup(VERSION_3_0, Map.of("user", user, "database", "demo")));
                client.read('R');
                client.send(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=abc"));
                String serverFirst = client.read('R').text(4);
                salts.add(serverFirst.replaceAll("r=[^,]*,", "").replaceAll(".*(s=.*)", "$1"));
                client.send(WireClient.message(
                        'p', WireClient.clientFinal("wrong", "abc", serverFirst).getBytes(StandardCharsets.UTF_8)));
                WireClient.Message error = client.read();
                errors.add(error.field('S') + error.field('C') + error.field('M'));
            }
        }
        assertThat(salts.get(0)).isEqualTo(salts.get(1)).isNotEqualTo(salts.get(2));
        assertThat(salts).allMatch(salt -> salt.endsWith(",i=4096"));
        assertThat(errors).containsOnly("FATAL28P01Authentication failed.");
    }

    @Test
    void cancelNeedsTheKeyAndReachesOnlyItsSession() throws Exception { // S13
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            client.read('R');
            client.send(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=abc"));
            String serverFirst = client.read('R').text(4);
            client.send(WireClient.message(
                    'p',
                    WireClient.clientFinal(RunningServer.PASSWORD, "abc", serverFirst)
                            .getBytes(StandardCharsets.UTF_8)));
            byte[] key = client.read('K').body();
            client.read('Z');
            client.send(WireClient.query("SELECT wait() FROM t"));
            assertThat(server.desk.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

            byte[] wrong = key.clone();
            wrong[7] ^= 1;
            cancel(wrong, true);
            cancel(key, false);
            assertThat(server.desk.interrupted.tryAcquire(300, TimeUnit.MILLISECONDS))
                    .isFalse();

            cancel(key, true);
            assertThat(client.read('E').field('C')).isEqualTo("57014");
            assertThat(client.read('Z').body()).containsExactly('I');

            cancel(key, true);
            client.send(WireClient.query("SELECT 1"));
            assertThat(client.read('C').text(0)).startsWith("SELECT 1");
        }
    }

    private void cancel(byte[] key, boolean tls) throws IOException {
        byte[] request =
                new MessageOutput(16).int32(16).int32(80877102).bytes(key).drain();
        try (WireClient client = tls ? WireClient.overTls(server.port()) : new WireClient(server.port())) {
            client.send(request);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void silentClientsAreClosedInTime() throws IOException { // S17
        try (WireClient silent = new WireClient(server.port());
                WireClient half = WireClient.overTls(server.port())) {
            half.send(WireClient.startup(VERSION_3_0, STARTUP));
            half.read('R');
            assertThat(silent.isClosed()).isTrue();
            assertThat(half.isClosed()).isTrue();
        }
    }

    @Test
    void oneAddressCannotTakeAllHandshakes() throws IOException { // S17
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            WireClient client = new WireClient(server.port());
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.readByte()).isEqualTo('N');
            clients.add(client);
        }
        try (WireClient late = new WireClient(server.port())) {
            assertThat(late.isClosed()).isTrue();
        }
        for (WireClient client : clients) {
            client.close();
        }
    }

    @Test
    void oneSessionTooManyIsToldSo() throws IOException { // S17
        try (WireClient first = loggedIn();
                WireClient second = loggedIn();
                WireClient third = WireClient.overTls(server.port())) {
            assertThat(third.login(RunningServer.USER, RunningServer.PASSWORD).field('C'))
                    .isEqualTo("53300");
            assertThat(server.sessions()).isEqualTo(2);
            first.send(WireClient.query("SELECT 1"));
            second.send(WireClient.query("SELECT 1"));
            assertThat(first.read('Z').tag()).isEqualTo(second.read('Z').tag());
        }
    }

    @Test
    void oneSessionOfAPersonTooManyIsToldSoAndRecorded() throws IOException {
        server.close();
        start(1);
        server.accounts.with("ben", "another horse");
        try (WireClient ada = loggedIn();
                WireClient again = WireClient.overTls(server.port());
                WireClient ben = WireClient.overTls(server.port())) {
            WireClient.Message refusal = again.login(RunningServer.USER, RunningServer.PASSWORD);
            assertThat(refusal.field('C')).isEqualTo("53300");
            assertThat(refusal.field('D')).contains("This person has 1 connections");
            assertThat(refusal.field('H')).contains("Close a connection");
            assertThat(again.isClosed()).isTrue();
            assertThat(server.audit.events.getLast().type()).isEqualTo(EventType.AUTH_FAILED);
            assertThat(server.audit.events.getLast().fields()).containsEntry("reason", "TOO_MANY_CONNECTIONS");
            // A wrong password learns nothing about how many connections there are.
            try (WireClient wrong = WireClient.overTls(server.port())) {
                assertThat(wrong.login(RunningServer.USER, "wrong").field('C')).isEqualTo("28P01");
            }
            assertThat(ben.login("ben", "another horse").tag()).isEqualTo('Z');
            ada.send(WireClient.query("SELECT 1"));
            assertThat(ada.read('Z').tag()).isEqualTo('Z');
        }
        assertThat(eventually(() -> server.sessions() == 0)).isTrue();
        try (WireClient later = loggedIn()) {
            assertThat(server.sessions()).isEqualTo(1);
            later.send(WireClient.query("SELECT 1"));
            assertThat(later.read('Z').tag()).isEqualTo('Z');
        }
    }

    private static boolean eventually(java.util.function.BooleanSupplier condition) {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        return condition.getAsBoolean();
    }

    @Test
    void aStatementOfTheLongestLengthIsReadAndOneByteMoreIsNot() throws IOException {
        String longest = "SELECT 1 -- " + "é".repeat(494);
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(1_000);
        try (WireClient client = loggedIn()) {
            client.send(WireClient.query(longest));
            assertThat(client.read('D').tag()).isEqualTo('D');
            client.read('Z');
            int prepared = server.desk.prepared.get();
            // Unread: a quote that never ends would be a syntax error.
            client.send(WireClient.query(longest + "'"));
            WireClient.Message refusal = client.read('E');
            assertThat(refusal.field('C')).isEqualTo("54000");
            assertThat(refusal.field('D')).contains("more than 1000 bytes");
            client.read('Z');
            String parse = "\0" + longest + "x\0\0\0";
            client.send(new MessageOutput(2_000)
                    .bytes(WireClient.message('P', parse.getBytes(StandardCharsets.UTF_8)))
                    .bytes(WireClient.message('S', new byte[0]))
                    .drain());
            assertThat(client.read('E').field('C')).isEqualTo("54000");
            client.read('Z');
            assertThat(server.desk.prepared).hasValue(prepared);
            client.send(WireClient.query("SELECT 1"));
            assertThat(client.read('D').tag()).isEqualTo('D');
        }
    }

    @Test
    void replayedAndForeignProofsAreRefused() throws IOException { // S18
        String[] recorded = new String[1];
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            client.read('R');
            assertThat(client.prove(RunningServer.PASSWORD, proof -> {
                                recorded[0] = proof;
                                return proof;
                            })
                            .tag())
                    .isEqualTo('Z');
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            client.read('R');
            assertThat(client.prove(RunningServer.PASSWORD, proof -> recorded[0])
                            .field('C'))
                    .isEqualTo("28P01");
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            client.read('R');
            assertThat(client.prove(RunningServer.PASSWORD, proof -> proof.replaceFirst("r=f", "r=g"))
                            .field('C'))
                    .isEqualTo("28P01");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1 n,,n=,r=abc", "SCRAM-SHA-256 y,,n=,r=abc", "SCRAM-SHA-256 n,,nonsense"})
    void aBrokenProofIsRecorded(String initial) throws IOException {
        String[] parts = initial.split(" ", 2);
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            client.read('R');
            client.send(WireClient.saslInitial(parts[0], parts[1]));
            assertThat(client.read().field('C')).isEqualTo("08P01");
        }
        assertThat(server.audit.types()).containsExactly(EventType.AUTH_FAILED);
    }

    @Test
    void aRefusedStartupIsRecorded() throws IOException {
        assertThat(refusal(Map.of("user", "ada", "options", "-c role=x"))).isEqualTo("0A000");
        assertThat(server.audit.types()).containsExactly(EventType.AUTH_FAILED);
    }

    @Test
    void renegotiationIsRefusedByTheRuntime() {
        assertThat(System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation"))
                .isEqualTo("true");
    }

    @Test
    void plaintextStartupIsToldThatTlsIsRequired() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, STARTUP));
            WireClient.Message error = client.read();
            assertThat(error.field('C')).isEqualTo("28000");
            assertThat(error.field('D')).contains("TLS_REQUIRED");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void withoutAuditNobodyGetsIn() throws IOException {
        server.audit.failing = EventType.AUTH_OK;
        try (WireClient client = WireClient.overTls(server.port())) {
            assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).field('C'))
                    .isEqualTo("58030");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void newerProtocolsAreNegotiatedDown() throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(
                    VERSION_3_0 + 9999, Map.of("user", "ada", "database", "demo", "_pq_.test", "1")));
            WireClient.Message negotiated = client.read();
            assertThat(negotiated.tag()).isEqualTo('v');
            assertThat(negotiated.text(8)).isEqualTo("_pq_.test\0");
            assertThat(client.read().tag()).isEqualTo('R');
        }
    }

    private WireClient loggedIn() throws IOException {
        WireClient client = WireClient.overTls(server.port());
        WireClient.Message ready = client.login(RunningServer.USER, RunningServer.PASSWORD);
        assertThat(ready.tag()).isEqualTo('Z');
        return client;
    }

    private String refusal(Map<String, String> parameters) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(VERSION_3_0, parameters));
            return client.read('E').field('C');
        }
    }
}
