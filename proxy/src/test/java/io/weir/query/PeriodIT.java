package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.PolicySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A date with a declared period: its groups are public, and what lies outside is not there, however it is asked for. */
class PeriodIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final String MONTHS =
            "(select date_trunc('month', admitted)::date as month, count(*) as n from hospital.admissions group by 1) t";

    private static DemoRoad.Session session(String folder, String period, boolean bare) throws IOException {
        PolicySnapshot policy = ROAD.policy(folder, directory -> {
            Path file = directory.resolve("datasets/admissions.yaml");
            String text = Files.readString(file);
            int grid = text.indexOf("    grid: {dates: month}", text.indexOf("name: admitted"));
            Files.writeString(file, text.substring(0, grid) + "    domain: " + period + "\n" + text.substring(grid));
            if (bare) {
                PolicyEdits.ofRules(PolicyEdits::bare).of(directory);
            }
        });
        return ROAD.session(
                "ada", "diabetes", new MemoryPublishedAnswers(), new RecordingAuditLog(), ROAD.connector, () -> policy);
    }

    private static DemoRoad.Session ofOneYear() throws IOException {
        return session("period-bare", "{from: 2023-01-01, until: 2024-01-01}", true);
    }

    private static List<List<@Nullable Object>> rows(DemoRoad.Session session, String sql) {
        DemoRoad.Result result = session.run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    private static long number(@Nullable Object value) {
        assertThat(value).isInstanceOf(Number.class);
        return value instanceof Number n ? n.longValue() : -1;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            count(*)                   | hospital.admissions a
            count(distinct patient_id) | hospital.admissions a
            count(*)                   | hospital.admissions a where a.method = '21'
            count(*)                   | hospital.admissions a where a.discharged - a.admitted >= 2
            count(*)                   | hospital.patients p where exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id and a.method = '21')
            count(a.method)            | hospital.patients p left join hospital.admissions a on a.patient_id = p.patient_id
            """)
    void whatLiesOutsideIsNotCounted(String aggregate, String from) throws IOException {
        String inside = "(select * from hospital.admissions where admitted >= '2023-01-01' and admitted < '2024-01-01'"
                + " and patient_id in (select patient_id from hospital.patients where not opted_out))";
        String truth = "select " + aggregate + " from "
                + from.replace("hospital.admissions", inside)
                        .replace("hospital.patients", "(select * from hospital.patients where not opted_out)");
        assertThat(number(rows(ofOneYear(), "select " + aggregate + " from " + from)
                        .getFirst()
                        .getFirst()))
                .isEqualTo(ROAD.truthOfOneNumber(truth));
    }

    @Test
    void nothingOutsideHasAGroup() throws IOException {
        DemoRoad.Session session = ofOneYear();
        assertThat(rows(session, "select month from " + MONTHS)).hasSize(12);
        assertThat(rows(
                        session,
                        "select extract(year from admitted) as y, count(*) from hospital.admissions group by 1"))
                .hasSize(1);
        assertThat(rows(
                        session,
                        "select count(*) filter (where admitted >= '2024-01-01'), count(*) filter (where admitted is null)"
                                + " from hospital.admissions"))
                .allSatisfy(row -> assertThat(row).containsOnlyNulls());
    }

    @Test
    void totalsOverTheGroupsAreThoseOfTheTable() throws IOException {
        DemoRoad.Session session = ofOneYear();
        long total = number(rows(session, "select count(*) from hospital.admissions")
                .getFirst()
                .getFirst());
        List<List<@Nullable Object>> running = rows(
                session,
                "select month, n, sum(n) over (order by month), sum(n) over (), first_value(n) over (order by month) from "
                        + MONTHS + " order by month");
        assertThat(number(running.getLast().get(2))).isEqualTo(total);
        assertThat(running).allSatisfy(row -> {
            assertThat(number(row.get(3))).isEqualTo(total);
            assertThat(row.get(4)).isEqualTo(running.getFirst().get(1));
        });
        assertThat(number(
                        rows(session, "select sum(n) from " + MONTHS).getFirst().getFirst()))
                .isEqualTo(total);
    }

    /** Months after the day of the snapshot, in which nobody was admitted, look like months with few. */
    @Test
    void anEmptyGroupHidesEveryTotalThatItIsIn() throws IOException {
        DemoRoad.Session session = session("period-future", "{from: 2020-01-01, until: 2028-01-01}", false);
        List<List<@Nullable Object>> running = rows(
                session,
                "select month, n, sum(n) over (order by month), sum(n) over () from " + MONTHS + " order by month");
        assertThat(running).hasSize(96).allSatisfy(row -> assertThat(row.get(3)).isNull());
        boolean hidden = false;
        for (List<@Nullable Object> row : running) {
            hidden |= row.get(1) == null;
            assertThat(row.get(2) == null).as("%s", row).isEqualTo(hidden);
        }
        assertThat(running.getLast().get(1)).isNull();
        assertThat(rows(session, "select sum(n), max(n) from " + MONTHS).getFirst())
                .containsOnlyNulls();
    }

    @Test
    void aConditionNarrowsThePeriod() throws IOException {
        DemoRoad.Session session = ofOneYear();
        assertThat(
                        rows(
                                session,
                                "select extract(quarter from admitted) as q, count(*) from hospital.admissions where admitted >= '2023-07-01' group by 1"))
                .hasSize(2);
    }
}
