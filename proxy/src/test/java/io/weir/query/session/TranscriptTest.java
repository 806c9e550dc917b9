package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.wire.MessageOutput;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conversations as clients hold them, one a file under {@code src/test/resources/transcripts}: what the client sends ({@code F}) is sent, what the
 * server answers ({@code B}) is compared. {@code -Dgolden.update=true} writes the answers anew. A conversation that does not begin with a start-up
 * message begins after the login. Lines of one group go out together; a blank line or an answer ends it.
 */
class TranscriptTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/transcripts");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final Set<String> ENCRYPTION = Set.of("SSLRequest", "GSSENCRequest");
    private static final int SILENCE_MILLIS = 700;

    /** What has to be there: a client's behaviour that lost its file is missed. */
    private static final Set<String> CONVERSATIONS = Set.of(
            "asyncpg-prepare-with-flush",
            "cancel",
            "copy-out",
            "error-then-skip-to-sync",
            "failed-transaction",
            "multi-statement",
            "node-pg-query",
            "pgjdbc-batch",
            "pgjdbc-extended",
            "pgjdbc-fetch-size",
            "pgjdbc-simple",
            "portal-suspended",
            "protocol-3.2",
            "protocol-3.9999-probe",
            "psql-fetch-count",
            "psqlodbc-savepoint",
            "psqlodbc-start",
            "psycopg3-pipeline",
            "refused-messages");

    @TempDir
    Path directory;

    static List<String> conversations() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString().replace(".txt", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyConversationHasAFileAndEveryFileIsOne() throws IOException {
        assertThat(new TreeSet<>(conversations())).isEqualTo(new TreeSet<>(CONVERSATIONS));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aConversationGoesAsItIsWritten(String name) throws Exception {
        Path file = DIRECTORY.resolve(name + ".txt");
        List<String> written = Files.readAllLines(file);
        assertThat(written).anyMatch(line -> line.startsWith("F "));
        List<String> held = hold(written);
        if (UPDATE) {
            Files.write(file, held);
            return;
        }
        assertThat(String.join("\n", held)).isEqualTo(String.join("\n", written));
    }

    /** The same text with the answers of this server. */
    private List<String> hold(List<String> written) throws Exception {
        List<String> held = new ArrayList<>();
        try (RunningServer server = new RunningServer(directory);
                Conversation conversation = new Conversation(server)) {
            List<FrontendLine> group = new ArrayList<>();
            for (String line : written) {
                if (line.startsWith("B ")) {
                    conversation.answer(group, held);
                } else if (line.startsWith("F ")) {
                    held.add(line);
                    group.add(FrontendLine.read(line.substring(2)));
                } else {
                    conversation.answer(group, held);
                    held.add(line);
                }
            }
            conversation.answer(group, held);
        }
        return held;
    }

    /** One client's connection, and a second one to cancel from. */
    private static final class Conversation implements AutoCloseable {
        private final RunningServer server;
        private WireClient client;
        private byte[] key = new byte[0];
        private String serverFirst = "";
        private boolean started;

        Conversation(RunningServer server) throws IOException {
            this.server = server;
            this.client = new WireClient(server.port());
        }

        void answer(List<FrontendLine> group, List<String> held) throws Exception {
            if (group.isEmpty()) {
                return;
            }
            begin(group.getFirst().name());
            MessageOutput out = new MessageOutput(256);
            int readies = 0;
            for (FrontendLine line : group) {
                readies += line.readies();
                switch (line.name()) {
                    case "SSLRequest" -> out.bytes(WireClient.request(WireClient.SSL_REQUEST));
                    case "GSSENCRequest" -> out.bytes(WireClient.request(WireClient.GSS_REQUEST));
                    case "SASLInitialResponse" ->
                        out.bytes(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=" + NONCE));
                    case "SASLResponse" ->
                        out.bytes(WireClient.message(
                                'p',
                                WireClient.clientFinal(RunningServer.PASSWORD, NONCE, serverFirst)
                                        .getBytes(StandardCharsets.UTF_8)));
                    case "CancelRequest" -> cancel();
                    default -> out.bytes(line.bytes());
                }
            }
            boolean encryption = ENCRYPTION.contains(group.getFirst().name());
            boolean waits = group.stream().anyMatch(line -> line.text("sql").contains("wait()"));
            client.send(out.drain());
            if (encryption) {
                encrypt(held);
            } else if (waits) {
                assertThat(server.desk.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                held.add("B (nothing yet)");
            } else {
                held.addAll(read(Math.max(readies, group.getFirst().name().equals("CancelRequest") ? 1 : 0)));
            }
            group.clear();
        }

        private void begin(String first) throws IOException {
            if (!started && !ENCRYPTION.contains(first)) {
                client.close();
                client = WireClient.overTls(server.port());
                if (!first.equals("Startup")) {
                    client.login(RunningServer.USER, RunningServer.PASSWORD);
                }
            }
            started = true;
        }

        private void encrypt(List<String> held) throws IOException {
            char answer = (char) client.readByte();
            held.add("B " + answer);
            if (answer == 'S') {
                client.startTls();
            }
        }

        private void cancel() throws IOException {
            try (WireClient second = WireClient.overTls(server.port())) {
                second.send(new MessageOutput(16)
                        .int32(8 + key.length)
                        .int32(80877102)
                        .bytes(key)
                        .drain());
                assertThat(second.isClosed()).isTrue();
            }
        }

        /** Until so many rounds have ended, or nothing more comes. */
        private List<String> read(int readies) throws IOException {
            List<String> lines = new ArrayList<>();
            int left = readies;
            try {
                client.patience(readies > 0 ? 10_000 : SILENCE_MILLIS);
                while (readies == 0 || left > 0) {
                    WireClient.Message message = client.read();
                    lines.add("B " + BackendLine.of(message));
                    if (message.tag() == 'Z') {
                        left--;
                    } else if (message.tag() == 'K') {
                        key = message.body();
                    } else if (message.tag() == 'R' && message.body()[3] == 11) {
                        serverFirst = message.text(4);
                    }
                }
            } catch (SocketTimeoutException silent) {
                if (readies > 0) {
                    throw silent;
                }
            } catch (EOFException closed) {
                lines.add("B (closed)");
            }
            return lines.isEmpty() ? List.of("B (nothing)") : lines;
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
