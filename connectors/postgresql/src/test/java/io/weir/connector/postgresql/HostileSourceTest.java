package io.weir.connector.postgresql;

import static io.weir.connector.testkit.LyingPostgres.bytes;
import static io.weir.connector.testkit.LyingPostgres.field;
import static io.weir.connector.testkit.LyingPostgres.int16;
import static io.weir.connector.testkit.LyingPostgres.int32;
import static io.weir.connector.testkit.LyingPostgres.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.Secret;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.testkit.LyingPostgres;
import io.weir.connector.testkit.LyingPostgres.Script;
import io.weir.connector.testkit.LyingPostgres.Talk;
import io.weir.connector.testkit.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that lies harms the statement that asks it, and nothing else. */
class HostileSourceTest {
    private static final String PASSWORD = "reads-only-1";
    private static final Script HONEST = talk -> {
        talk.startup();
        talk.authenticate(PASSWORD);
        talk.serve(Talk::answerOne);
    };

    /** Lies in place of the request for a proof, after the start-up message. */
    private static final Map<String, Script> LOGINS = Map.ofEntries(
            Map.entry("an error without a code", talk -> talk.message('E', bytes(text("Mno"), new byte[1]))),
            Map.entry("an error without an end", talk -> talk.message('E', text("Mno"))),
            Map.entry("an empty error", talk -> talk.message('E', new byte[1])),
            Map.entry("an error longer than memory", talk -> talk.message('E', Integer.MAX_VALUE, new byte[9])),
            Map.entry("an error of negative length", talk -> talk.message('E', -1, new byte[9])),
            Map.entry(
                    "a nonce of a megabyte",
                    talk -> talk.challenge("r=" + talk.askForScram() + "x".repeat(1 << 20) + ",s=c2FsdA==,i=4096")),
            Map.entry("a nonce of its own", talk -> {
                talk.askForScram();
                talk.challenge("r=another,s=c2FsdA==,i=4096");
            }),
            Map.entry("a challenge without salt", talk -> talk.challenge("r=" + talk.askForScram() + "x,i=4096")),
            Map.entry("a proof that proves nothing", talk -> {
                talk.challenge("r=" + talk.askForScram() + "x,s=c2FsdA==,i=4096");
                talk.message('R', bytes(int32(12), "v=AAAA".getBytes(StandardCharsets.US_ASCII)));
                talk.welcome();
            }),
            Map.entry("no proof of its own", talk -> {
                talk.challenge("r=" + talk.askForScram() + "x,s=c2FsdA==,i=4096");
                talk.welcome();
            }),
            Map.entry("parameters without end", talk -> {
                talk.authenticate(PASSWORD);
                while (true) {
                    talk.message('S', bytes(text("weather"), text("sunny")));
                }
            }),
            Map.entry("notices without end", talk -> {
                while (true) {
                    talk.message('N', bytes(text("SNOTICE"), text("C00000"), text("Mhear me"), new byte[1]));
                }
            }),
            Map.entry(
                    "another protocol",
                    talk -> talk.raw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));

    /** Lies in place of the rows of a SELECT. */
    private static final Map<String, Script> ANSWERS = Map.ofEntries(
            Map.entry("columns that are not there", talk -> talk.message('T', int16(65_535))),
            Map.entry("65535 columns and a row of none", talk -> {
                byte[][] fields = new byte[65_535][];
                java.util.Arrays.fill(fields, field("c"));
                talk.message('T', bytes(int16(65_535), bytes(fields)));
                talk.message('D', int16(0));
                talk.message('C', text("SELECT 1"));
            }),
            Map.entry("a row longer than its frame", talk -> {
                talk.message('T', bytes(int16(1), field("c")));
                talk.message('D', bytes(int16(1), int32(1_000), new byte[4]));
                talk.message('C', text("SELECT 1"));
            }),
            Map.entry("a value longer than memory", talk -> {
                talk.message('T', bytes(int16(1), field("c")));
                talk.message('D', Integer.MAX_VALUE, bytes(int16(1), int32(Integer.MAX_VALUE - 64), new byte[4]));
            }),
            Map.entry("a value of negative length", talk -> {
                talk.message('T', bytes(int16(1), field("c")));
                talk.message('D', bytes(int16(1), int32(-7), new byte[4]));
                talk.message('C', text("SELECT 1"));
            }),
            Map.entry("a row before its description", talk -> talk.message('D', bytes(int16(1), int32(-1)))),
            Map.entry("an error without a code", talk -> talk.message('E', bytes(text("Mno"), new byte[1]))),
            Map.entry("an error longer than memory", talk -> talk.message('E', Integer.MAX_VALUE, new byte[9])),
            Map.entry("parameters without end", talk -> {
                while (true) {
                    talk.message('S', bytes(text("weather"), text("sunny")));
                }
            }),
            Map.entry("notices without end", talk -> {
                while (true) {
                    talk.message('N', bytes(text("SNOTICE"), text("C00000"), text("Mhear me"), new byte[1]));
                }
            }),
            Map.entry("a message of no kind", talk -> talk.message('?', new byte[0])),
            Map.entry("a request to copy in", talk -> talk.message('G', bytes(new byte[1], int16(0)))));

    static List<String> logins() {
        return LOGINS.keySet().stream().sorted().toList();
    }

    static List<String> answers() {
        return ANSWERS.keySet().stream().sorted().toList();
    }

    private static PostgresSourceConfig config(int port, ServerTrust trust) {
        return new PostgresSourceConfig(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "reader",
                Secret.of(PASSWORD),
                trust,
                2,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(20));
    }

    private static Object one(PostgresSourceConnector connector, String pool) throws SourceException {
        try (RowStream rows =
                connector.open(new SourceStatement(pool, "SELECT 1", List.of(), 0, Duration.ofMillis(1_500)))) {
            assertThat(rows.next()).isTrue();
            return java.util.Objects.requireNonNull(rows.value(0));
        }
    }

    /** Refused in time and with nothing but {@link SourceException}; when the source is honest again, all is well. */
    private static void survives(LyingPostgres server) throws Exception {
        try (PostgresSourceConnector connector =
                new PostgresSourceConnector(config(server.port(), new ServerTrust.Plaintext()))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> one(connector, "lying")).isInstanceOf(SourceException.class);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(9_000);
            server.script(HONEST);
            assertThat(one(connector, "honest")).isEqualTo(1);
        }
    }

    /** The same for the login alone, without the pool that would try again. */
    private static void isNotLetIn(LyingPostgres server) throws Exception {
        PostgresConnections connections = new PostgresConnections(config(server.port(), new ServerTrust.Plaintext()));
        long start = System.nanoTime();
        assertThatThrownBy(connections::getConnection).isInstanceOf(SQLException.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(4_000);
        ended(server);
        server.script(HONEST);
        connections.getConnection().close();
    }

    /** No thread of ours reads from a liar for ever. */
    private static void ended(LyingPostgres server) throws InterruptedException {
        for (int i = 0; i < 300 && server.ended() < server.connections(); i++) {
            Thread.sleep(10);
        }
        assertThat(server.ended()).isEqualTo(server.connections());
    }

    @Test
    void theHonestScriptIsBelieved() throws Exception {
        try (LyingPostgres server = new LyingPostgres(HONEST);
                PostgresSourceConnector connector =
                        new PostgresSourceConnector(config(server.port(), new ServerTrust.Plaintext()))) {
            assertThat(one(connector, "honest")).isEqualTo(1);
        }
    }

    @Tag("S4")
    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("logins")
    void aLieAtTheLoginIsAnErrorOfTheStatementOnly(String lie) throws Exception {
        Script script = java.util.Objects.requireNonNull(LOGINS.get(lie));
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            script.on(talk);
            talk.silence();
        })) {
            isNotLetIn(server);
        }
    }

    @Tag("S4")
    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("answers")
    void aLieInAnAnswerIsAnErrorOfTheStatementOnly(String lie) throws Exception {
        Script script = java.util.Objects.requireNonNull(ANSWERS.get(lie));
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            talk.authenticate(PASSWORD);
            talk.serve(script);
        })) {
            survives(server);
        }
    }

    @Tag("S5")
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1", "4095", "1000001", "2147483647", "2147483648", "99999999999", "4096x", ""})
    void anUnreasonableNumberOfIterationsIsNotComputed(String iterations) throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            String nonce = talk.askForScram();
            assertThat(talk.challenge("r=" + nonce + "x,s=c2FsdA==,i=" + iterations))
                    .as("nothing is proved")
                    .isEmpty();
        })) {
            isNotLetIn(server);
        }
    }

    /** The driver's own thread, too: a socket that stays open would be read from for ever. */
    @Tag("S5")
    @ParameterizedTest
    @ValueSource(strings = {"at once", "after the start", "in the proof", "after the proof"})
    void aServerThatFallsSilentAtTheLoginHoldsNoThread(String when) throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
            if (!when.equals("at once")) {
                talk.startup();
            }
            if (when.equals("in the proof")) {
                talk.askForScram();
            }
            if (when.equals("after the proof")) {
                talk.challenge("r=" + talk.askForScram() + "x,s=c2FsdA==,i=4096");
            }
            talk.silence();
        })) {
            isNotLetIn(server);
        }
    }

    @Tag("S6")
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 5, 6, 7, 9, 99})
    void anotherWayToLogInThanScramIsRefusedAndThePasswordKept(int method) throws Exception {
        StringBuilder heard = new StringBuilder();
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            talk.askFor(method);
            talk.listen(heard);
        })) {
            isNotLetIn(server);
        }
        assertThat(heard.toString()).doesNotContain(PASSWORD).doesNotContain("SELECT");
        assertThat(heard.toString().replaceAll("[^p]", ""))
                .as("password messages")
                .isEmpty();
    }

    @Tag("S6")
    @Test
    void onlyAMechanismWithoutBindingIsRefusedWhereItMustBeBound() throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            talk.message('R', bytes(int32(10), text("PLAIN"), text("SCRAM-SHA-1"), new byte[1]));
            talk.silence();
        })) {
            isNotLetIn(server);
        }
    }

    @Tag("S1")
    @ParameterizedTest
    @ValueSource(strings = {"S", "SN", "N", "E", "X"})
    void whatASourceSaysBeforeItsTlsIsNotBelieved(String answer, @TempDir Path home) throws Exception {
        TestCertificate certificate = TestCertificate.make(home);
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.request();
            // A whole login, as if it came from inside.
            talk.raw(bytes(
                    answer.getBytes(StandardCharsets.US_ASCII),
                    bytes(new byte[] {'R'}, int32(8), int32(0), new byte[] {'Z'}, int32(5), new byte[] {'I'})));
            if (answer.equals("S")) {
                try {
                    talk.startTls(certificate);
                } catch (IOException notOurs) {
                    assertThat(notOurs).isNotNull();
                }
            }
            talk.silence();
        })) {
            PostgresConnections connections = new PostgresConnections(
                    config(server.port(), new ServerTrust.VerifyFull(certificate.certificatePem())));
            assertThatThrownBy(connections::getConnection).isInstanceOf(SQLException.class);
            ended(server);
            assertThat(server.statements()).isEmpty();
        }
    }
}
