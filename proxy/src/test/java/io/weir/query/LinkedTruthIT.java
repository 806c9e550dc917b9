package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.connector.source.SourceConnector;
import io.weir.embedded.TestPostgres.TestDatabase;
import io.weir.policy.PolicySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With nothing rounded and only single people hidden, people linked in two sources are counted as by one PostgreSQL that has both; and hidden is what would be hidden of one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkedTruthIT {
    private DemoRoad road;
    private Laboratory laboratory;
    private TestDatabase both;
    private TestDatabase truth;
    private SourceConnector one;
    private PolicySnapshot bare;
    private PolicySnapshot demo;
    private PolicySnapshot bareOfOne;
    private PolicySnapshot demoOfOne;

    @BeforeAll
    void open() throws Exception {
        road = DemoRoad.shared();
        laboratory = new Laboratory(road.database);
        DemoRoad.PolicyChange nothing = directory -> {};
        bare = policy("linked-bare", PolicyEdits.ofRules(PolicyEdits::bare), Laboratory::link);
        demo = policy("linked-demo", nothing, Laboratory::link);
        bareOfOne = policy("linked-bare-of-one", PolicyEdits.ofRules(PolicyEdits::bare), LinkedTruthIT::inOneSource);
        demoOfOne = policy("linked-demo-of-one", nothing, LinkedTruthIT::inOneSource);
        both = DemoRoad.hospital();
        Laboratory.fill(both, both, "patient_id % 5 <> 0");
        one = DemoRoad.connector(both);
        truth = DemoRoad.hospital();
        Laboratory.fill(truth, truth, "patient_id % 5 <> 0");
        truth.run(
                "delete from hospital.admissions where opted_out",
                "delete from hospital.prescriptions where opted_out",
                "delete from hospital.patients where opted_out",
                "delete from lab.tests where patient_id in (select patient_id from lab.people where opted_out)",
                "delete from lab.people where opted_out");
    }

    private PolicySnapshot policy(String name, DemoRoad.PolicyChange rules, DemoRoad.PolicyChange last)
            throws IOException {
        return road.policy(name, directory -> {
            laboratory.declare(directory);
            rules.of(directory);
            last.of(directory);
        });
    }

    private static void inOneSource(Path policy) throws IOException {
        for (Path file : PolicyEdits.files(policy.resolve("datasets"))) {
            Files.writeString(file, Files.readString(file).replace("source: laboratory", "source: hospital"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id",
                "select count(distinct h.patient_id) from hospital.patients h join lab.tests l on l.patient_id = h.patient_id",
                "select count(distinct l.patient_id), count(*) from hospital.admissions h, lab.tests l where l.patient_id = h.patient_id",
                "select h.sex, count(*) from hospital.patients h join lab.people l using (patient_id) group by h.sex",
                "select l.sex, h.ethnicity, count(*) from hospital.patients h join lab.people l using (patient_id) group by 1, 2",
                "select t.analyte, h.sex, count(distinct h.patient_id) from lab.tests t join hospital.patients h on h.patient_id = t.patient_id where t.result >= 60 and h.imd_decile <= 5 group by 1, 2",
                "select h.sex, count(*), avg(t.result), sum(t.result) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id group by 1",
                "select t.analyte, sum(a.cost), avg(a.cost), count(a.cost), avg(t.result) from hospital.admissions a join lab.tests t on t.patient_id = a.patient_id where a.cost is not null group by 1",
                "select p.sex, q.sex, count(*), count(distinct a.admission_id) from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id join lab.people q on q.patient_id = p.patient_id join lab.tests t on t.patient_id = q.patient_id where t.analyte in ('TSH', 'CHOL') group by 1, 2",
                "select h.sex, t.analyte, count(*), sum(t.result) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id where h.sex in ('F', 'M') group by rollup (h.sex, t.analyte)",
                "select grouping(h.sex, t.analyte), h.sex, t.analyte, count(distinct h.patient_id) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id where h.sex in ('F', 'M') group by cube (h.sex, t.analyte)",
                "select h.sex, count(*) filter (where t.result >= 60), count(*) filter (where h.imd_decile <= 5) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id where h.sex in ('F', 'M') group by 1",
                "select count(*) filter (where h.sex = 'F' and l.sex = 'F') from hospital.patients h join lab.people l using (patient_id)",
                "select h.sex, count(*), count(l.patient_id) from hospital.patients h left join lab.people l on l.patient_id = h.patient_id where h.sex in ('F', 'M') group by 1",
                "select h.sex, t.analyte, count(*) from hospital.patients h left join lab.tests t on t.patient_id = h.patient_id and t.result >= 60 where h.sex in ('F', 'M') group by 1, 2",
                "select h.sex, l.patient_id is null, count(*) from lab.people l right join hospital.patients h on h.patient_id = l.patient_id where h.sex in ('F', 'M') group by 1, 2",
                "select s.description, d.description, count(*) from hospital.patients h join hospital.sexes s on s.code = h.sex join lab.tests t on t.patient_id = h.patient_id join lab.analytes d on d.analyte = t.analyte where h.sex in ('F', 'M') group by 1, 2",
                "select h.sex, count(*) from hospital.patients h join (select patient_id from lab.tests where result >= 60 group by patient_id) x on x.patient_id = h.patient_id where h.sex in ('F', 'M') group by 1",
                "select h.sex, count(*) filter (where x.patient_id is null) from hospital.patients h left join (select patient_id from lab.tests where result >= 60 group by patient_id) x on x.patient_id = h.patient_id where h.sex in ('F', 'M') group by 1",
                "select h.sex, count(*), count(distinct l.patient_id) from hospital.patients h left join lab.people l on l.patient_id = h.patient_id where h.sex in ('F', 'M') and exists (select 1 from hospital.admissions a where a.patient_id = h.patient_id) group by 1",
                "select h.sex, exists (select 1 from hospital.admissions a where a.patient_id = h.patient_id), count(*) from hospital.patients h left join lab.people l on l.patient_id = h.patient_id where h.sex in ('F', 'M') group by 1, 2",
                "select a.n, count(*) from (select patient_id, count(*) as n from hospital.admissions group by patient_id) a join lab.people l on l.patient_id = a.patient_id where a.n <= 3 group by 1",
                "select date_trunc('year', a.admitted)::date, date_trunc('year', t.taken)::date, count(*) from hospital.admissions a join lab.tests t on t.patient_id = a.patient_id group by 1, 2",
                "with x as (select h.patient_id, h.sex, t.analyte from hospital.patients h join lab.tests t on t.patient_id = h.patient_id) select analyte, sex, count(*) from x where sex in ('F', 'M') group by 1, 2",
            })
    void theAnswerIsThatOfOneSourceAndWhatIsShownIsTheTruth(String sql) throws Exception {
        DemoRoad.Result answer = linked(bare, sql);
        assertThat(answer.problem()).as(sql).isNull();
        List<List<String>> rows = answer.rows().stream().map(PlainRows::plain).toList();
        List<List<String>> truth = PlainRows.truth(this.truth, sql);
        // A group of nobody is in no truth.
        List<List<String>> shown =
                rows.stream().filter(r -> !r.getLast().equals("null")).toList();
        assertThat(shown).as(sql).isNotEmpty();
        for (List<String> row : shown) {
            assertThat(truth).as("%s: %s", sql, row).anyMatch(t -> agree(row, t));
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(oneSource(bareOfOne, sql));
        assertThat(linked(demo, sql).rows().stream().map(PlainRows::plain).toList())
                .containsExactlyInAnyOrderElementsOf(oneSource(demoOfOne, sql));
    }

    /** Whether the answer is a true row, but for what is hidden. */
    private static boolean agree(List<String> row, List<String> truth) {
        return IntStream.range(0, row.size())
                .allMatch(i -> row.get(i).equals(truth.get(i)) || row.get(i).equals("null"));
    }

    private DemoRoad.Result linked(PolicySnapshot policy, String sql) {
        return run(Map.of("hospital", road.connector, Laboratory.ID, laboratory.connector), policy, sql);
    }

    /** What Weir answers where both are in one database. */
    private List<List<String>> oneSource(PolicySnapshot policy, String sql) {
        DemoRoad.Result answer = run(Map.of("hospital", one, Laboratory.ID, one), policy, sql);
        assertThat(answer.problem()).as(sql).isNull();
        return answer.rows().stream().map(PlainRows::plain).toList();
    }

    private DemoRoad.Result run(Map<String, SourceConnector> sources, PolicySnapshot policy, String sql) {
        return road.session(
                        "ada",
                        "diabetes",
                        new MemoryPublishedAnswers(),
                        new RecordingAuditLog(),
                        sources,
                        () -> policy,
                        10_000)
                .run(sql);
    }
}
