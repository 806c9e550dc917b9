package io.weir.bench;

import io.weir.bench.Installation.Road;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

/** Busy clients, alone and among a thousand that do nothing. */
final class CrowdLoad {
    private static final int BUSY = 64;
    private static final int IDLE = 1_000;
    private static final int CURIOUS = 8;
    private static final double WARM_SECONDS = 10;

    private final Installation installation;

    CrowdLoad(Installation installation) {
        this.installation = installation;
    }

    void measure(double seconds, int rounds) throws Exception {
        List<Connection> open = new ArrayList<>();
        try {
            List<Load.Client> busy = busy(open);
            Load.run(busy, WARM_SECONDS);
            System.out.println("| idle connections | busy | replayed answers/s | p50 ms | p99 ms | RSS MiB | shadow backends |");
            System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
            measure(0, busy, seconds, rounds);
            List<Connection> idle = MemoryLoad.idle(installation, IDLE);
            open.addAll(idle);
            measure(IDLE, busy, seconds, rounds);
            for (Connection connection : idle) {
                connection.close();
            }
            measure(0, busy, seconds, rounds);
            catalogue(open, CURIOUS);
            System.out.printf(
                    "%n%d of %d sessions have looked at the catalogue; shadow backends: %d%n",
                    CURIOUS, open.size() - IDLE, installation.shadowBackends());
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    private List<Load.Client> busy(List<Connection> open) throws SQLException {
        Questions questions = new Questions(AggregateLoad.providers(installation), new SecureRandom());
        AggregateLoad.prime(installation, questions);
        AtomicLong number = new AtomicLong();
        List<Load.Client> busy = new ArrayList<>();
        for (int i = 0; i < BUSY; i++) {
            Connection connection = installation.connect(
                    Road.WEIR, Installation.AGGREGATE_ANALYST, Installation.AGGREGATE_PROJECT, new Properties());
            open.add(connection);
            PreparedStatement ask = connection.prepareStatement(Questions.SQL);
            busy.add(() -> AggregateLoad.governed(ask, questions.repeated(number.getAndIncrement())));
        }
        return busy;
    }

    /** Sessions that looked around and stay connected. */
    private void catalogue(List<Connection> open, int sessions) throws SQLException {
        for (int i = 0; i < sessions; i++) {
            Connection connection = installation.connect(Road.WEIR, new Properties());
            open.add(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet tables = statement.executeQuery("SELECT relname FROM pg_catalog.pg_class")) {
                tables.next();
            }
        }
    }

    private void measure(int idle, List<Load.Client> busy, double seconds, int rounds) throws Exception {
        List<Load.Run> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            runs.add(Load.run(busy, seconds));
        }
        System.out.printf(
                Locale.ROOT,
                "| %,d | %d | %,.0f | %.2f | %.2f | %d | %d |%n",
                idle,
                BUSY,
                Load.median(runs.stream().map(Load.Run::perSecond).toList()),
                Load.median(runs.stream().map(Load.Run::p50).toList()),
                Load.median(runs.stream().map(Load.Run::p99).toList()),
                installation.residentMebibytes(),
                installation.shadowBackends());
    }
}
