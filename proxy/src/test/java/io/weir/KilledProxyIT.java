package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.audit.EventType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the whole proxy. What was shown stays true, what was promised is kept, and the log verifies. */
class KilledProxyIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final String RELEASED = "SELECT ethnicity, count(*) FROM patients GROUP BY ethnicity";
    private static final int CLIENTS = 16;

    @AfterEach
    void mend() throws Exception {
        WEIR.startAgain();
        WEIR.audit().verifies();
    }

    private static HttpResponse<String> ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    private static String state(String request) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(ok(WEIR.get("ada", "/api/v1/releases/" + request)).body())
                .at("/summary/state")
                .asText();
    }

    @Test
    void sixteenClientsAreAskingAndWhatTheySawIsReplayedAndWhatTheyRequestedIsKeptOnce() throws Exception {
        Process serve = WEIR.fork();
        Map<String, List<List<@Nullable String>>> shown = new ConcurrentHashMap<>();
        Queue<String> promised = new ConcurrentLinkedQueue<>();
        AtomicInteger answers = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int c = 0; c < CLIENTS; c++) {
            int client = c;
            clients.add(Thread.ofVirtual().start(() -> {
                try (Connection connection = WEIR.connect("ada", "diabetes")) {
                    for (int i = client; ; i++) {
                        String sql = Asking.fresh(20 + i % 20);
                        List<List<@Nullable String>> rows = Asking.rows(connection, sql);
                        List<List<@Nullable String>> before = shown.putIfAbsent(sql, rows);
                        assertThat(before == null ? rows : before).isEqualTo(rows);
                        if (client % 4 == 0) {
                            promised.add(Asking.request(connection, RELEASED, "Client " + client, "university-bucket"));
                        }
                        answers.incrementAndGet();
                    }
                } catch (SQLException killed) {
                    assertThat(killed.getSQLState()).isNotNull();
                }
            }));
        }
        Await.until("there are answers", Duration.ofSeconds(60), () -> answers.get() > 60 && promised.size() > 4);
        RunningWeir.kill(serve);
        for (Thread client : clients) {
            client.join();
        }
        WEIR.startAgain();
        WEIR.audit().verifies();
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            for (Map.Entry<String, List<List<@Nullable String>>> seen : shown.entrySet()) {
                assertThat(Asking.rows(connection, seen.getKey())).isEqualTo(seen.getValue());
            }
            List<String> stored = new ArrayList<>();
            Asking.rows(connection, "SELECT * FROM weir.my_releases")
                    .forEach(row -> stored.add(String.valueOf(row.getFirst())));
            assertThat(stored).doesNotHaveDuplicates().containsAll(promised);
        }
    }

    @Test
    void aDeliveryThatWasCutOffIsFinishedOnce() throws Exception {
        Process serve = WEIR.fork();
        int mark = WEIR.audit().size();
        List<String> requests = new ArrayList<>();
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            for (int i = 0; i < 3; i++) {
                requests.add(Asking.request(connection, RELEASED, "Cut off " + i, "university-bucket"));
            }
        }
        for (String request : requests) {
            for (String checker : List.of("cora", "dev")) {
                ok(WEIR.post(checker, "/api/v1/releases/" + request + "/votes", "{\"ballot\":\"approve\"}"));
            }
        }
        Await.until(
                "a delivery is under way",
                Duration.ofSeconds(30),
                () -> !WEIR.audit().since(mark, EventType.DELIVERY_STARTED).isEmpty());
        RunningWeir.kill(serve);
        theLeaseOfTheDeadCourierEnds();
        WEIR.startAgain();
        for (String request : requests) {
            Await.until(
                    "delivered: " + request,
                    Duration.ofSeconds(30),
                    () -> state(request).equals("delivered"));
            assertThat(Asking.matching(WEIR.audit(), mark, EventType.DELIVERY_DONE, "request", request))
                    .hasSize(1);
            try (Stream<Path> all = Files.walk(WEIR.servers().bucketObjects())) {
                assertThat(all.filter(Files::isRegularFile)
                                .map(Path::toString)
                                .filter(name -> name.contains(request) && name.endsWith(".age")))
                        .hasSize(1);
            }
        }
    }

    /** As if a quarter of an hour had passed: only then another courier may try. */
    private static void theLeaseOfTheDeadCourierEnds() throws SQLException {
        try (Connection connection = WEIR.servers().control().owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE deliveries SET lease_until = now() WHERE lease_until IS NOT NULL");
        }
    }
}
