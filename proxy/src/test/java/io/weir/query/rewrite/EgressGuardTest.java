package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.execute.EgressGuard;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The second parser stops what the rewriter did not declare, whatever went wrong before it. Lies beside {@code rewrite}, which alone can
 * make a {@link GeneratedSelect}. That all texts of real questions pass is shown by the tests of the road.
 */
class EgressGuardTest {
    private final EgressGuard guard = new EgressGuard();

    private static GeneratedSelect select(String sql) {
        List<OutputColumn> outputs = Stream.of("k1", "n")
                .map(label -> new OutputColumn(label, OutputColumn.Purpose.CELL, SqlType.INT4, null))
                .toList();
        return new GeneratedSelect(SqlDialect.POSTGRESQL, sql, List.of(), outputs, Set.of("hospital.patients"));
    }

    @Tag("S26")
    @Test
    void whatWasDeclaredPasses() {
        GeneratedSelect declared = select("SELECT p.\"sex\" AS \"k1\", count(*) AS \"n\""
                + " FROM \"hospital\".\"patients\" p WHERE p.\"opted_out\" = ? GROUP BY p.\"sex\"");
        assertThatCode(() -> guard.check(declared)).doesNotThrowAnyException();
        assertThatCode(() -> guard.check(declared)).doesNotThrowAnyException();
    }

    /** A cancel reaches the parser when it comes at that moment; that is no reason for an alert. */
    @Test
    void aCancelIsNoDisagreement() {
        // Long enough that it is not read before anybody waits for it.
        GeneratedSelect declared = select("SELECT sex AS k1, count(*) AS n FROM hospital.patients WHERE "
                + "sex IS NULL OR ".repeat(400) + "sex IS NULL GROUP BY sex");
        Thread.currentThread().interrupt();
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> guard.check(declared));
        assertThat(Thread.interrupted()).isFalse();
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.CANCELLED);
        assertThatCode(() -> guard.check(declared)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // other relations, wherever they stand
                "SELECT sex AS k1, count(*) AS n FROM hospital.notes GROUP BY sex",
                "SELECT sex AS k1, count(*) AS n FROM patients GROUP BY sex",
                "SELECT sex AS k1, count(*) AS n FROM hospital.patients p JOIN hospital.notes x ON true GROUP BY sex",
                "SELECT sex AS k1, (SELECT max(note) FROM hospital.notes) AS n FROM hospital.patients",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_authid)",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients WHERE sex IN (SELECT usename FROM pg_catalog.pg_shadow)",
                "SELECT k1, n FROM (SELECT sex AS k1, 1 AS n FROM hospital.patients UNION SELECT note, 1 FROM hospital.notes) x",
                "SELECT sex AS k1, count(*) AS n FROM hospital.patients GROUP BY sex HAVING count(*) > (SELECT count(*) FROM hospital.notes)",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients ORDER BY (SELECT max(note) FROM hospital.notes)",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients LIMIT (SELECT count(*) FROM hospital.notes)",
                // functions that nobody registered
                "SELECT sex AS k1, pg_sleep(1) AS n FROM hospital.patients",
                "SELECT sex AS k1, pg_catalog.pg_read_file('x') AS n FROM hospital.patients",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients WHERE pg_sleep(1) IS NULL",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients ORDER BY pg_sleep(1)",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients, pg_ls_dir('.') d",
                "SELECT sex AS k1, dblink_exec('x') OVER () AS n FROM hospital.patients",
                "SELECT sex AS k1, version() AS n FROM hospital.patients",
                "SELECT sex AS k1, lag(sex) OVER (PARTITION BY pg_sleep(1)) AS n FROM hospital.patients",
                "SELECT sex AS k1, lag(sex) OVER (PARTITION BY sex ORDER BY pg_sleep(1)) AS n FROM hospital.patients",
                "SELECT sex AS k1, lag(pg_sleep(1)) OVER (PARTITION BY sex) AS n FROM hospital.patients",
                "SELECT k1, n FROM (SELECT sex AS k1, row_number() OVER (PARTITION BY sex ORDER BY (SELECT max(note) FROM hospital.notes)) AS n FROM hospital.patients) x",
                // other columns
                "SELECT sex AS k1, count(*) AS n, max(nhs_number) AS m FROM hospital.patients GROUP BY sex",
                "SELECT sex AS k1 FROM hospital.patients",
                "SELECT count(*) AS n, sex AS k1 FROM hospital.patients GROUP BY sex",
                "SELECT * FROM hospital.patients",
                "SELECT p.* FROM hospital.patients p",
                // other statements
                "DELETE FROM hospital.patients",
                "UPDATE hospital.patients SET sex = 'X'",
                "SELECT sex AS k1, 1 AS n INTO hospital.copy FROM hospital.patients",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients FOR UPDATE",
                "WITH x AS (SELECT 1) SELECT sex AS k1, 1 AS n FROM hospital.patients",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients; DROP TABLE hospital.patients",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients; SELECT sex AS k1, 1 AS n FROM hospital.patients",
                "SELECT sex AS k1, 1 AS n FROM hospital.patients UNION SELECT sex, 1 FROM hospital.patients",
                "COPY hospital.patients TO '/tmp/x'",
                "SELECT sex AS k1, 1 AS n FROM",
                ""
            })
    void whatWasNotDeclaredIsStopped(String sql) {
        ProblemException stopped = catchThrowableOfType(ProblemException.class, () -> guard.check(select(sql)));
        assertThat(stopped).as(sql).isNotNull();
        assertThat(stopped.problem().code()).isEqualTo(ProblemCode.EGRESS_GUARD);
        // Never remembered as one that passed, and nothing of the text reaches the client.
        assertThat(catchThrowableOfType(ProblemException.class, () -> guard.check(select(sql))))
                .isNotNull();
        assertThat(stopped.problem().detail()).isNull();
    }

    private static GeneratedSelect transact(String sql, boolean capped) {
        List<OutputColumn> outputs = Stream.of("k1", "n")
                .map(label -> new OutputColumn(label, OutputColumn.Purpose.CELL, SqlType.INT4, null))
                .toList();
        return new GeneratedSelect(SqlDialect.SQL_SERVER, sql, List.of(), outputs, Set.of("hospital.patients"), capped);
    }

    @Test
    void transactSqlThatWasDeclaredPasses() {
        assertThatCode(() -> guard.check(transact(
                        "SELECT TOP (5) [p].[sex] AS [k1], COUNT_BIG(*) AS [n] FROM [hospital].[patients] AS [p]"
                                + " WHERE (([p].[sex] + N'\t') = (CAST(? AS nvarchar(3999)) + N'\t')) GROUP BY [p].[sex]",
                        true)))
                .doesNotThrowAnyException();
        assertThatCode(() -> guard.check(transact(
                        "SELECT [p].[sex] AS [k1], 1 AS [n] FROM [hospital].[patients] AS [p]"
                                + " ORDER BY (SELECT NULL) OFFSET CAST(? AS bigint) ROWS FETCH NEXT CAST(? AS bigint) ROWS ONLY",
                        true)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[notes]",
                "SELECT [sex] AS [k1], 1 AS [n] FROM [other].[hospital].[notes]",
                "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[patients] CROSS APPLY [hospital].[notes]",
                "SELECT [sex] AS [k1], hashbytes('MD5', [sex]) AS [n] FROM [hospital].[patients]",
                "SELECT [sex] AS [k1], xp_cmdshell('x') AS [n] FROM [hospital].[patients]",
                "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[patients] WHERE suser_name() IS NULL",
                "SELECT [sex] AS [k1], 1 AS [n] FROM openrowset('x', 'y', 'z')",
                "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[patients] WAITFOR DELAY '0:0:9'",
                "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[patients] DELETE FROM [hospital].[patients]",
                "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[patients] EXEC xp_cmdshell 'x'",
                "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[patients]; DELETE FROM [hospital].[patients]",
                "SELECT [sex] AS [k1], 1 AS [n] INTO [hospital].[copy] FROM [hospital].[patients]",
                "SELECT date_trunc('month', [sex]) AS [k1], 1 AS [n] FROM [hospital].[patients]",
                "SELECT TOP (5) [sex] AS [k1], 1 AS [n] FROM [hospital].[patients]",
                "EXEC sp_executesql N'x'",
                "DECLARE @x int"
            })
    void transactSqlThatWasNotDeclaredIsStopped(String sql) {
        assertThat(catchThrowableOfType(ProblemException.class, () -> guard.check(transact(sql, false))))
                .as(sql)
                .isNotNull();
    }

    /** A row limit that got lost on the way is more rows than were permitted. */
    @Test
    void aLimitThatIsMissingOrWasNotDeclaredIsStopped() {
        String all = "SELECT [sex] AS [k1], 1 AS [n] FROM [hospital].[patients] AS [p]";
        assertThat(catchThrowableOfType(ProblemException.class, () -> guard.check(transact(all, true))))
                .isNotNull();
        assertThatCode(() -> guard.check(transact(all, false))).doesNotThrowAnyException();
        GeneratedSelect lost = new GeneratedSelect(
                SqlDialect.POSTGRESQL,
                "SELECT sex AS k1, 1 AS n FROM hospital.patients",
                List.of(),
                select("").outputs(),
                Set.of("hospital.patients"),
                true);
        assertThat(catchThrowableOfType(ProblemException.class, () -> guard.check(lost)))
                .isNotNull();
    }
}
