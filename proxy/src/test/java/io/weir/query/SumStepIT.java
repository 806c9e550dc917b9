package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.protection.OneTwoFive;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums to which everybody contributes the same are no finer than a count of the people, however the number is made. */
class SumStepIT {
    private static final String ONE = "(select patient_id, count(*) m from hospital.patients group by patient_id) x";

    private static BigDecimal sum(String sql) {
        DemoRoad.Result result = DemoRoad.shared().session("ada", "diabetes").run(sql);
        assertThat(result.problem()).as(sql).isNull();
        Object value = result.rows().getFirst().getFirst();
        assertThat(value).as(sql).isNotNull();
        return new BigDecimal(value.toString());
    }

    private static void isMultiple(String sql, String step) {
        BigDecimal sum = sum(sql);
        assertThat(sum.remainder(new BigDecimal(step))).as(sql + " is " + sum).isEqualByComparingTo("0");
    }

    /** Beside the number of its rows, which it brings with it, it is that number. */
    private static void isHidden(String sql) {
        DemoRoad.Result result = DemoRoad.shared().session("ada", "diabetes").run(sql);
        assertThat(result.problem()).as(sql).isNull();
        assertThat(result.rows().getFirst().getFirst()).as(sql).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 32})
    void aProductOfColumnsThatAreOneForEverybodyIsHidden(int times) {
        String repeated = "(" + String.join("+", Collections.nCopies(times, "x.m")) + ")";
        isHidden("select sum(" + repeated + "*" + repeated + ") from " + ONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void equalNumbersFromSeveralSubQueriesAreHidden(int times) {
        StringBuilder from = new StringBuilder(ONE.replace(" x", " x0"));
        IntStream.range(1, times)
                .forEach(i -> from.append(" join ")
                        .append(ONE.replace(" x", " x" + i))
                        .append(" on x%d.patient_id = x0.patient_id".formatted(i)));
        String all = String.join(
                "+", IntStream.range(0, times).mapToObj(i -> "x" + i + ".m").toList());
        isHidden("select sum(" + all + ") from " + from);
    }

    @Test
    void peopleWithEquallyManyRowsAreNotCountedByTheirSum() {
        String perPerson = "(select patient_id, count(*) n from hospital.prescriptions group by 1) x";
        long often = DemoRoad.shared()
                .truthOfOneNumber(
                        "select max(n) from (select n from " + perPerson + " group by n having count(*) >= 20) y");
        assertThat(often).isGreaterThan(10);
        BigDecimal step = OneTwoFive.atLeast(BigDecimal.valueOf(5 * often));
        String few = "select sum(n) from " + perPerson + " where n between " + (often - 1) + " and " + often;
        assertThat(step).isEqualByComparingTo(OneTwoFive.atLeast(BigDecimal.valueOf(5 * (often - 1))));
        isMultiple(few, step.toPlainString());
        isHidden("select sum(n) from " + perPerson + " where n = " + often);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 2000, 5000})
    void peopleWhoCostAtLeastThatMuchAreRoundedLikePeople(int least) {
        BigDecimal step = BigDecimal.valueOf(least).multiply(BigDecimal.valueOf(5));
        BigDecimal next = step.compareTo(BigDecimal.valueOf(25_000)) == 0 ? BigDecimal.valueOf(50_000) : step;
        isMultiple("select sum(cost) from hospital.admissions where cost >= " + least, next.toPlainString());
    }
}
