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
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Small governed questions. For the time of the measurement the source has an index for them, so that the direct side is as quick as it can
 * be.
 */
final class AggregateLoad {
    private static final int[] CLIENTS = {1, 16, 64};
    private static final String REFERENCE = "SELECT provider_code, name FROM providers";
    private static final String AGGREGATE_DIRECT = "aggregate, direct";
    private static final String REFERENCE_DIRECT = "reference data, direct";

    private final Installation installation;
    private final Random random = new SecureRandom();
    private final Questions questions;
    private final Questions.Question sample;
    private final Generated aggregate;
    private final Generated reference;

    AggregateLoad(Installation installation) throws Exception {
        this.installation = installation;
        this.questions = new Questions(providers(installation), random);
        this.sample = questions.fresh();
        List<Generated> generated =
                Generated.of(installation, List.of(question(sample.literal()), question(REFERENCE)));
        this.aggregate = generated.get(0);
        this.reference = generated.get(1);
    }

    private static Generated.Question question(String sql) {
        return new Generated.Question(Installation.AGGREGATE_ANALYST, Installation.AGGREGATE_PROJECT, sql);
    }

    private static Connection connect(Installation installation, Road road) throws SQLException {
        return installation.connect(
                road, Installation.AGGREGATE_ANALYST, Installation.AGGREGATE_PROJECT, new Properties());
    }

    static List<String> providers(Installation installation) throws SQLException {
        List<String> codes = new ArrayList<>();
        try (Connection connection = connect(installation, Road.WEIR);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(REFERENCE)) {
            while (result.next()) {
                codes.add(result.getString(1));
            }
        }
        return codes;
    }

    void measure(double seconds, int rounds) throws Exception {
        installation.atSource("CREATE INDEX IF NOT EXISTS of_the_benchmark ON hospital.admissions (provider_code, admitted)");
        installation.atSource("ANALYZE hospital.admissions");
        try {
            prime(installation, questions);
            Comparison.printHead("question");
            for (int clients : CLIENTS) {
                List<Connection> open = new ArrayList<>();
                try {
                    Comparison comparison = comparison(clients, open);
                    comparison.run(seconds, rounds);
                    comparison.print();
                } finally {
                    for (Connection connection : open) {
                        connection.close();
                    }
                }
            }
        } finally {
            installation.atSource("DROP INDEX hospital.of_the_benchmark");
        }
    }

    /** Asks every repeated question once, so that each later answer is a replay. */
    static void prime(Installation installation, Questions questions) throws SQLException {
        try (Connection weir = connect(installation, Road.WEIR);
                PreparedStatement ask = weir.prepareStatement(Questions.SQL)) {
            for (Questions.Question question : questions.repeated()) {
                governed(ask, question);
            }
        }
    }

    private Comparison comparison(int clients, List<Connection> open) throws SQLException {
        List<Load.Client> direct = new ArrayList<>();
        List<Load.Client> plain = new ArrayList<>();
        List<Load.Client> replayed = new ArrayList<>();
        List<Load.Client> retyped = new ArrayList<>();
        List<Load.Client> first = new ArrayList<>();
        List<Load.Client> referenceDirect = new ArrayList<>();
        List<Load.Client> referenceWeir = new ArrayList<>();
        List<Load.Client> show = new ArrayList<>();
        AtomicLong number = new AtomicLong();
        for (int i = 0; i < clients; i++) {
            Connection source = opened(Road.DIRECT_TLS, open);
            PreparedStatement cells = source.prepareStatement(aggregate.sql());
            direct.add(() -> direct(cells, questions.repeated(number.getAndIncrement())));
            PreparedStatement cellsInTheClear = opened(Road.DIRECT_PLAIN, open).prepareStatement(aggregate.sql());
            plain.add(() -> direct(cellsInTheClear, questions.repeated(number.getAndIncrement())));
            Connection weir = opened(Road.WEIR, open);
            PreparedStatement ask = weir.prepareStatement(Questions.SQL);
            replayed.add(() -> governed(ask, questions.repeated(number.getAndIncrement())));
            retyped.add(() -> retyped(weir, number.getAndIncrement()));
            first.add(() -> governed(ask, questions.fresh()));
            PreparedStatement raw = source.prepareStatement(reference.sql());
            reference.bind(raw, Map.of());
            referenceDirect.add(() -> Load.drain(raw));
            PreparedStatement governed = weir.prepareStatement(REFERENCE);
            referenceWeir.add(() -> Load.drain(governed));
            PreparedStatement setting = weir.prepareStatement("SHOW server_version");
            show.add(() -> Load.drain(setting));
        }
        Comparison comparison = new Comparison();
        comparison.add(AGGREGATE_DIRECT, AGGREGATE_DIRECT, direct);
        comparison.add("aggregate, direct without TLS", AGGREGATE_DIRECT, plain);
        comparison.add("aggregate, replayed answer", AGGREGATE_DIRECT, replayed);
        comparison.add("aggregate, replayed answer, new text", AGGREGATE_DIRECT, retyped);
        comparison.add("aggregate, first answer", AGGREGATE_DIRECT, first);
        comparison.add(REFERENCE_DIRECT, REFERENCE_DIRECT, referenceDirect);
        comparison.add("reference data", REFERENCE_DIRECT, referenceWeir);
        comparison.add("SHOW, answered by the session", REFERENCE_DIRECT, show);
        return comparison;
    }

    private Connection opened(Road road, List<Connection> open) throws SQLException {
        Connection connection = connect(installation, road);
        open.add(connection);
        return connection;
    }

    private void direct(PreparedStatement cells, Questions.Question question) throws SQLException {
        aggregate.bind(
                cells,
                Map.of(
                        sample.provider(), question.provider(),
                        sample.from().toString(), question.from().toString(),
                        sample.until().toString(), question.until().toString()));
        Load.drain(cells);
    }

    /** The same question in a text that was never seen: the label differs, which is no part of the question. */
    private void retyped(Connection weir, long number) throws SQLException {
        String label = "stays_" + Long.toUnsignedString(random.nextLong(), 36);
        String text = questions.repeated(number).literal().replace("stays", label);
        try (PreparedStatement ask = weir.prepareStatement(text)) {
            Load.drain(ask);
        }
    }

    static void governed(PreparedStatement ask, Questions.Question question) throws SQLException {
        ask.setString(1, question.provider());
        ask.setObject(2, question.from());
        ask.setObject(3, question.until());
        Load.drain(ask);
    }
}
