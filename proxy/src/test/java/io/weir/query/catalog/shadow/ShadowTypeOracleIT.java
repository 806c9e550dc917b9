package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.Description;
import io.weir.query.catalog.TypeOracle;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShadowTypeOracleIT {
    private final TypeOracle oracle = SharedShadow.catalogue().typeOracle();

    private Description describe(String sql, SqlType... parameters) {
        return oracle.describe(CatalogClient.ADA, Hospital.schema(), sql, Arrays.asList(parameters))
                .orThrow();
    }

    private Problem refusal(String sql) {
        Outcome<Description> outcome = oracle.describe(CatalogClient.ADA, Hospital.schema(), sql, List.of());
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<Description>) outcome).problem();
    }

    @Test
    void labelsAreThoseOfPostgresql() {
        assertThat(describe("SELECT count(*), 1 + 1, CASE WHEN birth_year > 1950 THEN 1 END, coalesce(ethnicity, 'x'),"
                                + " birth_year AS \"Year\", max(cost) OVER () FROM person JOIN admission USING (person_id)"
                                + " GROUP BY birth_year, ethnicity, cost")
                        .columns())
                .extracting(AnswerColumn::label)
                .containsExactly("count", "?column?", "case", "coalesce", "Year", "max");
    }

    @Test
    void parameterTypesAreInferred() {
        Description description = describe("SELECT count(*) FROM person WHERE $1 > birth_year AND ethnicity = $2");
        assertThat(description.parameters()).containsExactly(SqlType.INT4, SqlType.TEXT);
        assertThat(describe("SELECT $1 AS x", SqlType.DATE).columns())
                .containsExactly(new AnswerColumn("x", ColumnType.of(SqlType.DATE)));
    }

    @Test
    void typesCarryModifiersAndTheCataloguesNumbers() {
        List<AnswerColumn> columns = describe(
                        "SELECT ethnicity, icd10, cost, seen_at, admitted - date '2020-01-01', avg(cost) OVER ()"
                                + " FROM hospital.admission JOIN hospital.person USING (person_id)")
                .columns();
        assertThat(columns)
                .extracting(AnswerColumn::type)
                .containsExactly(
                        new ColumnType(SqlType.VARCHAR, 14),
                        new ColumnType(SqlType.BPCHAR, 9),
                        new ColumnType(SqlType.NUMERIC, (10 << 16 | 2) + 4),
                        new ColumnType(SqlType.TIMESTAMPTZ, 3),
                        ColumnType.of(SqlType.INT4),
                        ColumnType.of(SqlType.NUMERIC));
        assertThat(columns.get(0).tableOid()).isPositive();
        assertThat(columns.get(0).attribute()).isEqualTo(3);
        assertThat(columns.get(4).tableOid()).isZero();
    }

    @Test
    void errorsOfTheStatementSayWhatAndWhere() {
        Problem relation = refusal("SELECT * FROM hospital.nothing");
        assertThat(relation.code()).isEqualTo(ProblemCode.UNKNOWN_RELATION);
        assertThat(relation.detail()).isEqualTo("relation \"hospital.nothing\" does not exist");
        assertThat(relation.position()).isEqualTo(15);
        Problem column = refusal("SELECT birth_yeer FROM person");
        assertThat(column.code()).isEqualTo(ProblemCode.UNKNOWN_COLUMN);
        assertThat(column.hint()).contains("birth_year");
        assertThat(refusal("SELEC 1").code()).isEqualTo(ProblemCode.SYNTAX);
        assertThat(refusal("SELECT 1; SELECT 2").code()).isEqualTo(ProblemCode.SYNTAX);
        assertThat(refusal("SELECT nofunction(1)").code()).isEqualTo(ProblemCode.UNKNOWN_FUNCTION);
        assertThat(refusal("SELECT CASE WHEN birth_year THEN 1 END FROM person").code())
                .isEqualTo(ProblemCode.TYPE_MISMATCH);
        assertThat(refusal("SELECT birth_year FROM person GROUP BY ethnicity").code())
                .isEqualTo(ProblemCode.SYNTAX);
    }

    @Test
    void wordsOfOtherErrorsAreNotRepeated() {
        Problem value = refusal("SELECT date 'not a day'");
        assertThat(value.code()).isEqualTo(ProblemCode.INVALID_VALUE);
        assertThat(value.detail()).isNull();
        assertThat(value.position()).isEqualTo(13);
    }

    @Test
    void typesOutsideTheListAreUnsupportedWithAHint() {
        Problem problem = refusal("SELECT point(birth_year, 1) AS years FROM person");
        assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED);
        assertThat(problem.detail()).contains("years");
        assertThat(problem.hint()).contains("Cast");
    }

    @Test
    void aChangedPolicyIsAnotherDatabaseAtOnce() {
        describe("SELECT ethnicity FROM person");
        Outcome<Description> after =
                oracle.describe(CatalogClient.ADA, Hospital.narrower(), "SELECT ethnicity FROM person", List.of());
        assertThat(after).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused<Description>) after).problem().code()).isEqualTo(ProblemCode.UNKNOWN_COLUMN);
    }

    @Test
    void nothingIsExecuted() {
        assertThat(describe("SELECT 1 / 0 AS never, pg_catalog.pg_backend_pid() AS pid")
                        .columns())
                .hasSize(2);
        assertThat(describe("DELETE FROM person").columns()).isEmpty();
    }
}
