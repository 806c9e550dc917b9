package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins that repeat records as often as the asker likes: one person would outweigh all others, under any condition. */
class RepeatedRecordsIT {
    private static final String FROM =
            " from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id ";
    private static final String ONE = "(p.imd_decile = 1 and p.ethnicity = 'G' and p.sex = 'F')";

    /** One record of everybody, and all of one person's. */
    private static final String CHOSEN =
            "(select distinct x.patient_id, x.rn, x.cost from (select patient_id, cost, row_number() over (partition by patient_id order by prescribed, prescription_id) as rn from hospital.prescriptions) x join hospital.patients p on p.patient_id = x.patient_id where x.rn = 1 or ONE)";

    private static DemoRoad.Result ask(String sql) {
        return DemoRoad.shared()
                .session("ada", "diabetes")
                .run(sql.replace("FROM_STAYS", FROM).replace("CHOSEN", CHOSEN).replace("ONE", ONE));
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
                "select count(*) from CHOSEN d join CHOSEN e on e.patient_id = d.patient_id",
                "select percentile_cont(0.5) within group (order by d.cost) from CHOSEN d join CHOSEN e on e.patient_id = d.patient_id where d.cost is not null",
                "select count(*) from (select distinct patient_id, case when icd10 = 'N390' then cost end as k from hospital.admissions) d join hospital.prescriptions e on e.patient_id = d.patient_id",
                "select count(*) from (select patient_id, case when icd10 = 'N390' then admitted end as k, count(*) as n from hospital.admissions group by 1, 2) d join hospital.prescriptions e on e.patient_id = d.patient_id",
                "select count(*) from hospital.admissions a join hospital.icd10 i on i.code = a.icd10 join hospital.patients p on p.patient_id = a.patient_id join hospital.prescriptions x on x.patient_id = a.patient_id where i.code like 'N%' or ONE",
                "select sum(w.v) from (select a.patient_id, count(*) as v from hospital.prescriptions a join hospital.prescriptions b on b.patient_id = a.patient_id group by a.patient_id) w",
                "select sum(w.v) from (select a.patient_id, sum(n.v) as v from hospital.prescriptions a join (select patient_id, count(*) as v from hospital.prescriptions group by patient_id) n on n.patient_id = a.patient_id group by a.patient_id) w",
                "select count(*) from hospital.prescriptions a join hospital.prescriptions b on b.patient_id = a.patient_id where exists (select 1 from hospital.admissions z where z.patient_id = a.patient_id and (a.prescribed = b.prescribed or z.icd10 = 'N390'))",
                "select count(*) from (select distinct a.patient_id, case when ONE then a.prescribed end as k, case when ONE then b.prescribed end as l from hospital.prescriptions a join hospital.prescriptions b on b.patient_id = a.patient_id join hospital.patients p on p.patient_id = a.patient_id) d",
                "select sum(x.n) from (select x.patient_id, x.rn, count(*) over (partition by x.patient_id) as n from (select patient_id, row_number() over (partition by patient_id order by prescribed, prescription_id) as rn from hospital.prescriptions) x) x join hospital.patients p on p.patient_id = x.patient_id where x.rn = 1 or ONE",
                "select sum(x.n * x.n) from (select patient_id, count(*) over (partition by patient_id) as n from hospital.prescriptions) x",
                "select variance(w.v) from (select patient_id, sum(cost * cost) as v from hospital.admissions group by patient_id) w where w.v is not null",
                "select count(*) from hospital.patients p left join hospital.prescriptions x on x.patient_id = p.patient_id and ONE",
                "select x.prescribed, x.cost, y.prescribed, y.cost, count(distinct p.patient_id) from hospital.patients p left join hospital.prescriptions x on x.patient_id = p.patient_id and x.cost > 100 left join hospital.prescriptions y on y.patient_id = p.patient_id and y.cost > 100 group by cube (1, 2, 3, 4)",
                "select a.icd10, x.prescribed, y.prescribed, count(distinct a.patient_id) FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id join hospital.prescriptions y on y.patient_id = a.patient_id group by 1, 2, 3",
                "select count(*) from hospital.patients p where not exists (select 1 from hospital.prescriptions v join hospital.prescriptions w on w.patient_id = v.patient_id where v.patient_id = p.patient_id and exists (select 1 from hospital.prescriptions x join hospital.prescriptions y on y.patient_id = x.patient_id where x.patient_id = v.patient_id and (x.cost >= v.cost or y.cost >= w.cost) and exists (select 1 from hospital.prescriptions z where z.patient_id = x.patient_id and z.cost > y.cost)))",
                "select count(*) from hospital.patients p where case when ONE then exists (select 1 from hospital.geography b, hospital.geography c where b.population < c.population) else true end",
                "select count(*) from hospital.patients p where case when ONE then exists (select 1 from hospital.geography b where exists (select 1 from hospital.geography c where c.population > b.population and c.region = b.region)) else true end",
                "select count(*) from hospital.patients p where ONE and exists (select 1 from (select distinct b.region, c.lsoa from hospital.geography b join hospital.geography c on c.population > b.population) x join hospital.icd10 i on i.code > x.lsoa)",
                "select count(distinct p.patient_id) from hospital.patients p join hospital.geography b on case when ONE then true else b.lsoa = 'x' end join hospital.geography c on case when ONE then true else c.lsoa = b.lsoa end",
                "select count(*) from hospital.patients p where case when ONE then exists (select 1 from hospital.geography b join hospital.geography c on b.population < c.population left join hospital.icd10 e on e.code = b.lsoa and b.lsoa = 'x' and c.lsoa = 'x') else true end",
                "select count(*) from hospital.patients p where case when ONE then exists (select 1 from generate_series(1, 10000) as a(n), generate_series(1, 10000) as b(n) where a.n > b.n + 1000000) else true end",
            })
    void whatIsRepeatedAtWillIsNotCounted(String sql) {
        Problem problem = ask(sql).problem();
        assertThat(problem).as(sql).isNotNull();
        assertThat(problem.code()).as(sql).isIn(ProblemCode.AGGREGATE_USE, ProblemCode.JOIN, ProblemCode.SHAPE);
        assertThat(problem.hint()).as(sql).isNotBlank();
    }

    /** What can fail for a value may not be calculated of reference data either: whose rows it is joined to would decide whether it does. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) filter (where case when ONE and a.icd10 = 'N390' then i.description::int end is null) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where i.d is null) FROM_STAYS join (select code, description::date as d from hospital.icd10) i on i.code = a.icd10",
                "select count(*) FROM_STAYS where exists (select 1 from hospital.icd10 i where i.code = a.icd10 and i.description::numeric > 1)",
                "select count(*) filter (where (case when exists (select 1 from hospital.admissions b where b.patient_id = a.patient_id and b.icd10 = 'N390') then 'x' else '1' end)::int = 1) FROM_STAYS",
                "select (case when exists (select 1 from hospital.admissions b where b.patient_id = a.patient_id and b.icd10 = 'N390') then 40000 else 1 end)::int2, count(*) FROM_STAYS group by 1",
                "select count(*) filter (where case when a.icd10 = 'N390' then p.imd_decile::float8 * 1e300 * 1e300 end is null) FROM_STAYS",
                "select count(*) filter (where case when ONE then i.description like '%\\' end is null) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where repeat(repeat(i.description, 1000), 1000) is null) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where case when ONE then i.description like left(i.description, 1) || '\\' end is null) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where case when ONE then i.description not like (case when p.sex = 'F' then '%\\' else 'x' end) end is null) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where case when ONE then i.description ilike coalesce(nullif(i.description, i.description), '%\\') end is null) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where case when ONE then i.description like '%a%e%i%o%u%y%zz' end is null) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where left(i.description, length(i.description) - 1) = 'x') FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select count(*) filter (where round(a.cost, length(i.description) * 100) = 1) FROM_STAYS join hospital.icd10 i on i.code = a.icd10",
                "select case when ONE and a.icd10 = 'N390' then exp(p.imd_decile + 600) * exp(p.imd_decile + 600) end, count(*) FROM_STAYS group by 1",
            })
    void whatCanFailIsNotCalculatedInRowsOfPeople(String sql) {
        Problem problem = ask(sql).problem();
        assertThat(problem).as(sql).isNotNull();
        assertThat(problem.code())
                .as(sql)
                .isIn(
                        ProblemCode.FUNCTION_USE,
                        ProblemCode.STATEMENT_TOO_COMPLEX,
                        ProblemCode.OUT_OF_RANGE,
                        ProblemCode.INVALID_VALUE);
        assertThat(problem.hint()).as(sql).isNotBlank();
    }

    /** A few lines whose text would be too long for any memory. */
    @Test
    void subQueriesAreNotWrittenOutWithoutEnd() {
        String rows = "select distinct patient_id, cost as v from hospital.admissions";
        for (int i = 0; i < 20; i++) {
            rows = "select distinct patient_id, v + v as v from (" + rows + ") d" + i;
        }
        Problem problem =
                ask("select count(distinct d.v) from (" + rows + ") d").problem();
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(ProblemCode.STATEMENT_TOO_COMPLEX);
        assertThat(problem.hint()).isNotBlank();
    }

    /** They are no bound of anything, as their literals are not. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void parametersAreNumbers(double value) {
        for (String sql : List.of(
                "select count(*) from hospital.patients where imd_decile = $1::float8",
                "select avg(cost * $1::float8) from hospital.admissions where cost is not null")) {
            Problem problem =
                    DemoRoad.shared().session("ada", "diabetes").run(sql, value).problem();
            assertThat(problem).as(sql).isNotNull();
            assertThat(problem.code()).as(sql).isEqualTo(ProblemCode.INVALID_VALUE);
        }
    }

    /** A text that is put together of itself takes memory and time where somebody has a row. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void textsAreNotPutTogetherWithoutEnd(int levels) {
        String row = "select code, description || '" + "x".repeat(1000) + "' as t from hospital.icd10";
        for (int i = 0; i < levels; i++) {
            row = "select code, " + String.join(" || ", Collections.nCopies(100, "t")) + " as t from (" + row + ") d"
                    + i;
        }
        Problem problem = ask("select count(*) filter (where i.t is null) FROM_STAYS join (" + row
                        + ") i on i.code = a.icd10")
                .problem();
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isIn(ProblemCode.OUT_OF_RANGE, ProblemCode.STATEMENT_TOO_COMPLEX);
        assertThat(problem.hint()).isNotBlank();
    }

    /** A binary number has room for 308 digits. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select (%s)::float8, count(*) FROM_STAYS group by 1",
                "select count(distinct (%s)::float8) FROM_STAYS",
                "select count(*) from (select distinct a.patient_id, (%s)::float8 as k FROM_STAYS) d where d.k > 1"
            })
    void binaryNumbersHaveRoom(String sql) {
        String days = "(a.admitted - p.date_of_birth)";
        Problem problem = ask(sql.formatted(String.join(" * ", Collections.nCopies(20, days))))
                .problem();
        assertThat(problem).isNotNull();
        assertThat(problem.code()).isEqualTo(ProblemCode.OUT_OF_RANGE);
        assertThat(problem.hint()).isNotBlank();
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
        assertThat(problem.code()).isIn(ProblemCode.OUT_OF_RANGE, ProblemCode.STATEMENT_TOO_COMPLEX);
        assertThat(problem.hint()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id and x.prescribed >= a.admitted",
                "select count(distinct a.patient_id), count(distinct a.admission_id) FROM_STAYS join hospital.prescriptions x on x.patient_id = a.patient_id join hospital.prescriptions y on y.patient_id = a.patient_id where x.cost > 100 or y.cost > 100",
                "select date_trunc('month', g.d), count(*) from hospital.admissions a join generate_series(timestamp '2024-01-01', timestamp '2024-12-01', interval '1 month') as g(d) on g.d between a.admitted and a.discharged group by 1",
                "select count(*) from (select patient_id from hospital.admissions union all select patient_id from hospital.prescriptions) u",
                "select avg(t.n), stddev(t.n) from (select patient_id, count(*) as n from hospital.admissions group by patient_id) t",
                "select avg(b.admitted - a.discharged) from hospital.admissions a join hospital.admissions b on b.patient_id = a.patient_id and b.admitted > a.discharged",
                "select count(*) from hospital.admissions a join hospital.admissions b on b.patient_id = a.patient_id and b.admitted > a.discharged where exists (select 1 from hospital.prescriptions x where x.patient_id = a.patient_id and x.cost > 100)",
                "select avg(t.n) from hospital.admissions a join (select patient_id, count(*) as n from hospital.prescriptions group by patient_id) t on t.patient_id = a.patient_id",
                "select count(*), count(distinct p.patient_id) from hospital.patients p join (select patient_id, count(*) as n from hospital.admissions group by patient_id) t on t.patient_id = p.patient_id where t.n > 2",
                "select count(*) from hospital.patients p where exists (select 1 from hospital.geography b where b.population > 100000000)",
                "select count(*) FROM_STAYS where a.icd10 in (select code from hospital.icd10 where description like '%infection%') and p.practice_code in (select r.practice_code from hospital.practices r where r.region <> 'x')",
                "select replace(i.description, ' ', '_'), count(*) FROM_STAYS join hospital.icd10 i on i.code = a.icd10 group by 1",
                "select i.description || ' (' || i.code || ')', count(*) FROM_STAYS join hospital.icd10 i on i.code = a.icd10 group by 1",
                "select count(*) FROM_STAYS join (select code from hospital.icd10) i on i.code = a.icd10 join (select practice_code from hospital.practices where region <> 'x') r on r.practice_code = p.practice_code join generate_series(1, 12) as g(m) on g.m = extract(month from a.admitted)",
            })
    void whatIsJoinedByPlainComparisonsIs(String sql) {
        assertThat(ask(sql).problem()).as(sql).isNull();
    }
}
