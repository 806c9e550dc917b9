package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard before somebody proved who they are (S7, S10, S11, S19). */
class StartupSecurityTest extends OnStrictServer {
    @Tag("S7")
    @Test
    void onlyListedStartupParametersAreHeard() throws IOException {
        for (String name : List.of("role", "session_authorization", "session_preload_libraries", "is_superuser")) {
            assertThat(server.refusal(Map.of("user", "ada", "database", "demo", name, "on")))
                    .isIn("42704", "22023");
        }
        assertThat(server.refusal(Map.of("user", "ada", "options", "-c search_path=x")))
                .isEqualTo("0A000");
        assertThat(server.refusal(Map.of("user", "ada", "replication", "database")))
                .isEqualTo("0A000");
        assertThat(server.refusal(Map.of("database", "demo"))).isEqualTo("28000");
        Map<String, String> thousand = new LinkedHashMap<>(RunningServer.STARTUP);
        for (int i = 0; i < 500; i++) {
            thousand.put("k" + i, "v");
        }
        assertThat(server.refusal(thousand)).isEqualTo("08P01");
        assertThat(server.accounts.lookups).hasValue(0);
    }

    @Tag("S7")
    @Test
    void duplicateStartupParameterCloses() throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            byte[] body = new MessageOutput(64)
                    .int32(WireClient.VERSION_3_0)
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

    @Tag("S7")
    @Tag("S12")
    @ParameterizedTest
    @ValueSource(strings = {"a'b", "a\"b", "a\nb", "A", "", "ada; drop"})
    void strangeUserNamesLookLikeWrongPasswords(String name) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            if (!name.isEmpty()) {
                assertThat(client.login(name, "x").field('C')).isEqualTo("28P01");
            }
        }
    }

    @Tag("S10")
    @ParameterizedTest
    @ValueSource(chars = {'Q', 'P', 'B', 'E', 'S', 'd', 'X', 'F'})
    void nothingButSaslIsHeardBeforeAuthentication(char tag) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            client.send(WireClient.message(tag, "SELECT 1\0".getBytes(StandardCharsets.UTF_8)));
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.desk.prepared).hasValue(0);
    }

    @Tag("S10")
    @Test
    void afterAFailedAuthenticationNothingIsHeard() throws IOException {
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
    void aRefusedStartupIsRecorded() throws IOException {
        assertThat(server.refusal(Map.of("user", "ada", "options", "-c role=x")))
                .isEqualTo("0A000");
        assertThat(server.audit.types()).containsExactly(EventType.AUTH_FAILED);
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
                    WireClient.VERSION_3_0 + 9999, Map.of("user", "ada", "database", "demo", "_pq_.test", "1")));
            WireClient.Message negotiated = client.read();
            assertThat(negotiated.tag()).isEqualTo('v');
            assertThat(negotiated.text(8)).isEqualTo("_pq_.test\0");
            assertThat(client.read().tag()).isEqualTo('R');
        }
    }

    @Tag("S7")
    @Test
    void aNulInANameEndsIt() throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            // To the server these are the parameters user=ada and or=1, of which the second does not exist.
            client.send(
                    WireClient.startup(WireClient.VERSION_3_0, Map.of("user", "ada\0or\u00001", "database", "demo")));
            assertThat(client.read('E').field('C')).isIn("42704", "08P01");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.accounts.lookups).hasValue(0);
    }

    @Tag("S7")
    @ParameterizedTest
    @ValueSource(strings = {"demo'--", "de\"mo", "demo\n", "DEMO", "template1", "postgres", "../demo"})
    void strangeDatabasesAreNoProjects(String database) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            WireClient.Message refusal = client.login(RunningServer.USER, database, RunningServer.PASSWORD);
            assertThat(refusal.field('C')).isEqualTo("28000");
            assertThat(refusal.field('M') + refusal.field('D')).doesNotContain(database);
        }
        assertThat(server.desk.prepared).hasValue(0);
        assertThat(server.catalog.settings).isEmpty();
    }

    @Tag("S7")
    @Test
    void optionsOfTheProtocolAreNamedBackAndNothingElse() throws IOException {
        Map<String, String> many = new LinkedHashMap<>(RunningServer.STARTUP);
        for (int i = 0; i < 30; i++) {
            many.put("_pq_.o" + i, "1");
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, many));
            WireClient.Message negotiated = client.read();
            assertThat(negotiated.tag()).isEqualTo('v');
            assertThat(negotiated.text(8).split("\0")).hasSize(30).allMatch(name -> name.startsWith("_pq_."));
        }
    }

    @Tag("S11")
    @Test
    void withoutAccountsNobodyGetsIn() throws IOException {
        server.close();
        server = RunningServer.withoutAccounts(directory);
        for (String user : List.of(RunningServer.USER, "postgres", "admin", "weir")) {
            for (String password : List.of("", user, "postgres", "password", RunningServer.PASSWORD)) {
                try (WireClient client = WireClient.overTls(server.port())) {
                    // PBKDF2 takes no empty password; a client that has none sends an arbitrary one.
                    String sent = password.isEmpty() ? " " : password;
                    assertThat(client.login(user, sent).field('C')).isEqualTo("28P01");
                }
            }
        }
        assertThat(server.sessions()).isZero();
        assertThat(server.audit.types()).containsOnly(EventType.AUTH_FAILED);
    }

    /** Loopback is no reason to trust anybody: TLS and a proof are asked for there, too. */
    @Tag("S11")
    @Test
    void nobodyIsTrustedForComingFromLoopback() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            assertThat(client.read().field('C')).isEqualTo("28000");
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            WireClient.Message asked = client.read();
            assertThat(asked.body()).startsWith(0, 0, 0, 10);
        }
    }

    @Tag("S19")
    @ParameterizedTest
    @ValueSource(
            strings = {
                // "PROXY TCP4 198.51.100.7 127.0.0.1 50000 5432\r\n", the same for UNKNOWN, and version 2 of the
                // protocol
                "50524f58592054435034203139382e35312e3130302e37203132372e302e302e3120353030303020353433320d0a",
                "50524f585920554e4b4e4f574e0d0a",
                "0d0a0d0a000d0a515549540a2111000cc63364077f000001c3501538"
            })
    void aProxyHeaderIsNoStartAndNamesNobody(String header) throws IOException {
        byte[] line = HexFormat.of().parseHex(header.replace(" ", ""));
        try (WireClient client = new WireClient(server.port())) {
            client.send(line, WireClient.request(WireClient.SSL_REQUEST));
            assertThat(client.rest()).isEmpty();
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(line);
            assertThat(client.rest()).isEmpty();
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.login(RunningServer.USER, "wrong");
        }
        assertThat(server.audit.events)
                .allSatisfy(event -> assertThat(event.disclosures()).containsEntry("address", "127.0.0.1"));
    }
}
