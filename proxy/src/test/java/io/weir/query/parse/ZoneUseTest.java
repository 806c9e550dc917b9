package io.weir.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code seen_at} is a timestamptz. */
class ZoneUseTest {
    private static final SqlFrontEnd FRONT_END = new SqlFrontEnd();

    @AfterAll
    static void close() {
        FRONT_END.close();
    }

    private static boolean usesZone(String sql) {
        return ZoneUse.in(
                FRONT_END.parse(sql, OmopSchema.schema(), List.of()).orThrow().tree());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM patient_ext WHERE seen_at >= '2026-11-26 06:00:00'",
                "SELECT count(*) FROM patient_ext WHERE seen_at >= '2026-11-26'",
                "SELECT count(*) FROM patient_ext WHERE seen_at BETWEEN '2026-11-26 00:00+00' AND '2026-11-27'",
                "SELECT count(*) FROM patient_ext WHERE seen_at >= timestamptz '2026-11-26 06:00'",
                "SELECT count(*) FROM patient_ext WHERE seen_at >= timestamp '2026-11-26 06:00'",
                "SELECT count(*) FROM patient_ext WHERE seen_at >= date '2026-11-26'",
                "SELECT seen_at::date AS d FROM patient_ext",
                "SELECT seen_at::timestamp AS d FROM patient_ext",
                "SELECT seen_at::text AS d FROM patient_ext",
                "SELECT date_trunc('day', seen_at) AS d, count(*) FROM patient_ext GROUP BY 1",
                "SELECT extract(hour FROM seen_at) AS d, count(*) FROM patient_ext GROUP BY 1",
                "SELECT count(*) FROM patient_ext WHERE seen_at >= now() - interval '1 day' AND seen_at::date > date '2026-01-01'",
                "SELECT max(d) FROM (SELECT seen_at + interval '1 day' AS d FROM patient_ext) q",
                "SELECT date_trunc('month', drug_era_start_date) AS m, count(*) FROM drug_era GROUP BY 1",
                "SELECT count(*) FROM person WHERE person_id IN (SELECT person_id FROM patient_ext WHERE seen_at::date = date '2026-01-01')"
            })
    void whatAnotherZoneWouldChangeIsFound(String sql) {
        assertThat(usesZone(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT seen_at FROM patient_ext ORDER BY seen_at",
                "SELECT count(*), max(seen_at) FROM patient_ext WHERE seen_at IS NOT NULL",
                "SELECT count(*) FROM patient_ext WHERE seen_at >= '2026-11-26 06:00:00+01'",
                "SELECT count(*) FROM patient_ext WHERE seen_at >= '2026-11-26T06:00:00Z'",
                "SELECT count(*) FROM patient_ext a JOIN patient_ext b ON a.seen_at = b.seen_at",
                "SELECT count(*) FROM drug_era WHERE drug_era_start_date >= '2026-11-26'",
                "SELECT count(*) FROM drug_era WHERE drug_era_start_date >= now() - interval '1 year'",
                "SELECT date_trunc('month', drug_era_start_date::timestamp) AS m, count(*) FROM drug_era GROUP BY 1",
                "SELECT extract(year FROM drug_era_start_date) AS y, count(*) FROM drug_era GROUP BY 1",
                "SELECT count(*) FROM person"
            })
    void whatIsTheSameEverywhereIsNot(String sql) {
        assertThat(usesZone(sql)).isFalse();
    }
}
