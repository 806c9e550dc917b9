package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.embedded.TestPostgres;
import io.weir.policy.PolicySnapshot;
import io.weir.query.disclose.PublishedAnswers;
import io.weir.store.ControlStore;
import io.weir.store.PostgresPublishedAnswers;
import io.weir.store.StoreConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** First answers at once over one control store, each asker behind a proxy of its own: what is decided under the lock, and what before it. */
class FirstAnswerRaceIT {
    private static final String WOMEN = "select count(*) from hospital.patients where sex = 'F'";
    private static final String ALMOST_ALL_WOMEN = WOMEN + " and (imd_decile = 1 and ethnicity = 'G') is not true";

    /** A proxy's way to the store: everybody has his cells before anybody gets the lock. */
    private record Proxy(PublishedAnswers store, CyclicBarrier everybody, ThreadLocal<Boolean> locked)
            implements PublishedAnswers {
        @Override
        public Optional<Answer> find(Key key) {
            return store.find(key);
        }

        @Override
        public Answer publish(Key key, SortedSet<String> compared, Function<List<Published>, Answer> compute) {
            try {
                everybody.await(60, TimeUnit.SECONDS);
            } catch (Exception missing) {
                throw new IllegalStateException(missing);
            }
            return store.publish(key, compared, earlier -> {
                locked.set(true);
                try {
                    return compute.apply(earlier);
                } finally {
                    locked.remove();
                }
            });
        }
    }

    /** The demo's source; counts statements and those that came under the lock. */
    private record Watched(SourceConnector source, ThreadLocal<Boolean> locked, AtomicInteger all, AtomicInteger late)
            implements ForwardingSource {
        @Override
        public RowStream open(SourceStatement statement) throws SourceException {
            all.incrementAndGet();
            if (locked.get()) {
                late.incrementAndGet();
            }
            return source.open(statement);
        }
    }

    private static List<DemoRoad.Result> atOnce(
            TestPostgres.TestDatabase database, Watched source, List<String> questions) throws Exception {
        return atOnce(database, source, Map.of("hospital", source), DemoRoad.shared().policy, questions);
    }

    private static List<DemoRoad.Result> atOnce(
            TestPostgres.TestDatabase database,
            Watched source,
            Map<String, SourceConnector> sources,
            PolicySnapshot policy,
            List<String> questions)
            throws Exception {
        CyclicBarrier everybody = new CyclicBarrier(questions.size());
        List<ControlStore> stores = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<DemoRoad.Result>> askers = new ArrayList<>();
            for (String sql : questions) {
                ControlStore store =
                        ControlStore.open(StoreConfig.of(database.url(), database.user(), database.password()));
                stores.add(store);
                PublishedAnswers published = new Proxy(
                        new PostgresPublishedAnswers(store, InstantSource.system()), everybody, source.locked());
                DemoRoad road = DemoRoad.shared();
                DemoRoad.Session session = road.session(
                        "ada", "diabetes", published, new RecordingAuditLog(), sources, () -> policy, 1_000);
                askers.add(() -> session.run(sql));
            }
            List<DemoRoad.Result> results = new ArrayList<>();
            for (Future<DemoRoad.Result> answer : threads.invokeAll(askers)) {
                assertThat(answer.get().problem()).isNull();
                results.add(answer.get());
            }
            return results;
        } finally {
            stores.forEach(ControlStore::close);
        }
    }

    private static Watched source() {
        return new Watched(
                DemoRoad.shared().connector,
                ThreadLocal.withInitial(() -> false),
                new AtomicInteger(),
                new AtomicInteger());
    }

    @RepeatedTest(3)
    void ofTwoQuestionsThatFewDifferInExactlyOneIsShown() throws Exception {
        List<DemoRoad.Result> results =
                atOnce(TestPostgres.createDatabase(), source(), List.of(WOMEN, ALMOST_ALL_WOMEN));
        assertThat(results.stream().filter(r -> r.rows().getFirst().getFirst() != null))
                .hasSize(1);
    }

    /** The lock is on the data of both. */
    @Test
    void soItIsWhenEachIsAskedOfAnotherSourceOfTheSamePeople() throws Exception {
        DemoRoad road = DemoRoad.shared();
        Laboratory copy =
                new Laboratory(road.database, "patient_id > (select min(patient_id) + 2 from hospital.patients)");
        PolicySnapshot policy = road.policy("raced-copy", copy::declare);
        Watched source = source();
        for (int i = 0; i < 3; i++) {
            List<DemoRoad.Result> results = atOnce(
                    TestPostgres.createDatabase(),
                    source,
                    Map.of("hospital", source, Laboratory.ID, copy.connector),
                    policy,
                    List.of(WOMEN, "select count(*) from lab.people where sex = 'F'"));
            assertThat(results.stream().filter(r -> r.rows().getFirst().getFirst() != null))
                    .hasSize(1);
        }
    }

    @Test
    void theSameQuestionIsAnsweredOnceForAll() throws Exception {
        TestPostgres.TestDatabase database = TestPostgres.createDatabase();
        List<DemoRoad.Result> results = atOnce(database, source(), List.of(WOMEN, WOMEN, WOMEN, WOMEN));
        assertThat(results.stream().map(r -> r.rows().getFirst().getFirst()).distinct())
                .hasSize(1)
                .doesNotContainNull();
        try (ControlStore store =
                ControlStore.open(StoreConfig.of(database.url(), database.user(), database.password()))) {
            assertThat(store.<Integer>read(handle -> handle.createQuery("SELECT count(*) FROM published_answers")
                            .mapTo(Integer.class)
                            .one()))
                    .isEqualTo(1);
        }
    }

    @Test
    void nobodyWaitsForAnothersSourceStatement() throws Exception {
        Watched source = source();
        atOnce(TestPostgres.createDatabase(), source, List.of(WOMEN));
        assertThat(source.all().get()).isPositive();
        assertThat(source.late().get()).isZero();
    }
}
