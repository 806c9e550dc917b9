package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.DatasetName;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.RowFilter.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A project whose agreement grants some rows of a dataset: the others are not there, however they are asked for. */
class RowScopeIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final DatasetName PATIENTS = new DatasetName("hospital", "patients");
    private static final DatasetName ADMISSIONS = new DatasetName("hospital", "admissions");

    private static DemoRoad.Session scoped(String person, String project, DatasetName dataset, Condition condition) {
        PolicySnapshot policy = RowScopes.of(ROAD.policy, dataset, condition);
        return ROAD.session(
                person, project, new MemoryPublishedAnswers(), new RecordingAuditLog(), ROAD.connector, () -> policy);
    }

    private static @Nullable Object only(DemoRoad.Session session, String sql) {
        DemoRoad.Result result = session.run(sql);
        assertThat(result.problem()).as(sql).isNull();
        assertThat(result.rows()).as(sql).hasSize(1);
        return result.rows().getFirst().getFirst();
    }

    @Tag("S25")
    @Test
    void anAggregateCountsOnlyTheRowsOfItsScope() {
        Condition women = new Condition.In("sex", List.of("F"));
        Object everybody = only(ROAD.session("ada", "diabetes"), "select count(*) from hospital.patients");
        Object truth = only(ROAD.session("ada", "diabetes"), "select count(*) from hospital.patients where sex = 'F'");
        assertThat(truth).isNotNull().isNotEqualTo(everybody);
        assertThat(only(scoped("ada", "diabetes", PATIENTS, women), "select count(*) from hospital.patients"))
                .isEqualTo(truth);
    }

    @Tag("S25")
    @Test
    void whatIsOutsideCannotBeAskedForOrJoined() {
        Condition women = new Condition.In("sex", List.of("F"));
        assertThat(only(
                        scoped("ada", "diabetes", PATIENTS, women),
                        "select count(*) from hospital.patients where sex = 'M'"))
                .as("nobody, which is hidden like a few")
                .isNull();
        assertThat(only(
                        scoped("ada", "diabetes", PATIENTS, women),
                        "select count(*) from hospital.admissions a join hospital.patients p"
                                + " on p.patient_id = a.patient_id where p.sex = 'M'"))
                .isNull();
    }

    @Test
    void aRangeOfDaysEndsWhereItSays() {
        Condition year = new Condition.Range("admitted", "2024-01-01", "2025-01-01");
        Object truth = only(
                ROAD.session("ada", "diabetes"),
                "select count(*) from hospital.admissions"
                        + " where admitted >= date '2024-01-01' and admitted < date '2025-01-01'");
        assertThat(truth).isNotNull();
        assertThat(only(scoped("ada", "diabetes", ADMISSIONS, year), "select count(*) from hospital.admissions"))
                .isEqualTo(truth);
    }

    @Test
    void rowsAreThoseOfTheScope() {
        Condition emergencies = new Condition.In("method", List.of("21"));
        DemoRoad.Result rows =
                scoped("ben", "flow", ADMISSIONS, emergencies).run("select method from hospital.admissions limit 300");
        assertThat(rows.problem()).isNull();
        assertThat(rows.rows())
                .hasSize(300)
                .allSatisfy(row -> assertThat(row.getFirst()).isEqualTo("21"));
        assertThat(scoped("ben", "flow", ADMISSIONS, emergencies)
                        .run("select method from hospital.admissions where method = '11' limit 300")
                        .rows())
                .isEmpty();
    }
}
