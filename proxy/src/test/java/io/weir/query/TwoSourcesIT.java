package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.testkit.FakeSource;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Source;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.DemoRoad.Result;
import io.weir.query.DemoRoad.Session;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.QueryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One statement over the demo hospital and a laboratory, which are two databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoSourcesIT {
    private static final String BY_SEX = "with h as (select sex, count(*) as n from hospital.patients group by sex),"
            + " l as (select p.sex, count(*) as tests from lab.tests t join lab.people p on p.patient_id = t.patient_id group by p.sex)"
            + " select h.sex, h.n, l.tests, round(l.tests * 1.0 / h.n, 1) as each from h join l on l.sex = h.sex order by h.sex";

    private DemoRoad road;
    private Laboratory laboratory;
    private PolicySnapshot policy;

    @BeforeAll
    void open() throws Exception {
        road = DemoRoad.shared();
        laboratory = new Laboratory(road.database);
        policy = road.policy("two-sources", laboratory::declare);
    }

    private Session session(
            MemoryPublishedAnswers published, PolicySnapshot under, SourceConnector hospital, SourceConnector lab) {
        return road.session(
                "ada",
                "diabetes",
                published,
                new RecordingAuditLog(),
                Map.of("hospital", hospital, Laboratory.ID, lab),
                () -> under,
                1_000_000);
    }

    private Session session() {
        return session(new MemoryPublishedAnswers(), policy, road.connector, laboratory.connector);
    }

    private static Problem refusal(Result result) {
        return Objects.requireNonNull(result.problem(), "should have been refused");
    }

    @Test
    void aggregatesOfEachSourceAreJoinedAndAreWhatTheyAreAlone() {
        Session session = session();
        Result both = session.run(BY_SEX);
        assertThat(both.problem()).isNull();
        assertThat(both.rows()).hasSize(4);
        Result hospital = session().run("select sex, count(*) from hospital.patients group by sex order by sex");
        Result lab = session()
                .run(
                        "select p.sex, count(*) from lab.tests t join lab.people p on p.patient_id = t.patient_id group by p.sex order by p.sex");
        for (int i = 0; i < 4; i++) {
            assertThat(both.rows().get(i).subList(0, 2))
                    .isEqualTo(hospital.rows().get(i));
            assertThat(both.rows().get(i).get(2)).isEqualTo(lab.rows().get(i).get(1));
        }
        assertThat(both.rows().getFirst().get(1)).isNotNull();
        assertThat(both.rows().getFirst().get(2)).isNotNull();
        assertThat(both.rows().getFirst().get(3)).isNotNull();
    }

    @Test
    void theyAreUnitedComparedAndReadAsScalars() {
        Result united = session()
                .run(
                        "select 'hospital' as place, count(*) as n from hospital.admissions union all select 'laboratory', count(*) from lab.tests order by place");
        assertThat(united.problem()).isNull();
        assertThat(united.rows())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.get(1)).isNotNull());
        Result scalars = session()
                .run("select (select count(*) from hospital.admissions) - (select count(*) from lab.tests) as more");
        assertThat(scalars.problem()).isNull();
        long first = (Long) Objects.requireNonNull(united.rows().get(0).get(1));
        long second = (Long) Objects.requireNonNull(united.rows().get(1).get(1));
        assertThat(scalars.rows().getFirst().getFirst()).isEqualTo(first - second);
        Result kept = session()
                .run(
                        "select sex, count(*) as n from hospital.patients group by sex having count(*) > (select count(*) / 10 from lab.tests) order by sex");
        assertThat(kept.problem()).isNull();
        assertThat(kept.rows()).isNotEmpty();
    }

    @Test
    void referenceDataOfTheOtherSourceIsJoinedToTheGroups() {
        Result words = session()
                .run(
                        "select s.word, h.n from (select sex, count(*) as n from hospital.patients group by sex) h join lab.sexes s on s.code = h.sex order by s.word");
        assertThat(words.problem()).isNull();
        assertThat(words.rows().stream().map(r -> r.getFirst())).containsExactly("men", "others", "unknown", "women");
        Result outer = session()
                .run(
                        "select s.code, s.description, l.word from hospital.sexes s left join lab.sexes l on l.code = s.code order by s.code");
        assertThat(outer.problem()).isNull();
        assertThat(outer.rows()).contains(List.of("F", "Female", "women"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id",
                "select count(*) from hospital.patients h, lab.people l where l.patient_id = h.patient_id",
                "select count(*) from hospital.patients h left join lab.tests l on l.patient_id = h.patient_id",
                "select count(*) from hospital.patients h join lab.sexes s on s.code = h.sex",
                "select s.word, count(*) from hospital.patients h left join lab.sexes s on s.code = h.sex group by s.word",
                "select count(*) from hospital.patients h where h.patient_id in (select patient_id from lab.people)",
                "select count(*) from hospital.patients h where exists (select 1 from lab.tests t where t.patient_id = h.patient_id and t.result > 50)",
                "select count(*) from hospital.patients h where h.sex in (select code from lab.sexes where word = 'men')",
                "select count(*) filter (where exists (select 1 from lab.tests t where t.patient_id = h.patient_id)) from hospital.patients h",
                "select count(*) from (select patient_id from hospital.patients union select patient_id from lab.people) x",
                "select count(*) from (select patient_id from hospital.patients union all select patient_id from lab.people) x",
                "select count(*) from (select patient_id from hospital.patients except select patient_id from lab.people) x",
                "select count(*) from (select patient_id, count(*) n from lab.tests group by patient_id) t join hospital.patients h on h.patient_id = t.patient_id",
                "select case when h.sex in (select code from lab.sexes) then 1 else 0 end, count(*) from hospital.patients h group by 1",
                "select code from hospital.sexes where code in (select code from lab.sexes)",
            })
    void whatWouldHaveToBeComparedInsideASourceIsRefusedBeforeAnythingIsRead(String sql) {
        FakeSource nothing = new FakeSource();
        Session session = session(new MemoryPublishedAnswers(), policy, nothing, nothing);
        Problem problem = refusal(session.run(sql));
        assertThat(problem.code()).as("%s", problem).isEqualTo(ProblemCode.UNSUPPORTED);
        assertThat(problem.detail()).contains("in source hospital").contains("in source laboratory");
        assertThat(problem.hint()).isNotNull();
        assertThat(nothing.asked()).isEmpty();
    }

    @Test
    void rowsOfTwoSourcesAreRefused() {
        Session session = road.session(
                "ben",
                "flow",
                new MemoryPublishedAnswers(),
                new RecordingAuditLog(),
                Map.of("hospital", road.connector, Laboratory.ID, laboratory.connector),
                () -> policy,
                1_000);
        assertThat(session.run("select patient_id, taken from lab.tests limit 3")
                        .rows())
                .hasSize(3);
        for (String sql : List.of(
                "select h.patient_id, l.result from hospital.admissions h join lab.tests l on l.patient_id = h.patient_id",
                "select h.patient_id from hospital.admissions h where exists (select 1 from lab.people p where p.patient_id = h.patient_id)",
                "select h.patient_id from hospital.admissions h join lab.people p using (patient_id)")) {
            assertThat(refusal(session.run(sql)).code()).isEqualTo(ProblemCode.UNSUPPORTED);
        }
    }

    /** All people but three of the hospital: who they are may not be told, whichever is asked first, in one statement or in two. */
    @Test
    void figuresOfBothAreComparedByTheirPeople() throws Exception {
        Laboratory copy =
                new Laboratory(road.database, "patient_id > (select min(patient_id) + 2 from hospital.patients)");
        PolicySnapshot same = road.policy("copied-source", copy::declare);
        String here = "select count(*) from hospital.patients";
        String there = "select count(*) from lab.people";
        for (List<String> order : List.of(List.of(here, there), List.of(there, here))) {
            Session session = session(new MemoryPublishedAnswers(), same, road.connector, copy.connector);
            assertThat(first(session.run(order.get(0)))).isNotNull();
            assertThat(first(session.run(order.get(1)))).isNull();
        }
        List<Object> together = session(new MemoryPublishedAnswers(), same, road.connector, copy.connector)
                .run("select (%s), (%s)".formatted(here, there))
                .rows()
                .getFirst();
        assertThat(together).containsOnlyOnce((Object) null);
        PolicySnapshot others = road.policy("copied-strangers", directory -> {
            copy.declare(directory);
            for (String file : List.of("lab-people", "lab-tests")) {
                Path dataset = directory.resolve("datasets/" + file + ".yaml");
                Files.writeString(
                        dataset, Files.readString(dataset).replace("namespace: patient", "namespace: sampled"));
            }
        });
        Session strangers = session(new MemoryPublishedAnswers(), others, road.connector, copy.connector);
        assertThat(first(strangers.run(here))).isNotNull();
        assertThat(first(strangers.run(there))).isNotNull();
    }

    @Test
    void anAnswerIsTheSameInWhateverStatementAndStaysWhenTheOtherSourceIsRefreshed() {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        String alone = "select sex, count(*) as n from hospital.patients group by sex order by sex";
        Result before =
                session(published, policy, road.connector, laboratory.connector).run(alone);
        int kept = published.size();
        FakeSource nothing = new FakeSource();
        PolicySnapshot refreshed = refreshed();
        Result again =
                session(published, refreshed, nothing, laboratory.connector).run(BY_SEX);
        assertThat(again.problem()).isNull();
        assertThat(again.rows().stream().map(r -> r.subList(0, 2)).toList()).isEqualTo(before.rows());
        assertThat(published.size()).isEqualTo(kept + 1);
        assertThat(nothing.asked()).isEmpty();
    }

    private PolicySnapshot refreshed() {
        return changed(policy, Laboratory.ID, "postgresql", ZoneOffset.UTC, LocalDate.of(2026, 10, 15));
    }

    private static PolicySnapshot changed(
            PolicySnapshot p, String id, String dialect, ZoneId zone, LocalDate snapshot) {
        Map<String, Source> sources = new HashMap<>(p.sources());
        sources.computeIfPresent(
                id, (key, s) -> new Source(id, dialect, s.url(), s.user(), s.password(), s.poolSize(), zone, snapshot));
        return PolicyEdits.over(sources, p);
    }

    @Test
    void aSourceThatIsDownIsNamedAndNothingElse() {
        PostgresSourceConnector lab = laboratory.connector;
        Session session = session(
                new MemoryPublishedAnswers(),
                policy,
                new FakeSource().mood(new FakeSource.Mood.Failing(SourceException.Kind.UNAVAILABLE)),
                lab);
        Problem problem = refusal(session.run(BY_SEX));
        assertThat(problem.code()).isEqualTo(ProblemCode.SOURCE_UNAVAILABLE);
        assertThat(problem.detail()).isEqualTo("source hospital");
        assertThat(session.run("select count(*) from lab.tests").problem()).isNull();
        Session missing = road.session(
                "ada",
                "diabetes",
                new MemoryPublishedAnswers(),
                new RecordingAuditLog(),
                Map.of("hospital", new FakeSource()),
                () -> policy,
                1_000);
        assertThat(refusal(missing.run(BY_SEX)).detail()).isEqualTo("source laboratory");
    }

    @Test
    void oneDeadlineIsForAll() {
        FakeSource hanging = new FakeSource().mood(new FakeSource.Mood.Hanging());
        Session session = session(new MemoryPublishedAnswers(), policy, road.connector, hanging);
        long start = System.nanoTime();
        Outcome<?> outcome = session.desk()
                .prepare(
                        session.asker(),
                        BY_SEX,
                        List.of(),
                        new QueryOptions(false, ZoneOffset.UTC, Duration.ofSeconds(2)))
                .then(p -> p.execute(List.of()));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.TIME_OUT));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(hanging.asked()).hasSize(1);
        assertThat(hanging.asked().getFirst().timeout()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aCancelReachesTheOneThatRunsAndTheNextIsNotAsked() throws Exception {
        FakeSource first = new FakeSource().mood(new FakeSource.Mood.Hanging());
        FakeSource second = new FakeSource();
        Session session = session(new MemoryPublishedAnswers(), policy, first, second);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asking = threads.submit(() -> session.run(BY_SEX));
            while (first.asked().isEmpty()) {
                Thread.sleep(10);
            }
            asking.cancel(true);
        }
        assertThat(second.asked()).isEmpty();
        assertThat(session.audit().events().getLast().fields()).containsEntry("code", "CANCELLED");
    }

    @Test
    void theLogNamesBoth() {
        Session session = session();
        session.run(BY_SEX);
        assertThat(session.audit().events()).extracting(AuditEvent::type).contains(EventType.QUERY_DECIDED);
        assertThat(session.audit().events())
                .allSatisfy(event ->
                        assertThat(event.fields()).containsEntry("source", List.of("hospital", Laboratory.ID)));
    }

    @Test
    void aReleaseSaysTheDaysOfBoth() {
        Session session = session();
        FrozenAnswer frozen = session.desk().freeze(session.asker(), BY_SEX).orThrow();
        assertThat(frozen.facts().snapshots())
                .containsEntry("hospital", LocalDate.of(2026, 9, 30))
                .containsEntry(Laboratory.ID, LocalDate.of(2026, 9, 15));
    }

    @Test
    void momentsAreCutInTheZoneOfAllSourcesOrInUtc() {
        String months = "select t.month, t.n, (select count(*) from hospital.admissions) as stays from"
                + " (select date_trunc('month', taken) as month, count(*) as n from lab.tests group by 1) t order by 1";
        ZoneId london = ZoneId.of("Europe/London");
        assertThat(session().run(months).problem()).isNull();
        assertThat(refusal(session().runIn(london, months)).code()).isEqualTo(ProblemCode.COMPARISON);
        PolicySnapshot alike = changed(policy, Laboratory.ID, "postgresql", london, LocalDate.of(2026, 9, 15));
        assertThat(session(new MemoryPublishedAnswers(), alike, road.connector, laboratory.connector)
                        .runIn(london, months)
                        .problem())
                .isNull();
    }

    /** The laboratory as a SQL Server: its texts are Transact-SQL, and whoever answers them here is asked the same in PostgreSQL. */
    @Test
    void eachSourceIsAskedInItsOwnDialect() {
        PolicySnapshot mixed = changed(policy, Laboratory.ID, "sqlserver", ZoneOffset.UTC, LocalDate.of(2026, 9, 15));
        Map<String, String> translations = new HashMap<>();
        List<Explaining.Generated> postgres =
                road.explain(policy, "ada", "diabetes", BY_SEX).orThrow().statements();
        List<Explaining.Generated> transact =
                road.explain(mixed, "ada", "diabetes", BY_SEX).orThrow().statements();
        for (int i = 0; i < postgres.size(); i++) {
            assertThat(transact.get(i).source()).isEqualTo(postgres.get(i).source());
            boolean lab = postgres.get(i).source().equals(Laboratory.ID);
            assertThat(transact.get(i).sql().equals(postgres.get(i).sql())).isEqualTo(!lab);
            if (lab) {
                assertThat(transact.get(i).sql()).contains("[lab]");
                translations.put(transact.get(i).sql(), postgres.get(i).sql());
            }
        }
        Interpreted lab = new Interpreted(laboratory.connector, translations);
        Result answer = session(new MemoryPublishedAnswers(), mixed, road.connector, lab)
                .run(BY_SEX);
        assertThat(answer.problem()).isNull();
        assertThat(answer.rows()).isEqualTo(session().run(BY_SEX).rows());
    }

    private static @Nullable Object first(Result result) {
        return result.rows().getFirst().getFirst();
    }
}
