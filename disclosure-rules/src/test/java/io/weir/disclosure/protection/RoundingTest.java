package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Neighbours;
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
        assertThat(publish(rounding(threshold, base), ROWS, BigDecimal.valueOf(count)))
                .isEqualByComparingTo(BigDecimal.valueOf(published));
    }

    @Test
    void whatIsKnownOfAPublishedCountIsExactlyWhatCouldHaveBeenPublishedAsIt() {
        for (int threshold = 2; threshold <= 12; threshold++) {
            for (int base = 1; base <= 10; base++) {
                Rounding rounding = rounding(threshold, base);
                for (int count = threshold; count <= 60; count++) {
                    BigDecimal published = publish(rounding, ROWS, BigDecimal.valueOf(count));
                    assertThat(published.intValue()).isGreaterThanOrEqualTo(threshold);
                    Rounding.Bounds known = rounding.known(ROWS, published, BigDecimal.valueOf(base));
                    for (int other = threshold; other <= 60; other++) {
                        boolean same = publish(rounding, ROWS, BigDecimal.valueOf(other))
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
        assertThat(publish(rounding(10, 5), values, BigDecimal.valueOf(2))).isEqualByComparingTo("5");
        assertThat(publish(rounding(10, 1), values, BigDecimal.valueOf(2))).isEqualByComparingTo("2");
    }

    @Test
    void sumsGoToTheirStepOnBothSidesOfZero() {
        Measure cost = Measure.sum("cost", new BigDecimal("0.5"));
        assertThat(publish(rounding(10, 5), cost, new BigDecimal("3.74"))).isEqualByComparingTo("3.5");
        assertThat(publish(rounding(10, 5), cost, new BigDecimal("-3.75"))).isEqualByComparingTo("-4");
        assertThat(rounding(10, 5).known(cost, new BigDecimal("3.5"), new BigDecimal("0.5")))
                .isEqualTo(new Rounding.Bounds(new BigDecimal("3.25"), new BigDecimal("3.75")));
    }

    @ParameterizedTest
    @CsvSource({
        // records, subjects, step, published
        "130, 100, 5, 130",
        "199, 100, 5, 200",
        "200, 100, 10, 200",
        "214, 100, 10, 210",
        "130, 13, 50, 150",
        "120, 12, 50, 100",
        "330, 100, 20, 340",
        "20, 10, 10, 20",
        "210, 10, 200, 200"
    })
    void recordsAreRoundedAsCoarselyAsThePeopleBehindThem(long records, long subjects, long step, long published) {
        Evidence evidence = Evidence.ofCount(records, subjects);
        Rounding rounding = rounding(10, 5);
        assertThat(rounding.step(ROWS, evidence)).isEqualByComparingTo(BigDecimal.valueOf(step));
        assertThat(rounding.publish(ROWS, BigDecimal.valueOf(records), rounding.step(ROWS, evidence)))
                .isEqualByComparingTo(BigDecimal.valueOf(published));
    }

    /** The attack: everybody has n records, so records / n is a number of people; it must not be known better than people are. */
    @Test
    void recordsOfPeopleWhoAllHaveTheSameNumberTellNoMoreThanTheirCount() {
        Rounding rounding = rounding(10, 5);
        for (int records = 1; records <= 60; records++) {
            for (int subjects = 10; subjects <= 120; subjects++) {
                Evidence evidence = Evidence.ofCount((long) records * subjects, subjects);
                BigDecimal step = rounding.step(ROWS, evidence);
                BigDecimal published = rounding.publish(ROWS, BigDecimal.valueOf((long) records * subjects), step);
                assertThat(published.signum()).isPositive();
                Rounding.Bounds known = rounding.known(ROWS, published, step);
                long least = Math.ceilDiv(known.lower().longValue(), records);
                long most = Math.floorDiv(known.upper().longValue(), records);
                assertThat(most - least)
                        .as("%d records of %d people", records, subjects)
                        .isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void unroundedStaysUnroundedAndPeopleKeepTheirBase() {
        Evidence ten = Evidence.ofCount(130, 13);
        assertThat(rounding(10, 1).step(ROWS, ten)).isEqualByComparingTo("1");
        assertThat(rounding(10, 5).step(Measure.count("patients", MeasureKind.UNITS), ten))
                .isEqualByComparingTo("5");
    }

    @Test
    void oneRecordOfSomebodyKeepsTheBase() {
        assertThat(rounding(10, 5).step(ROWS, Evidence.ofRecords(9_382, 2_858, 1)))
                .isEqualByComparingTo("5");
        assertThat(rounding(10, 5).step(ROWS, Evidence.ofRecords(9_382, 2_858, 2)))
                .isEqualByComparingTo("10");
    }

    /** Thirteen people of 5,000 each: 65,000 at a step of 1,000 would be thirteen people exactly. */
    @Test
    void sumsAreRoundedAsCoarselyAsThePeopleBehindThem() {
        Measure cost = Measure.sum("cost", new BigDecimal("1000"));
        assertThat(rounding(10, 5).step(cost, sum("65000", 13, "5000"))).isEqualByComparingTo("50000");
        assertThat(rounding(10, 5).step(cost, sum("65000", 13, "180.20"))).isEqualByComparingTo("1000");
        assertThat(rounding(10, 5).step(cost, sum("65000", 13, "200.01"))).isEqualByComparingTo("2000");
        assertThat(rounding(10, 5).step(cost, sum("0", 13, "0"))).isEqualByComparingTo("1000");
        assertThat(rounding(10, 1).step(cost, sum("65000", 13, "5000"))).isEqualByComparingTo("1000");
    }

    @ParameterizedTest
    @CsvSource({
        // people, how far the one with most records reaches and a usual one, step
        "100, 0, 0, 10", // as a mean of a hundred people
        "100, 30, 1, 50", // nobody moves it by more than a step
        "100, 30, 7, 50", // and a usual one by a fifth of one
        "100, 30, 11, 100",
        "32, 0, 0, 50"
    })
    void positionsAreRoundedSoThatNobodyMovesThem(long people, BigDecimal reach, BigDecimal usual, BigDecimal step) {
        Measure median = Measure.position("median", new BigDecimal("1000"));
        Evidence evidence = new Evidence(
                new BigDecimal("1234"), people, null, null, null, null, null, new Neighbours(people, reach, usual));
        Rounding rounding = rounding(10, 5);
        assertThat(rounding.step(median, evidence)).isEqualByComparingTo(step);
        assertThat(rounding.publish(median, new BigDecimal("-1234"), step).remainder(step))
                .isEqualByComparingTo("0");
        assertThat(rounding.rounds(median)).isTrue();
    }

    private static Evidence sum(String value, long people, String smallest) {
        BigDecimal total = new BigDecimal(value);
        return new Evidence(total, people, total, total, total, false, new BigDecimal(smallest));
    }

    private static BigDecimal publish(Rounding rounding, Measure measure, BigDecimal value) {
        long count = value.abs().longValue();
        return rounding.publish(measure, value, rounding.step(measure, Evidence.ofCount(count, count)));
    }

    private static Rounding rounding(int threshold, int base) {
        return new Rounding(new RiskAppetite(threshold, ZeroRule.SHOWN, base, List.of(), null));
    }
}
