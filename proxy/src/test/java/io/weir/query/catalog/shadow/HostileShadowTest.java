package io.weir.query.catalog.shadow;

import static io.weir.connector.testkit.LyingPostgres.bytes;
import static io.weir.connector.testkit.LyingPostgres.int16;
import static io.weir.connector.testkit.LyingPostgres.int32;
import static io.weir.connector.testkit.LyingPostgres.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.testkit.LyingPostgres;
import io.weir.connector.testkit.LyingPostgres.Script;
import io.weir.connector.testkit.LyingPostgres.Talk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An external shadow, or who stands in for it, lies: that is an error of the exchange, never more. */
class HostileShadowTest {
    private static final String PASSWORD = "generated-1";

    private final Watchdog watchdog = new Watchdog();

    @AfterEach
    void stop() {
        watchdog.close();
    }

    private static final Map<String, Script> ANSWERS = Map.ofEntries(
            Map.entry("an error without a code", talk -> talk.message('E', bytes(text("Mno"), new byte[1]))),
            Map.entry("an error without an end", talk -> talk.message('E', text("Mno"))),
            Map.entry(
                    "an error with a position that is none",
                    talk -> talk.message('E', bytes(text("C42601"), text("P99999999999"), new byte[1]))),
            Map.entry("a row of negative columns", talk -> talk.message('D', int16(-1))),
            Map.entry("a row of no columns", talk -> talk.message('D', int16(0))),
            Map.entry(
                    "a row longer than its frame",
                    talk -> talk.message('D', bytes(int16(1), int32(1_000), new byte[4]))),
            Map.entry("a frame of negative length", talk -> talk.message('D', 3, new byte[0])),
            Map.entry("a frame longer than memory", talk -> talk.message('D', Integer.MAX_VALUE, new byte[9])),
            Map.entry("rows without end", talk -> {
                while (true) {
                    talk.message('D', bytes(int16(1), int32(1 << 20), new byte[1 << 20]));
                }
            }),
            Map.entry("parameters without end", talk -> {
                while (true) {
                    talk.message('S', bytes(text("weather"), text("sunny")));
                }
            }),
            Map.entry("notices without end", talk -> {
                while (true) {
                    talk.message('N', bytes(text("SNOTICE"), text("Mhear me"), new byte[1]));
                }
            }),
            Map.entry("silence", Talk::silence));

    static List<String> answers() {
        return ANSWERS.keySet().stream().sorted().toList();
    }

    private BackendConnection open(LyingPostgres server, String password) throws IOException {
        return BackendConnection.open(
                new BackendAddress.Tcp("127.0.0.1", server.port()),
                new Login("reader", password, "shadow", Map.of()),
                watchdog,
                new SecureRandom());
    }

    @Tag("S4")
    @ParameterizedTest
    @MethodSource("answers")
    void aLieInAnAnswerIsAnErrorOfTheExchange(String lie) throws Exception {
        Script script = Objects.requireNonNull(ANSWERS.get(lie));
        try (LyingPostgres server = new LyingPostgres(talk -> {
                    talk.startup();
                    talk.authenticate(PASSWORD);
                    talk.serve(script);
                });
                BackendConnection connection = open(server, PASSWORD)) {
            assertThatThrownBy(() -> connection.run("SELECT 1", Duration.ofMillis(500)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Tag("S4")
    @Test
    void longMessagesAreNotReadBeforeTheLogin() throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            talk.challenge("r=" + talk.askForScram() + "x".repeat(1 << 20) + ",s=c2FsdA==,i=4096");
        })) {
            assertThatThrownBy(() -> open(server, PASSWORD))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("impossible length");
        }
    }

    @Tag("S5")
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1", "4095", "1000001", "2147483648", "99999999999", "4096x", ""})
    void anUnreasonableNumberOfIterationsIsNotComputed(String iterations) throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            talk.challenge("r=" + talk.askForScram() + "x,s=c2FsdA==,i=" + iterations);
        })) {
            assertThatThrownBy(() -> open(server, PASSWORD))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("malformed");
        }
    }

    /** Where there is a password nothing but SCRAM will do, and the server's own proof is asked for. */
    @Tag("S6")
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 7})
    void anotherWayToLogInThanScramIsRefused(int method) throws Exception {
        StringBuilder heard = new StringBuilder();
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            talk.askFor(method);
            talk.listen(heard);
        })) {
            assertThatThrownBy(() -> open(server, PASSWORD)).isInstanceOf(IOException.class);
        }
        assertThat(heard).isEmpty();
    }

    @Tag("S6")
    @ParameterizedTest
    @ValueSource(strings = {"none", "wrong", "too early"})
    void aServerThatDoesNotProveItselfIsRefused(String proof) throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            if (!proof.equals("too early")) {
                talk.challenge("r=" + talk.askForScram() + "x,s=c2FsdA==,i=4096");
            }
            if (!proof.equals("none")) {
                talk.message('R', bytes(int32(12), "v=AAAA".getBytes(StandardCharsets.US_ASCII)));
            }
            talk.welcome();
        })) {
            assertThatThrownBy(() -> open(server, PASSWORD)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theHonestScriptIsBelieved() throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
                    talk.startup();
                    talk.authenticate(PASSWORD);
                    talk.serve(Talk::answerOne);
                });
                BackendConnection connection = open(server, PASSWORD)) {
            assertThat(connection.run("SELECT 1", Duration.ofSeconds(5))).containsExactly(List.of("1"));
        }
    }

    @Tag("S5")
    @Test
    void aServerThatFallsSilentAtTheLoginIsLeft() throws Exception {
        try (LyingPostgres server = new LyingPostgres(talk -> {
            talk.startup();
            talk.askForScram();
            talk.silence();
        })) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> open(server, PASSWORD)).isInstanceOf(IOException.class);
            assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(15);
        }
    }
}
