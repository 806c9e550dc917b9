package io.weir.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.DatasetName;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFrontEndTest {
    private static final SqlFrontEnd FRONT_END = new SqlFrontEnd();
    private static final GovernedSchema SCHEMA = OmopSchema.schema();

    @AfterAll
    static void close() {
        FRONT_END.close();
    }

    @Test
    void castBindsTighterThanDivision() {
        assertThat(expression("SELECT 7 / 2::numeric AS a")).isEqualTo("/(7, CAST(2):DECIMAL(1000, 20) NOT NULL)");
        assertThat(expression("SELECT -5::numeric AS a")).isEqualTo("-(CAST(5):DECIMAL(1000, 20) NOT NULL)");
    }

    @Test
    void correlatedSubQueryOnTheSameTableKeepsItsOwner() {
        String tree = tree(
                "SELECT count(*) FROM measurement m WHERE EXISTS (SELECT 1 FROM measurement m2 WHERE m2.measurement_concept_id = m.measurement_concept_id)");
        assertThat(tree).contains("$cor0.measurement_concept_id").contains("variablesSet=[[$cor0]]");
    }

    @Test
    void anAggregateForTheRowAroundItIsAJoinByItsKeys() {
        String tree = tree(
                "SELECT count(*) FROM measurement m WHERE m.value_as_number > (SELECT avg(m2.value_as_number) FROM measurement m2 WHERE m2.measurement_concept_id = m.measurement_concept_id)");
        assertThat(tree)
                .contains("LogicalFilter(condition=[>($4, $9)]")
                .contains("LogicalJoin(condition=[=($2, $8)], joinType=[left])")
                .doesNotContain("$cor0.");
    }

    @Test
    void whatIsComparedOtherwiseIsLeftAsItIs() {
        assertThat(
                        tree(
                                "SELECT count(*) FROM measurement m WHERE m.value_as_number > (SELECT avg(m2.value_as_number) FROM measurement m2 WHERE m2.measurement_concept_id < m.measurement_concept_id)"))
                .contains("$cor0.measurement_concept_id");
    }

    @Test
    void percentileOrdersByTheExpressionNotByAnOrdinal() {
        assertThat(
                        tree(
                                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY drug_era_end_date - drug_era_start_date) AS m FROM drug_era"))
                .contains("WITHIN GROUP")
                .contains("-($4, $3)");
    }

    @Test
    void bareNumericKeepsItsDigits() {
        assertThat(constant("SELECT '2.567'::numeric")).isEqualTo(new BigDecimal("2.567"));
        assertThat(constant("SELECT 2.567::numeric(5,1)")).isEqualTo(new BigDecimal("2.6"));
    }

    @Test
    void castsOfLiteralsAreKeptAndRoundAsPostgresRounds() {
        assertThat(expression("SELECT 2.5::int AS a")).startsWith("CAST(2.5");
        assertThat(constant("SELECT 2.5::int")).isEqualTo(3);
        assertThat(constant("SELECT -2.5::int")).isEqualTo(-3);
    }

    @Test
    void multiplicationByOneIsNotSimplifiedAway() {
        assertThat(tree("SELECT value_as_number * 1.0 AS x FROM measurement")).contains("*($4, 1.0");
    }

    @Test
    void frameOfANamedWindowSurvives() {
        assertThat(
                        tree(
                                "SELECT avg(n) OVER (w ROWS 2 PRECEDING) AS x FROM (SELECT person_id AS n FROM person) s WINDOW w AS (ORDER BY n)"))
                .contains("ORDER BY $0 ROWS 2 PRECEDING");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT random()|UNKNOWN_FUNCTION",
                "SELECT pg_sleep(1)|UNKNOWN_FUNCTION",
                "SELECT md5('x')|UNKNOWN_FUNCTION",
                "SELECT current_user|UNKNOWN_FUNCTION",
                "SELECT string_agg(city, ',' ORDER BY city) FROM location|UNKNOWN_FUNCTION",
                "SELECT count(*) FROM location WHERE zip = 10001|TYPE_MISMATCH",
                "SELECT sum(zip) FROM location|TYPE_MISMATCH",
                "SELECT count(*) FROM person WHERE person_id IN (SELECT zip FROM location)|TYPE_MISMATCH",
                "SELECT * FROM secrets|UNKNOWN_RELATION",
                "SELECT shoe_size FROM person|UNKNOWN_COLUMN",
                "SELECT person_id FROM person, death|UNKNOWN_COLUMN",
                "WITH RECURSIVE r AS (SELECT 1) SELECT * FROM r|UNSUPPORTED",
                "SELECT * FROM person FOR UPDATE|UNSUPPORTED",
                "SELECT * INTO t FROM person|UNSUPPORTED",
                "SELECT * FROM person TABLESAMPLE BERNOULLI (10)|UNSUPPORTED",
                "SELECT * FROM generate_subscripts(1, 2)|UNSUPPORTED",
                "SELECT ARRAY[1]|UNSUPPORTED",
                "SELECT '{1}'::int[]|UNSUPPORTED",
                "DELETE FROM person|READ_ONLY",
                "WITH d AS (DELETE FROM person RETURNING person_id) SELECT * FROM d|READ_ONLY",
                "DROP TABLE person|READ_ONLY",
                "EXPLAIN SELECT 1|UNSUPPORTED",
                "SELECT 1; SELECT 2|SYNTAX",
                "SELECT 'a|SYNTAX",
                "SELECT '' 'x'|SYNTAX",
                "SELECT date 'yesterdayish'|INVALID_VALUE",
                "SELECT count(*) FROM person WHERE birth_datetime > 'soon'|INVALID_VALUE",
                "SELECT interval 'soon'|INVALID_VALUE"
            })
    void whatIsNotSupportedIsRefusedWithItsCode(String sql, ProblemCode code) {
        assertThat(problem(sql).code()).isEqualTo(code);
    }

    @Test
    void unknownNamesAreToldWithTheirPosition() {
        assertThat(problem("SELECT person_id,\n  shoe_size FROM person").position())
                .isEqualTo(21);
    }

    @Test
    void stringLiteralsAreNeverPadded() {
        assertThat(tree("SELECT CASE WHEN gender_concept_id = 8507 THEN 'M' ELSE 'Female' END AS s FROM person"))
                .contains("'M':VARCHAR")
                .contains("'Female':VARCHAR")
                .doesNotContain("CHAR(");
    }

    @Test
    void columnsOfJoinsWithUsingAreMerged() {
        ParsedQuery query = parse("SELECT * FROM death JOIN observation_period USING (person_id) WHERE person_id > 3");
        assertThat(query.labels()).startsWith("person_id", "death_date").doesNotHaveDuplicates();
    }

    @Test
    void inListsBecomeComparisonsWithTheirOwnTypes() {
        assertThat(tree("SELECT count(*) FROM person WHERE person_id IN (1, 2.5)"))
                .contains("OR(=($0, 1), =($0, 2.5");
    }

    @Test
    void betweenIsNotSymmetricUnlessItSaysSo() {
        assertThat(tree("SELECT count(*) FROM person WHERE year_of_birth BETWEEN 1950 AND 1960"))
                .contains("condition=[AND(>=($2, 1950), <=($2, 1960))]");
        assertThat(tree("SELECT count(*) FROM person WHERE year_of_birth NOT BETWEEN 1950 AND 1960"))
                .contains("condition=[NOT(AND(>=($2, 1950), <=($2, 1960)))]");
        assertThat(tree("SELECT count(*) FROM person WHERE year_of_birth BETWEEN SYMMETRIC 1950 AND 1960"))
                .contains("OR(AND(>=($2, 1950), <=($2, 1960)), AND(>=($2, 1960), <=($2, 1950)))");
    }

    @Test
    void comparisonsDoNotWrapColumnsInCasts() {
        assertThat(tree("SELECT count(*) FROM patient_ext WHERE big = small AND score > 5 AND lsoa = 'E01'"))
                .doesNotContain("CAST($");
    }

    @Test
    void tablesLeadBackToTheirDatasets() {
        List<DatasetName> found = new ArrayList<>();
        scans(
                parse("SELECT d.death_date FROM cdm.person p JOIN death d ON d.person_id = p.person_id")
                        .tree(),
                found);
        assertThat(found).containsExactly(new DatasetName("cdm", "person"), new DatasetName("cdm", "death"));
    }

    @Test
    void parametersKeepTheirNumbersAndTypes() {
        ParsedQuery query = parse("SELECT count(*) FROM person WHERE year_of_birth > $2 AND birth_datetime >= $1");
        assertThat(query.parameterTypes()).containsExactly(SqlType.TIMESTAMP, SqlType.INT4);
        assertThat(tree("SELECT count(*) FROM person WHERE year_of_birth > $2 AND month_of_birth = $1"))
                .contains(">($2, ?1)")
                .contains("=($3, ?0)");
    }

    @Test
    void parametersTakeTheTypeThatTheClientNames() {
        Outcome<ParsedQuery> outcome = FRONT_END.parse("SELECT $1 AS x", SCHEMA, typed(SqlType.DATE));
        assertThat(outcome.orThrow().parameterTypes()).containsExactly(SqlType.DATE);
    }

    @Test
    void labelsAreThoseOfPostgres() {
        assertThat(parse(
                                "SELECT count(*), sum(person_id) + 1, CASE WHEN true THEN 1 END, '5'::int, (SELECT 1), EXISTS (SELECT 1), nullif(1, 2), greatest(1, 2), date '2008-01-01', trim('x'), person_id::text FROM person GROUP BY person_id")
                        .labels())
                .containsExactly(
                        "count",
                        "?column?",
                        "case",
                        "int4",
                        "?column?",
                        "exists",
                        "nullif",
                        "greatest",
                        "date",
                        "btrim",
                        "person_id");
    }

    @Test
    void groupByAcceptsOrdinalsLabelsAndKeys() {
        parse("SELECT extract(year FROM death_date)::int AS y, count(*) FROM death GROUP BY 1");
        parse("SELECT year_of_birth / 10 AS decade, count(*) FROM person GROUP BY decade");
        parse("SELECT p.person_id, p.year_of_birth, count(*) FROM person p GROUP BY p.person_id");
    }

    @Test
    void distinctOnBecomesRowNumber() {
        assertThat(
                        tree(
                                "SELECT DISTINCT ON (person_id) person_id, death_date FROM death ORDER BY person_id, death_date DESC"))
                .contains("ROW_NUMBER() OVER (PARTITION BY $0 ORDER BY $0, $1 DESC)");
    }

    @Test
    void valuesOfConstantsAreExact() {
        assertThat(constant("SELECT date '2024-02-29'")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(constant("SELECT interval '1 year 2 months 3 days 04:05:06'"))
                .isEqualTo(new PgInterval(14, 3, 14_706_000_000L));
        assertThat(constant("SELECT '90 days'::interval")).isEqualTo(new PgInterval(0, 90, 0));
        assertThat(constant("SELECT $$it's$$")).isEqualTo("it's");
        assertThat(constant("SELECT 'naïve é–ß'")).isEqualTo("naïve é–ß");
    }

    @Test
    void dateArithmeticHasTypesOfPostgres() {
        assertThat(
                        types(
                                "SELECT d - d, d + 1, d + interval '1 day', d::timestamp - d::timestamp, date_trunc('month', d), age(d), extract(year FROM d), date_part('year', d), avg(d - d) OVER () FROM (SELECT death_date AS d FROM death) s"))
                .containsExactly(
                        SqlType.INT4,
                        SqlType.DATE,
                        SqlType.TIMESTAMP,
                        SqlType.INTERVAL,
                        SqlType.TIMESTAMPTZ,
                        SqlType.INTERVAL,
                        SqlType.NUMERIC,
                        SqlType.FLOAT8,
                        SqlType.NUMERIC);
    }

    @Tag("S31")
    @Test
    void doublingCommonTableExpressionsAreStoppedBeforeConversion() {
        StringBuilder sql = new StringBuilder("WITH c0 AS (SELECT person_id FROM person)");
        for (int i = 1; i < 25; i++) {
            sql.append(", c%d AS (SELECT a.person_id FROM c%d a JOIN c%d b ON a.person_id = b.person_id)"
                    .formatted(i, i - 1, i - 1));
        }
        assertThat(problem(sql + " SELECT count(*) FROM c24").code()).isEqualTo(ProblemCode.STATEMENT_TOO_COMPLEX);
    }

    @Tag("S31")
    @Test
    void nestedCoalesceDoesNotExplode() {
        String nested = "year_of_birth";
        for (int i = 0; i < 60; i++) {
            nested = "coalesce(" + nested + ", " + i + ")";
        }
        parse("SELECT count(*) FROM person WHERE " + nested + " > 5");
    }

    @Test
    void longChainsAreReadOrRefusedButNeverCrash() {
        String or = String.join(" OR ", java.util.Collections.nCopies(3_000, "year_of_birth = 1"));
        Outcome<ParsedQuery> outcome = FRONT_END.parse("SELECT count(*) FROM person WHERE " + or, SCHEMA, List.of());
        if (outcome instanceof Outcome.Refused<ParsedQuery>(Problem problem)) {
            assertThat(problem.code()).isEqualTo(ProblemCode.STATEMENT_TOO_COMPLEX);
        }
        assertThat(problem("SELECT " + "(".repeat(500) + "1" + ")".repeat(500)).code())
                .isEqualTo(ProblemCode.STATEMENT_TOO_COMPLEX);
    }

    /** Later stages walk the tree on threads with an ordinary stack. */
    @ParameterizedTest
    @ValueSource(strings = {" + year_of_birth", " + 1", " * 2", " - 1"})
    void chainsOfOperatorsAreNoDeeperThanOtherStagesCanWalk(String operation) {
        String chain = "SELECT count(*) FROM person WHERE year_of_birth";
        assertThat(problem(chain + operation.repeat(1_500) + " > 5").code())
                .isEqualTo(ProblemCode.STATEMENT_TOO_COMPLEX);
        parse(chain + operation.repeat(100) + " > 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"VALUES (1, 'a'), (2, 'b')", "TABLE domain", "(SELECT 1) UNION ALL (SELECT 2)", "SELECT 1;"})
    void otherFormsOfQueriesAreRead(String sql) {
        parse(sql);
    }

    private static List<@Nullable SqlType> typed(@Nullable SqlType type) {
        List<@Nullable SqlType> types = new ArrayList<>();
        types.add(type);
        return types;
    }

    private static void scans(RelNode node, List<DatasetName> found) {
        if (node instanceof TableScan scan) {
            found.add(Scans.dataset(scan));
            assertThat(Scans.table(scan).columns()).hasSize(scan.getRowType().getFieldCount());
        }
        node.getInputs().forEach(i -> scans(i, found));
    }

    private static ParsedQuery parse(String sql) {
        return FRONT_END.parse(sql, SCHEMA, List.of()).orThrow();
    }

    private static Problem problem(String sql) {
        return switch (FRONT_END.parse(sql, SCHEMA, List.of())) {
            case Outcome.Refused<ParsedQuery>(Problem problem) -> problem;
            case Outcome.Value<ParsedQuery>(ParsedQuery query) ->
                throw new AssertionError("accepted: " + RelOptUtil.toString(query.tree()));
        };
    }

    private static String tree(String sql) {
        return RelOptUtil.toString(parse(sql).tree());
    }

    private static RexNode only(String sql) {
        return ((Project) parse(sql).tree()).getProjects().get(0);
    }

    private static String expression(String sql) {
        return only(sql).toString();
    }

    private static @Nullable Object constant(String sql) {
        return Literals.constant(only(sql)).orElseThrow().value();
    }

    private static List<SqlType> types(String sql) {
        return parse(sql).tree().getRowType().getFieldList().stream()
                .map(f -> SqlTypes.of(f.getType()).type())
                .toList();
    }
}
