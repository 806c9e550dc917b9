package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.wire.FrameLimits;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are large, or announce that they are, cannot take the heap. */
class LargeMessagesTest {
    @TempDir
    Path directory;

    private RunningServer server;

    @BeforeEach
    void start() {
        server = new RunningServer(
                directory,
                limits -> new SessionLimits(
                        new FrameLimits(10_000, 100_000, 1 << 20, 20_000),
                        limits.sessions(),
                        limits.sessionsPerPerson(),
                        limits.handshakes(),
                        limits.handshakesPerAddress(),
                        limits.authentication(),
                        50_000,
                        limits.idle(),
                        limits.idleCursor(),
                        limits.stalledWrite(),
                        limits.inboxFrames(),
                        limits.inboxBytes(),
                        1_100_000,
                        1_000,
                        100_000,
                        100,
                        100_000,
                        false));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WireClient loggedIn() throws IOException {
        WireClient client = WireClient.overTls(server.port());
        assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).tag())
                .isEqualTo('Z');
        return client;
    }

    private static byte[] halfBind(int bytes) {
        return new MessageOutput(bytes + 8)
                .int8('B')
                .int32(1 << 20)
                .bytes(new byte[bytes])
                .drain();
    }

    /** A half message by and by, so that the refusal can be read before the connection is reset. */
    private static void dribble(WireClient client) {
        try {
            client.send(halfBind(0));
            while (true) {
                client.send(new byte[40_000]);
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] parse(String name, int blanks) {
        String body = name + "\0SELECT 1" + " ".repeat(blanks) + "\0\0\0";
        return WireClient.message('P', body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bind(String portal, String statement, int valueBytes) {
        return WireClient.message(
                'B',
                new MessageOutput(valueBytes + 64)
                        .string(portal)
                        .string(statement)
                        .bytes(new byte[] {0, 0, 0, 1})
                        .int32(valueBytes)
                        .bytes("x".repeat(valueBytes).getBytes(StandardCharsets.US_ASCII))
                        .bytes(new byte[] {0, 0})
                        .drain());
    }

    private static final byte[] SYNC = WireClient.message('S', new byte[0]);

    @Tag("S3")
    @Test
    void halfMessagesBeyondTheBudgetEndTheirSessionAndNoOther() throws Exception {
        try (WireClient small = loggedIn();
                WireClient first = loggedIn();
                WireClient second = loggedIn()) {
            first.send(halfBind(500_000));
            small.send(WireClient.query("SELECT 1"));
            small.read('Z');
            Thread.sleep(500);
            Thread sender = Thread.ofVirtual().start(() -> dribble(second));
            WireClient.Message refusal = second.read('E');
            assertThat(refusal.field('S')).isEqualTo("FATAL");
            assertThat(refusal.field('C')).isEqualTo("53200");
            assertThat(second.isClosed()).isTrue();
            sender.interrupt();
            sender.join();
            small.send(WireClient.query("SELECT 1"));
            assertThat(small.read('D').tag()).isEqualTo('D');
            small.read('Z');
            first.close();
            Thread.sleep(500);
            try (WireClient third = loggedIn()) {
                third.send(halfBind(500_000));
                third.send(new byte[10]);
                small.send(WireClient.query("SELECT 1"));
                assertThat(small.read('D').tag()).isEqualTo('D');
            }
        }
    }

    @Test
    void theTextsOfPreparedStatementsAreBounded() throws IOException {
        try (WireClient client = loggedIn()) {
            client.send(parse("a", 45_000), parse("b", 45_000), parse("c", 45_000), SYNC);
            assertThat(client.read('E').field('C')).isEqualTo("53400");
            client.read('Z');
            client.send(WireClient.message('C', "Sa\0".getBytes(StandardCharsets.US_ASCII)), parse("c", 45_000), SYNC);
            assertThat(client.read('3').tag()).isEqualTo('3');
            assertThat(client.read('1').tag()).isEqualTo('1');
            client.read('Z');
        }
    }

    @Test
    void theParametersOfOpenPortalsAreBounded() throws IOException {
        try (WireClient client = loggedIn()) {
            String echo = "e\0SELECT echo($1)\0\0\0";
            client.send(
                    WireClient.message('P', echo.getBytes(StandardCharsets.US_ASCII)),
                    bind("p1", "e", 60_000),
                    bind("p2", "e", 60_000),
                    SYNC);
            assertThat(client.read('2').tag()).isEqualTo('2');
            assertThat(client.read('E').field('C')).isEqualTo("53400");
            client.read('Z');
            client.send(bind("p1", "e", 60_000), SYNC);
            assertThat(client.read('2').tag()).isEqualTo('2');
            client.read('Z');
        }
    }
}
