package io.weir.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A million rows of a row-level agreement, read in portions. The demo holds fewer, so the table is read several times over. */
final class RowStreams {
    private static final long ROWS = 1_000_000;
    private static final int FETCH_SIZE = 2_000;
    private static final String ANALYST = "ben";
    private static final String PROJECT = "flow";
    private static final String PLAIN = "SELECT admitted, method, icd10, provider_code, cost FROM admissions";
    private static final String WITH_PSEUDONYM =
            "SELECT patient_id, admitted, method, icd10, provider_code, cost FROM admissions";

    private final QueryBenchmark benchmark;

    RowStreams(QueryBenchmark benchmark) {
        this.benchmark = benchmark;
    }

    /** Rows a second of one way of reading. */
    private record Way(Connection connection, Generated statement, List<Double> rates) {
        Way(Connection connection, Generated statement) {
            this(connection, statement, new ArrayList<>());
        }

        double read(long atLeast) throws SQLException {
            long rows = 0;
            long start = System.nanoTime();
            while (rows < atLeast) {
                try (PreparedStatement query = connection.prepareStatement(statement.sql())) {
                    query.setFetchSize(FETCH_SIZE);
                    statement.bind(query, Map.of());
                    long more = QueryBenchmark.drain(query);
                    if (more == 0) {
                        throw new SQLException("the table is empty");
                    }
                    rows += more;
                }
                connection.commit();
            }
            return rows / ((System.nanoTime() - start) / 1e9);
        }
    }

    void measure(int rounds) throws Exception {
        List<String> questions = List.of(PLAIN, WITH_PSEUDONYM);
        List<Generated> generated = Generated.of(
                benchmark.state(),
                questions.stream()
                        .map(sql -> new Generated.Question(ANALYST, PROJECT, sql))
                        .toList());
        Optional<ProxyHeap> heap = ProxyHeap.find(benchmark.state());
        System.out.println();
        System.out.printf(Locale.ROOT, "%,d rows, %,d at a time%n%n", ROWS, FETCH_SIZE);
        System.out.println(
                "| rows | direct rows/s | through Weir rows/s | ratio | heap, live before MiB | peak MiB | live after MiB |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < questions.size(); i++) {
            try (Connection source = benchmark.direct();
                    Connection weir = benchmark.weir(ANALYST + "@" + PROJECT)) {
                source.setAutoCommit(false);
                weir.setAutoCommit(false);
                Way direct = new Way(source, generated.get(i));
                Way governed = new Way(weir, new Generated(questions.get(i), List.of()));
                direct.read(1);
                governed.read(1);
                List<Double> ratios = new ArrayList<>();
                long before = heap.isPresent() ? heap.get().live() : 0;
                long peak = 0;
                for (int round = 0; round < rounds; round++) {
                    direct.rates().add(direct.read(ROWS));
                    ProxyHeap.Work work = () -> governed.rates().add(governed.read(ROWS));
                    if (heap.isPresent()) {
                        peak = Math.max(peak, heap.get().peakDuring(work));
                    } else {
                        work.run();
                    }
                    ratios.add(governed.rates().getLast() / direct.rates().getLast());
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %,.0f | %,.0f | %.2f | %s | %s | %s |%n",
                        i == 0 ? "5 columns" : "the same and a pseudonym",
                        Load.median(direct.rates()),
                        Load.median(governed.rates()),
                        Load.median(ratios),
                        mebibytes(before),
                        mebibytes(peak),
                        mebibytes(heap.isPresent() ? heap.get().live() : 0));
            }
        }
        if (heap.isPresent()) {
            heap.get().close();
        }
    }

    private static String mebibytes(long bytes) {
        return bytes == 0 ? "not reachable" : String.valueOf(bytes >> 20);
    }
}
