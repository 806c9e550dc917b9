package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.connector.source.SourceStatement;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemKind;
import io.weir.query.DemoRoad;
import io.weir.query.ListeningSource;
import io.weir.query.MemoryPublishedAnswers;
import io.weir.query.redteam.Worlds.Policy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a source, and what a statement may be made of. */
class SqlSecurityIT {
    private static final Worlds WORLDS = Worlds.shared();
    private static final List<String> PROJECTS = List.of("diabetes", "flow");

    /** Hands on to the world's source, and keeps what it was asked. */
    private static List<SourceStatement> heard(String sql) {
        ListeningSource listening = ListeningSource.to(WORLDS.first().connector());
        DemoRoad.Result result = WORLDS.analyst(listening, Policy.BARE).run(sql);
        assertThat(result.problem()).as(sql).isNull();
        assertThat(listening.heard()).isNotEmpty();
        return listening.heard();
    }

    /** Literals that would glue together or begin a comment if they were written as text. */
    @Tag("S20")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select s.code, 1 - -1, - - 2, 3-(-3) from hospital.sexes s order by 1",
                "select s.code, 2*-1, 6/-2, -(-(5)) from hospital.sexes s order by 1",
                "select s.code, '--', '/*', '*/', ';', '''', '\\', '$1', '?' from hospital.sexes s order by 1",
                "select s.code, 1::int::text::int, '7'::int - -'7'::int from hospital.sexes s order by 1",
                "select s.code, 'a' || '--' || s.code || '/*' from hospital.sexes s order by 1",
                "select s.code from hospital.sexes s where s.code <> '--' and s.code <> '''; drop table x; --' order by 1",
                "select s.code, $$a'b--$$, E'a\\'b' from hospital.sexes s order by 1"
            })
    void noTwoTokensBecomeOneAndNoLiteralIsText(String sql) throws SQLException {
        Transcript answer = WORLDS.asked(Policy.DEMO, sql);
        assertThat(answer.problem()).isNull();
        assertThat(answer.values()).isEqualTo(WORLDS.first().truth(sql));
        assertThat(heard(sql))
                .allSatisfy(statement -> assertThat(statement.sql()).doesNotContain("--", "/*", ";", "drop", "'"));
    }

    /** Signs before parameters: a negative number that were written out would begin a comment. */
    @Tag("S20")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select s.code, -$1::int, - -$1::int, 1-$1::int, 1 - -$1::int from hospital.sexes s order by 1",
                "select s.code, $1::int-$2::int, $1::int - -$2::int, -$1::int-$2::int, 7*-$2::int from hospital.sexes s order by 1",
                "select s.code, 2-$1::int*-$2::int, -(-$1::int), 10/-$1::int from hospital.sexes s order by 1"
            })
    void aSignAndAParameterAreTwoTokens(String sql) throws SQLException {
        for (int[] pair : List.of(new int[] {3, 5}, new int[] {-3, -5}, new int[] {Integer.MIN_VALUE + 1, 1})) {
            ListeningSource listening = ListeningSource.to(WORLDS.first().connector());
            Object[] values = sql.contains("$2") ? new Object[] {pair[0], pair[1]} : new Object[] {pair[0]};
            DemoRoad.Result answer = WORLDS.analyst(listening, Policy.DEMO).run(sql, values);
            String literal = sql.replace("$1::int", "(" + pair[0] + ")").replace("$2::int", "(" + pair[1] + ")");
            Transcript alike = WORLDS.asked(Policy.DEMO, literal);
            if (pair[1] == 1 && alike.problem() != null) {
                // Beyond the numbers that there are, which is told alike.
                assertThat(Objects.requireNonNull(answer.problem()).code())
                        .isEqualTo(alike.problem().code());
                continue;
            }
            assertThat(answer.problem()).isNull();
            assertThat(answer.rows())
                    .map(row -> row.stream().map(String::valueOf).toList())
                    .isEqualTo(WORLDS.first().truth(literal));
            assertThat(listening.heard())
                    .isNotEmpty()
                    .allSatisfy(statement -> assertThat(statement.sql()).doesNotContain("--", "/*"));
        }
    }

    @Tag("S20")
    @Test
    void everyLiteralOfTheAnalystTravelsBesideTheText() {
        assertThat(heard(
                        "select p.sex, count(*) from hospital.patients p join hospital.admissions a on a.patient_id = p.patient_id"
                                + " where a.icd10 like 'Q77%' and p.practice_code = 'QCANARY' and a.cost >= 5000"
                                + " and p.imd_decile in (3, 4) group by p.sex having count(*) > 11"))
                .allSatisfy(
                        statement -> assertThat(statement.sql()).doesNotContain("Q77", "QCANARY", "5000", "11", "'"));
    }

    /** Labels are cut at 63 bytes as PostgreSQL cuts them, and are what was asked for otherwise. */
    @Tag("S21")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\"\"b.c[d]`e`\"",
                "\"select\"",
                "\"ÄÖ ß 漢\"",
                "\"x; drop table y --\"",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
                "\"ääääääääääääääääääääääääääääääääääääääää\"",
                "CamelCase",
                "\"CamelCase\""
            })
    void aStrangeNameIsTheSameNameOrNone(String label) throws SQLException {
        String sql = "select x." + label + ", count(*) from (select s.code as " + label
                + ", s.description from hospital.sexes s) x" + " group by x." + label + " order by 1";
        Transcript answer = WORLDS.asked(Policy.DEMO, sql);
        assertThat(answer.problem()).isNull();
        try (Connection connection = WORLDS.first().database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(answer.columns().getFirst())
                    .startsWith(rows.getMetaData().getColumnLabel(1) + " ");
        }
        assertThat(answer.values())
                .map(row -> row.subList(0, 2))
                .isEqualTo(WORLDS.first().truth(sql));
    }

    /** PostgreSQL cuts names after 63 bytes: two that differ only behind are one name. */
    @Tag("S21")
    @Test
    void twoLabelsThatAreCutToTheSameAreNotMistakenForEachOther() throws SQLException {
        String cut = "abcdefghij".repeat(6) + "abc";
        String both =
                "select s.code as %1$sx, s.description as %1$sy from hospital.sexes s order by s.code".formatted(cut);
        Transcript answer = WORLDS.asked(Policy.DEMO, both);
        assertThat(answer.problem()).isNull();
        assertThat(answer.columns().stream()
                        .filter(column -> !column.contains("_sdc "))
                        .map(column -> column.substring(0, column.indexOf(' '))))
                .containsExactly(cut, cut);
        assertThat(answer.values()).isEqualTo(WORLDS.first().truth(both));
        Problem problem = WORLDS.asked(Policy.DEMO, "select x.%sx from (%s) x".formatted(cut, both))
                .problem();
        assertThat(Objects.requireNonNull(problem).code().kind()).isEqualTo(ProblemKind.ANALYST);
    }

    @Tag("S21")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Hospital\".patients",
                "hospital.\"Patients\"",
                "hospital.\"patients \"",
                "\"hospital.patients\"",
                "hospital.\"patients\"\"\"",
                "hospital.patients_",
                "[hospital].[patients]",
                "`hospital`.`patients`"
            })
    void anotherSpellingIsAnotherObject(String relation) {
        Problem problem =
                WORLDS.asked(Policy.DEMO, "select count(*) from " + relation).problem();
        assertThat(problem).isNotNull();
        assertThat(Objects.requireNonNull(problem).code()).isIn(ProblemCode.UNKNOWN_RELATION, ProblemCode.SYNTAX);
    }

    /** Cyrillic letters, a zero-width space, a full-width letter, a byte order mark, a NUL, half of a surrogate pair. */
    @Tag("S22")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.p\u0430tients",
                "select count(*) from hospital.\"p\u0430tients\"",
                "select count(*) from hospital.patients\u200b",
                "select count(*) from hospital.\uff50atients",
                "\ufeffselect count(*) from hospital.patients",
                "select count(*) from hospital.patients where sex = '\0'",
                "select count(*) from hospital.patients where sex = '\ud800'",
                "select count(*) from hospital.patients where sex = '\udc00\ud800'",
                "select count(*)\u00a0from hospital.patients where n\u0068s_number\u0301 = 'x'"
            })
    void textThatOnlyLooksLikeAnotherIsRefused(String sql) {
        Problem problem = WORLDS.asked(Policy.DEMO, sql).problem();
        assertThat(problem).isNotNull();
        assertThat(Objects.requireNonNull(problem).code().kind()).isEqualTo(ProblemKind.ANALYST);
    }

    @Tag("S23")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "query_to_xml('select 1', true, true, '')",
                "table_to_xml('hospital.patients', true, true, '')",
                "database_to_xml(true, true, '')",
                "cursor_to_xml('c', 1, true, true, '')",
                "dblink('x', 'select 1')",
                "pg_read_file('/etc/passwd')",
                "pg_catalog.pg_read_file('/etc/passwd')",
                "\"pg_read_file\"('/etc/passwd')",
                "pg_catalog.\"pg_ls_dir\"('/')",
                "pg_stat_file('/etc/passwd')",
                "lo_import('/etc/passwd')",
                "lo_export(1, '/x')",
                "pg_sleep(1)",
                "PG_SLEEP(1)",
                "set_config('role', 'postgres', false)",
                "current_setting('data_directory')",
                "inet_server_addr()",
                "version()",
                "xp_cmdshell('dir')",
                "OPENROWSET('x', 'y', 'z')",
                "OPENQUERY(x, 'y')",
                "UTL_HTTP.request('http://x')",
                "LOAD_FILE('/etc/passwd')",
                "sys_eval('id')",
                "nextval('x')",
                "pg_advisory_lock(1)",
                "pg_terminate_backend(1)",
                "has_table_privilege('hospital.patients', 'select')",
                "pg_relation_size('hospital.patients')",
                "'hospital.patients'::regclass::oid::int",
                "'now'::regproc::text",
                "random()",
                "gen_random_uuid()",
                "clock_timestamp()",
                "txid_current()",
                "md5('x')",
                "sha256('x')",
                "regexp_replace(sex, '(a+)+$', '')",
                "to_jsonb(p)",
                "row_to_json(p)",
                "hstore(p)",
                "format('%s', sex)",
                "hospital.count(1)",
                "public.upper(sex)",
                "pg_typeof(sex)"
            })
    void onlyListedFunctionsAreCalled(String call) {
        for (String sql : List.of(
                "select count(*) from hospital.patients p where " + call + " is not null",
                "select p.sex, count(*) from hospital.patients p group by p.sex having max(" + call + "::text) > ''",
                "select " + call + ", count(*) from hospital.patients p group by 1")) {
            Problem problem = WORLDS.asked(Policy.BARE, sql).problem();
            assertThat(problem).as(sql).isNotNull();
            assertThat(Objects.requireNonNull(problem).code().kind())
                    .as(sql + " " + problem)
                    .isIn(ProblemKind.ANALYST, ProblemKind.POLICY);
            assertThat(problem.toString()).doesNotContain("postgresql:", "Exception", "root:");
        }
    }

    @Tag("S23")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from hospital.patients where sex operator(pg_catalog.=) 'F'",
                "select count(*) from hospital.patients where sex operator(public.=) 'F'",
                "select count(*) from hospital.patients where sex ~ 'F'",
                "select count(*) from hospital.patients where sex similar to '_(F|M)+'",
                "select count(*) from hospital.patients where sex collate \"C\" = 'F'",
                "select count(*) from hospital.patients, pg_ls_dir('/') d",
                "select count(*) from hospital.patients, generate_series(1, 1000000000000) g",
                "select count(*) from rows from (pg_ls_dir('/')) x, hospital.patients"
            })
    void onlyListedOperatorsAreUsed(String sql) {
        Problem problem = WORLDS.asked(Policy.BARE, sql).problem();
        assertThat(problem).isNotNull();
        assertThat(Objects.requireNonNull(problem).code().kind())
                .isIn(ProblemKind.ANALYST, ProblemKind.POLICY, ProblemKind.CAPACITY);
    }

    @Tag("S24")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "with x as (delete from hospital.patients returning *) select count(*) from x",
                "with x as (update hospital.patients set sex = 'F' returning sex) select count(*) from x",
                "with x as (insert into hospital.sexes values ('Q', 'q') returning code) select * from x",
                "select * into t from hospital.sexes",
                "select code into temp t from hospital.sexes",
                "explain analyze delete from hospital.patients",
                "explain (analyze, buffers) select count(*) from hospital.patients",
                "copy hospital.patients to program 'cat'",
                "copy (select 1) to '/x'",
                "copy hospital.patients from stdin",
                "prepare s as delete from hospital.patients",
                "execute s",
                "do $$ begin delete from hospital.patients; end $$",
                "call hospital.anything()",
                "select count(*) from hospital.patients for update",
                "select count(*) from hospital.patients for key share",
                "lock table hospital.patients",
                "notify x, 'y'",
                "listen x",
                "set role postgres",
                "set session authorization postgres",
                "select 1; delete from hospital.patients",
                "begin; drop table hospital.patients",
                "merge into hospital.patients p using hospital.sexes s on true when matched then delete",
                "create temp table t as select 1",
                "create view v as select * from hospital.patients",
                "truncate hospital.patients",
                "vacuum",
                "grant all on hospital.patients to public",
                "alter system set log_statement = 'all'",
                "refresh materialized view x",
                "import foreign schema x from server y into z",
                "values (1); drop table x"
            })
    void whatWritesIsNoQuestion(String sql) throws SQLException {
        List<List<String>> before = WORLDS.first().truth("select count(*), min(sex), max(sex) from hospital.patients");
        Problem problem = WORLDS.asked(Policy.BARE, sql).problem();
        assertThat(problem).isNotNull();
        assertThat(Objects.requireNonNull(problem).code().kind()).isIn(ProblemKind.ANALYST, ProblemKind.POLICY);
        assertThat(WORLDS.first().truth("select count(*), min(sex), max(sex) from hospital.patients"))
                .isEqualTo(before);
    }

    /** The text that the source hears was generated: nothing of the analyst's own words is in it. */
    @Tag("S26")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) as canary_a /* canary_b */ from hospital.patients canary_c -- canary_d",
                "select count(*) canary_a from (select canary_e.sex canary_f from hospital.patients canary_e) canary_g where canary_f = 'canary_h'",
                "with canary_a as (select sex canary_b, count(*) canary_c from hospital.patients group by 1) select * from canary_a canary_d",
                "select \"CANARY\".sex, count(*) \"canary\"\"x\" from hospital.patients \"CANARY\" group by 1",
                "SELECT /*+ canary */ COUNT( * )FILTER(WHERE/**/sex='canary')FROM\"hospital\".\"patients\"canary"
            })
    void theSourceHearsNoneOfTheAnalystsWords(String sql) {
        assertThat(heard(sql))
                .allSatisfy(statement -> assertThat(statement.sql().toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("canary", "/*", "--"));
    }

    /** A table that exists at the source and is granted to nobody looks like one that does not exist. */
    @Tag("S28")
    @Test
    void whatIsNotGrantedLooksLikeWhatIsNot() throws SQLException {
        WORLDS.first().database().run("create table if not exists hospital.zzqqk1 (person bigint, amount numeric)");
        for (String form : List.of(
                "select count(*) from hospital.%s",
                "select %s.amount from hospital.%<s",
                "table hospital.%s",
                "select 1 from %s",
                "select count(*) from hospital.patients p join hospital.%s s on s.person = p.patient_id")) {
            Problem there = WORLDS.asked(Policy.DEMO, form.formatted("zzqqk1")).problem();
            Problem not = WORLDS.asked(Policy.DEMO, form.formatted("zzqqk2")).problem();
            assertThat(there).isNotNull();
            assertThat(String.valueOf(not).replace("zzqqk2", "zzqqk1")).isEqualTo(String.valueOf(there));
        }
        for (String column : List.of("notez", "given_namee", "ctid", "xmin", "tableoid", "opted_outt")) {
            String there = String.valueOf(
                    WORLDS.asked(Policy.DEMO, "select count(p.%s) from hospital.patients p".formatted(column))
                            .problem());
            assertThat(there).contains("UNKNOWN_COLUMN").doesNotContain("given_name\"", "opted_out\"");
        }
    }

    /** One analyst, one history, one text, two projects: each is ruled on by its own, whoever asked before; figures that all may have are the same. */
    @Tag("S30")
    @Test
    void theSameWordsOfAnotherProjectAreAnotherQuestion() {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        String stays = "select admission_id, method from hospital.admissions limit 5";
        String table = "select method, count(*) from hospital.admissions group by method order by method";
        for (int again = 0; again < 2; again++) {
            assertThat(outcomes(published, stays)).containsExactly("ROWS_NOT_GRANTED", "answered");
            assertThat(PROJECTS.stream()
                            .map(project -> WORLDS.askedAfter(published, "ada", project, table)
                                    .rows())
                            .distinct())
                    .singleElement(InstanceOfAssertFactories.LIST)
                    .hasSize(10);
        }
        assertThat(WORLDS.askedAfter(published, "ada", "flow", stays).rows())
                .hasSize(5)
                .allMatch(row -> String.valueOf(row.getFirst()).startsWith("p1"));
    }

    private static List<String> outcomes(MemoryPublishedAnswers published, String sql) {
        return PROJECTS.stream()
                .map(project ->
                        WORLDS.askedAfter(published, "ada", project, sql).outcome())
                .toList();
    }
}
