package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.demo.data.DemoPolicyFixture;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.ProblemException;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where sources differ, one question has one answer: what docs/reference/tsql.md promises, on the generated text. */
class SourceDifferencesTest {
    private static final Dialect POSTGRESQL = Dialect.of(SqlDialect.POSTGRESQL);
    private static final Dialect SQL_SERVER = Dialect.of(SqlDialect.SQL_SERVER);
    private static PolicySnapshot policy;

    @BeforeAll
    static void loadPolicy() throws IOException {
        policy = DemoPolicyFixture.snapshot();
    }

    private static String text(Dialect dialect, Consumer<SqlText> what) {
        SqlText out = new SqlText(dialect);
        what.accept(out);
        return out.text();
    }

    private static String condition(Expr expr) {
        return text(SQL_SERVER, out -> expressions(out).condition(expr));
    }

    private static String value(Expr expr) {
        return text(SQL_SERVER, out -> expressions(out).write(expr));
    }

    private static Expressions expressions(SqlText out) {
        Relations relations = new Relations(policy, out.dialect());
        relations.use(Construct.ROW);
        return relations.expressions(out);
    }

    private static String key(Dialect dialect, boolean descending, boolean nullsFirst) {
        return text(dialect, out -> dialect.sortKey(out, () -> out.append("x"), descending, nullsFirst));
    }

    @Test
    void nullsComeWhereTheyWereAskedFor() {
        assertThat(key(POSTGRESQL, false, false)).isEqualTo("x ASC NULLS LAST");
        // NULL is the lowest value in SQL Server.
        assertThat(key(SQL_SERVER, false, true)).isEqualTo("x ASC");
        assertThat(key(SQL_SERVER, true, false)).isEqualTo("x DESC");
        assertThat(key(SQL_SERVER, false, false)).isEqualTo("CASE WHEN x IS NULL THEN 1 ELSE 0 END, x ASC");
        assertThat(key(SQL_SERVER, true, true)).isEqualTo("CASE WHEN x IS NULL THEN 0 ELSE 1 END, x DESC");
    }

    @Test
    void divisionByZeroIsNullAndIntegersAreCut() {
        assertThat(value(Expr.call(Op.DIVIDE, SqlType.NUMERIC, Construct.N, Construct.I)))
                .contains("/ NULLIF(");
        assertThat(value(Expr.call(Op.INTEGER_DIVIDE, SqlType.INT4, Construct.I, Construct.I)))
                .isEqualTo("(TRY_CAST([r].[i] AS bigint) / NULLIF(TRY_CAST([r].[i] AS bigint), 0))");
    }

    @Test
    void aQuotientHasSixteenDecimalsBeforeItIsRounded() {
        // decimal(p1, s1) / decimal(p2, s2) has s1 + p2 + 1 decimals: here 5 + 10 + 1.
        assertThat(value(Expr.call(Op.DIVIDE, SqlType.NUMERIC, Construct.N, Construct.I)))
                .isEqualTo("TRY_CAST((TRY_CAST([r].[n] AS decimal(13, 5))"
                        + " / NULLIF(TRY_CAST([r].[i] AS decimal(10, 0)), 0)) AS decimal(24, 16))");
    }

    @Test
    void castsToIntegersRoundInsteadOfCutting() {
        assertThat(value(new Expr.Cast(Construct.N, SqlType.INT4))).isEqualTo("TRY_CAST([r].[n] AS decimal(9, 0))");
    }

    @Test
    void caseAndAccentsAndBlanksOfTextsCount() {
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.sourceColumn(out, "t", "c", ColumnType.text(SqlType.VARCHAR, 5))))
                .isEqualTo("CAST([t].[c] AS nvarchar(64)) COLLATE Latin1_General_100_BIN2");
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.sourceColumn(out, "t", "c", ColumnType.of(SqlType.TEXT))))
                .isEqualTo("CAST([t].[c] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2");
        assertThat(condition(Expr.predicate(Op.EQUAL, Construct.S, Construct.T)))
                .isEqualTo("(([r].[s] + N'\t') = ([r].[t] + N'\t'))");
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.unmarked(out, SqlType.TEXT, () -> out.append("k"))))
                .isEqualTo("LEFT(k, LEN(k) - 1)");
    }

    @Test
    void blanksOfCharCountNowhere() {
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.sourceColumn(out, "t", "c", ColumnType.text(SqlType.BPCHAR, 5))))
                .isEqualTo("RTRIM(CAST([t].[c] AS nvarchar(64))) COLLATE Latin1_General_100_BIN2");
    }

    @Test
    void patternsMeanWhatTheyMeanInPostgres() {
        assertThat(TransactTexts.translated("a[b]\\%c_d%\\x\\\\")).isEqualTo("a\\[b]\\%c_d%x\\\\");
    }

    @Test
    void zonesOfOneOffsetAreTheOnlyOnes() {
        assertThat(value(new Expr.AtZone(Construct.TZ, ZoneOffset.UTC)))
                .contains("SWITCHOFFSET([r].[tz], CAST(? AS int))");
        assertThatThrownBy(() -> value(new Expr.AtZone(Construct.TZ, ZoneId.of("Europe/London"))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void olderTypesDoNotShowThrough() {
        for (SqlType type : new SqlType[] {SqlType.DATE, SqlType.TIME, SqlType.TIMESTAMP, SqlType.TIMESTAMPTZ}) {
            assertThat(text(SQL_SERVER, out -> SQL_SERVER.sourceColumn(out, "t", "c", ColumnType.of(type))))
                    .isEqualTo("TRY_CAST([t].[c] AS " + TransactTypes.name(type) + ")");
        }
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.sourceColumn(out, "t", "c", ColumnType.numeric(10, 2))))
                .isEqualTo("TRY_CAST([t].[c] AS decimal(10, 2))");
    }

    @Test
    void aMeanIsASumByACount() {
        assertThat(text(SQL_SERVER, out -> expressions(out).average(() -> out.append("x"), Construct.I)))
                .isEqualTo("TRY_CAST((TRY_CAST(SUM(x) AS decimal(25, 5))"
                        + " / NULLIF(TRY_CAST(COUNT_BIG(x) AS decimal(10, 0)), 0)) AS decimal(26, 16))");
    }

    @Test
    void keysThatChangeNoOrderAreLeftOut() {
        Residual.SortKey key = new Residual.SortKey(Construct.I, true, false);
        Residual.SortKey again = new Residual.SortKey(Construct.I, false, false);
        Residual.SortKey constant = new Residual.SortKey(Expr.literal(1, SqlType.INT4), false, false);
        List<Residual.SortKey> keys = List.of(constant, key, again);
        assertThat(SQL_SERVER.sortKeys(keys)).containsExactly(key);
        assertThat(POSTGRESQL.sortKeys(keys)).isEqualTo(keys);
    }

    @Test
    void limitsStandWhereTheyAreRead() {
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.top(out, 0, 5))).isEqualTo("TOP (CAST(? AS bigint)) ");
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.top(out, 7, 0))).isEqualTo("TOP (0) ");
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.top(out, 7, 5))).isEmpty();
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.cap(out, false, 7, 5)))
                .isEqualTo(" ORDER BY (SELECT NULL) OFFSET CAST(? AS bigint) ROWS"
                        + " FETCH NEXT CAST(? AS bigint) ROWS ONLY");
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.cap(out, true, 7, -1)))
                .isEqualTo(" OFFSET CAST(? AS bigint) ROWS");
        assertThat(text(SQL_SERVER, out -> SQL_SERVER.cap(out, true, 0, 5))).isEmpty();
    }
}
