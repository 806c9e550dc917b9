package io.weir.bench;

import io.weir.bench.Installation.Road;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the proxy's process holds while nobody asks, while many are there, and while clients do not keep up. */
final class MemoryLoad {
    private static final int IDLE = 500;
    private static final int SECONDS = 12;
    private static final String ROWS = "SELECT patient_id, admitted, method, icd10, provider_code, cost FROM admissions";

    private final Installation installation;

    MemoryLoad(Installation installation) {
        this.installation = installation;
    }

    void measure() throws Exception {
        System.out.println("| state | RSS MiB | peak so far MiB | shadow backends | source and store backends |");
        System.out.println("|---|---:|---:|---:|---:|");
        print("idle");
        List<Connection> idle = idle(installation, IDLE);
        print(IDLE + " idle connections");
        for (Connection connection : idle) {
            connection.close();
        }
        print("the same closed");
        for (int readers : new int[] {1, 20}) {
            slow(readers);
        }
        print("after the slow readers");
    }

    /** Connections whose one statement is over. */
    static List<Connection> idle(Installation installation, int count) throws SQLException {
        List<Connection> idle = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = installation.connect(Road.WEIR, new Properties());
            idle.add(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SHOW server_version")) {
                result.next();
            }
        }
        return idle;
    }

    private void slow(int readers) throws Exception {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            connections.add(installation.connect(
                    Road.WEIR, Installation.options("socketFactory", SlowSockets.class.getName())));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Connection connection : connections) {
                threads.submit(() -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet result = statement.executeQuery(ROWS)) {
                        return result.next();
                    }
                });
            }
            for (int second = 1; second <= SECONDS; second++) {
                Thread.sleep(1_000);
                if (second % 4 == 0) {
                    print(readers + " slow readers, after " + second + " s");
                }
            }
            for (Connection connection : connections) {
                connection.abort(Runnable::run);
            }
        }
    }

    private void print(String state) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d |%n",
                state,
                installation.residentMebibytes(),
                installation.peakMebibytes(),
                installation.shadowBackends(),
                installation.sourceBackends());
    }
}
