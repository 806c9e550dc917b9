package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.audit.format.Leaf;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The control store goes away and comes back. What needs it is not answered, and no request is lost or doubled. */
class StoreFailureIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final DemoServers.Database STORE = WEIR.servers().control();
    private static final String RELEASED = "SELECT ethnicity, count(*) FROM patients GROUP BY ethnicity";
    private static final String BUCKET = "university-bucket";

    private int mark;

    @BeforeEach
    void mark() {
        mark = WEIR.audit().size();
    }

    @AfterEach
    void mend() {
        if (!STORE.cluster().isAlive()) {
            STORE.comeBack();
        }
        WEIR.audit().verifies();
    }

    private static void awaitStore(Connection connection) {
        Await.until("the store answers again", Duration.ofSeconds(20), () -> {
            try {
                return !requests(connection).isEmpty();
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    private static List<String> requests(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        Asking.rows(connection, "SELECT * FROM weir.my_releases")
                .forEach(row -> ids.add(String.valueOf(row.getFirst())));
        return ids;
    }

    @Test
    void withoutTheStoreNothingIsAnsweredAndTheSessionRecoversWithIt() throws Exception {
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            List<List<@Nullable String>> published = Asking.rows(connection, Asking.fresh(2));
            String kept = Asking.request(connection, RELEASED, "Before the store went down", BUCKET);
            STORE.cutOff();
            Refusal.of(() -> Asking.rows(connection, Asking.fresh(3)))
                    .is("57P03", "STORE_UNAVAILABLE")
                    .advises("Try again");
            Asking.recorded(WEIR.audit(), mark, EventType.QUERY_FAILED, "code", "STORE_UNAVAILABLE");
            // What was published before may be replayed from memory; it is the same answer.
            assertThat(Asking.rows(connection, Asking.fresh(2))).isEqualTo(published);
            // Each waits some seconds for the store: side by side.
            CompletableFuture<Void> others = CompletableFuture.runAsync(StoreFailureIT::nobodyElseGetsIn);
            Refusal.of(() -> Asking.request(connection, RELEASED, "While the store is down", BUCKET))
                    .is("57P03", "STORE_UNAVAILABLE")
                    .advises("Try again");
            others.join();
            STORE.comeBack();
            awaitStore(connection);
            Asking.answers(connection, Asking.fresh(3));
            assertThat(requests(connection)).containsOnlyOnce(kept);
            assertThat(Asking.rows(connection, "SELECT title FROM weir.my_releases"))
                    .doesNotContain(List.of("While the store is down"));
        }
    }

    private static void nobodyElseGetsIn() {
        try {
            Refusal.of(() -> WEIR.connect("ben", "flow").close()).is("57P03", "STORE_UNAVAILABLE");
            assertThat(WEIR.get("cora", "/api/v1/releases").statusCode()).isEqualTo(503);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStoreThatIsCutOffWhileManyAskForReleasesLosesNoneAndDoublesNone() throws Exception {
        Queue<String> promised = new ConcurrentLinkedQueue<>();
        Queue<String> told = new ConcurrentLinkedQueue<>();
        CountDownLatch warm = new CountDownLatch(12);
        List<Thread> clients = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            int client = c;
            clients.add(Thread.ofVirtual().start(() -> {
                try (Connection connection = WEIR.connect("ada", "diabetes")) {
                    for (int i = 0; i < 1_000; i++) {
                        promised.add(Asking.request(connection, RELEASED, "Client " + client, BUCKET));
                        warm.countDown();
                    }
                } catch (SQLException refused) {
                    told.add(String.valueOf(refused.getSQLState()));
                }
            }));
        }
        warm.await();
        STORE.cutOff();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(told).hasSize(4).containsOnly("57P03");
        STORE.comeBack();
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            awaitStore(connection);
            // The next change settles what the failure left open.
            promised.add(Asking.request(connection, RELEASED, "Afterwards", BUCKET));
            List<String> stored = requests(connection);
            assertThat(stored).doesNotHaveDuplicates().containsAll(promised);
            assertThat(new TreeSet<>(promised)).hasSize(promised.size());
            // The log tells of exactly the requests that the store has, apart from those it calls abandoned.
            Set<String> logged = new TreeSet<>();
            Set<Object> abandoned = new TreeSet<>();
            WEIR.audit().since(mark, EventType.CHANGE_ABANDONED).forEach(leaf -> abandoned.add(change(leaf)));
            WEIR.audit().since(mark, EventType.RELEASE_REQUESTED).stream()
                    .filter(leaf -> !abandoned.contains(change(leaf)))
                    .forEach(leaf -> logged.add(String.valueOf(leaf.rec().get("request"))));
            assertThat(stored).containsAll(logged);
            assertThat(logged).containsAll(promised);
        }
    }

    private static Object change(Leaf leaf) {
        return leaf.rec().getOrDefault("change", "");
    }
}
