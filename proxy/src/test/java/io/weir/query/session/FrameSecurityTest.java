package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths, counts and ends of messages that are not true (S3). */
class FrameSecurityTest extends OnStrictServer {
    @Tag("S3")
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 7, 10_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void falseLengthBeforeAuthenticationCloses(int length) throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(new MessageOutput(8)
                    .int32(length)
                    .int32(WireClient.VERSION_3_0)
                    .drain());
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Tag("S3")
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 131_072 + (256 << 10) + 1, Integer.MAX_VALUE})
    void falseLengthAfterAuthenticationIsAnErrorAndCloses(int length) throws IOException {
        try (WireClient client = server.loggedIn()) {
            client.send(new MessageOutput(8).int8('Q').int32(length).drain());
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Tag("S3")
    @Test
    void aKindOfMessageThatDoesNotExistIsAnErrorAndCloses() throws IOException {
        for (char tag : new char[] {'p', '?', 'Z', 0}) {
            try (WireClient client = server.loggedIn()) {
                client.send(WireClient.message(tag, new byte[] {0}));
                assertThat(client.read().field('C')).isEqualTo("08P01");
                assertThat(client.isClosed()).isTrue();
            }
        }
        assertThat(server.desk.prepared).hasValue(0);
    }

    @Test
    void aStatementOfTheLongestLengthIsReadAndOneByteMoreIsNot() throws IOException {
        String longest = "SELECT 1 -- " + "é".repeat(494);
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(1_000);
        try (WireClient client = server.loggedIn()) {
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

    static Stream<byte[]> malformedStartups() {
        byte[] whole = WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP);
        return Stream.of(
                // no terminator of the list, of a value, of a name; a name without a value; bytes after the end
                startupOf("user\0ada\0"),
                startupOf("user\0ada"),
                startupOf("user"),
                startupOf("user\0\0"),
                startupOf("user\0ada\0\0trailing"),
                startupOf("user\0ada\0\0\0"),
                startupOf(""),
                new MessageOutput(8).int32(8).int32(WireClient.VERSION_3_0).drain(),
                // requests for encryption and cancelling with something behind, or too little
                new MessageOutput(16)
                        .int32(12)
                        .int32(WireClient.SSL_REQUEST)
                        .int32(0)
                        .drain(),
                new MessageOutput(16).int32(8).int32(80877102).drain(),
                new MessageOutput(16)
                        .int32(15)
                        .int32(80877102)
                        .int32(1001)
                        .bytes(new byte[3])
                        .drain(),
                new MessageOutput(300)
                        .int32(12 + 257)
                        .int32(80877102)
                        .int32(1001)
                        .bytes(new byte[257])
                        .drain(),
                // not UTF-8
                new MessageOutput(64)
                        .int32(whole.length + 1)
                        .bytes(java.util.Arrays.copyOfRange(whole, 4, whole.length - 1))
                        .bytes(new byte[] {(byte) 0xff, 0})
                        .drain());
    }

    private static byte[] startupOf(String parameters) {
        byte[] bytes = parameters.getBytes(StandardCharsets.UTF_8);
        return new MessageOutput(64)
                .int32(bytes.length + 8)
                .int32(WireClient.VERSION_3_0)
                .bytes(bytes)
                .drain();
    }

    @Tag("S3")
    @ParameterizedTest
    @MethodSource("malformedStartups")
    void malformedStartupsCloseUnheard(byte[] startup) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(startup);
            assertThat(client.rest()).isEmpty();
        }
        assertThat(server.accounts.lookups).hasValue(0);
    }

    static Stream<byte[]> malformedProofs() {
        return Stream.of(
                new byte[0],
                "SCRAM-SHA-256".getBytes(StandardCharsets.UTF_8),
                new MessageOutput(64).string("SCRAM-SHA-256").drain(),
                new MessageOutput(64).string("SCRAM-SHA-256").int32(-2).drain(),
                new MessageOutput(64)
                        .string("SCRAM-SHA-256")
                        .int32(Integer.MAX_VALUE)
                        .bytes(new byte[9])
                        .drain(),
                new MessageOutput(64)
                        .string("SCRAM-SHA-256")
                        .int32(4)
                        .text("n,,n=,r=abc")
                        .drain(),
                new MessageOutput(64).string("SCRAM-SHA-256").int32(-1).drain(),
                new MessageOutput(64).string("").int32(11).text("n,,n=,r=abc").drain());
    }

    @Tag("S3")
    @ParameterizedTest
    @MethodSource("malformedProofs")
    void malformedSaslMessagesAreErrorsAndClose(byte[] body) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            client.send(WireClient.message('p', body));
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.isClosed()).isTrue();
        }
    }

    static Stream<byte[]> malformedBinds() {
        return Stream.of(
                // more formats, parameters and result formats announced than there are bytes
                new MessageOutput(64).string("").string("").int16(0xffff).drain(),
                new MessageOutput(64)
                        .string("")
                        .string("")
                        .int16(0)
                        .int16(0xffff)
                        .drain(),
                new MessageOutput(64)
                        .string("")
                        .string("")
                        .int16(0)
                        .int16(0)
                        .int16(0x8000)
                        .drain(),
                // a parameter of a negative length, of one beyond the end, of the longest there is
                bindOf(-2, 0),
                bindOf(5, 4),
                bindOf(Integer.MAX_VALUE, 4),
                bindOf(Integer.MIN_VALUE, 4));
    }

    private static byte[] bindOf(int length, int bytes) {
        return new MessageOutput(64)
                .string("")
                .string("")
                .int16(0)
                .int16(1)
                .int32(length)
                .bytes(new byte[bytes])
                .drain();
    }

    @Tag("S3")
    @ParameterizedTest
    @MethodSource("malformedBinds")
    void countsAndLengthsOfBindThatAreNotTrueAreErrors(byte[] body) throws IOException {
        try (WireClient client = server.loggedIn()) {
            client.send(WireClient.message(
                    'P',
                    new MessageOutput(64)
                            .string("")
                            .string("SELECT echo($1)")
                            .int16(0)
                            .drain()));
            client.send(WireClient.message('B', body), WireClient.message('S', new byte[0]));
            assertThat(client.read('E').field('C')).isEqualTo("08P01");
            assertThat(client.read('Z').text(0)).isEqualTo("I");
        }
        assertThat(server.desk.openAnswers).hasValue(0);
    }

    @Tag("S3")
    @Test
    void anAnnouncedLengthTakesNoMemory() throws IOException {
        server.close();
        server = new RunningServer(directory);
        try (HeldClients held = new HeldClients()) {
            long before = HeldClients.usedHeap();
            for (int i = 0; i < 10; i++) {
                WireClient client = held.add(server.loggedIn());
                client.send(new MessageOutput(8).int8('B').int32(1 << 20).drain());
            }
            assertThat(HeldClients.usedHeap() - before).isLessThan(5 << 20);
        }
    }
}
