package io.weir.query.session;

import io.weir.embedded.PostgresCluster;
import io.weir.embedded.TestPostgres;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Weir with fakes behind it and an ordinary PostgreSQL 16 that has what the fakes answer ({@code numbers(n)}, {@code echo(text)}): the same
 * frames go to both. What counts of the answers is kinds of messages, severities, SQLSTATEs, tags and transaction states.
 */
final class BesidePostgres implements AutoCloseable {
    private static final byte[] SYNC = WireClient.message('S', new byte[0]);
    private static final byte[] LAST = WireClient.query("ROLLBACK; START TRANSACTION");

    final RunningServer weir;
    private final TestPostgres.TestDatabase postgres;
    private final int port;

    BesidePostgres(Path directory) throws SQLException {
        weir = new RunningServer(directory);
        postgres = TestPostgres.createDatabase();
        postgres.run(
                "CREATE FUNCTION numbers(int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series(1, $1)'",
                "CREATE FUNCTION echo(text) RETURNS text LANGUAGE sql AS 'SELECT $1'");
        if (!(TestPostgres.cluster().endpoint() instanceof PostgresCluster.Endpoint.Tcp(int tcp))) {
            throw new IllegalStateException("the tests' PostgreSQL listens on loopback");
        }
        port = tcp;
    }

    /** What Weir says to these frames, until the session has answered all or is closed. */
    List<String> weir(List<byte[]> frames) throws IOException {
        try (WireClient client = weir.loggedIn()) {
            return said(client, frames);
        }
    }

    /** What PostgreSQL says to them. */
    List<String> postgres(List<byte[]> frames) throws IOException {
        try (WireClient client = new WireClient(port)) {
            if (client.login(postgres.user(), postgres.name(), postgres.password())
                            .tag()
                    != 'Z') {
                throw new IOException("not let in");
            }
            return said(client, frames);
        }
    }

    private static List<String> said(WireClient client, List<byte[]> frames) throws IOException {
        List<String> said = new ArrayList<>();
        boolean last = false;
        try {
            for (byte[] frame : frames) {
                client.send(frame);
            }
            client.send(SYNC, LAST);
        } catch (SocketException closed) {
            // What was said before is still to be read.
            last = false;
        }
        try {
            while (true) {
                WireClient.Message message = client.read();
                if (message.tag() != 'N' && message.tag() != 'S') {
                    said.add(line(message));
                }
                last |= message.tag() == 'C' && message.text(0).equals("START TRANSACTION\0");
                if (last && message.tag() == 'Z') {
                    return said;
                }
            }
        } catch (EOFException | SocketException closed) {
            said.add("closed");
            return said;
        }
    }

    private static String line(WireClient.Message message) {
        return switch (message.tag()) {
            case 'E' -> "E " + message.field('S') + " " + message.field('C');
            case 'Z', 'C' -> message.tag() + " " + message.text(0).replace("\0", "");
            case 'D' -> BackendLine.of(message);
            default -> String.valueOf(message.tag());
        };
    }

    @Override
    public void close() {
        weir.close();
    }
}
