package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who loses account, password or membership while connected (S8). */
class AdmissionSecurityTest extends OnStrictServer {
    private static void execute(WireClient client, int maxRows) throws IOException {
        client.send(
                WireClient.message(
                        'E', new MessageOutput(16).string("p").int32(maxRows).drain()),
                WireClient.message('H', new byte[0]));
    }

    @Tag("S39")
    @Tag("S8")
    @Test
    void aSuspendedPortalGivesNoMoreRowsToWhoWasRemoved() throws IOException {
        try (WireClient client = server.loggedIn()) {
            client.send(
                    WireClient.query("BEGIN"),
                    WireClient.message(
                            'P',
                            new MessageOutput(64)
                                    .string("")
                                    .string("SELECT * FROM numbers(10)")
                                    .int16(0)
                                    .drain()),
                    WireClient.message(
                            'B',
                            new MessageOutput(64)
                                    .string("p")
                                    .string("")
                                    .int16(0)
                                    .int16(0)
                                    .int16(0)
                                    .drain()));
            execute(client, 3);
            client.read('s');
            server.accounts.withdrawn = true;
            execute(client, 3);
            assertThat(client.read().field('C')).isEqualTo("28000");
            assertThat(server.desk.rowsPulled).hasValue(3);
            assertThat(server.audit.types()).contains(EventType.QUERY_REFUSED);
        }
    }

    @Tag("S8")
    @Test
    void aCursorGivesNoMoreRowsToWhoWasRemoved() throws IOException {
        try (WireClient client = server.loggedIn()) {
            client.send(WireClient.query("BEGIN; DECLARE c CURSOR FOR SELECT * FROM numbers(10)"));
            client.read('Z');
            client.send(WireClient.query("FETCH 3 FROM c"));
            client.read('Z');
            server.accounts.withdrawn = true;
            client.send(WireClient.query("FETCH 3 FROM c"));
            assertThat(client.read('E').field('C')).isEqualTo("28000");
            assertThat(server.desk.rowsPulled).hasValue(3);
        }
    }

    @Tag("S8")
    @Test
    void thePreparedCatalogueIsClosedToWhoWasRemoved() throws IOException {
        try (WireClient client = server.loggedIn()) {
            client.send(
                    WireClient.message(
                            'P',
                            new MessageOutput(64)
                                    .string("s")
                                    .string("SELECT 1 FROM pg_catalog.pg_class")
                                    .int16(0)
                                    .drain()),
                    WireClient.message('S', new byte[0]));
            client.read('Z');
            server.accounts.withdrawn = true;
            client.send(WireClient.message(
                    'B',
                    new MessageOutput(64)
                            .string("p")
                            .string("s")
                            .int16(0)
                            .int16(0)
                            .int16(0)
                            .drain()));
            execute(client, 0);
            assertThat(client.read('E').field('C')).isEqualTo("28000");
            client.send(WireClient.message('S', new byte[0]));
            client.read('Z');
            client.send(WireClient.query("SELECT 1 FROM pg_catalog.pg_class"));
            assertThat(client.read().field('C')).isEqualTo("28000");
        }
    }

    /** Verifiers are not kept: a password that was changed or taken away counts at the next login. */
    @Tag("S8")
    @Test
    void anOldPasswordIsOfNoUseAtTheNextLogin() throws IOException {
        server.loggedIn().close();
        server.accounts.with(RunningServer.USER, "a new one");
        try (WireClient client = WireClient.overTls(server.port())) {
            assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).field('C'))
                    .isEqualTo("28P01");
        }
        server.accounts.without(RunningServer.USER);
        try (WireClient client = WireClient.overTls(server.port())) {
            assertThat(client.login(RunningServer.USER, "a new one").field('C')).isEqualTo("28P01");
        }
    }
}
