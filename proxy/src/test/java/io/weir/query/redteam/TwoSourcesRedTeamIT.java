package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.PolicySnapshot;
import io.weir.query.DemoRoad;
import io.weir.query.MemoryPublishedAnswers;
import io.weir.query.PolicyEdits;
import io.weir.query.RecordingAuditLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Statements over two sources, in worlds that differ in whose secret is whose, in both sources. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoSourcesRedTeamIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Worlds worlds = Worlds.shared();
    private List<PolicySnapshot> policies = List.of();
    private List<PolicySnapshot> linked = List.of();

    @BeforeAll
    void policies() throws IOException {
        DemoRoad road = DemoRoad.shared();
        policies = List.of(
                road.policy("twin-demo", Twins.policy(directory -> {})),
                road.policy("twin-bare", Twins.policy(PolicyEdits.ofRules(PolicyEdits::bare))));
        linked = List.of(
                road.policy("twin-linked", Twins.linked(directory -> {})),
                road.policy("twin-linked-bare", Twins.linked(PolicyEdits.ofRules(PolicyEdits::bare))));
    }

    private Transcript asked(World world, PolicySnapshot policy, String sql) {
        DemoRoad.Session session = DemoRoad.shared()
                .session(
                        "ada",
                        "diabetes",
                        new MemoryPublishedAnswers(),
                        new RecordingAuditLog(),
                        Map.of("hospital", world.connector(), Twins.ID, world.connector()),
                        () -> policy,
                        1_000_000);
        return Transcript.of(session, LIMIT, sql);
    }

    /** Returns the code of what became of it. */
    private String ask(String sql) {
        return ask(policies, sql);
    }

    private String ask(List<PolicySnapshot> under, String sql) {
        String code = "";
        for (PolicySnapshot policy : under) {
            Transcript first = asked(worlds.first(), policy, sql);
            assertThat(first.isFault()).as("%s: %s", sql, first).isFalse();
            code = first.problem() == null ? "answered" : first.problem().code().name();
            if (!first.prepared()) {
                return code;
            }
            for (World world : worlds.all().subList(1, worlds.all().size())) {
                Transcript other = asked(world, policy, sql);
                if (!first.isTimedOut() && !other.isTimedOut()) {
                    assertThat(other).as("%s: %s", world.name(), sql).isEqualTo(first);
                }
            }
        }
        return code;
    }

    private static final String IT = "p.patient_id = 9000010";
    private static final String SOME = "select p.sex, count(*) as n from hospital.patients p where %s group by p.sex";

    /** Who can single a person out in one source by what only the other knows. */
    @Test
    void noConditionOfOneSourceReachesTheOther() {
        List<String> written = List.of(
                SOME.formatted("p.patient_id in (select patient_id from lab.admissions where icd10 = 'C189')"),
                SOME.formatted(
                        "exists (select 1 from lab.admissions a where a.patient_id = p.patient_id and a.cost > 50000)"),
                SOME.formatted("p.imd_decile > (select count(*) from lab.admissions where icd10 = 'C189')"),
                SOME.formatted("p.practice_code = (select min(practice_code) from lab.patients)"),
                SOME.formatted("(select count(*) from lab.admissions a where a.patient_id = p.patient_id) > 1"),
                "select count(*) from hospital.patients p join lab.patients q on q.patient_id = p.patient_id where q.date_of_birth <> p.date_of_birth",
                "select count(*) from hospital.patients p left join lab.admissions a on a.patient_id = p.patient_id where a.patient_id is null",
                "select count(*) from hospital.patients p join lab.geography g on g.lsoa = p.lsoa",
                "select count(*) from (select patient_id from hospital.patients except select patient_id from lab.patients) x",
                "select count(*) from hospital.patients p, lateral (select count(*) as n from lab.admissions a where a.patient_id = p.patient_id) x where x.n > 2",
                "select p.sex, count(*) filter (where p.patient_id in (select patient_id from lab.admissions)) from hospital.patients p group by p.sex",
                "select x.n from (select patient_id, count(*) as n from hospital.admissions group by patient_id) x join lab.patients p on p.patient_id = x.patient_id",
                "with t as (select patient_id from lab.patients where " + IT.replace("p.", "")
                        + ") select count(*) from hospital.patients where patient_id in (select patient_id from t)",
                "select h.k, count(*) from (select patient_id, 1 as k from hospital.patients) h join (select patient_id from lab.patients) l using (patient_id) group by h.k",
                "select count(*) from hospital.admissions a join lab.icd10 i on i.code = a.icd10",
                "select a.icd10, count(*) from hospital.admissions a where a.icd10 in (select code from lab.icd10) group by 1",
                "select max(x.n) from (select sex, count(*) as n from hospital.patients group by sex) x where exists (select 1 from lab.patients)");
        for (String sql : written) {
            assertThat(ask(sql)).as(sql).isNotEqualTo("answered");
        }
    }

    /** Whatever is asked of one source, beside, above, under and against something asked of the other. */
    @Test
    void whatIsAnsweredFromBothDoesNotTellTheWorldsApart() {
        SplittableRandom random = new SplittableRandom(15);
        List<String> forms = List.of(
                "select * from (%s) x cross join (%s) y order by 1 limit 500",
                "select count(*) from (%s) x, (%s) y",
                "select (select count(*) from (%s) x) - (select count(*) from (%s) y)",
                "(%s) union all (%s)",
                "(%s) except (%s)",
                "select * from (%s) x where exists (select 1 from (%s) y)");
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> seeds = new ArrayList<>(Ingredients.SEEDS);
        for (int i = 0; i < 90; i++) {
            String here = seeds.get(random.nextInt(seeds.size()));
            String there = random.nextInt(3) == 0 ? here : seeds.get(random.nextInt(seeds.size()));
            String sql = forms.get(random.nextInt(forms.size())).formatted(here, Twins.there(there));
            outcomes.merge(ask(sql), 1, Integer::sum);
        }
        assertThat(outcomes).containsKey("answered");
        assertThat(outcomes.get("answered")).as("%s", outcomes).isGreaterThan(15);
    }

    /** Who is told apart in one source by what the other knows, where people of both may be linked. */
    @Test
    void linkedRecordsDoNotTellTheWorldsApart() {
        SplittableRandom random = new SplittableRandom(16);
        List<String> forms = List.of(
                "select count(*) from %s a join %s b on b.patient_id = a.patient_id where %s and %s",
                "select count(distinct a.patient_id) from %s a join %s b on b.patient_id = a.patient_id where %s and not (%s)",
                "select count(*), count(b.patient_id) from %s a left join %s b on b.patient_id = a.patient_id and %4$s where %3$s",
                "select count(*) filter (where %3$s), count(*) filter (where %4$s) from %1$s a join %2$s b on b.patient_id = a.patient_id",
                "select %3$s, %4$s, count(*) from %1$s a join %2$s b on b.patient_id = a.patient_id group by 1, 2",
                "select b.patient_id is null, count(*) from %1$s a left join %2$s b on b.patient_id = a.patient_id and %4$s where not (%3$s) group by 1",
                "select p.sex, count(*), sum(x.cost) from hospital.patients p join lab.admissions x on x.patient_id = p.patient_id join %s a on a.patient_id = p.patient_id join %s b on b.patient_id = x.patient_id where %s and %s group by rollup (p.sex)");
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < 80; i++) {
            boolean stays = random.nextBoolean();
            boolean others = random.nextBoolean();
            String sql = forms.get(random.nextInt(forms.size()))
                    .formatted(
                            stays ? "hospital.admissions" : "hospital.patients",
                            others ? "lab.admissions" : "lab.patients",
                            condition(stays, "a", random),
                            Twins.there(condition(others, "b", random)));
            outcomes.merge(ask(linked, sql), 1, Integer::sum);
        }
        assertThat(outcomes).containsKey("answered");
        assertThat(outcomes.get("answered")).as("%s", outcomes).isGreaterThan(15);
    }

    private static String condition(boolean stays, String alias, SplittableRandom random) {
        List<String> all = stays ? Ingredients.ADMISSION_CONDITIONS : Ingredients.PATIENT_CONDITIONS;
        return "(" + all.get(random.nextInt(all.size())).replace("%s", alias) + ")";
    }

    @Test
    void nothingButThePersonIsComparedAcross() {
        for (String condition : List.of(
                "a.admission_id = b.admission_id",
                "a.icd10 = b.icd10",
                "a.admitted < b.admitted",
                "a.icd10 = 'C189' or b.icd10 = 'C189'",
                "(a.icd10 = 'C189') = (b.icd10 = 'C189')",
                "a.patient_id in (select patient_id from lab.patients)",
                "exists (select 1 from lab.admissions c where c.patient_id = a.patient_id and c.cost > 50000)",
                "b.discharged - a.admitted > 30")) {
            String sql =
                    "select count(*) from hospital.admissions a join lab.admissions b on b.patient_id = a.patient_id where "
                            + condition;
            assertThat(ask(linked, sql)).as(condition).isNotEqualTo("answered");
        }
    }
}
