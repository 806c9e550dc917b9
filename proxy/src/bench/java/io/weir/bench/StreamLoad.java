package io.weir.bench;

import io.weir.bench.Installation.Road;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A million rows of a row-level agreement, read in portions. The demo holds fewer, so the table is read several times over. */
final class StreamLoad {
    private static final long ROWS = 1_000_000;
    private static final int FETCH_SIZE = 10_000;
    private static final String PLAIN = "SELECT admitted, method, icd10, provider_code, cost FROM admissions";
    private static final String WITH_PSEUDONYM =
            "SELECT patient_id, admitted, method, icd10, provider_code, cost FROM admissions";

    private final Installation installation;

    StreamLoad(Installation installation) {
        this.installation = installation;
    }

    /** One way of reading: its connection, its statement, and rows a second of each round. */
    private record Way(Connection connection, Generated statement, List<Double> rates) {
        double read(long atLeast) throws SQLException {
            long rows = 0;
            long start = System.nanoTime();
            while (rows < atLeast) {
                try (PreparedStatement query = connection.prepareStatement(statement.sql())) {
                    query.setFetchSize(FETCH_SIZE);
                    statement.bind(query, Map.of());
                    long more = Load.drain(query);
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
                installation,
                questions.stream()
                        .map(sql -> new Generated.Question(Installation.ROW_ANALYST, Installation.ROW_PROJECT, sql))
                        .toList());
        System.out.printf(Locale.ROOT, "%,d rows, %,d at a time%n%n", ROWS, FETCH_SIZE);
        System.out.println("| columns | format | direct rows/s | without TLS | Weir rows/s | ratio | ratio to no TLS | proxy CPU µs/row | RSS MiB |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < questions.size(); i++) {
            for (boolean binary : new boolean[] {false, true}) {
                measure(questions.get(i), generated.get(i), binary, rounds);
            }
        }
    }

    private void measure(String question, Generated generated, boolean binary, int rounds) throws Exception {
        Map<Road, Way> ways = new EnumMap<>(Road.class);
        try {
            for (Road road : Road.values()) {
                Connection connection = installation.connect(
                        road,
                        Installation.options("binaryTransfer", String.valueOf(binary), "prepareThreshold", binary ? "-1" : "0"));
                connection.setAutoCommit(false);
                Generated statement = road == Road.WEIR ? new Generated(question, List.of()) : generated;
                ways.put(road, new Way(connection, statement, new ArrayList<>()));
            }
            for (Map.Entry<Road, Way> way : ways.entrySet()) {
                way.getValue().read(way.getKey() == Road.WEIR ? 2 * ROWS : ROWS / 5);
            }
            double processor = 0;
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<Road, Way> way : ways.entrySet()) {
                    double before = installation.processorSeconds();
                    way.getValue().rates().add(way.getValue().read(ROWS));
                    processor += way.getKey() == Road.WEIR ? installation.processorSeconds() - before : 0;
                }
            }
            print(question, binary, ways, processor / rounds / ROWS);
        } finally {
            for (Way way : ways.values()) {
                way.connection().close();
            }
        }
    }

    private void print(String question, boolean binary, Map<Road, Way> ways, double processorSeconds) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,.0f | %.2f | %.2f | %.2f | %d |%n",
                question.equals(PLAIN) ? "5 plain" : "the same and a pseudonym",
                binary ? "binary" : "text",
                Load.median(rates(ways, Road.DIRECT_TLS)),
                Load.median(rates(ways, Road.DIRECT_PLAIN)),
                Load.median(rates(ways, Road.WEIR)),
                ratio(ways, Road.DIRECT_TLS),
                ratio(ways, Road.DIRECT_PLAIN),
                processorSeconds * 1e6,
                installation.residentMebibytes());
    }

    private static List<Double> rates(Map<Road, Way> ways, Road road) {
        return java.util.Objects.requireNonNull(ways.get(road)).rates();
    }

    private static double ratio(Map<Road, Way> ways, Road baseline) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rates(ways, baseline).size(); round++) {
            ratios.add(rates(ways, Road.WEIR).get(round) / rates(ways, baseline).get(round));
        }
        return Load.median(ratios);
    }
}
