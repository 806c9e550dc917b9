package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.PolicySnapshot;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Smallest and largest values where the profile has them hidden, and means beside counts where nobody can lack a value. */
class ExtremesIT {
    private static PolicySnapshot hidden;

    @BeforeAll
    static void policy() throws IOException {
        hidden = DemoRoad.shared()
                .policy(
                        "extremes",
                        PolicyEdits.ofRules(
                                text -> text.replace("history: true\n", "history: true\nextremes: hidden\n")));
    }

    private static DemoRoad.Session analyst() {
        DemoRoad demo = DemoRoad.shared();
        return demo.session(
                "ada", "diabetes", new MemoryPublishedAnswers(), new RecordingAuditLog(), demo.connector, () -> hidden);
    }

    private static List<List<@Nullable Object>> flagged(String sql) {
        DemoRoad.Result result = analyst().flagged(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    @Test
    void theyAreHiddenInEveryGroupBesideWhatIsShown() {
        List<List<@Nullable Object>> rows = flagged(
                "select sex, count(*), min(imd_decile), max(imd_decile) from hospital.patients group by sex order by 2 desc");
        assertThat(rows).anyMatch(row -> row.get(1) != null).allSatisfy(row -> {
            assertThat(row.get(2)).isNull();
            assertThat(row.get(3)).isNull();
            assertThat(row.subList(6, 8)).containsExactly("hidden", "hidden");
        });
    }

    @Test
    void nothingCanBeMadeOfThem() {
        List<List<@Nullable Object>> row = flagged(
                "select coalesce(max(cost), 0), max(cost) > 5, case when max(cost) > 5 then 1 else 2 end, max(cost) is null from hospital.admissions");
        assertThat(row.getFirst().subList(0, 4)).containsOnlyNulls();
        assertThat(flagged("select count(*) from hospital.admissions having max(cost) > 0"))
                .isEmpty();
        assertThat(flagged("select count(*) from hospital.admissions having max(cost) is null"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select max(nhs_number) from hospital.patients",
                "select min(patient_id) from hospital.admissions",
                "select max(notes) from hospital.admissions",
                "select max(extract(day from admitted)) from hospital.admissions",
            })
    void whatMayNotBeUsedMayNotBeUsedInThemEither(String sql) {
        assertThat(analyst().run(sql).problem()).isNotNull();
    }

    @Test
    void withoutTheProfileTheyAreRefused() {
        assertThat(DemoRoad.shared()
                        .session("ada", "diabetes")
                        .run("select max(cost) from hospital.admissions")
                        .problem())
                .isNotNull();
    }

    @Test
    void aMeanOfWhatEverybodyHasStandsBesideTheCount() {
        List<List<@Nullable Object>> rows = flagged(
                "select count(*), avg(n), count(n) from (select patient_id, count(*) n from hospital.admissions group by patient_id) x");
        assertThat(rows.getFirst().subList(0, 3)).doesNotContainNull();
        assertThat(rows.getFirst().get(2)).isEqualTo(rows.getFirst().getFirst());
    }

    @Test
    void thatOfWhatSomeLackDoesNot() {
        // Who has no row in the other table has no number: one condition more, which few or nobody may fail.
        List<List<@Nullable Object>> rows = flagged(
                "select count(*), avg(x.n) from hospital.patients p left join (select patient_id, count(*) n from hospital.admissions group by patient_id) x"
                        + " on x.patient_id = p.patient_id where p.patient_id in (select patient_id from hospital.admissions)");
        assertThat(rows.getFirst().get(1)).isNull();
    }

    @Test
    void aMonthWrittenByItsPartsIsTheMonth() {
        assertThat(
                        flagged(
                                "select make_date(extract(year from admitted)::int, extract(month from admitted)::int, 1) m, count(*) from hospital.admissions group by 1 order by 1"))
                .isEqualTo(
                        flagged(
                                "select date_trunc('month', admitted)::date m, count(*) from hospital.admissions group by 1 order by 1"));
        assertThat(analyst()
                        .run(
                                "select make_date(extract(year from admitted)::int, extract(month from admitted)::int, 2), count(*) from hospital.admissions group by 1")
                        .problem())
                .isNotNull();
    }
}
