package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table of more groups than there are buckets, and a number of a part of them that no margin is: in both orders. */
class TableThenPartIT {
    private static final String STAYS =
            "count(*) from hospital.admissions where method in ('11', '12', '21', '22') and admitted >= date '2023-01-01' and admitted < date '2026-01-01'";
    private static final String TABLE = "select date_trunc('month', admitted), method, " + STAYS + " group by 1, 2";
    private static final String PART = "select " + STAYS
            + " and method in ('11', '21') and admitted >= date '2023-04-01' and admitted < date '2025-04-01'";

    /** Of few people among those of the part. */
    private static final String FEW = " and (icd10 = 'C189' and method = '21') is not true";

    private static final String MANY = " and icd10 <> 'J189'";

    private static List<DemoRoad.Result> together(String first, String second) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<DemoRoad.Result> results = new ArrayList<>();
        for (String sql : List.of(first, second)) {
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(sql);
            assertThat(result.problem()).as(sql).isNull();
            results.add(result);
        }
        return results;
    }

    private static long hidden(DemoRoad.Result table) {
        return table.rows().stream().filter(row -> row.getLast() == null).count();
    }

    @Tag("S35")
    @Test
    void whatFewAreMissingFromIsHidden() {
        List<DemoRoad.Result> results = together(TABLE, PART + FEW);
        assertThat(results.get(0).rows()).hasSizeGreaterThan(128);
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
        List<DemoRoad.Result> other = together(PART + FEW, TABLE);
        assertThat(other.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(hidden(other.get(1))).isEqualTo(hidden(results.get(0)) + 1);
    }

    @Test
    void whatIsThePartByStructureOrManyAreMissingFromIsShown() {
        for (String part : List.of(PART, PART + MANY)) {
            List<DemoRoad.Result> results = together(TABLE, part);
            assertThat(results.get(1).rows().getFirst().getFirst()).as(part).isNotNull();
            List<DemoRoad.Result> other = together(part, TABLE);
            assertThat(hidden(other.get(1))).as(part).isEqualTo(hidden(results.get(0)));
        }
    }
}
