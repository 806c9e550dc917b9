package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pairs of questions whose answers differ by a few people (Denning, Denning and Schwartz 1979: trackers). Each is fine alone; of the two,
 * whichever comes second is hidden. Two sessions share one history, for colluding analysts are the same attack.
 */
class DifferencingIT {
    private static final String COUNT = "select count(*) from hospital.patients ";

    /** Conditions that few people fail, by their names in the statements. */
    private static final Map<String, String> FEW = Map.of(
            "{few}",
            "(imd_decile = 1 and ethnicity = 'G')",
            "{few p}",
            "(p.imd_decile = 1 and p.ethnicity = 'G')",
            "{few stays}",
            "(icd10 = 'C189' and method = '21')");

    @BeforeAll
    static void theFewAreSome() {
        assertThat(DemoRoad.shared()
                        .truthOfOneNumber(
                                "select count(*) from hospital.patients where not opted_out and sex = 'F' and "
                                        + FEW.get("{few}")))
                .isBetween(1L, 7L);
        assertThat(DemoRoad.shared()
                        .truthOfOneNumber(
                                "select count(distinct patient_id) from hospital.admissions where not opted_out and "
                                        + FEW.get("{few stays}")))
                .isBetween(1L, 7L);
    }

    private static String written(String sql) {
        String all = sql;
        for (Map.Entry<String, String> few : FEW.entrySet()) {
            all = all.replace(few.getKey(), few.getValue());
        }
        return all;
    }

    private static List<DemoRoad.Result> together(String first, String second) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<DemoRoad.Result> results = new ArrayList<>();
        for (String sql : List.of(written(first), written(second))) {
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(sql);
            assertThat(result.problem()).as(sql).isNull();
            assertThat(result.rows()).hasSize(1);
            results.add(result);
        }
        return results;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "where sex = 'F' | where sex = 'F' and {few} is not true",
                "where sex = 'F' and {few} is not true | where sex = 'F'",
                "where sex = 'F' | where sex = 'F' or {few}",
                "where sex = 'F' | where sex = 'F' and {few} is not true and registered is not null and ethnicity is distinct from 'ZZ' and imd_decile is distinct from 99",
                "where sex = 'F' | where sex = 'F' and ethnicity is distinct from 'ZZ'",
                " | where sex <> 'U'",
                "where sex = 'F' | where case when sex <> 'F' or {few} then false else true end",
                "where imd_decile <= 3 | where imd_decile < 4 and {few} is not true and sex in ('F', 'M', 'U', 'I')"
            })
    void theSecondOfTwoNearlyEqualSetsIsHidden(String pair) {
        String[] conditions = pair.split("\\|", 2);
        List<DemoRoad.Result> results = together(COUNT + conditions[0].strip(), COUNT + conditions[1].strip());
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
        assertThat(results.get(1).notices()).anyMatch(n -> n.startsWith("A whole column is hidden."));
        assertThat(results.get(0).notices()).noneMatch(n -> n.startsWith("A whole column is hidden."));
    }

    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) filter (where sex <> 'U') from hospital.patients",
                "select sum(case when sex = 'U' then 0 else 1 end) from hospital.patients",
                "select sum(n) from (select sex, count(*) n from hospital.patients group by sex) x"
            })
    void anArmOrAPartitionIsNoWayRound(String second) {
        List<DemoRoad.Result> results = together(COUNT, second);
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    /** It is people that count and not wording: what many differ in may be asked, one question after another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "where sex = 'F' | where sex = 'F' and ethnicity <> 'G'",
                "where imd_decile <= 3 | where imd_decile <= 4",
                "where registered < date '2020-01-01' | where registered < date '2022-01-01'",
                " | where imd_decile = 1",
                "where imd_decile = 1 | where imd_decile = 1 and sex = 'F'"
            })
    void whatManyDifferInIsShown(String pair) {
        String[] conditions = pair.split("\\|", 2);
        List<DemoRoad.Result> results = together(COUNT + conditions[0].strip(), COUNT + conditions[1].strip());
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNotNull();
    }

    /** Two figures and a third that is their sum but for few: the tracker of Denning and Schlörer (1980). */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "where imd_decile <= 5 | where (imd_decile > 5 or imd_decile is null) and {few} is not true | where ethnicity is distinct from 'ZZ'",
                " | where imd_decile > 5 or imd_decile is null or {few} | where imd_decile <= 5",
                "where sex = 'F' or {few} | where sex = 'F' and imd_decile <= 5 | where sex = 'F' and (imd_decile > 5 or imd_decile is null)"
            })
    void ofThreeThatGiveAwayAFewTheLastIsHidden(String three) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<Object> shown = new ArrayList<>();
        for (String condition : three.split("\\|", -1)) {
            shown.add(DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(written(COUNT + condition.strip()))
                    .rows()
                    .getFirst()
                    .getFirst());
        }
        assertThat(shown.get(0)).isNotNull();
        assertThat(shown.get(1)).isNotNull();
        assertThat(shown.get(2)).isNull();
    }

    /** A table is all that its cells add up to: by another key of nearly the same people, not all of it is shown. */
    @Tag("S35")
    @ParameterizedTest
    @CsvSource({"{few} is not true, true", "ethnicity is distinct from 'ZZ', true", "sex is not null, false"})
    void partitionsAreNoWayRound(String condition, boolean hidden) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<List<Object>> shown = new ArrayList<>();
        for (String statement : List.of(
                "select imd_decile, count(*) from hospital.patients where sex = 'F' group by 1",
                "select registered < date '2015-01-01', count(*) from hospital.patients where sex = 'F' and "
                        + condition + " group by 1")) {
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(written(statement));
            shown.add(result.rows().stream().map(List::getLast).collect(Collectors.toList()));
        }
        assertThat(shown.get(0)).doesNotContainNull().hasSize(11);
        assertThat(shown.get(1).contains(null)).as(shown.toString()).isEqualTo(hidden);
    }

    @Tag("S35")
    @ParameterizedTest
    @ValueSource(strings = {"sum(cost)", "count(*)", "avg(cost)", "count(distinct patient_id)"})
    void everyAggregateIsHeldToTheHistory(String aggregate) {
        String first = "select " + aggregate + " from hospital.admissions where method = '21'";
        List<DemoRoad.Result> results = together(first, first + " and {few stays} is not true");
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    /** The same condition, wherever it stands and however it is worded; the first of each pair is the base. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "patients p join hospital.ethnicities e on e.code = p.ethnicity where sex = 'F' | patients p join hospital.ethnicities e on e.code = p.ethnicity and {few p} is not true where sex = 'F'",
                "patients p join hospital.ethnicities e on e.code = p.ethnicity where p.sex = 'F' | patients p join hospital.ethnicities e on e.code = p.ethnicity and {few p} is not true where p.sex = 'F'",
                "patients p join hospital.ethnicities e on e.code = p.ethnicity where p.sex = 'F' | ethnicities e join hospital.patients p on e.code = p.ethnicity where p.sex = 'F' and {few p} is not true",
                "patients p join hospital.ethnicities e on e.code = p.ethnicity where p.sex = 'F' | ethnicities e, hospital.patients p where e.code = p.ethnicity and p.sex = 'F' and {few p} is not true",
                "patients where sex = 'F' | patients p join hospital.practices x on x.practice_code = p.practice_code where p.sex = 'F' and {few p} is not true",
                "admissions where method = '21' | admissions a join hospital.patients p on p.patient_id = a.patient_id where a.method = '21' and p.sex <> 'U'",
                "admissions a join hospital.patients p on p.patient_id = a.patient_id where a.method = '21' | patients p join hospital.admissions a on p.patient_id = a.patient_id where a.method = '21' and p.sex <> 'U'",
                "patients where imd_decile = 8 | patients where imd_decile between 8 and 8 and sex <> 'X'",
                "patients where imd_decile = 9 | patients where not imd_decile <> 9 and sex <> 'X'",
                "patients where imd_decile = 9 | patients where imd_decile::numeric = 9 and sex <> 'X'",
                "patients where imd_decile = 9 | patients where imd_decile in (9) and sex <> 'X'",
                "patients where imd_decile = 9 | patients where imd_decile = 9 and imd_decile >= 3 and sex <> 'X'",
                "admissions where icd10 = 'N390' | admissions where icd10 = 'N390' and icd10 like 'N39%' and method <> '31'",
                "admissions where method in ('21', '22') | admissions where method in ('21', '22') and method in ('21', '22', '23') and {few stays} is not true",
                "patients where imd_decile = 9 | (select * from hospital.patients where sex <> 'X') y where imd_decile = 9",
                "patients where (case when imd_decile = 2 then 'a' else 'b' end) = 'a' | patients where (case when imd_decile = 2 and sex <> 'X' then 'a' else 'b' end) = 'a'",
                "patients where extract(year from age(current_date, date_of_birth)) = 40 | patients where extract(year from age(current_date, date_of_birth)) = 40 and {few} is not true",
                "(select patient_id from hospital.patients where imd_decile = 6 group by patient_id) x | (select patient_id from hospital.patients where imd_decile = 6 and sex <> 'X' group by patient_id) x",
                "(select patient_id, count(*) n from hospital.admissions group by patient_id) x where n >= 2 | (select patient_id, count(*) n from hospital.admissions where {few stays} is not true group by patient_id) x where n >= 2",
                "patients p where exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id) | patients p where exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id and {few stays} is not true)",
                "admissions where admitted >= date '2024-01-01' | admissions where admitted >= date '2024-01-01' and {few stays} is not true",
                "patients p left join hospital.ethnicities e on e.code = p.ethnicity where sex = 'F' | patients where sex = 'F' and {few} is not true",
                "patients p left join (select patient_id from hospital.patients where ethnicity is distinct from 'ZZ') x on x.patient_id = p.patient_id where p.sex = 'F' | patients p left join (select patient_id from hospital.patients where ethnicity is distinct from 'ZZ') x on x.patient_id = p.patient_id where p.sex = 'F' and x.patient_id is not null",
                "patients p left join hospital.patients x on x.patient_id = p.patient_id and x.ethnicity is distinct from 'ZZ' where p.sex = 'F' | patients p left join hospital.patients x on x.patient_id = p.patient_id and x.ethnicity is distinct from 'ZZ' where p.sex = 'F' and x.sex is not null",
                "patients where imd_decile = 6 | (select patient_id from hospital.patients where imd_decile = 6 and sex <> 'X' group by patient_id) x",
                "admissions where method = '21' | (select admission_id from hospital.admissions where method = '21' group by admission_id) x",
                "(select row_number() over (partition by patient_id order by admitted, admission_id) r from hospital.admissions) x where r = 1 | (select row_number() over (partition by patient_id order by admitted, admission_id) r from hospital.admissions where {few stays} is not true) x where r = 1",
                "(select row_number() over (partition by patient_id order by admitted, admission_id) r, icd10, method from hospital.admissions) x where r = 1 | (select row_number() over (partition by patient_id order by admitted, admission_id) r, icd10, method from hospital.admissions) x where r = 1 and {few stays} is not true"
            })
    void wordingIsNoWayRound(String pair) {
        String[] from = pair.split(" \\| ", 2);
        List<DemoRoad.Result> results = together(counted(from[0]), counted(from[1]));
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    /** Other keys are no way round: joined texts, bands, and conditions inside a key. What is near of a table is hidden. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "method, provider_code | method || '/' || provider_code where {few stays} is not true",
                "method || '/' || provider_code | method, provider_code where {few stays} is not true",
                "method, provider_code | case when method = '21' then 'e' || provider_code else method || provider_code end where {few stays} is not true",
                "case when cost < 1000 then 0 else 1 end | case when cost < 1000 then 'a' else 'b' end where {few stays} is not true",
                "extract(month from admitted) | extract(year from admitted) where {few stays} is not true"
            })
    void whatFewDifferInUnderOtherKeysIsHidden(String pair) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<DemoRoad.Result> results = new ArrayList<>();
        for (String question : pair.split(" \\| ", 2)) {
            String[] parts = question.split(" where ", 2);
            String sql =
                    "select k, count(*) from (select %s as k, icd10, method from hospital.admissions) x %s group by k";
            if (parts[0].contains(", ")) {
                sql = "select " + parts[0] + ", count(*) from hospital.admissions %2$s group by 1, 2";
            }
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(written(sql.formatted(parts[0], parts.length > 1 ? "where " + parts[1] : "")));
            assertThat(result.problem()).as(question).isNull();
            results.add(result);
        }
        assertThat(results.get(0).rows()).anyMatch(r -> r.getLast() != null);
        assertThat(results.get(1).rows()).anyMatch(r -> r.getLast() == null);
    }

    private static String counted(String from) {
        return "select count(*) from " + (from.startsWith("(") ? "" : "hospital.") + from;
    }

    /** Disjoint groups have no small difference: women and then men, one code and then another, one year and then the next. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "patients where sex = 'F' | patients where sex = 'M'",
                "patients where imd_decile in (1, 2) | patients where imd_decile in (3, 4)",
                "patients where imd_decile <= 3 | patients where imd_decile > 3 and imd_decile <= 6",
                "admissions where icd10 like 'E11%' | admissions where icd10 like 'I10%'",
                "admissions where admitted >= date '2024-01-01' and admitted < date '2025-01-01' | admissions where admitted >= date '2025-01-01' and admitted < date '2026-01-01'"
            })
    void disjointQuestionsMayFollowEachOther(String pair) {
        String[] from = pair.split(" \\| ", 2);
        List<DemoRoad.Result> results = together(counted(from[0]), counted(from[1]));
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNotNull();
    }

    /** A question in other words is the same question: the answer is replayed, each number under its own name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) s, count(distinct patient_id) p from hospital.admissions where method = '22' | select count(distinct patient_id) p, count(*) s from hospital.admissions where method = '22'",
                "select sex, imd_decile, count(*) s from hospital.patients where imd_decile <= 2 group by sex, imd_decile order by 1, 2 | select imd_decile, sex, count(*) s from hospital.patients where imd_decile <= 2 group by imd_decile, sex order by sex, imd_decile",
                "select sex, imd_decile, count(*) s from hospital.patients group by rollup (sex, imd_decile) order by 1, 2 | select imd_decile, count(*) s, sex from hospital.patients group by rollup (sex, imd_decile) order by 3, 1",
                "select p.sex, count(*) s from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id group by 1 order by 1 | select count(*) s, q.sex from hospital.patients q, hospital.admissions b where b.patient_id = q.patient_id group by q.sex order by q.sex"
            })
    void otherOrdersAreTheSameAnswer(String pair) {
        String[] sql = pair.split(" \\| ", 2);
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<List<java.util.Map<String, Object>>> answers = new ArrayList<>();
        for (String statement : sql) {
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(statement);
            assertThat(result.problem()).as(statement).isNull();
            answers.add(named(result));
        }
        assertThat(answers.get(0)).isNotEmpty().isEqualTo(answers.get(1));
        assertThat(published.size()).isEqualTo(1);
    }

    private static List<java.util.Map<String, Object>> named(DemoRoad.Result result) {
        return result.rows().stream()
                .map(row -> {
                    java.util.Map<String, Object> named = new java.util.TreeMap<>();
                    for (int i = 0; i < row.size(); i++) {
                        named.put(result.labels().get(i), row.get(i));
                    }
                    return named;
                })
                .toList();
    }

    /** Two figures of one table that differ by a few people are both hidden; of two that differ by many, both are shown. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(*) filter (where sex = 'F'), count(*) filter (where sex = 'F' and (imd_decile = 1 and ethnicity = 'G') is not true) | few",
                "count(*) filter (where sex = 'F'), sum(case when sex = 'F' and (imd_decile = 1 and ethnicity = 'G') is not true then 1 end) | few",
                "count(*) filter (where sex = 'M'), count(*) filter (where sex = 'M' or sex = 'F' and imd_decile = 1 and ethnicity = 'G') | few",
                "count(*) filter (where sex = 'M'), sum(case when sex = 'M' or sex = 'F' and imd_decile = 1 and ethnicity = 'G' then 1 end) | few",
                "count(x.c), count(x.d) | few | hospital.patients p join (select patient_id, case when sex = 'M' or sex = 'F' and imd_decile = 1 and ethnicity = 'G' then 1 end c, case when sex = 'M' then 1 end d from hospital.patients) x on x.patient_id = p.patient_id",
                "count(*) filter (where x.c = 1), count(*) filter (where y.d = 1) | few | hospital.patients p join (select patient_id, case when sex = 'M' or sex = 'F' and imd_decile = 1 and ethnicity = 'G' then 1 end c from hospital.patients) x on x.patient_id = p.patient_id join (select patient_id, case when sex = 'M' then 1 end d from hospital.patients) y on y.patient_id = p.patient_id",
                "count(x.patient_id), count(y.patient_id) | few | hospital.patients p left join (select patient_id from hospital.patients where sex = 'M' or sex = 'F' and imd_decile = 1 and ethnicity = 'G') x on x.patient_id = p.patient_id left join (select patient_id from hospital.patients where sex = 'M') y on y.patient_id = p.patient_id",
                "count(*) filter (where sex = 'M' and imd_decile <= 10), count(*) filter (where (sex = 'M' or sex = 'F' and imd_decile = 1 and ethnicity = 'G') and imd_decile >= 1) | few",
                "count(*) filter (where sex = 'F'), count(*) filter (where sex = 'F' and (imd_decile = 1 and ethnicity = 'G') is not true and sex in ('F', 'M')) | few",
                "count(*) filter (where sex = 'M'), count(*) filter (where sex = 'M' or imd_decile <= 5) | many",
                "count(*) filter (where imd_decile <= 3), count(*) filter (where imd_decile <= 5) | many",
                "count(*) filter (where sex = 'F'), count(*) filter (where sex = 'F' and imd_decile <= 5) | many",
                "count(*) filter (where sex = 'F'), count(*) filter (where sex = 'M') | many",
                "sum(case when imd_decile <= 3 then 1 else 0 end), sum(case when imd_decile > 3 then 1 else 0 end) | many"
            })
    void figuresOfOneTableAreComparedWithEachOther(String line) {
        String[] parts = line.split(" \\| ", 3);
        String from = parts.length > 2 ? parts[2] : "hospital.patients";
        long people = DemoRoad.shared()
                .truthOfOneNumber(
                        "select count(*) from hospital.patients where not opted_out and sex = 'F' and imd_decile = 1 and ethnicity = 'G'");
        assertThat(people).as("the few are some, and fewer than the threshold").isBetween(1L, 7L);
        DemoRoad.Result result =
                DemoRoad.shared().session("ada", "diabetes").run("select " + parts[0] + " from " + from);
        assertThat(result.problem()).as(line).isNull();
        if (parts[1].equals("few")) {
            assertThat(result.rows().getFirst()).containsNull();
        } else {
            assertThat(result.rows().getFirst()).doesNotContainNull();
        }
    }

    /** FILTER and CASE are conditions too, whatever statement they stand in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(*) filter (where sex = 'F') | count(*) filter (where sex = 'F' and {few} is not true) | ",
                "sum(case when sex = 'F' then 1 else 0 end) | sum(case when sex = 'F' and {few} is not true then 1 else 0 end) | ",
                "count(*) filter (where sex = 'F') | count(*) | where sex = 'F' and {few} is not true",
                "count(*) filter (where imd_decile <= 3) | count(*) filter (where imd_decile < 4 and {few} is not true) | "
            })
    void armsOfTwoStatementsAreCompared(String line) {
        String[] parts = line.split(" \\| ?", 3);
        List<DemoRoad.Result> results = together(
                "select " + parts[0] + " from hospital.patients",
                "select " + parts[1] + " from hospital.patients " + parts[2]);
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(*) | count(*) filter (where sex = 'F')",
                "count(*) filter (where sex = 'F') | count(*) filter (where sex = 'M')",
                "count(*) filter (where sex = 'F') | count(*) filter (where imd_decile = 1)",
                "count(*) filter (where sex = 'F') | count(distinct patient_id) filter (where sex = 'F')"
            })
    void armsThatCannotDifferByFewMayFollowEachOther(String line) {
        String[] parts = line.split(" \\| ?", 2);
        List<DemoRoad.Result> results = together(
                "select " + parts[0] + " from hospital.patients", "select " + parts[1] + " from hospital.patients");
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNotNull();
    }

    /** Different questions never share an answer, however alike they look: what the second one shows is what it would show alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(distinct p.patient_id) from hospital.patients p left join hospital.admissions a on a.patient_id=p.patient_id and p.sex='F' left join hospital.prescriptions r on r.patient_id=p.patient_id | select count(distinct p.patient_id) from hospital.patients p left join hospital.admissions a on a.patient_id=p.patient_id left join hospital.prescriptions r on r.patient_id=p.patient_id and p.sex='F'",
                "select count(distinct p.patient_id) from hospital.patients p join hospital.admissions a on a.patient_id=p.patient_id left join hospital.prescriptions r on r.patient_id=p.patient_id | select count(distinct p.patient_id) from hospital.patients p join hospital.admissions a on a.patient_id=p.patient_id left join hospital.prescriptions r on r.patient_id=p.patient_id and p.registered=a.admitted",
                "select count(*) from hospital.admissions a left join hospital.patients p on p.patient_id=a.patient_id and a.admitted=p.registered | select count(*) from hospital.admissions a left join hospital.patients p on p.patient_id=a.patient_id where a.admitted=p.registered",
                "select count(*) from hospital.patients p left join (select patient_id, method from hospital.admissions where icd10 like 'E11%' and method='21') a on a.patient_id=p.patient_id | select count(*) from hospital.patients p left join (select patient_id, method from hospital.admissions where icd10 like 'E11%') a on a.patient_id=p.patient_id where a.method='21'",
                "select count(*) from hospital.patients p left join (select patient_id, count(*) n from hospital.admissions group by 1 having count(*)>1) a on a.patient_id=p.patient_id | select count(*) from hospital.patients p left join (select patient_id, count(*) n from hospital.admissions group by 1) a on a.patient_id=p.patient_id where a.n>1",
                "select count(*) from hospital.patients p where exists (select 1 from hospital.admissions a where a.patient_id=p.patient_id and a.icd10 like 'E11%' and exists (select 1 from hospital.admissions b where b.patient_id=p.patient_id and b.admitted > a.discharged)) | select count(*) from hospital.patients p where exists (select 1 from hospital.admissions a where a.patient_id=p.patient_id and a.icd10 like 'E11%' and exists (select 1 from hospital.admissions b where b.patient_id=p.patient_id and a.admitted > b.discharged))"
            })
    void differentQuestionsDoNotShareAnAnswer(String pair) {
        String[] sql = pair.split(" \\| ", 2);
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        for (String statement : sql) {
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(statement);
            assertThat(result.problem()).as(statement).isNull();
        }
        assertThat(published.size()).isEqualTo(2);
    }

    @org.junit.jupiter.api.Test
    void peopleWithoutAPartnerInAnOuterJoinAreNotCounted() {
        long truth = DemoRoad.shared()
                .truthOfOneNumber(
                        "select count(distinct a.patient_id) from hospital.patients p left join hospital.admissions a on a.patient_id=p.patient_id and a.method='11' and not a.opted_out where not p.opted_out");
        Object shown = DemoRoad.shared()
                .session("ada", "diabetes")
                .run(
                        "select count(distinct a.patient_id) from hospital.patients p left join hospital.admissions a on a.patient_id=p.patient_id and a.method='11'")
                .rows()
                .getFirst()
                .getFirst();
        assertThat(shown).isEqualTo(Math.round(truth / 5.0) * 5);
    }

    /** Most groups lose many people by the condition, and some few: those are hidden, and not the column. */
    @Test
    void inATableWithMarginsTheGroupsThatAreNearAreHiddenAndNotAll() {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        DemoRoad.Session ada = DemoRoad.shared().session("ada", "diabetes", published, new RecordingAuditLog());
        ada.run("select ethnicity, count(*) from hospital.patients group by 1");
        Map<Object, Object> after = byKey(ada.run(
                "select case when grouping(ethnicity) = 1 then 'all' else ethnicity end e, count(*) from hospital.patients"
                        + " where imd_decile <= 9 group by rollup (ethnicity)"));
        assertThat(after.get("A")).isNotNull();
        assertThat(after.get("C")).isNotNull();
        assertThat(after.get("all")).isNotNull();
        assertThat(after).containsEntry("B", null).containsEntry("K", null);
    }

    private static Map<Object, Object> byKey(DemoRoad.Result result) {
        Map<Object, Object> byKey = new HashMap<>();
        result.rows().forEach(row -> byKey.put(row.getFirst(), row.getLast()));
        return byKey;
    }
}
