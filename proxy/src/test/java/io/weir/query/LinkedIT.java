package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.testkit.FakeSource;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Source;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.DemoRoad.Result;
import io.weir.query.DemoRoad.Session;
import io.weir.query.rewrite.OutputColumn.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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

/** People of the demo hospital and of a laboratory, which are two databases, where the agreement grants linkage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkedIT {
    private static final Path GOLDEN = Path.of("src/test/resources/linked/refusals.md");
    private static final String LINKED =
            "select h.sex, count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id group by h.sex";

    private DemoRoad road;
    private Laboratory laboratory;
    private PolicySnapshot policy;

    @BeforeAll
    void open() throws Exception {
        road = DemoRoad.shared();
        laboratory = new Laboratory(road.database);
        policy = road.policy("linked", directory -> {
            laboratory.declare(directory);
            Laboratory.link(directory);
        });
    }

    private Session session(SourceConnector hospital, SourceConnector lab) {
        return session(new MemoryPublishedAnswers(), policy, hospital, lab);
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

    private static @Nullable Object first(Result result) {
        return result.rows().getFirst().getFirst();
    }

    @Test
    void whatCannotBeLinkedIsRefusedBeforeAnythingIsRead() throws IOException {
        StringBuilder told = new StringBuilder("# What is refused of linked people\n");
        for (String sql : List.of(
                "select count(*) from hospital.admissions a join lab.tests t on t.patient_id = a.patient_id and t.taken > a.admitted",
                "select count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id where l.sex = h.sex",
                "select count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id where l.sex = 'F' or h.sex = 'F'",
                "select h.sex || l.sex, count(*) from hospital.patients h join lab.people l using (patient_id) group by 1",
                "select sum(a.cost * t.result) from hospital.admissions a join lab.tests t on t.patient_id = a.patient_id",
                "select count(*) filter (where h.sex = 'F'), count(*) filter (where h.sex = 'F' and l.sex = 'F') from hospital.patients h join lab.people l using (patient_id)",
                "select count(*) from hospital.patients h join lab.people l on l.sex = h.sex",
                "select count(*) from hospital.patients h join lab.sexes s on s.code = h.sex",
                "select count(*) from hospital.patients h join lab.people l using (patient_id) join hospital.sexes s on s.code = l.sex",
                "select count(*) from hospital.admissions a join lab.people l on l.patient_id = a.patient_id join hospital.patients p on p.patient_id = l.patient_id",
                "select count(*) from hospital.patients h where h.patient_id in (select patient_id from lab.people)",
                "select count(*) from hospital.patients h where not exists (select 1 from lab.tests t where t.patient_id = h.patient_id)",
                "select count(*) from (select patient_id from hospital.patients union select patient_id from lab.people) x",
                "select count(*) from hospital.patients h full join lab.people l on l.patient_id = h.patient_id",
                "select count(*) from hospital.patients h left join lab.people l on l.patient_id = h.patient_id where l.sex = 'F'",
                "select count(*) from hospital.patients h left join lab.people l on l.patient_id = h.patient_id and h.sex = 'F'",
                "select x.n, count(*) from (select h.patient_id, count(*) as n from hospital.patients h join lab.tests t on t.patient_id = h.patient_id group by h.patient_id) x group by 1",
                "select count(distinct t.analyte) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id",
                "select percentile_cont(0.5) within group (order by t.result) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id",
                "select h.sex, count(distinct a.admission_id) from hospital.admissions a join hospital.patients h on h.patient_id = a.patient_id join lab.tests l on l.patient_id = a.patient_id group by rollup (h.sex)",
                "select h.patient_id, l.sex from hospital.patients h join lab.people l on l.patient_id = h.patient_id")) {
            FakeSource nothing = new FakeSource();
            Result result = session(nothing, nothing).run(sql);
            Problem problem = Objects.requireNonNull(result.problem(), sql);
            assertThat(nothing.asked()).as(sql).isEmpty();
            told.append("\n```sql\n%s\n```\n\n%s: %s\n\n%s\n"
                    .formatted(sql, problem.code(), problem.detail(), problem.hint()));
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, told);
        }
        assertThat(told.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void withoutALeaveForAllOfItsDatasetsNothingIsLinked() throws Exception {
        PolicySnapshot some = road.policy("linked-some", directory -> {
            laboratory.declare(directory);
            Laboratory.link(directory);
            Path agreement = directory.resolve("agreements/dsa-2026-001.yaml");
            Files.writeString(agreement, Files.readString(agreement).replace("lab.people, lab.tests]", "lab.people]"));
        });
        FakeSource nothing = new FakeSource();
        Session session = session(new MemoryPublishedAnswers(), some, nothing, nothing);
        Problem problem = Objects.requireNonNull(
                session.run("select count(*) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id")
                        .problem());
        assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED);
        assertThat(problem.detail()).contains("in source hospital").contains("in source laboratory");
        assertThat(nothing.asked()).isEmpty();
        assertThat(session(new MemoryPublishedAnswers(), some, road.connector, laboratory.connector)
                        .run(LINKED)
                        .problem())
                .isNull();
    }

    @Test
    void sourcesWithOtherBucketsAreNotLinked() {
        Map<String, Source> sources = new HashMap<>(policy.sources());
        sources.computeIfPresent(
                Laboratory.ID,
                (id, s) -> new Source(
                        id,
                        "sqlserver",
                        s.url(),
                        s.user(),
                        s.password(),
                        s.poolSize(),
                        ZoneOffset.UTC,
                        LocalDate.of(2026, 9, 15)));
        PolicySnapshot mixed = PolicyEdits.over(sources, policy);
        FakeSource nothing = new FakeSource();
        Result result =
                session(new MemoryPublishedAnswers(), mixed, nothing, nothing).run(LINKED);
        assertThat(Objects.requireNonNull(result.problem()).detail()).contains("same buckets");
        assertThat(nothing.asked()).isEmpty();
    }

    @Test
    void theLogAndTheExplanationSayThatPeopleAreLinked() {
        Session session = session(road.connector, laboratory.connector);
        assertThat(session.run(LINKED).problem()).isNull();
        assertThat(session.run("select (select count(*) from hospital.patients), (select count(*) from lab.people)")
                        .problem())
                .isNull();
        List<AuditEvent> decided = session.audit().events().stream()
                .filter(e -> e.type() == EventType.QUERY_DECIDED)
                .toList();
        assertThat(decided.getFirst().fields())
                .containsEntry("linked", List.of("patient"))
                .containsEntry("source", List.of("hospital", Laboratory.ID));
        assertThat(decided.getLast().fields()).doesNotContainKey("linked");
        Explaining.Explanation explained =
                road.explain(policy, "ada", "diabetes", LINKED).orThrow();
        assertThat(explained.ruling()).anyMatch(line -> line.contains("linked by their key of namespace patient"));
        assertThat(explained.statements())
                .allSatisfy(s ->
                        assertThat(s.sql()).doesNotContain(s.source().equals("hospital") ? "\"lab\"" : "\"hospital\""))
                .filteredOn(s -> s.outputs().stream().anyMatch(o -> o.purpose() == Purpose.LINK))
                .hasSize(4);
    }

    /** What one source is asked does not depend on what the other holds. */
    @Test
    void noKeyOfOneSourceGoesToTheOther() {
        List<String> texts = road.explain(policy, "ada", "diabetes", LINKED).orThrow().statements().stream()
                .map(s -> s.sql() + s.binds())
                .toList();
        FakeSource lab = new FakeSource();
        assertThat(session(road.connector, lab).run(LINKED).problem()).isNotNull();
        assertThat(lab.asked())
                .isNotEmpty()
                .allSatisfy(s -> assertThat(texts)
                        .contains(s.sql()
                                + s.binds().stream()
                                        .map(b -> b.type() + " " + b.value())
                                        .toList()));
    }

    /** All people that were linked but three, whoever they are: linked or not, and in whatever order. */
    @Test
    void whatIsLinkedIsComparedWithWhatIsNot() throws Exception {
        Laboratory most =
                new Laboratory(road.database, "patient_id > (select min(patient_id) + 2 from hospital.patients)");
        PolicySnapshot same = road.policy("linked-most", directory -> {
            most.declare(directory);
            Laboratory.link(directory);
        });
        String here = "select count(*) from hospital.patients";
        String there = "select count(*) from lab.people";
        String linked = "select count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id";
        for (List<String> order :
                List.of(List.of(here, linked), List.of(linked, here), List.of(linked, there), List.of(there, linked))) {
            Session session = session(new MemoryPublishedAnswers(), same, road.connector, most.connector);
            assertThat(first(session.run(order.get(0)))).as("%s", order).isNotNull();
            assertThat(first(session.run(order.get(1)))).as("%s", order).isNull();
        }
    }

    /** Whether everybody is in both is not told either: nobody is few. */
    @Test
    void thatEverybodyIsLinkedIsNotTold() throws Exception {
        Laboratory all = new Laboratory(road.database, "true");
        PolicySnapshot same = road.policy("linked-all", directory -> {
            all.declare(directory);
            Laboratory.link(directory);
        });
        Session session = session(new MemoryPublishedAnswers(), same, road.connector, all.connector);
        assertThat(first(session.run("select count(*) from hospital.patients"))).isNotNull();
        assertThat(first(session.run(
                        "select count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id")))
                .isNull();
        Result outer = session(new MemoryPublishedAnswers(), same, road.connector, all.connector)
                .run(
                        "select l.patient_id is null, count(*) from hospital.patients h left join lab.people l on l.patient_id = h.patient_id group by 1");
        assertThat(outer.rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get(1)).isNull());
    }

    @Test
    void anAnswerIsReplayedAndNothingIsAskedForIt() {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        Result before =
                session(published, policy, road.connector, laboratory.connector).run(LINKED);
        FakeSource nothing = new FakeSource();
        Result again = session(published, policy, nothing, nothing)
                .run(
                        "select p.sex, count(*) from lab.people q, hospital.patients p where q.patient_id = p.patient_id group by p.sex");
        assertThat(again.problem()).isNull();
        assertThat(again.rows()).isEqualTo(before.rows());
        assertThat(nothing.asked()).isEmpty();
    }

    /** Keys that are texts, which a source's own collation puts into another order. */
    @Test
    void peopleAreLinkedByTextsToo() throws Exception {
        Laboratory most = new Laboratory(road.database);
        Laboratory some = new Laboratory(road.database, "patient_id % 3 = 0");
        for (Laboratory each : List.of(most, some)) {
            for (String table : List.of("people", "tests")) {
                each.database()
                        .run("alter table lab." + table
                                + " alter patient_id type varchar(20) collate \"und-x-icu\" using"
                                + " (array['a', 'B', '\u00e9', '\ud83d\ude00'])[1 + patient_id % 4] || patient_id");
            }
        }
        PolicySnapshot texts = road.policy("linked-texts", directory -> {
            most.declare(directory);
            PolicyEdits.ofRules(PolicyEdits::bare).of(directory);
            for (String name : List.of("people", "tests")) {
                Path dataset = directory.resolve("datasets/lab-" + name + ".yaml");
                Files.writeString(
                        dataset,
                        Files.readString(dataset)
                                .replace(
                                        "name: patient_id\n    type: bigint", "name: patient_id\n    type: varchar(20)")
                                .replace("namespace: patient", "namespace: sample"));
            }
            Files.writeString(
                    directory.resolve("datasets/second-people.yaml"),
                    Files.readString(directory.resolve("datasets/lab-people.yaml"))
                            .replace("name: lab.people", "name: second.people\nrelation: lab.people")
                            .replace("source: laboratory", "source: second"));
            Path source = directory.resolve("sources/laboratory.yaml");
            Files.writeString(
                    directory.resolve("sources/second.yaml"),
                    Files.readString(source).replaceFirst("id: laboratory", "id: second"));
            Path agreement = directory.resolve("agreements/dsa-2026-001.yaml");
            Files.writeString(
                    agreement,
                    Files.readString(agreement)
                                    .replace(
                                            "\ngrants:\n",
                                            "\ngrants:\n  - dataset: second.people\n    columns: {allExcept: [opted_out]}\n")
                            + "\nlinkage:\n  - namespace: sample\n    datasets: [lab.people, lab.tests, second.people]\n");
        });
        Session session = road.session(
                "ada",
                "diabetes",
                new MemoryPublishedAnswers(),
                new RecordingAuditLog(),
                Map.of("hospital", road.connector, Laboratory.ID, most.connector, "second", some.connector),
                () -> texts,
                1_000);
        Result answer = session.run(
                "select p.sex, count(*) from lab.tests t join lab.people p on p.patient_id = t.patient_id"
                        + " join second.people q on q.patient_id = p.patient_id where q.sex in ('F', 'M') and p.sex in ('F', 'M') group by p.sex order by p.sex");
        assertThat(answer.problem()).isNull();
        assertThat(answer.rows())
                .isEqualTo(
                        road.truth(
                                "select sex, sum(1 + patient_id % 3)::bigint from hospital.patients where patient_id % 3 = 0 and patient_id % 5 <> 0 and not opted_out and sex in ('F', 'M') group by sex order by sex"));
    }

    @Test
    void aCancelStopsBothAndLeavesNothingOpen() throws Exception {
        FakeSource first = new FakeSource();
        road.explain(policy, "ada", "diabetes", LINKED).orThrow().statements().stream()
                .filter(s -> s.source().equals("hospital"))
                .forEach(s -> first.answer(
                        s.sql(), new FakeSource.Table(List.of("k0", "g", "u", "h", "r", "s0"), List.of())));
        FakeSource second = new FakeSource().mood(new FakeSource.Mood.Hanging());
        Session session = session(first, second);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asking = threads.submit(() -> session.run(LINKED));
            while (second.asked().isEmpty()) {
                Thread.sleep(10);
            }
            asking.cancel(true);
        }
        assertThat(session.audit().events().getLast().fields()).containsEntry("code", "CANCELLED");
        assertThat(first.openStreams()).isZero();
        assertThat(second.openStreams()).isZero();
    }

    @Test
    void aSourceThatIsDownIsNamedAndNothingElse() {
        FakeSource down = new FakeSource().mood(new FakeSource.Mood.Failing(SourceException.Kind.UNAVAILABLE));
        Problem problem =
                Objects.requireNonNull(session(road.connector, down).run(LINKED).problem());
        assertThat(problem.code()).isEqualTo(ProblemCode.SOURCE_UNAVAILABLE);
        assertThat(problem.detail()).isEqualTo("source laboratory");
    }
}
