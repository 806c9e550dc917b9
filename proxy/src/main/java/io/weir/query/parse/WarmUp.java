package io.weir.query.parse;

import io.weir.policy.DatasetName;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;

/** A few statements that touch most of the parser, validator and converter. */
final class WarmUp {
    private static final List<String> STATEMENTS = List.of(
            "SELECT code, count(*) AS n, avg(amount) FROM warm.up WHERE day >= date '2024-01-01' GROUP BY code HAVING count(*) > 5 ORDER BY n DESC LIMIT 10",
            "WITH a AS (SELECT id, min(day) AS first FROM warm.up GROUP BY id) SELECT extract(year FROM first)::int, count(DISTINCT a.id) FROM a JOIN warm.up b ON a.id = b.id AND b.day BETWEEN a.first AND a.first + 30 GROUP BY 1",
            "SELECT CASE WHEN amount > 5 THEN 'a' ELSE 'b' END, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) FROM warm.up u WHERE EXISTS (SELECT 1 FROM warm.up v WHERE v.id = u.id) AND code IN ('a', 'b') GROUP BY ROLLUP (1)",
            "SELECT code FROM (SELECT code, row_number() OVER (PARTITION BY id ORDER BY day) AS r FROM warm.up) t WHERE r = 1 UNION ALL SELECT 'x'");

    private WarmUp() {}

    static void run(SqlFrontEnd frontEnd) {
        GovernedSchema schema = new GovernedSchema(
                "",
                List.of(new GovernedSchema.Table(
                        new DatasetName("warm", "up"),
                        "",
                        List.of(
                                column("id", SqlType.INT8),
                                column("code", SqlType.TEXT),
                                column("day", SqlType.DATE),
                                column("amount", SqlType.NUMERIC)),
                        List.of(),
                        List.of())));
        for (int round = 0; round < 3; round++) {
            for (String statement : STATEMENTS) {
                frontEnd.parse(statement, schema, List.of());
            }
        }
    }

    private static GovernedSchema.Column column(String name, SqlType type) {
        return new GovernedSchema.Column(name, ColumnType.of(type), true, "");
    }
}
