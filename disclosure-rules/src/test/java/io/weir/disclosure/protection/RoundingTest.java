package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
    private static final Measure ROWS = Measure.count("rows", MeasureKind.ROWS);

    @ParameterizedTest
    @CsvSource({
        // threshold, base, true count, published
        "8,5,0,0",
        "8,5,8,10",
        "8,5,12,10",
        "8,5,13,15",
        "8,5,17,15",
        "6,5,6,10",
        "6,5,7,10",
        "6,5,12,10",
        "6,5,13,15",
        "10,5,10,10",
        "10,5,11,10",
        "10,5,12,10",
        "10,1,10,10",
        "10,1,17,17",
        "2,10,2,10",
        "2,10,15,20",
        "3,3,4,3"
    })
    void countsGoToTheNearestBaseButNeverBelowTheThreshold(int threshold, int base, long count, long published) {
        assertThat(rounding(threshold, base).publish(ROWS, BigDecimal.valueOf(count)))
                .isEqualByComparingTo(BigDecimal.valueOf(published));
    }

    @Test
    void whatIsKnownOfAPublishedCountIsExactlyWhatCouldHaveBeenPublishedAsIt() {
        for (int threshold = 2; threshold <= 12; threshold++) {
            for (int base = 1; base <= 10; base++) {
                Rounding rounding = rounding(threshold, base);
                for (int count = threshold; count <= 60; count++) {
                    BigDecimal published = rounding.publish(ROWS, BigDecimal.valueOf(count));
                    assertThat(published.intValue()).isGreaterThanOrEqualTo(threshold);
                    Rounding.Bounds known = rounding.known(ROWS, published);
                    for (int other = threshold; other <= 60; other++) {
                        boolean same = rounding.publish(ROWS, BigDecimal.valueOf(other))
                                        .compareTo(published)
                                == 0;
                        boolean inside = other >= known.lower().intValue()
                                && other <= known.upper().intValue();
                        assertThat(inside)
                                .as("k %d b %d n %d o %d", threshold, base, count, other)
                                .isEqualTo(same);
                    }
                }
            }
        }
    }

    @Test
    void distinctValuesAreNotPeopleAndMayBeFew() {
        Measure values = Measure.count("codes", MeasureKind.DISTINCT_VALUES);
        assertThat(rounding(10, 5).publish(values, BigDecimal.valueOf(2))).isEqualByComparingTo("5");
        assertThat(rounding(10, 1).publish(values, BigDecimal.valueOf(2))).isEqualByComparingTo("2");
    }

    @Test
    void sumsGoToTheirStepOnBothSidesOfZero() {
        Measure cost = Measure.sum("cost", new BigDecimal("0.5"));
        assertThat(rounding(10, 5).publish(cost, new BigDecimal("3.74"))).isEqualByComparingTo("3.5");
        assertThat(rounding(10, 5).publish(cost, new BigDecimal("-3.75"))).isEqualByComparingTo("-4");
        assertThat(rounding(10, 5).known(cost, new BigDecimal("3.5")))
                .isEqualTo(new Rounding.Bounds(new BigDecimal("3.25"), new BigDecimal("3.75")));
    }

    private static Rounding rounding(int threshold, int base) {
        return new Rounding(new RiskAppetite(threshold, ZeroRule.SHOWN, base, List.of(), null));
    }
}
