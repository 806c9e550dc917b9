package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins that repeat records as often as the asker likes: one person would outweigh all others, under any condition. */
class RepeatedRecordsIT {
    private static final String FROM =
            " from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id ";
    private static final String ONE = "(p.imd_decile = 1 and p.ethnicity = 'G' and p.sex = 'F')";

    private static DemoRoad.Result ask(String sql) {
        return DemoRoad.shared()
                .session("ada", "diabetes")
                .run(sql.replace("FROM_STAYS", FROM).replace("ONE", ONE));
    }

    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) FROM_STAYS left join hospital.prescriptions x on x.patient_id = a.patient_id and ONE and a.icd10 = 'N390'",
                "select sum(a.cost) FROM_STAYS left join hospital.prescriptions x on x.patient_id = a.patient_id and ONE where a.cost is not null",
                "select count(*) FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id join hospital.prescriptions y on y.patient_id = a.patient_id",
                "select count(*) FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id where x.cost > 100 or ONE and a.icd10 = 'N390'",
                "select count(*) filter (where x.cost > 100 or ONE and a.icd10 = 'N390') FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id",
                "select count(*) FROM_STAYS join generate_series(1, 1000) as g(n) on g.n = 1 or ONE and a.icd10 = 'N390'",
                "select count(*) FROM_STAYS join generate_series(1, 1000) as g(n) on g.n <= case when ONE and a.icd10 = 'N390' then 1000 else 1 end",
                "select count(*) FROM_STAYS join (select patient_id, sum(cost) filter (where icd10 = 'N390') as c from hospital.admissions group by patient_id) t on t.patient_id = a.patient_id join generate_series(1, 1000) as g(n) on g.n <= t.c",
                "select count(*) FROM_STAYS left join (values ('N390'), ('N390'), ('N390'), ('N390'), ('N390'), ('N390'), ('N390'), ('N390'), ('N390'), ('N390')) as v(c) on v.c = a.icd10",
                "select count(*) from (select patient_id from hospital.admissions union all select patient_id from hospital.admissions where icd10 = 'N390' union all select patient_id from hospital.admissions where icd10 = 'N390' union all select patient_id from hospital.admissions where icd10 = 'N390') u",
                "select sum(t.n) from (select a.patient_id, count(*) as n FROM_STAYS left join hospital.prescriptions x on x.patient_id = a.patient_id and ONE and a.icd10 = 'N390' group by a.patient_id) t",
                "select count(*) from hospital.patients p where exists (select 1 from hospital.prescriptions v, hospital.prescriptions w, hospital.prescriptions x, hospital.prescriptions y, hospital.prescriptions z where v.patient_id = p.patient_id and w.patient_id = p.patient_id and x.patient_id = p.patient_id and y.patient_id = p.patient_id and z.patient_id = p.patient_id and v.cost > z.cost)",
                "select count(*) from hospital.patients p join (select a.patient_id, row_number() over (partition by a.patient_id order by a.prescribed, a.prescription_id, b.prescription_id) as n from hospital.prescriptions a join hospital.prescriptions b on b.patient_id = a.patient_id) x on x.patient_id = p.patient_id where x.n = 1 or ONE",
                "select sum(t.v) from hospital.patients p join (select x.patient_id, count(*) filter (where x.n <= 5 or ONE) as v from (select a.patient_id, row_number() over (partition by a.patient_id order by a.prescribed, a.prescription_id, b.prescription_id) as n from hospital.prescriptions a join hospital.prescriptions b on b.patient_id = a.patient_id) x join hospital.patients p on p.patient_id = x.patient_id group by x.patient_id) t on t.patient_id = p.patient_id",
                "select sum(cost * cost * cost) from hospital.admissions where cost is not null",
            })
    void whatIsRepeatedAtWillIsNotCounted(String sql) {
        Problem problem = ask(sql).problem();
        assertThat(problem).as(sql).isNotNull();
        assertThat(problem.code()).as(sql).isIn(ProblemCode.AGGREGATE_USE, ProblemCode.JOIN, ProblemCode.SHAPE);
        assertThat(problem.hint()).as(sql).isNotBlank();
    }

    /** A source ends with an error where a number has no room: of one person, before any threshold. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select d.v, count(*) from (%s) d group by 1",
                "select count(*) from hospital.patients p where p.patient_id in (select d.patient_id from (%s) d where d.v is not null)",
                "select count(*) filter (where p.patient_id in (select d.patient_id from (%s) d where d.v is not null)), count(*) from hospital.patients p"
            })
    void numbersOfVeryManyDigitsAreNotCalculated(String sql) {
        String squares = "select patient_id, cost as v from hospital.admissions";
        for (int i = 0; i < 12; i++) {
            squares = "select distinct patient_id, v * v as v from (" + squares + ") d" + i;
        }
        Problem problem = ask(sql.formatted(squares)).problem();
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(ProblemCode.OUT_OF_RANGE);
        assertThat(problem.hint()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id and x.prescribed >= a.admitted",
                "select count(distinct a.patient_id), count(distinct a.admission_id) FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id join hospital.prescriptions y on y.patient_id = a.patient_id where x.cost > 100 or y.cost > 100",
                "select date_trunc('month', g.d), count(*) from hospital.admissions a join generate_series(timestamp '2024-01-01', timestamp '2024-12-01', interval '1 month') as g(d) on g.d between a.admitted and a.discharged group by 1",
                "select count(*) from (select patient_id from hospital.admissions union all select patient_id from hospital.prescriptions) u",
            })
    void whatIsJoinedByPlainComparisonsIs(String sql) {
        assertThat(ask(sql).problem()).as(sql).isNull();
    }
}
