package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres.TestDatabase;
import io.weir.policy.PolicySnapshot;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With nothing rounded and only single people hidden, people linked in two sources are counted as by one PostgreSQL that has both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkedTruthIT {
    private DemoRoad road;
    private Laboratory laboratory;
    private TestDatabase both;
    private PolicySnapshot policy;

    @BeforeAll
    void open() throws Exception {
        road = DemoRoad.shared();
        laboratory = new Laboratory(road.database);
        policy = road.policy("linked-bare", directory -> {
            PolicyEdits.ofRules(PolicyEdits::bare).of(directory);
            laboratory.declare(directory);
            Laboratory.link(directory);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.patients h join lab.people l on l.patient_id = h.patient_id",
                "select count(distinct h.patient_id) from hospital.patients h join lab.tests l on l.patient_id = h.patient_id",
                "select count(distinct l.patient_id), count(*) from hospital.admissions h, lab.tests l where l.patient_id = h.patient_id",
                "select h.sex, count(*) from hospital.patients h join lab.people l using (patient_id) group by h.sex",
                "select l.sex, h.ethnicity, count(*) from hospital.patients h join lab.people l using (patient_id) group by 1, 2",
                "select t.analyte, h.sex, count(*), count(distinct h.patient_id) from lab.tests t join hospital.patients h on h.patient_id = t.patient_id where t.result >= 60 and h.imd_decile <= 5 group by 1, 2",
                "select h.sex, count(*), avg(t.result), sum(t.result) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id group by 1",
                "select t.analyte, sum(a.cost), avg(a.cost), count(a.cost), avg(t.result) from hospital.admissions a join lab.tests t on t.patient_id = a.patient_id where a.cost is not null group by 1",
                "select p.sex, q.sex, count(*), count(distinct a.admission_id) from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id join lab.people q on q.patient_id = p.patient_id join lab.tests t on t.patient_id = q.patient_id where t.analyte in ('TSH', 'CHOL') group by 1, 2",
                "select h.sex, t.analyte, count(*), sum(t.result) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id where h.sex in ('F', 'M') group by rollup (h.sex, t.analyte)",
                "select grouping(h.sex, t.analyte), h.sex, t.analyte, count(distinct h.patient_id) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id where h.sex in ('F', 'M') group by cube (h.sex, t.analyte)",
                "select h.sex, count(*) filter (where t.result >= 60), count(*) filter (where h.imd_decile <= 5) from hospital.patients h join lab.tests t on t.patient_id = h.patient_id where h.sex in ('F', 'M') group by 1",
                "select h.sex, count(*), count(l.patient_id) from hospital.patients h left join lab.people l on l.patient_id = h.patient_id where h.sex in ('F', 'M') group by 1",
                "select h.sex, t.analyte, count(*), sum(t.result), count(distinct h.patient_id) from hospital.patients h left join lab.tests t on t.patient_id = h.patient_id and t.result >= 60 where h.sex in ('F', 'M') group by 1, 2",
                "select h.sex, l.patient_id is null, count(*) from lab.people l right join hospital.patients h on h.patient_id = l.patient_id where h.sex in ('F', 'M') group by 1, 2",
                "select s.description, d.description, count(*) from hospital.patients h join hospital.sexes s on s.code = h.sex join lab.tests t on t.patient_id = h.patient_id join lab.analytes d on d.analyte = t.analyte where h.sex in ('F', 'M') group by 1, 2",
                "select a.n, count(*) from (select patient_id, count(*) as n from hospital.admissions group by patient_id) a join lab.people l on l.patient_id = a.patient_id where a.n <= 3 group by 1",
                "select date_trunc('year', a.admitted)::date, date_trunc('year', t.taken at time zone 'UTC')::date, count(*) from hospital.admissions a join lab.tests t on t.patient_id = a.patient_id group by 1, 2",
                "with both as (select h.patient_id, h.sex, t.analyte from hospital.patients h join lab.tests t on t.patient_id = h.patient_id) select analyte, sex, count(*) from both where sex in ('F', 'M') group by 1, 2",
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
        assertThat(answer.rows().stream().map(LinkedTruthIT::plain).toList())
                .containsExactlyInAnyOrderElementsOf(truth(sql));
    }

    private List<List<String>> truth(String sql) throws Exception {
        try (Connection connection = both.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            ResultSet found = statement.executeQuery(sql);
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getObject(i));
                }
                rows.add(plain(row));
            }
            return rows;
        }
    }

    private static List<String> plain(List<@Nullable Object> row) {
        return row.stream().map(LinkedTruthIT::plain).toList();
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case java.sql.Date date -> date.toLocalDate().toString();
            case LocalDate date -> date.toString();
            case LocalDateTime moment -> moment.toString();
            case OffsetDateTime moment -> moment.toInstant().toString();
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case null, default -> String.valueOf(value);
        };
    }
}
