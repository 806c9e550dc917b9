package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemKind;
import io.weir.query.FrontEndCrash;
import io.weir.query.redteam.Worlds.Policy;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be inferred from errors, time, counts, masks and forms of parameters: nothing, in worlds that differ in whose secret is whose. */
class InferenceSecurityIT {
    private static final Worlds WORLDS = Worlds.shared();
    private static final String TARGET = "p.date_of_birth >= date '1900-01-01' and p.ethnicity = 'A'";

    private static void assertTheSameEverywhere(String sql) {
        for (Policy policy : Policy.values()) {
            List<Transcript> seen = WORLDS.everywhere(policy, sql);
            assertThat(seen).as(policy + " " + sql).allMatch(seen.getFirst()::equals);
            Problem problem = seen.getFirst().problem();
            if (problem != null) {
                assertThat(problem.code().kind()).as(sql + " " + problem).isIn(ProblemKind.ANALYST, ProblemKind.POLICY);
                assertThat(FrontEndCrash.is(problem)).as(sql).isFalse();
                assertThat(problem.toString())
                        .doesNotContain("54321", "Family9", "0000000010", "postgresql:", "Exception", "SELECT \"");
            }
        }
    }

    /** What Weir itself evaluates, above the boundary, and what becomes of it. Half a second each is generous; a catastrophe takes hours. */
    @Tag("S31")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "answered: select * from (select description d, count(*) n from hospital.sexes group by 1) x where d like '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b'",
                "answered: select * from (select p.sex d, count(*) n from hospital.patients p group by 1) x where d || 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' like '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b'",
                "OUT_OF_RANGE: select repeat(sex, 1000000000), n from (select p.sex, count(*) n from hospital.patients p group by 1) x",
                "OUT_OF_RANGE: select lpad(sex, 1000000000), n from (select p.sex, count(*) n from hospital.patients p group by 1) x",
                "UNSUPPORTED: select n ^ n ^ n from (select count(*)::numeric n from hospital.patients p) x",
                "FUNCTION_USE: select power(n, 1000000) from (select count(*)::numeric n from hospital.patients p) x",
                "STATEMENT_TOO_COMPLEX: select n * 1e130000 from (select count(*)::numeric n from hospital.patients p) x",
                "UNSUPPORTED: select sex ~ '(a+)+$', n from (select p.sex, count(*) n from hospital.patients p group by 1) x",
                "STATEMENT_TOO_COMPLEX: select count(*) from generate_series(1, 1000000000000) g, (select count(*) n from hospital.patients) x",
                "UNSUPPORTED: select xmlparse(document '<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>'), count(*) from hospital.patients",
                "UNKNOWN_FUNCTION: select '{\"a\":1}'::json -> 'a', count(*) from hospital.patients group by 1",
                "UNKNOWN_FUNCTION: select format('%1$1000000000s', sex), n from (select p.sex, count(*) n from hospital.patients p group by 1) x"
            })
    void nothingThatWeirEvaluatesRunsAway(String expected) {
        String sql = expected.substring(expected.indexOf(": ") + 2);
        long start = System.nanoTime();
        Transcript answer = WORLDS.asked(Policy.DEMO, sql);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(sql).isLessThan(Duration.ofSeconds(15));
        assertThat(answer.outcome() + ": " + sql).isEqualTo(expected);
        assertThat(answer.isFault()).as(String.valueOf(answer.problem())).isFalse();
    }

    @Tag("S32")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.patients p where 1 / (case when " + TARGET + " then 0 else 1 end) = 1",
                "select count(*) from hospital.admissions a where 1 / (case when a.icd10 = 'C189' then 0 else 1 end) = 1",
                "select sum(a.cost / (case when a.icd10 = 'C189' then 0 else 1 end)) from hospital.admissions a",
                "select avg(100 / nullif(a.cost - 100, 0)) from hospital.admissions a",
                "select count(*) from hospital.admissions a where a.icd10::int > 0",
                "select count(*) from hospital.admissions a where a.icd10::date > date '2024-01-01'",
                "select count(*) from hospital.patients p where p.nhs_number::smallint > 0",
                "select count(*) from hospital.patients p where p.family_name::int > 0",
                "select count(*) from hospital.patients p where (p.sex || p.ethnicity)::int > 0",
                "select sum(a.cost::smallint) from hospital.admissions a",
                "select sum(a.cost * 1e300 * 1e300) from hospital.admissions a",
                "select sum((a.cost * 100000000)::int) from hospital.admissions a",
                "select sqrt(sum(a.cost) - 1e12) from hospital.admissions a",
                "select ln(count(*) - 100000) from hospital.admissions a",
                "select 1 / (count(*) - count(*)) from hospital.admissions a",
                "select a.admitted + 2000000000, count(*) from hospital.admissions a group by 1",
                "select (select a.cost from hospital.admissions a), count(*) from hospital.patients",
                "select count(*) from hospital.patients p where p.imd_decile = (select q.imd_decile from hospital.patients q where q.sex = 'F')",
                "select count(*) from hospital.admissions a where substr(a.icd10, -1, -5) = 'x'",
                "select count(*) from hospital.admissions a where a.icd10 like 'C18' escape 'xx'",
                "select count(*) from hospital.admissions a where a.icd10 like 'C18!' escape '!'",
                "select count(*) from hospital.admissions a where a.icd10 like 'C18!%' escape '!'",
                "select count(*) from hospital.admissions a where a.icd10 like 'C18\\'",
                "select make_date(p.imd_decile, 13, 45), count(*) from hospital.patients p group by 1"
            })
    void noErrorDependsOnARow(String sql) {
        assertTheSameEverywhere(sql);
    }

    @Tag("S33")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.admissions a where a.icd10 = 'C189' and pg_sleep(2) is not null",
                "select count(*) from hospital.admissions a where case when a.icd10 = 'C189' then (select count(*) from hospital.patients x, hospital.patients y) > 0 end",
                "select count(*) from hospital.admissions a, hospital.admissions b, hospital.admissions c",
                "select count(*) from hospital.admissions a where a.icd10 ~ '^(([a-z])+.)+[A-Z]([a-z])+$'",
                "select count(*) from hospital.admissions a where repeat(a.icd10, 100000000) = 'x'"
            })
    void noBranchOfTheAskersTakesLong(String sql) {
        for (Transcript seen : WORLDS.everywhere(Policy.BARE, sql)) {
            assertThat(seen.problem()).as(sql).isNotNull();
            assertThat(seen.prepared()).as("refused before any data").isFalse();
        }
    }

    @Tag("S34")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a.icd10, count(*) from hospital.admissions a group by a.icd10 limit 1",
                "select a.icd10, count(*) from hospital.admissions a group by a.icd10 order by 2 desc limit 3 offset 2",
                "select a.icd10, count(*) from hospital.admissions a where a.cost > 50000 group by a.icd10",
                "select a.icd10, a.provider_code, count(*) from hospital.admissions a where a.cost >= 50000 group by 1, 2 order by 3",
                "select a.icd10 from hospital.admissions a group by a.icd10 having count(*) = 1",
                "select distinct a.icd10 from hospital.admissions a where a.cost > 50000",
                "select count(*) from (select a.icd10 from hospital.admissions a where a.cost > 50000 group by a.icd10) x",
                "select row_number() over (order by a.icd10), a.icd10 from hospital.admissions a where a.cost > 50000 group by a.icd10",
                "select a.icd10, count(*) from hospital.admissions a where a.admitted >= date '2024-03-01' and a.admitted < date '2024-04-01' and a.method = '21' group by rollup (a.icd10)"
            })
    void theNumberOfRowsIsThatOfTheProtectedTable(String sql) {
        assertTheSameEverywhere(sql);
    }

    @Tag("S34")
    @Test
    void thereIsNoPlanToLookAt() {
        for (String sql : List.of(
                "explain select count(*) from hospital.patients",
                "explain (analyze) select count(*) from hospital.admissions where icd10 = 'C189'",
                "explain (format json, generic_plan) select count(*) from hospital.patients")) {
            assertThat(WORLDS.asked(Policy.BARE, sql).problem()).as(sql).isNotNull();
        }
    }

    /**
     * In rows, inside the TRE: what is masked or withheld is asked for in every way, and stays so. What is answered is not what the source has, which is asked the same.
     */
    @Tag("S36")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "answered: select admission_id, patient_id, icd10, cost, admitted, notes from hospital.admissions where cost >= 50000",
                "answered: select a.* from hospital.admissions a where a.cost >= 50000",
                "answered: table hospital.admissions",
                "answered: select notes from hospital.admissions where cost >= 50000",
                "answered: select cost from hospital.admissions where cost = 54321.09",
                "answered: select icd10 from hospital.admissions where icd10 = 'C189'",
                "answered: select icd10 from hospital.admissions where icd10 like 'C189'",
                "answered: select icd10 || '-' || method from hospital.admissions where cost >= 50000",
                "answered: select icd10, cost from hospital.admissions where cost >= 50000 order by icd10, cost, admitted",
                "answered: select max(icd10) over (partition by patient_id) from hospital.admissions where cost >= 50000",
                "answered: select b.icd10, b.cost from hospital.admissions a join hospital.admissions b on b.patient_id = a.patient_id where a.cost >= 50000",
                "answered: select admission_id from hospital.admissions where patient_id = '9000010'",
                "answered: select admission_id from hospital.admissions where (patient_id, method) = ('9000010', '21')",
                "IDENTIFIER_USE: select patient_id from hospital.admissions where patient_id between '9000000' and '9000020'",
                "IDENTIFIER_USE: select patient_id::text from hospital.admissions where admission_id > '9000000'",
                "IDENTIFIER_USE: select patient_id || '' from hospital.admissions",
                "IDENTIFIER_USE: select 'x' || patient_id from hospital.admissions",
                "AGGREGATE_USE: select min(patient_id) from hospital.admissions",
                "IDENTIFIER_USE: select patient_id from hospital.admissions order by patient_id limit 5",
                "IDENTIFIER_USE: select left(patient_id::text, 3), count(*) from hospital.admissions group by 1",
                "UNKNOWN_FUNCTION: select admission_id from hospital.admissions where patient_id = 9000010",
                "UNKNOWN_FUNCTION: select patient_id + 0 from hospital.admissions",
                "UNKNOWN_FUNCTION: select to_jsonb(a) from hospital.admissions a limit 5",
                "UNKNOWN_FUNCTION: select hstore(a) from hospital.admissions a limit 5",
                "TYPE_MISMATCH: select a.*::text from hospital.admissions a limit 5",
                "UNSUPPORTED: select a from hospital.admissions a limit 5",
                "UNKNOWN_COLUMN: select count(a) from hospital.admissions a",
                "TEXT_USE: select admission_id from hospital.admissions where notes like 'Stay of 9000010%'",
                "TEXT_USE: select substring(notes, 1, 20) from hospital.admissions limit 5",
                "TEXT_USE: select coalesce(icd10, notes) from hospital.admissions where cost >= 50000",
                "FUNCTION_USE: select admitted::text, cost::text, icd10::text from hospital.admissions where cost >= 50000",
                "FUNCTION_USE: select greatest(icd10, 'A') from hospital.admissions where cost >= 50000",
                "OFF_GRID: select distinct icd10 from hospital.admissions where icd10 like 'C1%'",
                "OFF_GRID: select cost, admitted from hospital.admissions where cost between 54321 and 54322",
                "OFF_GRID: select admitted from hospital.admissions where admitted = date '2024-03-04'",
                "ROWS_NOT_GRANTED: select a.admission_id from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id and p.sex = 'F'",
                "ROWS_NOT_GRANTED: select p.patient_id from hospital.patients p",
                "ROWS_NOT_GRANTED: select a.method from hospital.admissions a where a.patient_id in (select patient_id from hospital.patients where sex = 'F')"
            })
    void aMaskIsAppliedBeforeAnythingElse(String expected) throws SQLException {
        String sql = expected.substring(expected.indexOf(": ") + 2);
        Transcript answer = WORLDS.askedBy("ben", "flow", sql);
        assertThat(answer.outcome() + ": " + sql).isEqualTo(expected);
        assertThat(answer.isFault()).isFalse();
        assertThat(answer.rows().toString())
                .doesNotContain(
                        "9000010",
                        "9000011",
                        "54321",
                        "0000000010",
                        "Family",
                        "Given",
                        "Stay of",
                        "C189",
                        "2024-03-05");
        if (answer.problem() == null) {
            String source = WORLDS.first()
                    .truth(sql.replace("= '9000010'", "= 9000010").replace("= ('9000010'", "= (9000010"))
                    .toString();
            assertThat(source).containsAnyOf("9000010", "9000011", "54321", "Stay of", "C189");
        } else {
            assertThat(answer.problem().toString()).doesNotContain("54321.1", "Family9", "0000000010", "postgresql:");
        }
    }

    /** A guess of an identifier is told nothing by whether it exists. */
    @Tag("S37")
    @Test
    void noGuessOfAPseudonymIsToldAnything() {
        for (String form : List.of(
                "answered: select admission_id from hospital.admissions where patient_id = '%s'",
                "answered: select admission_id from hospital.admissions where patient_id in ('%s')",
                "answered: select admission_id from hospital.admissions where patient_id = '%s' or patient_id = '%<s'",
                "IDENTIFIER_USE: select count(*) from hospital.admissions where patient_id = '%s'")) {
            List<Transcript> told = Stream.of("9000010", "8999999")
                    .map(guess -> form.substring(form.indexOf(": ") + 2).formatted(guess))
                    .map(sql -> WORLDS.askedBy("ben", "flow", sql))
                    .toList();
            assertThat(told.getFirst()).as(form).isEqualTo(told.getLast());
            assertThat(form).startsWith(told.getFirst().outcome() + ": ");
        }
        Transcript known = WORLDS.askedBy("ben", "flow", "select patient_id from hospital.admissions limit 1");
        String pseudonym = String.valueOf(known.rows().getFirst().getFirst());
        String people = "select patient_id from hospital.admissions where patient_id in (%s)";
        // Else the answers above would be empty whatever was asked.
        assertThat(WORLDS.askedBy("ben", "flow", people.formatted("'" + pseudonym + "'"))
                        .rows())
                .isNotEmpty();
        String many = IntStream.range(9_000_000, 9_010_000)
                .mapToObj(i -> "'" + i + "'")
                .collect(Collectors.joining(", "));
        Transcript none = WORLDS.askedBy("ben", "flow", people.formatted("'x'"));
        assertThat(none.problem()).isNull();
        assertThat(none.rows()).isEmpty();
        assertThat(WORLDS.askedBy("ben", "flow", people.formatted(many))).isEqualTo(none);
        for (Transcript seen : WORLDS.everywhere(
                Policy.BARE, "select count(*) from hospital.patients where nhs_number = '0000000010'")) {
            assertThat(Objects.requireNonNull(seen.problem()).code()).isEqualTo(ProblemCode.IDENTIFIER_USE);
        }
    }

    /** A value is ruled on as what it is, however it comes. */
    @Tag("S38")
    @Test
    void aParameterIsRuledOnLikeTheLiteralThatItIs() {
        record Form(String sql, String literal, Object value) {}
        for (Form form : List.of(
                new Form("select count(*) from hospital.patients where patient_id = %s", "9000010", 9_000_010L),
                new Form("select count(*) from hospital.patients where nhs_number = %s", "'0000000010'", "0000000010"),
                new Form(
                        "select count(*) from hospital.admissions where cost > %s",
                        "54321.09", new BigDecimal("54321.09")),
                new Form("select count(*) from hospital.admissions where cost > %s", "1000", new BigDecimal("1000")),
                new Form(
                        "select count(*) from hospital.admissions where admitted < %s",
                        "date '2024-03-02'", LocalDate.of(2024, 3, 2)),
                new Form(
                        "select count(*) from hospital.admissions where admitted < %s",
                        "date '2024-03-01'", LocalDate.of(2024, 3, 1)),
                new Form(
                        "select count(*) from hospital.admissions where admitted < %s",
                        "date '0044-03-15'", LocalDate.of(44, 3, 15)),
                new Form("select count(*) from hospital.admissions where icd10 like %s", "'C%'", "C%"),
                new Form("select count(*) from hospital.admissions where icd10 like %s", "'C18%'", "C18%"),
                new Form("select count(*) from hospital.admissions where icd10 like %s", "'%189'", "%189"),
                new Form("select sum(cost) filter (where icd10 = %s) from hospital.admissions", "'C189'", "C189"),
                new Form(
                        "select sum(case when patient_id = %s then cost end) from hospital.admissions",
                        "9000010", 9_000_010L),
                new Form("select count(*) from hospital.patients where imd_decile = %s", "7", 7))) {
            Transcript literal = WORLDS.asked(Policy.DEMO, form.sql().formatted(form.literal()));
            Transcript parameter = WORLDS.asked(Policy.DEMO, form.sql().formatted("$1"), form.value());
            assertThat(code(parameter)).as(form.toString()).isEqualTo(code(literal));
            assertThat(parameter.rows()).as(form.toString()).isEqualTo(literal.rows());
        }
    }

    private static String code(Transcript transcript) {
        return transcript.problem() == null ? "" : transcript.problem().code().name();
    }
}
