package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.demo.data.DemoPolicyFixture;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.ColumnType;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/tsql.md is generated from {@link Construct} and the two dialects; what cannot be said is refused. */
class TransactReferenceTest {
    private static final Path PAGE = Path.of("../docs/reference/tsql.md");
    private static final String BEGIN = "<!-- constructs: generated, do not edit -->\n";
    private static final String END = "<!-- end of constructs -->\n";

    private static PolicySnapshot policy;

    @BeforeAll
    static void loadPolicy() throws IOException {
        policy = DemoPolicyFixture.snapshot();
    }

    private static String written(SqlDialect dialect, Expr expr) {
        Dialect spelling = Dialect.of(dialect);
        SqlText out = new SqlText(spelling);
        Relations relations = new Relations(policy, spelling);
        relations.use(Construct.ROW);
        relations.expressions(out).write(expr);
        return out.text();
    }

    private static String condition(Expr expr) {
        Dialect spelling = Dialect.of(SqlDialect.SQL_SERVER);
        SqlText out = new SqlText(spelling);
        Relations relations = new Relations(policy, spelling);
        relations.use(Construct.ROW);
        relations.expressions(out).condition(expr);
        return out.text();
    }

    @Test
    void referencePageHasBothTextsOfEveryConstruct() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Construct construct : Construct.all()) {
            String postgresql = written(SqlDialect.POSTGRESQL, construct.expr());
            String transact = construct.expr().type() == SqlType.BOOL
                    ? condition(construct.expr())
                    : written(SqlDialect.SQL_SERVER, construct.expr());
            table.append("\n### ").append(construct.name()).append("\n\n");
            table.append("```sql\n").append(postgresql).append("\n```\n\n");
            // The mark is a tab, which nobody sees on a page.
            table.append("```sql\n").append(transact.replace("\t", "⇥")).append("\n```\n\n");
            table.append(construct.words())
                    .append(" Rests on: ")
                    .append(construct.rests())
                    .append(".\n");
        }
        String before = Files.readString(PAGE);
        String page = before.substring(0, before.indexOf(BEGIN) + BEGIN.length())
                + table
                + "\n"
                + before.substring(before.indexOf(END));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(before).isEqualTo(page);
    }

    @Test
    void everyOperatorIsAConstruct() {
        Set<Op> missing = EnumSet.allOf(Op.class);
        // Parts are added above the boundary only.
        missing.remove(Op.ADD_PARTS);
        // Calculated with results; see whatCannotBeSaid.
        missing.removeAll(EnumSet.of(Op.SQUARE_ROOT, Op.LOGARITHM, Op.EXPONENTIAL, Op.DATE_TEXT, Op.NUMBER_TEXT));
        missing.removeAll(EnumSet.range(Op.INITIALS, Op.TRANSLATE));
        Construct.all()
                .forEach(c -> c.expr().walk(e -> {
                    if (e instanceof Expr.Call call) {
                        missing.remove(call.op());
                    }
                }));
        assertThat(missing).isEmpty();
    }

    static Stream<Expr> whatCannotBeSaid() {
        Expr many = Expr.call(Op.MULTIPLY, SqlType.NUMERIC, Construct.N, Construct.N, Construct.N, Construct.N);
        return Stream.of(
                many,
                Expr.call(Op.ADD, SqlType.FLOAT8, Construct.F, Construct.F),
                Expr.call(Op.SQUARE_ROOT, SqlType.NUMERIC, Construct.N),
                Expr.call(Op.LOGARITHM, SqlType.NUMERIC, Construct.N),
                Expr.call(Op.EXPONENTIAL, SqlType.NUMERIC, Construct.N),
                Expr.call(Op.DATE_TEXT, SqlType.TEXT, Construct.D, Expr.literal("YYYY", SqlType.TEXT)),
                Expr.call(Op.NUMBER_TEXT, SqlType.TEXT, Construct.N, Expr.literal("FM9", SqlType.TEXT)),
                Expr.call(Op.INITIALS, SqlType.TEXT, Construct.S),
                Expr.call(Op.REVERSE, SqlType.TEXT, Construct.S),
                new Expr.Window(
                        Expr.Window.Function.COUNT,
                        List.of(),
                        List.of(Construct.I),
                        List.of(new Expr.Window.Order(Construct.S, false, false)),
                        List.of(),
                        SqlType.INT8),
                Expr.call(Op.LIKE, SqlType.BOOL, Construct.S, Construct.T),
                Expr.call(Op.LIKE, SqlType.BOOL, Construct.S, Expr.literal("a\\", SqlType.TEXT)),
                Expr.predicate(Op.LESS, Construct.U, Construct.U),
                Expr.call(Op.GREATEST, SqlType.BOOL, Construct.B, Construct.B),
                Expr.call(Op.CONCAT, SqlType.TEXT, Construct.S, Construct.I),
                Expr.call(Op.INTEGER_DIVIDE, SqlType.INT4, Construct.N, Construct.I),
                new Expr.AtZone(Construct.TZ, ZoneId.of("Europe/London")),
                new Expr.AtZone(Construct.TZ, ZoneId.of("+15:00")),
                new Expr.Cast(Construct.S, SqlType.INT4),
                new Expr.Cast(Construct.TS, SqlType.TEXT),
                new Expr.Cast(Construct.F, SqlType.TEXT),
                new Expr.Cast(
                        Construct.N, SqlType.NUMERIC, ColumnType.numeric(60, 2).typmod(), true),
                Expr.literal(new BigDecimal("1e-50"), SqlType.NUMERIC),
                Expr.literal(Double.NaN, SqlType.FLOAT8),
                Expr.literal(LocalDate.of(-44, 3, 15), SqlType.DATE),
                Expr.literal(LocalDateTime.MAX, SqlType.TIMESTAMP),
                Expr.literal(java.time.Instant.MIN, SqlType.TIMESTAMPTZ),
                Expr.literal(new PgInterval(1, 0, 0), SqlType.INTERVAL),
                Expr.call(
                        Op.ADD_INTERVAL,
                        SqlType.TIMESTAMP,
                        Construct.D,
                        Expr.literal(new PgInterval(0, Integer.MAX_VALUE, Long.MAX_VALUE), SqlType.INTERVAL)));
    }

    @ParameterizedTest
    @MethodSource("whatCannotBeSaid")
    void whatCannotBeSaidIsRefusedWithASuggestion(Expr expr) {
        assertThatThrownBy(() -> written(SqlDialect.SQL_SERVER, expr))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.FUNCTION_USE);
                    assertThat(e.problem().detail()).endsWith("cannot be asked of a SQL Server source");
                    assertThat(e.problem().hint()).isNotBlank();
                });
    }

    @Test
    void moreValuesThanAProcedureTakesAreTooMany() {
        List<Expr> values = java.util.stream.IntStream.range(0, 2_001)
                .mapToObj(i -> Expr.predicate(Op.EQUAL, Construct.I, Expr.literal(i, SqlType.INT4)))
                .toList();
        Expr list = new Expr.Call(Op.OR, values, SqlType.BOOL);
        assertThat(written(SqlDialect.POSTGRESQL, list)).contains(" OR ");
        assertThatThrownBy(() -> condition(list))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.STATEMENT_TOO_COMPLEX));
    }

    @Test
    void aLongTextIsNotCut() {
        String text = "x".repeat(4_000);
        assertThat(written(SqlDialect.SQL_SERVER, Expr.literal(text, SqlType.TEXT)))
                .startsWith("CAST(? AS nvarchar(max))");
        assertThat(written(SqlDialect.SQL_SERVER, Expr.literal("x", SqlType.TEXT)))
                .startsWith("CAST(? AS nvarchar(3999))");
    }

    @Test
    void conditionsAreNeverValues() {
        for (Construct construct : Construct.all()) {
            if (construct.expr().type() == SqlType.BOOL) {
                String value = written(SqlDialect.SQL_SERVER, construct.expr());
                assertThat(value).as(construct.name()).matches("(?s)CAST\\(CASE WHEN .* END AS bit\\)|CASE .* END");
            }
        }
    }
}
