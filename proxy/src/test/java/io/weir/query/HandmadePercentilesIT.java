package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Percentiles that are computed from counts by value are answered as percentiles; what only looks like it is not. */
class HandmadePercentilesIT {
    private static final String HANDMADE = """
            WITH raw (k, v) AS (SELECT method, discharged - admitted FROM hospital.admission WHERE discharged IS NOT NULL),
            whole (k, mean, total) AS (SELECT k, avg(1.0 * v), count(*) FROM raw GROUP BY k),
            stats (k, v, total, rn) AS (SELECT k, v, count(*), row_number() OVER (ORDER BY v) FROM raw GROUP BY k, v),
            prior (k, v, total, accumulated) AS (SELECT s.k, s.v, s.total, sum(p.total) FROM stats s
                JOIN stats p ON s.k = p.k AND p.rn <= s.rn GROUP BY s.k, s.v, s.total, s.rn)
            SELECT o.k, o.total AS n, min(CASE WHEN p.accumulated >= .50 * o.total THEN v END) AS median,
                min(CASE WHEN p.accumulated >= .90 * o.total THEN p.v END) AS p90
            FROM prior p JOIN whole o ON p.k = o.k GROUP BY o.k, o.total, o.mean ORDER BY o.k""";

    private static DemoRoad.Result run(String sql) {
        return HonestRoad.shared().analyst("cohort").run(sql);
    }

    private static List<List<@Nullable Object>> rows(String sql) {
        DemoRoad.Result result = run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    @Test
    void theyAreThoseOfTheAggregate() {
        // ORDER BY belongs to another form: the statement without it is the one that is recognised.
        List<List<@Nullable Object>> handmade = rows(HANDMADE.replace(" ORDER BY o.k", ""));
        List<List<@Nullable Object>> direct = rows("""
                SELECT method, count(*), CASE WHEN count(discharged - admitted) = count(*) THEN percentile_disc(0.5) WITHIN GROUP (ORDER BY discharged - admitted) END,
                CASE WHEN count(discharged - admitted) = count(*) THEN percentile_disc(0.9) WITHIN GROUP (ORDER BY discharged - admitted) END
                FROM hospital.admission WHERE discharged IS NOT NULL GROUP BY method""");
        assertThat(handmade).hasSizeGreaterThan(3).containsExactlyInAnyOrderElementsOf(direct);
    }

    @Test
    void aMissingKeyJoinsNothing() {
        String sql = HANDMADE.replace(" ORDER BY o.k", "")
                .replace("SELECT method, discharged", "SELECT CASE WHEN method <> '11' THEN method END, discharged");
        assertThat(rows(sql)).hasSizeGreaterThan(3).noneMatch(row -> row.getFirst() == null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p.rn <= s.rn|p.rn < s.rn",
                "p.rn <= s.rn|p.rn >= s.rn",
                "row_number() OVER (ORDER BY v)|row_number() OVER (ORDER BY v DESC)",
                "row_number() OVER (ORDER BY v)|row_number() OVER (ORDER BY k)",
                "FROM raw GROUP BY k, v|FROM raw WHERE v > 1 GROUP BY k, v",
                "FROM raw GROUP BY k)|FROM raw WHERE k <> '11' GROUP BY k)",
                "p.accumulated >= .50|p.accumulated > .50",
                "sum(p.total) FROM|max(p.total) FROM",
                "ON p.k = o.k|ON p.k <> o.k",
                "JOIN whole o|LEFT JOIN whole o",
                "GROUP BY o.k, o.total, o.mean|GROUP BY o.k, o.total, o.mean, p.v",
                "THEN v END|THEN p.total END",
            })
    void whatOnlyLooksLikeItIsNotAnsweredSo(String part, String other) {
        String sql = HANDMADE.replace(" ORDER BY o.k", "");
        assertThat(sql).contains(part);
        DemoRoad.Result result = run(sql.replaceFirst(java.util.regex.Pattern.quote(part), other));
        assertThat(result.problem())
                .as("added up over groups that are left out where they are few")
                .isNotNull();
    }

    /** Under the policy that hides nothing, so that the truth is known. */
    private static List<List<@Nullable Object>> open(String sql) {
        DemoRoad.Result result = HonestRoad.shared().insider("cohort").run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result.rows();
    }

    private static final String UNORDERED = HANDMADE.replace(" ORDER BY o.k", "");

    @Test
    void aColumnListMayNameTheFirstColumnsAlone() {
        String partial = UNORDERED
                .replace(
                        "whole (k, mean, total) AS (SELECT k, avg(1.0 * v), count(*) ",
                        "whole (k) AS (SELECT k, count(*) AS total ")
                .replace("SELECT o.k, o.total AS n, min(CASE", "SELECT o.k, min(CASE")
                .replace("GROUP BY o.k, o.total, o.mean", "GROUP BY o.k");
        String full = partial.replace("whole (k) AS", "whole (k, total) AS");
        assertThat(open(partial)).hasSizeGreaterThan(3).containsExactlyInAnyOrderElementsOf(open(full));
    }

    @Test
    void theWholeKeepsItsColumnsForOthers() {
        int body = UNORDERED.indexOf("SELECT o.k, o.total AS n");
        String sql = UNORDERED.substring(0, body) + ", answer AS (" + UNORDERED.substring(body)
                + ") SELECT * FROM answer a JOIN whole w ON w.k = a.k";
        assertThat(open(sql)).hasSizeGreaterThan(3).allMatch(row -> row.size() == 7);
    }

    @Test
    void aKeyKeepsTheNameByWhichItIsAskedFor() {
        String sql = UNORDERED
                .replace("prior (k, v,", "prior (own, v,")
                .replace("SELECT o.k, o.total", "SELECT p.own, o.total")
                .replace("ON p.k = o.k GROUP BY o.k", "ON p.own = o.k GROUP BY p.own");
        assertThat(HonestRoad.described(HonestRoad.shared().insider("cohort"), sql)
                        .orThrow()
                        .getFirst())
                .startsWith("own ");
    }

    @Test
    void aNameThatIsGivenInBetweenMeansSomethingElse() {
        String sql = """
                WITH stats AS (SELECT bnf_code AS k, days_supply AS v, count(*) AS total, row_number() OVER (ORDER BY days_supply) AS rn
                    FROM prescription GROUP BY bnf_code, days_supply),
                prescription AS (SELECT bnf_code, days_supply FROM hospital.prescription WHERE days_supply > 10),
                whole AS (SELECT bnf_code AS k, count(*) AS total FROM prescription GROUP BY bnf_code),
                prior AS (SELECT s.k, s.v, s.total, sum(p.total) AS accumulated FROM stats s JOIN stats p ON s.k = p.k AND p.rn <= s.rn
                    GROUP BY s.k, s.v, s.total, s.rn)
                SELECT o.k, min(CASE WHEN p.accumulated >= .40 * o.total THEN v END) AS place FROM prior p JOIN whole o ON p.k = o.k GROUP BY o.k""";
        DemoRoad.Result result = HonestRoad.shared().insider("cohort").run(sql);
        assertThat(result.problem() != null
                        || result.rows().stream().allMatch(row -> "7".equals(String.valueOf(row.get(1)))))
                .as(result.rows().toString())
                .isTrue();
    }
}
