package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pairs of questions whose answers differ by a few people (Denning, Denning and Schwartz 1979: trackers). Each is fine alone; of the two,
 * whichever comes second is hidden. Two sessions share one history, for colluding analysts are the same attack.
 */
class DifferencingIT {
    private static final String COUNT = "select count(*) from hospital.patients ";

    private static List<DemoRoad.Result> together(String first, String second) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<DemoRoad.Result> results = new ArrayList<>();
        for (String sql : List.of(first, second)) {
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(sql);
            assertThat(result.problem()).as(sql).isNull();
            assertThat(result.rows()).hasSize(1);
            results.add(result);
        }
        return results;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "where sex = 'F' | where sex = 'F' and not (imd_decile = 1 and ethnicity = 'G')",
                "where sex = 'F' | where sex = 'F' or (imd_decile = 1 and ethnicity = 'G')",
                "where sex = 'F' | where sex = 'F' and ethnicity <> 'G'",
                "where sex = 'F' | where ethnicity <> 'G' and sex = 'F'",
                "where imd_decile <= 3 | where imd_decile <= 4",
                "where registered < date '2020-01-01' | where registered < date '2020-02-01'",
                "where ethnicity <> 'G' | ",
                "where imd_decile is not null | ",
                " | where sex <> 'U'",
                " | where case when sex = 'F' and ethnicity = 'G' then false else true end"
            })
    void theSecondOfTwoNearlyEqualSetsIsHidden(String pair) {
        String[] conditions = pair.split("\\|", 2);
        List<DemoRoad.Result> results = together(COUNT + conditions[0].strip(), COUNT + conditions[1].strip());
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) filter (where sex <> 'U') from hospital.patients",
                "select sum(case when sex = 'U' then 0 else 1 end) from hospital.patients",
                "select sum(n) from (select sex, count(*) n from hospital.patients group by sex) x"
            })
    void anArmOrAPartitionIsNoWayRound(String second) {
        List<DemoRoad.Result> results = together(COUNT, second);
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(cost)", "count(*)", "avg(cost)", "count(distinct patient_id)"})
    void everyAggregateIsHeldToTheHistory(String aggregate) {
        String first = "select " + aggregate + " from hospital.admissions where method = '21'";
        List<DemoRoad.Result> results = together(first, first + " and icd10 <> 'C189'");
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }
}
