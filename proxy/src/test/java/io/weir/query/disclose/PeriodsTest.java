package io.weir.query.disclose;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Range;
import io.weir.query.govern.plan.Op;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodsTest {
    private static final LocalDate LEAP = LocalDate.of(2024, 2, 29);

    private static Cut cut(LocalDateTime time, boolean after) {
        return new Cut(Pieces.micros(time), after);
    }

    private static Cut begin(int year, int month, int day) {
        return cut(LocalDate.of(year, month, day).atStartOfDay(), false);
    }

    @Test
    void aPeriodBeginsAtItsFirstMidnightOrIsTheNext() {
        assertThat(Periods.truncated(Op.TRUNCATE_MONTH, begin(2024, 2, 1))).contains(begin(2024, 2, 1));
        assertThat(Periods.truncated(
                        Op.TRUNCATE_MONTH, cut(LocalDate.of(2024, 2, 1).atStartOfDay(), true)))
                .contains(begin(2024, 3, 1));
        assertThat(Periods.truncated(Op.TRUNCATE_MONTH, cut(LocalDateTime.of(2024, 2, 1, 0, 0, 1), false)))
                .contains(begin(2024, 3, 1));
        assertThat(Periods.truncated(Op.TRUNCATE_YEAR, cut(LEAP.atStartOfDay(), false)))
                .contains(begin(2025, 1, 1));
        assertThat(Periods.truncated(Op.TRUNCATE_QUARTER, begin(2024, 10, 2))).contains(begin(2025, 1, 1));
        assertThat(Periods.truncated(Op.TRUNCATE_WEEK, begin(2024, 2, 26))).contains(begin(2024, 2, 26)); // a Monday
        assertThat(Periods.truncated(Op.TRUNCATE_WEEK, begin(2024, 2, 27))).contains(begin(2024, 3, 4));
        assertThat(Periods.truncated(Op.TRUNCATE_DAY, cut(LEAP.atTime(23, 59), true)))
                .contains(begin(2024, 3, 1));
    }

    @Test
    void yearsBeginInOurEra() {
        assertThat(Periods.year(new Cut(BigDecimal.valueOf(2024), false))).contains(begin(2024, 1, 1));
        assertThat(Periods.year(new Cut(BigDecimal.valueOf(2024), true))).contains(begin(2025, 1, 1));
        assertThat(Periods.year(new Cut(new BigDecimal("2024.5"), false))).contains(begin(2025, 1, 1));
        assertThat(Periods.year(new Cut(BigDecimal.ONE, false))).contains(begin(1, 1, 1));
        assertThat(Periods.year(new Cut(BigDecimal.ZERO, false))).isEmpty();
        assertThat(Periods.year(new Cut(BigDecimal.TEN.pow(12), false))).isEmpty();
    }

    /** Days that stand for no end are in no year. */
    @Test
    void onlyYearsOfFourDigitsBeforeTheLastAreUsable() {
        Range usable = new Range(begin(1, 1, 1), begin(9999, 1, 1));

        assertThat(Periods.usable(List.of(new Range(null, null)))).isEqualTo(List.of(usable));
        assertThat(Periods.usable(List.of(usable))).isEqualTo(List.of(usable));
        assertThat(Periods.usable(List.of(new Range(begin(9999, 1, 1), null)))).isEmpty();
        assertThat(Periods.usable(List.of(new Range(begin(2024, 1, 1), null))))
                .isEqualTo(List.of(new Range(begin(2024, 1, 1), begin(9999, 1, 1))));
    }

    @Test
    void monthsAreDaysOfTwoHundredYears() {
        List<?> decembers = Periods.everyYear(Op.MONTH_OF, List.of(Range.at(BigDecimal.valueOf(12))));

        assertThat(decembers).hasSize(201);
        assertThat(decembers.getFirst()).isEqualTo(new Range(begin(1900, 12, 1), begin(1901, 1, 1)));
        assertThat(decembers.getLast()).isEqualTo(new Range(begin(2100, 12, 1), begin(2101, 1, 1)));
        assertThat(Periods.everyYear(Op.QUARTER_OF, List.of(new Range(null, null))))
                .isEqualTo(List.of(new Range(begin(1900, 1, 1), begin(2101, 1, 1))));
        assertThat(Periods.otherYears())
                .isEqualTo(List.of(new Range(null, begin(1900, 1, 1)), new Range(begin(2101, 1, 1), null)));
    }

    @Test
    void aQuarterIsItsMonths() {
        Range second = Range.at(BigDecimal.TWO);

        assertThat(Periods.months(Op.QUARTER_OF, List.of(second))).isEqualTo(List.of(months(4, 7)));
        assertThat(Periods.months(Op.MONTH_OF, List.of(second))).isEqualTo(List.of(months(2, 3)));
        assertThat(Periods.months(Op.MONTH_OF, List.of(new Range(null, null)))).isEqualTo(List.of(months(1, 13)));
        assertThat(Periods.months(Op.MONTH_OF, List.of(Range.at(BigDecimal.valueOf(13)))))
                .isEmpty();
    }

    private static Range months(int from, int until) {
        return new Range(new Cut(BigDecimal.valueOf(from), false), new Cut(BigDecimal.valueOf(until), false));
    }
}
