package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows within one person, and spread over people, where the demo's policy shows months and rounds. */
class PersonWindowsIT {
    private static DemoRoad.Result asked(String sql) {
        DemoRoad.Result result = DemoRoad.shared().session("ada", "diabetes").run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result;
    }

    /** Within a month the last stay is the one of the last day, though nobody sees the day. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select icd10, count(*) from (select distinct on (patient_id) patient_id, icd10 from %s order by patient_id, admitted desc, admission_id) x group by icd10",
                "select method, count(*) from (select method, row_number() over (partition by patient_id order by admitted, admission_id) r from %s) x where r = 1 group by method",
                "select m, count(*) from (select lag(method) over (partition by patient_id order by admitted, admission_id) m from %s) x group by m"
            })
    void rowsOfOnePersonAreInTheOrderOfTheirDays(String question) throws SQLException {
        Map<String, Long> truth = new TreeMap<>();
        String kept =
                "(select a.* from hospital.admissions a join hospital.patients p using (patient_id) where not p.opted_out) y";
        try (Connection connection = DemoRoad.shared().database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question.formatted(kept))) {
            while (rows.next()) {
                truth.put(String.valueOf(rows.getString(1)), rows.getLong(2));
            }
        }
        List<List<Object>> answer =
                asked(question.formatted("hospital.admissions")).rows();
        assertThat(answer).isNotEmpty();
        for (List<Object> row : answer) {
            if (row.get(1) instanceof Number shown && shown.longValue() > 0) {
                assertThat(shown.longValue())
                        .as(row.toString())
                        .isBetween(
                                truth.getOrDefault(String.valueOf(row.get(0)), 0L) - 10,
                                truth.getOrDefault(String.valueOf(row.get(0)), 0L) + 10);
            }
        }
    }

    /** A value that stands on each of ten rows is ten times a contribution; a sum of ten on each of ten, a hundred times. */
    @ParameterizedTest
    @CsvSource({
        "sum(cost), 100000",
        "max(cost), 10000",
        "first_value(cost), 10000",
        "avg(cost), 10000",
        "count(*), 500",
        "row_number(), 500"
    })
    void sumsOfWindowValuesHaveWiderSteps(String window, String step) {
        String sql = "select sum(w) from (select " + window
                + " over (partition by patient_id order by cost) w from hospital.admissions where cost >= 1000) x";
        BigDecimal sum = new BigDecimal(asked(sql).rows().getFirst().getFirst().toString());
        assertThat(sum.remainder(new BigDecimal(step))).as(sql + " " + sum).isEqualByComparingTo("0");
    }

    /** Years of birth of five years are all nearly the same number: what is left after rounding is nothing but rounding. */
    @Test
    void aSpreadThatRoundingCouldMakeIsHidden() {
        String of = "select stddev(extract(year from date_of_birth)), variance(extract(year from date_of_birth)),"
                + " corr(extract(year from date_of_birth), extract(year from registered)) from hospital.patients";
        assertThat(asked(of).rows().getFirst().getFirst()).isNotNull();
        DemoRoad.Result narrow =
                asked(of + " where date_of_birth >= date '1950-01-01' and date_of_birth < date '1955-01-01'");
        assertThat(narrow.rows().getFirst()).containsOnlyNulls();
        assertThat(narrow.notices()).anyMatch(n -> n.contains("hidden"));
    }

    @Test
    void aSpreadIsNearTheTruth() {
        double truth = DemoRoad.shared()
                        .truthOfOneNumber(
                                "select round(1000 * stddev(extract(year from date_of_birth))) from hospital.patients where not opted_out")
                / 1000.0;
        Object shown = asked("select stddev(extract(year from date_of_birth)) from hospital.patients")
                .rows()
                .getFirst()
                .getFirst();
        assertThat(Double.parseDouble(shown.toString())).isBetween(truth * 0.95, truth * 1.05);
    }
}
