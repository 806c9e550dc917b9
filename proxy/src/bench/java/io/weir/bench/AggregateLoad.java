package io.weir.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Small governed questions, at 1 and 16 clients. */
final class SmallQueries {
    private static final int[] CLIENTS = {1, 16};
    private static final String REFERENCE = "SELECT provider_code, name FROM providers";
    private static final String FIRST = "aggregate, first answer";
    private static final String AGGREGATE_DIRECT = "aggregate, direct";
    private static final String REFERENCE_DIRECT = "reference data, direct";

    private final QueryBenchmark benchmark;
    private final Random random;
    private final Questions questions;
    private final Questions.Question sample;
    private final Generated aggregate;
    private final Generated reference;

    SmallQueries(QueryBenchmark benchmark, Random random) throws Exception {
        this.benchmark = benchmark;
        this.random = random;
        this.questions = new Questions(providers(benchmark), random);
        this.sample = questions.fresh();
        List<Generated> generated = Generated.of(
                benchmark.state(),
                List.of(
                        new Generated.Question("ada", "diabetes", sample.literal()),
                        new Generated.Question("ada", "diabetes", REFERENCE)));
        this.aggregate = generated.get(0);
        this.reference = generated.get(1);
    }

    private static List<String> providers(QueryBenchmark benchmark) throws SQLException {
        List<String> codes = new ArrayList<>();
        try (Connection connection = benchmark.weir("ada@diabetes");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(REFERENCE)) {
            while (result.next()) {
                codes.add(result.getString(1));
            }
        }
        return codes;
    }

    /** One thing to measure, against a baseline that may be itself. */
    private record Variant(String name, String baseline, List<Load.Client> clients, List<Load.Run> runs) {
        Variant(String name, String baseline, List<Load.Client> clients) {
            this(name, baseline, clients, new ArrayList<>());
        }
    }

    void measure(double seconds, int rounds) throws Exception {
        List<String> notes = new ArrayList<>();
        System.out.println();
        System.out.println("| question | clients | answers/s | p50 ms | p99 ms | added p50 ms | throughput ratio |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (int clients : CLIENTS) {
            List<Connection> open = new ArrayList<>();
            try {
                Map<String, Variant> variants = variants(clients, open);
                prime();
                for (Variant variant : variants.values()) {
                    Load.run(variant.clients(), seconds);
                }
                for (int round = 0; round < rounds; round++) {
                    for (Variant variant : variants.values()) {
                        variant.runs().add(Load.run(variant.clients(), seconds));
                    }
                }
                for (Variant variant : variants.values()) {
                    print(variant, Objects.requireNonNull(variants.get(variant.baseline())), clients);
                }
                notes.add(ageing(clients, Objects.requireNonNull(variants.get(FIRST)).runs()));
            } finally {
                QueryBenchmark.close(open);
            }
        }
        System.out.println();
        notes.forEach(System.out::println);
    }

    /** Each first answer is compared with all earlier ones of its population. */
    private static String ageing(int clients, List<Load.Run> first) {
        return String.format(
                Locale.ROOT,
                "first answers at %d clients: p50 of the first round %.2f ms, of the last %.2f ms, with %,d more answers published",
                clients,
                first.getFirst().p50(),
                first.getLast().p50(),
                first.stream().mapToInt(r -> r.sorted().length).sum());
    }

    /** Asks every repeated question once, so that each later answer is a replay. */
    private void prime() throws SQLException {
        try (Connection weir = benchmark.weir("ada@diabetes");
                PreparedStatement ask = weir.prepareStatement(Questions.SQL)) {
            for (Questions.Question question : questions.repeated()) {
                governed(ask, question);
            }
        }
    }

    private Map<String, Variant> variants(int clients, List<Connection> open) throws SQLException {
        List<Load.Client> direct = new ArrayList<>();
        List<Load.Client> replayed = new ArrayList<>();
        List<Load.Client> retyped = new ArrayList<>();
        List<Load.Client> first = new ArrayList<>();
        List<Load.Client> referenceDirect = new ArrayList<>();
        List<Load.Client> referenceWeir = new ArrayList<>();
        List<Load.Client> show = new ArrayList<>();
        AtomicLong number = new AtomicLong();
        for (int i = 0; i < clients; i++) {
            Connection source = benchmark.direct();
            open.add(source);
            Connection weir = benchmark.weir("ada@diabetes");
            open.add(weir);
            PreparedStatement cells = source.prepareStatement(aggregate.sql());
            direct.add(() -> direct(cells, questions.repeated(number.getAndIncrement())));
            PreparedStatement ask = weir.prepareStatement(Questions.SQL);
            replayed.add(() -> governed(ask, questions.repeated(number.getAndIncrement())));
            retyped.add(() -> retyped(weir, number.getAndIncrement()));
            first.add(() -> governed(ask, questions.fresh()));
            PreparedStatement raw = source.prepareStatement(reference.sql());
            reference.bind(raw, Map.of());
            referenceDirect.add(() -> QueryBenchmark.drain(raw));
            PreparedStatement governed = weir.prepareStatement(REFERENCE);
            referenceWeir.add(() -> QueryBenchmark.drain(governed));
            PreparedStatement setting = weir.prepareStatement("SHOW server_version");
            show.add(() -> QueryBenchmark.drain(setting));
        }
        Map<String, Variant> all = new LinkedHashMap<>();
        for (Variant variant : List.of(
                new Variant(AGGREGATE_DIRECT, AGGREGATE_DIRECT, direct),
                new Variant("aggregate, replayed answer", AGGREGATE_DIRECT, replayed),
                new Variant("aggregate, replayed answer, new text", AGGREGATE_DIRECT, retyped),
                new Variant(FIRST, AGGREGATE_DIRECT, first),
                new Variant(REFERENCE_DIRECT, REFERENCE_DIRECT, referenceDirect),
                new Variant("reference data", REFERENCE_DIRECT, referenceWeir),
                new Variant("SHOW, answered by the session", REFERENCE_DIRECT, show))) {
            all.put(variant.name(), variant);
        }
        return all;
    }

    private void direct(PreparedStatement cells, Questions.Question question) throws SQLException {
        aggregate.bind(
                cells,
                Map.of(
                        sample.provider(), question.provider(),
                        sample.from().toString(), question.from().toString(),
                        sample.until().toString(), question.until().toString()));
        QueryBenchmark.drain(cells);
    }

    /** The same question in a text that was never seen: the label differs, which is no part of the question. */
    private void retyped(Connection weir, long number) throws SQLException {
        String text = questions.repeated(number).literal().replace("stays", "stays_" + Long.toUnsignedString(random.nextLong(), 36));
        try (PreparedStatement ask = weir.prepareStatement(text)) {
            QueryBenchmark.drain(ask);
        }
    }

    private static void governed(PreparedStatement ask, Questions.Question question) throws SQLException {
        ask.setString(1, question.provider());
        ask.setObject(2, question.from());
        ask.setObject(3, question.until());
        QueryBenchmark.drain(ask);
    }

    private static void print(Variant variant, Variant baseline, int clients) {
        List<Load.Run> runs = variant.runs();
        List<Double> added = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        for (int round = 0; round < runs.size(); round++) {
            added.add(runs.get(round).p50() - baseline.runs().get(round).p50());
            ratio.add(runs.get(round).perSecond() / baseline.runs().get(round).perSecond());
        }
        boolean same = variant == baseline;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.2f | %.2f | %s | %s |%n",
                variant.name(),
                clients,
                Load.median(runs.stream().map(Load.Run::perSecond).toList()),
                Load.median(runs.stream().map(Load.Run::p50).toList()),
                Load.median(runs.stream().map(Load.Run::p99).toList()),
                same ? "" : String.format(Locale.ROOT, "%+.2f", Load.median(added)),
                same ? "" : String.format(Locale.ROOT, "%.2f", Load.median(ratio)));
    }
}
