package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres.TestDatabase;
import io.weir.policy.PolicySnapshot;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With nothing rounded and only single people hidden, two sources answer what one PostgreSQL answers that has both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoSourcesTruthIT {
    private DemoRoad road;
    private Laboratory laboratory;
    private TestDatabase both;
    private PolicySnapshot policy;

    @BeforeAll
    void open() throws Exception {
        road = DemoRoad.shared();
        laboratory = new Laboratory(road.database);
        policy = road.policy("two-sources-bare", directory -> {
            PolicyEdits.ofRules(PolicyEdits::bare).of(directory);
            laboratory.declare(directory);
        });
        both = DemoRoad.hospital();
        Laboratory.fill(both, both, "patient_id % 5 <> 0");
        both.run(
                "delete from hospital.admissions where opted_out",
                "delete from hospital.prescriptions where opted_out",
                "delete from hospital.patients where opted_out",
                "delete from lab.tests where patient_id in (select patient_id from lab.people where opted_out)",
                "delete from lab.people where opted_out");
    }

    private static final String STAYS =
            "(select date_trunc('month', admitted)::date as y, count(*) as n from hospital.admissions where admitted >= date '2023-01-01' and admitted < date '2026-01-01' group by 1)";
    private static final String TESTS =
            "(select date_trunc('month', taken)::date as y, count(*) as n, count(distinct patient_id) as p, avg(result) as mean from lab.tests"
                    + " where taken >= timestamptz '2023-01-01 00:00+00' and taken < timestamptz '2026-01-01 00:00+00' group by 1)";
    private static final String ETHNICITIES =
            "(select ethnicity as k, count(*) as n from hospital.patients group by ethnicity)";
    private static final String ANALYTES = "(select analyte as k, count(*) as n from lab.tests group by analyte)";
    private static final String SEXES =
            "(select sex as k, count(*) as n from hospital.patients where sex in ('F', 'M') group by sex)";
    private static final String SAMPLED =
            "(select sex as k, count(*) as n from lab.people where sex in ('F', 'M') group by sex)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select h.k, h.n, l.n, h.n - l.n, round(100.0 * l.n / h.n, 1) from " + SEXES + " h join " + SAMPLED
                        + " l on l.k = h.k",
                "select * from " + SEXES + " h cross join " + ANALYTES + " a order by h.k desc, a.k",
                "select k, n from " + SEXES + " h union all select k, n from " + SAMPLED + " l",
                "select k from " + SEXES + " h union select k from " + SAMPLED + " l union select k from " + ANALYTES
                        + " a",
                "select k from " + SEXES + " h intersect select k from " + SAMPLED + " l",
                "select k from " + SAMPLED + " l except select k from " + ANALYTES + " a",
                "select x.k, x.n, sum(x.n) over (order by x.k) from (select k, n from " + SEXES
                        + " h union all select k, n from " + ANALYTES + " a) x",
                "select max(x.n), min(x.k), count(*) from (select k, n from " + SEXES + " h union all select k, n from "
                        + ANALYTES + " a) x",
                "select k, n from " + ANALYTES
                        + " a where n > (select count(*) / 10 from hospital.patients) order by n, k",
                "select a.k, d.description, a.n from " + ANALYTES
                        + " a join lab.analytes d on d.analyte = a.k join hospital.sexes s on s.code = left(d.description, 1)",
                "select s.code, s.description, w.word, h.n from hospital.sexes s join lab.sexes w on w.code = s.code left join "
                        + SEXES + " h on h.k = w.code",
                "select s.description || ' / ' || w.word from hospital.sexes s full join lab.sexes w on upper(w.word) = upper(s.description)",
                "select s.code from hospital.sexes s join lab.analytes a on a.analyte > s.code and length(a.description) > 5",
                "select e.k, a.k from " + ETHNICITIES + " e left join " + ANALYTES
                        + " a on a.k = e.k where e.k is null or e.k < 'C'",
                "select y.y, y.n, t.n from " + STAYS + " y join " + TESTS
                        + " t on t.y = y.y where y.y in (date '2024-03-01', date '2024-04-01')",
                "select coalesce(h.k, l.k), coalesce(h.n, 0) + coalesce(l.n, 0) from " + SEXES + " h full join "
                        + ANALYTES + " l on l.k = h.k",
                "select (select count(*) from hospital.admissions), (select count(*) from lab.tests), (select avg(result) from lab.tests) > 50",
                "select rank() over (order by x.n desc), x.k from (select k, n from " + SEXES
                        + " h union all select k, n from " + SAMPLED + " l) x",
                "select grouping(p.sex), p.sex, count(*), (select count(*) from lab.people) from hospital.patients p where p.sex in ('F', 'M') group by rollup (p.sex)",
            })
    void theAnswerIsTheTruth(String sql) throws Exception {
        DemoRoad.Result answer = road.session(
                        "ada",
                        "diabetes",
                        new MemoryPublishedAnswers(),
                        new RecordingAuditLog(),
                        Map.of("hospital", road.connector, Laboratory.ID, laboratory.connector),
                        () -> policy,
                        10_000)
                .run(sql);
        assertThat(answer.problem()).as(sql).isNull();
        assertThat(answer.rows().stream().map(PlainRows::plain).toList())
                .containsExactlyInAnyOrderElementsOf(PlainRows.truth(both, sql));
    }
}
