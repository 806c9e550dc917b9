package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.Profile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sums to which few people contribute most are hidden, with their means; who is counted beside them stays. Judged again in SQL here. */
class DominanceIT {
    private static final DemoRoad ROAD = DemoRoad.shared();

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static Profile profile() {
        String name = ROAD.policy.agreements().values().stream()
                .filter(a -> a.project().value().equals("diabetes"))
                .map(a -> a.profile())
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(ROAD.policy.profiles().get(name));
    }

    private static boolean dominated(List<@Nullable Object> cell, Profile profile) {
        double largest = number(cell.get(2));
        double second = number(cell.get(3));
        double total = number(cell.get(4));
        BigDecimal share = profile.sums().dominance().getFirst().share();
        BigDecimal p = Objects.requireNonNull(profile.sums().pPercent());
        return largest + second >= share.doubleValue() * total || total - largest - second < p.doubleValue() * largest;
    }

    @Test
    void whereOneOrTwoPeopleMakeTheSumItIsHiddenAndTheCountStays() {
        Profile profile = profile();
        assertThat(profile.sums().dominance())
                .singleElement()
                .satisfies(rule -> assertThat(rule.contributors()).isEqualTo(2));
        Map<String, List<@Nullable Object>> real = new HashMap<>();
        for (List<@Nullable Object> row : ROAD.truth("""
                select chapter || ' ' || method, count(*), max(paid),
                       coalesce((array_agg(paid order by paid desc))[2], 0), sum(paid)
                from (select chapter, method, patient_id, sum(cost) as paid
                      from hospital.admissions a join hospital.icd10 i on i.code = a.icd10
                      where not opted_out and cost is not null group by 1, 2, 3) person
                group by chapter, method""")) {
            real.put(String.valueOf(row.getFirst()), row);
        }
        DemoRoad.Result answer = ROAD.session("ada", "diabetes")
                .run("select chapter || ' ' || method, sum(cost), avg(cost), count(distinct patient_id)"
                        + " from hospital.admissions a join hospital.icd10 i on i.code = a.icd10"
                        + " where cost is not null group by chapter, method");
        assertThat(answer.problem()).isNull();
        List<String> hidden = new ArrayList<>();
        int shown = 0;
        for (List<@Nullable Object> row : answer.rows()) {
            List<@Nullable Object> cell = real.get(String.valueOf(row.get(0)));
            if (cell == null || number(cell.get(1)) < profile.threshold()) {
                assertThat(row.get(1)).as("%s against %s", row, cell).isNull();
                continue;
            }
            boolean expected = dominated(cell, profile);
            assertThat(row.get(3)).as("people of %s", row).isNotNull();
            // Both may also go for what the number of their records, beside that of people, would tell.
            assertThat(row.get(1) == null || !expected).as("sum of %s", row).isTrue();
            assertThat(row.get(2) == null || !expected).as("mean of %s", row).isTrue();
            assertThat(row.get(1) == null).as("sum and mean of %s", row).isEqualTo(row.get(2) == null);
            if (expected) {
                hidden.add(String.valueOf(row.get(0)));
            }
            shown += row.get(1) == null ? 0 : 1;
        }
        assertThat(hidden).as("dominated though enough people").contains("III 21");
        assertThat(shown).isGreaterThan(10);
    }
}
