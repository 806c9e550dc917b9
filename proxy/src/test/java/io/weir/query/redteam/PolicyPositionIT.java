package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.DatasetName;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.RowFilter.Condition;
import io.weir.query.RowScopes;
import io.weir.query.redteam.Worlds.Policy;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where people are left out: at every scan. Each statement is asked of Weir and, as it is, of PostgreSQL over views that hold only the people who have not
 * opted out, or only the rows that the agreement grants; with nothing rounded and only single people hidden, what is shown is the same.
 */
class PolicyPositionIT {
    private static final Worlds WORLDS = Worlds.shared();
    private static final PolicySnapshot SCOPED = RowScopes.of(
            RowScopes.of(
                    WORLDS.policy(Policy.BARE),
                    new DatasetName("hospital", "patients"),
                    new Condition.In("ethnicity", List.of("A", "B", "C"))),
            new DatasetName("hospital", "admissions"),
            new Condition.Range("admitted", "2023-01-01", "2024-07-01"));

    @BeforeAll
    static void leaveOut() throws SQLException {
        WORLDS.first()
                .database()
                .run(
                        "drop schema if exists filtered cascade",
                        "create schema filtered",
                        "create view filtered.patients as select * from hospital.patients where not opted_out",
                        "create view filtered.admissions as select a.* from hospital.admissions a where not a.opted_out"
                                + " and exists (select 1 from hospital.patients p where p.patient_id = a.patient_id and not p.opted_out)",
                        "create view filtered.sexes as select * from hospital.sexes",
                        "drop schema if exists scoped cascade",
                        "create schema scoped",
                        "create view scoped.patients as select * from filtered.patients where ethnicity in ('A', 'B', 'C')",
                        "create view scoped.admissions as select * from filtered.admissions"
                                + " where admitted >= date '2023-01-01' and admitted < date '2024-07-01'",
                        "create view scoped.sexes as select * from hospital.sexes");
    }

    static List<String> forms() {
        return List.of(
                "select count(*) from hospital.patients",
                "select sum(n) from (select count(*) n from hospital.patients where sex = 'F' union all select count(*) from hospital.patients where sex = 'M') x",
                "with p as (select * from hospital.patients) select count(*) from p",
                "with p as (select patient_id, sex from hospital.patients), q as (select * from p where sex = 'F') select count(*) from q",
                "select count(*) from (select * from (select * from hospital.patients) a) b",
                "select count(*) from hospital.patients p where exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id)",
                "select count(*) from hospital.patients p where not exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id)",
                "select count(*) from hospital.patients p where p.patient_id in (select patient_id from hospital.admissions)",
                "select count(*) from hospital.patients p where p.patient_id not in (select patient_id from hospital.admissions)",
                "select count(*) from hospital.admissions a join hospital.admissions b on b.patient_id = a.patient_id",
                "select count(*), count(a.admission_id) from hospital.patients p left join hospital.admissions a on a.patient_id = p.patient_id and a.method = '21'",
                "select count(*) from hospital.admissions a join hospital.patients p using (patient_id)",
                "select count(*) from hospital.patients as t (a, b, c) where a is not null",
                "select count(*) from hospital.patients patients where patients.sex = 'F'",
                "select admissions.sex, count(*) from hospital.patients admissions where admissions.sex in ('F', 'M') group by admissions.sex order by 1",
                "select n, count(*) from (select patient_id, count(*) n from hospital.admissions group by patient_id) x group by n having count(*) > 1 order by n",
                "select count(*) from (select patient_id, row_number() over (partition by patient_id order by admitted) r from hospital.admissions) x where r = 1",
                "select s.code, (select count(*) from hospital.patients p where p.sex = 'F') from hospital.sexes s order by 1",
                "select count(*) from (values ('F'), ('M')) v (k) join hospital.patients p on p.sex = v.k",
                "select sex, count(*) from hospital.patients where sex in ('F', 'M') group by rollup (sex) having count(*) > 1 order by 1",
                "select count(*) from (table hospital.patients) x",
                "with p as (table hospital.patients) select count(*) from p",
                "with a as (select * from hospital.patients), b as (select * from a), c as (select * from b where sex = 'F') select count(*) from c",
                "select count(*) from hospital.patients p cross join lateral (select count(*) n from hospital.admissions a where a.patient_id = p.patient_id) x where x.n > 1",
                "select count(*) from (select patient_id from hospital.patients except select patient_id from hospital.admissions) x",
                "select count(*) from (select patient_id from hospital.patients union select patient_id from hospital.admissions) x",
                "select count(*) from (select distinct on (patient_id) patient_id from hospital.admissions order by patient_id, admitted, admission_id) x",
                "select count(*) filter (where exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id)) from hospital.patients p",
                "select count(*) from hospital.patients p, lateral (select a.cost from hospital.admissions a where a.patient_id = p.patient_id) x");
    }

    @Tag("S25")
    @ParameterizedTest
    @MethodSource("forms")
    void everyScanLeavesThemOut(String sql) throws SQLException {
        Transcript answer = WORLDS.asked(Policy.BARE, sql);
        assertThat(answer.problem()).isNull();
        List<List<String>> shown = answer.values();
        assertThat(shown).isEqualTo(WORLDS.first().truth(sql.replace("hospital.", "filtered.")));
        assertThat(shown).isNotEqualTo(WORLDS.first().truth(sql));
    }

    /** A project that is granted some rows of both tables has no others, in whatever form it asks. */
    @Tag("S25")
    @ParameterizedTest
    @MethodSource("forms")
    void everyScanEndsAtTheRowsThatAreGranted(String sql) throws SQLException {
        Transcript answer = WORLDS.asked(SCOPED, sql);
        assertThat(answer.problem()).isNull();
        List<List<String>> shown = answer.values();
        assertThat(shown).isEqualTo(WORLDS.first().truth(sql.replace("hospital.", "scoped.")));
        assertThat(shown).isNotEqualTo(WORLDS.first().truth(sql.replace("hospital.", "filtered.")));
    }

    /** The columns that two tables share are those that are granted: the flag of who opted out is not among them. */
    @Tag("S25")
    @Test
    void aNaturalJoinIsOneOfWhatIsGranted() throws SQLException {
        assertThat(WORLDS.asked(Policy.BARE, "select count(*) from hospital.patients natural join hospital.admissions")
                        .values())
                .isEqualTo(WORLDS.first()
                        .truth("select count(*) from filtered.patients join filtered.admissions using (patient_id)"));
    }

    /** What is refused leaves nobody in. */
    @Tag("S25")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "JOIN: select count(*) from hospital.patients p full join hospital.admissions a on a.patient_id = p.patient_id",
                "JOIN: select count(*) from hospital.patients x natural left join hospital.sexes",
                "UNSUPPORTED: with recursive r as (select patient_id from hospital.patients union select patient_id from hospital.admissions) select count(*) from r",
                "UNSUPPORTED: select count(*) from only hospital.patients",
                "ROWS_NOT_GRANTED: table hospital.patients"
            })
    void someFormsAreRefused(String expected) {
        String sql = expected.substring(expected.indexOf(": ") + 2);
        assertThat(WORLDS.asked(Policy.BARE, sql).outcome() + ": " + sql).isEqualTo(expected);
    }
}
