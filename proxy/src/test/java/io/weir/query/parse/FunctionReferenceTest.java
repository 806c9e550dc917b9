package io.weir.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/reference/functions.md is generated from the operator table. */
class FunctionReferenceTest {
    private static final Path PAGE = Path.of("../docs/reference/functions.md");

    private static final String DIFFERENCES = """

            ## Over data about people

            - `stddev`, `variance`, `corr`, `covar_…` and `regr_…` are computed from protected counts, sums and sums of products. Where rounding leaves no
              variance they are NULL. Conditionals inside them are refused: choose rows with WHERE or FILTER.
            - Window functions take the rows of one person (`PARTITION BY` the person's key) or stand above the groups. `UNION`, `INTERSECT` and `EXCEPT` take
              rows of people of one kind; every branch of a UNION must be large enough by itself. A list of constants (`VALUES`) is joined by equality, each
              value once; grouped by its own columns alone it may also be joined by ranges, or keep its rows in an outer join. `generate_series` and
              `unnest(ARRAY[…])` of constants are such lists.
            - `floor`, `ceil`, `round`, `/` and `%` make bands of whole numbers (years, days, counts) only. `sqrt`, `ln` and `exp` are for aggregates and
              reference data.
            - `to_char` of a date groups and compares like `date_trunc` and `extract`, and shows no finer units than they may; of a number it takes
              aggregates and reference data. `to_date` and `to_timestamp` take constants. `width_bucket` with constants is the CASE of its bands,
              `OVERLAPS` the comparisons of the ends.
            - `~` and `SIMILAR TO` take patterns that are a list of alternatives with at most one letter open at a place, and are the LIKEs of that list.
            - `LIKE`, `ILIKE` and `left()` take codes from their declared length, and any pattern where the policy lists the column's values.
            - `percentile_cont` and `percentile_disc` are means of neighbours' values around the places 0.01, 0.05, 0.1, 0.15 … 0.95 and 0.99, rounded. Numbers only,
              one place in a call, no conditionals inside. `mode` is for aggregated results and reference data.
            - `bool_or`, `bool_and`, `min` and `max` are available for each person inside a sub-query grouped by the person's key.

            ## Differences from PostgreSQL, on purpose

            - Division by zero is NULL, also above the boundary (`count(*) / 0`): PostgreSQL ends the statement, and below the boundary the end of a statement
              would tell something about a row.
            - A cast to `numeric(p,s)` of reference data that has no room is NULL for that row. Of an aggregate it is an error, 22003, as in PostgreSQL.
            - `varchar(n)` and `char(n)` cut data about people only where `left()` may: hierarchical codes from their declared length. `numeric(p,s)` that would
              round or fail is refused for values about people; cast the aggregate. A cast that keeps every value (`varchar(5)` of a `varchar(3)`) is no question of its own.
            - `char(n)` is held without the blanks at its end; they are added when it is sent.
            """;

    @Test
    void referencePageListsEveryFunction() throws IOException {
        Map<String, TreeSet<String>> rows = new TreeMap<>();
        for (SqlOperator operator : PgOperators.table().getOperatorList()) {
            if (operator.getSyntax() != SqlSyntax.INTERNAL) {
                rows.computeIfAbsent(kind(operator), k -> new TreeSet<>()).add(PgOperators.nameOf(operator));
            }
        }
        StringBuilder page = new StringBuilder(
                "# Functions and operators\n\nGenerated from the operator table: do not edit. Everything else is an unknown function. What may be applied to personal data is ruled apart.\n");
        rows.forEach((kind, names) -> {
            page.append("\n## ").append(kind).append("\n\n");
            names.forEach(n -> page.append("- `").append(n).append("`\n"));
        });
        page.append(DIFFERENCES);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page.toString());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    }

    @Tag("S23")
    @Test
    void nothingDangerousIsInTheTable() {
        assertThat(PgOperators.table().getOperatorList().stream().map(PgOperators::nameOf))
                .doesNotContainAnyElementsOf(List.of(
                        "random",
                        "md5",
                        "pg_sleep",
                        "string_agg",
                        "array_agg",
                        "query_to_xml",
                        "to_json",
                        "set_config",
                        "regexp_replace"));
    }

    private static String kind(SqlOperator operator) {
        if (operator.requiresOver()) {
            return "Window functions";
        }
        if (operator.isAggregator()) {
            return "Aggregates";
        }
        return switch (operator.getSyntax()) {
            case BINARY, PREFIX, POSTFIX, SPECIAL -> "Operators";
            default -> "Functions";
        };
    }
}
