package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.CatalogSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What one analyst may take of the shadow leaves room for the others. */
final class SharedShadowIT {
    private static final PersonId BEN = new PersonId("ben");

    @Test
    void whoAsksForManyDescriptionsDoesNotKeepOthersFromTheirs() throws Exception {
        ShadowLimits limits = ShadowLimits.standard();
        SecureRandom random = new SecureRandom();
        List<Thread> many = new ArrayList<>();
        CountDownLatch enough = new CountDownLatch(1);
        try (EmbeddedShadowServer server = SharedShadow.newServer();
                Watchdog watchdog = new Watchdog()) {
            ShadowDatabases databases = new ShadowDatabases(server, limits, watchdog, random);
            ShadowDatabase database = databases.of(Hospital.schema());
            for (int i = 0; i < 4; i++) {
                many.add(Thread.ofVirtual().start(() -> {
                    while (enough.getCount() > 0) {
                        try {
                            database.ask(CatalogClient.ADA, connection -> untilEnough(enough));
                        } catch (IOException busy) {
                            // waited in vain, and tries again
                        }
                    }
                }));
            }
            while (database.waiting() < 3) {
                Thread.sleep(1);
            }
            new ShadowTypeOracle(databases, limits)
                    .describe(BEN, Hospital.schema(), "SELECT count(*) FROM person", List.of())
                    .orThrow();
            new ShadowClassifier(databases, limits)
                    .classify(BEN, Hospital.schema(), "SELECT 1")
                    .orThrow();
            assertThat(many.getFirst().isAlive()).isTrue();
            enough.countDown();
            for (Thread one : many) {
                one.join();
            }
            database.dropped();
        }
    }

    private static String untilEnough(CountDownLatch enough) throws IOException {
        try {
            enough.await();
            return "";
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Two backends, ten sessions of two people that want one for a moment: nobody is told that there are too many. */
    @Test
    void whoWantsABackendForAMomentWaitsForIt() throws Exception {
        ShadowLimits standard = ShadowLimits.standard();
        ShadowLimits two = new ShadowLimits(
                4,
                2,
                1,
                standard.oracleConnections(),
                standard.describeLimit(),
                standard.statementLimit(),
                Duration.ofSeconds(60),
                standard.answerBytes(),
                standard.heldBytes(),
                standard.heldBytesPerPerson(),
                100);
        try (ShadowCatalogue catalogue = new ShadowCatalogue(SharedShadow.newServer(), two, new SecureRandom())) {
            List<FutureTask<String>> states = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String person = i % 2 == 0 ? "ada" : "ben";
                FutureTask<String> state = new FutureTask<>(() -> {
                    try (CatalogClient client = new CatalogClient(catalogue, Hospital.schema(), person, "ccg")) {
                        return client.sqlState("SELECT 1");
                    }
                });
                states.add(state);
                Thread.ofVirtual().start(state);
            }
            for (FutureTask<String> state : states) {
                assertThat(state.get()).isEqualTo("00000");
            }
        }
    }

    @Test
    void answersThatWaitForTheirClientsHaveOneMemoryForAllSessions() throws IOException {
        ShadowLimits standard = ShadowLimits.standard();
        ShadowLimits little = new ShadowLimits(
                4,
                20,
                10,
                standard.oracleConnections(),
                standard.describeLimit(),
                standard.statementLimit(),
                Duration.ofMillis(200),
                1 << 20,
                300_000,
                200_000,
                100);
        List<CatalogClient> clients = new ArrayList<>();
        try (ShadowCatalogue catalogue = new ShadowCatalogue(SharedShadow.newServer(), little, new SecureRandom())) {
            List<CatalogSession.Reply> waiting = new ArrayList<>();
            List<String> told = new ArrayList<>();
            for (String person : List.of("ada", "ada", "ada", "ben", "ben")) {
                CatalogClient client = new CatalogClient(catalogue, Hospital.schema(), person, "ccg");
                clients.add(client);
                told.add(ask(client, "SELECT repeat('x', 150000)", waiting));
                assertThat(catalogue.answers().used()).isLessThanOrEqualTo(300_000);
            }
            assertThat(told).containsExactly("answered", "answered", "53200", "answered", "53200");
            assertThat(clients.get(4).sqlState("SELECT 'a little one'")).isEqualTo("00000");
            waiting.getFirst().close();
            assertThat(ask(clients.get(4), "SELECT repeat('x', 150000)", waiting))
                    .isEqualTo("answered");
            waiting.forEach(CatalogSession.Reply::close);
            assertThat(catalogue.answers().used()).isZero();

            // whatever happens: an error after rows, an answer that is too large, a session that ends without closing
            // its reply
            ask(clients.get(0), "SELECT repeat('x', 150000 / g) FROM generate_series(1, 0, -1) g", new ArrayList<>());
            ask(clients.get(1), "SELECT repeat('x', 2000000)", new ArrayList<>());
            ask(clients.get(3), "SELECT repeat('x', 150000)", new ArrayList<>());
            assertThat(catalogue.answers().used()).isPositive();
            clients.forEach(CatalogClient::close);
            assertThat(catalogue.answers().used()).isZero();
        }
    }

    private static String ask(CatalogClient client, String sql, List<CatalogSession.Reply> waiting) {
        return switch (client.session.exchange(new FrontendMessages().query(sql).toByteArray())) {
            case Outcome.Value<CatalogSession.Reply>(CatalogSession.Reply reply) -> {
                waiting.add(reply);
                yield "answered";
            }
            case Outcome.Refused<CatalogSession.Reply>(Problem problem) -> {
                if (problem.code() == ProblemCode.CATALOGUE_FULL) {
                    assertThat(problem.hint()).contains("Try again");
                }
                yield problem.code().sqlState();
            }
        };
    }
}
