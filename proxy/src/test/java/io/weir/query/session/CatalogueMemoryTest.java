package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Cursors over the catalogue keep their rows in the memory of all answers, and give it back whatever happens. */
class CatalogueMemoryTest extends OnServer {
    /** Runs a message of the simple protocol. Returns the SQLSTATE of its error, or "". */
    private static String run(WireClient client, String sql) throws IOException {
        client.send(WireClient.query(sql));
        String state = "";
        WireClient.Message message = client.read();
        while (message.tag() != 'Z') {
            state = message.tag() == 'E' ? message.field('C') : state;
            message = client.read();
        }
        return state;
    }

    private static String fill(WireClient client, String cursor) throws IOException {
        return run(
                client,
                "DECLARE " + cursor + " CURSOR WITH HOLD FOR SELECT many FROM pg_catalog.t; FETCH 1 FROM " + cursor);
    }

    @Test
    void allSessionsTogetherKeepSoMuchAndNoMore() throws Exception {
        try (WireClient first = server.loggedIn();
                WireClient second = server.loggedIn()) {
            assertThat(fill(first, "c1")).isEmpty();
            assertThat(fill(first, "c2")).isEmpty();
            long both = server.catalog.answers.used();
            assertThat(both).isBetween(50_000L, 100_000L);
            assertThat(fill(second, "c3")).isEqualTo("53200");
            assertThat(server.catalog.answers.used()).isEqualTo(both);
            assertThat(run(first, "FETCH ALL FROM c1")).isEmpty();
            assertThat(server.catalog.answers.used()).isEqualTo(both / 2);
            assertThat(fill(second, "c3")).isEmpty();
            assertThat(run(second, "CLOSE c3")).isEmpty();
            assertThat(run(first, "DISCARD ALL")).isEmpty();
            assertThat(server.catalog.answers.used()).isZero();
        }
    }

    @Test
    void aClientThatGoesAwayLeavesNothing() throws Exception {
        try (WireClient client = server.loggedIn()) {
            assertThat(fill(client, "c1")).isEmpty();
            assertThat(run(client, "BEGIN; DECLARE c2 CURSOR FOR SELECT many FROM pg_catalog.t; FETCH 2 FROM c2"))
                    .isEmpty();
            assertThat(server.catalog.answers.used()).isPositive();
        }
        for (int i = 0; i < 200 && server.catalog.answers.used() > 0; i++) {
            Thread.sleep(50);
        }
        assertThat(server.catalog.answers.used()).isZero();
    }
}
