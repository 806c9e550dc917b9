package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.HiddenNumber;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What checkers are told about the hidden numbers of a table that is to be released, beside the truth. */
class HiddenNumbersIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final String PEOPLE =
            "select sex, ethnicity, count(*) from hospital.patients group by rollup (sex, ethnicity)";

    private static FrozenAnswer frozen(String sql) {
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        return session.desk().freeze(session.asker(), sql).orThrow();
    }

    private static String key(@Nullable Object value, boolean margin) {
        return value != null ? String.valueOf(value) : margin ? "all" : "NULL";
    }

    @Test
    void whatTheTableTellsOfThemHoldsTheTruthAndIsWideEnough() {
        Map<String, BigDecimal> truth = new HashMap<>();
        for (List<@Nullable Object> row :
                ROAD.truth("select sex, ethnicity, count(*), grouping(sex), grouping(ethnicity)"
                        + " from hospital.patients where not opted_out group by rollup (sex, ethnicity)")) {
            boolean sexes = Integer.valueOf(1).equals(row.get(3));
            boolean groups = Integer.valueOf(1).equals(row.get(4));
            truth.put(
                    key(row.get(0), sexes) + " | " + key(row.get(1), groups),
                    new BigDecimal(String.valueOf(row.get(2))));
        }
        List<HiddenNumber> hidden = frozen(PEOPLE).behind();
        int bounded = 0;
        int forOthers = 0;
        for (HiddenNumber number : hidden) {
            assertThat(number.reasons()).isNotEmpty();
            BigDecimal least = number.least();
            BigDecimal most = number.most();
            if (least != null && most != null) {
                BigDecimal real = Objects.requireNonNullElse(truth.get(number.group()), BigDecimal.ZERO);
                assertThat(real).as("%s", number).isBetween(least, most);
                assertThat(most.subtract(least)).as("%s", number).isGreaterThanOrEqualTo(BigDecimal.valueOf(8));
                bounded++;
                forOthers += number.reasons().equals(List.of("complementary")) ? 1 : 0;
            }
        }
        assertThat(bounded).as("of %s", hidden).isGreaterThan(2);
        assertThat(forOthers).as("of %s", hidden).isPositive();
    }

    @Test
    void ofATableWithoutMarginsNothingIsToldAndNoMoreAreListedThanAreRead() {
        assertThat(frozen("select method, icd10, count(*) from hospital.admissions group by method, icd10")
                        .behind())
                .allMatch(number -> number.most() == null)
                .hasSizeLessThanOrEqualTo(HiddenNumbers.MOST);
    }
}
