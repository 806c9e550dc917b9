package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pairs of questions whose answers differ by a few people (Denning, Denning and Schwartz 1979: trackers). Each is fine alone; of the two,
 * whichever comes second is hidden. Two sessions share one history, for colluding analysts are the same attack.
 */
class DifferencingIT {
    private static final String COUNT = "select count(*) from hospital.patients ";

    private static List<DemoRoad.Result> together(String first, String second) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<DemoRoad.Result> results = new ArrayList<>();
        for (String sql : List.of(first, second)) {
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
                "where sex = 'F' | where sex = 'F' and not (imd_decile = 1 and ethnicity = 'G')",
                "where sex = 'F' | where sex = 'F' or (imd_decile = 1 and ethnicity = 'G')",
                "where sex = 'F' | where sex = 'F' and ethnicity <> 'G'",
                "where sex = 'F' | where ethnicity <> 'G' and sex = 'F'",
                "where imd_decile <= 3 | where imd_decile <= 4",
                "where registered < date '2020-01-01' | where registered < date '2020-02-01'",
                "where ethnicity <> 'G' | ",
                "where imd_decile is not null | ",
                " | where sex <> 'U'",
                " | where case when sex = 'F' and ethnicity = 'G' then false else true end"
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

    @Tag("S35")
    @ParameterizedTest
    @ValueSource(strings = {"sum(cost)", "count(*)", "avg(cost)", "count(distinct patient_id)"})
    void everyAggregateIsHeldToTheHistory(String aggregate) {
        String first = "select " + aggregate + " from hospital.admissions where method = '21'";
        List<DemoRoad.Result> results = together(first, first + " and icd10 <> 'C189'");
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    /** The same condition, wherever it stands and however it is worded; the first of each pair is the base. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "patients where sex = 'F' | patients p join hospital.ethnicities e on e.code = p.ethnicity and e.code <> 'G' where sex = 'F'",
                "patients p join hospital.ethnicities e on e.code = p.ethnicity where p.sex = 'F' | patients p join hospital.ethnicities e on e.code = p.ethnicity and p.imd_decile <> 1 where p.sex = 'F'",
                "patients p join hospital.ethnicities e on e.code = p.ethnicity where p.sex = 'F' | ethnicities e join hospital.patients p on e.code = p.ethnicity where p.sex = 'F' and p.imd_decile <> 1",
                "patients p join hospital.ethnicities e on e.code = p.ethnicity where p.sex = 'F' | ethnicities e, hospital.patients p where e.code = p.ethnicity and p.sex = 'F' and p.imd_decile <> 1",
                "patients where sex = 'F' | patients p join hospital.practices x on x.practice_code = p.practice_code where p.sex = 'F' and p.imd_decile <> 1",
                "admissions where method = '21' | admissions a join hospital.patients p on p.patient_id = a.patient_id where a.method = '21' and p.sex <> 'U'",
                "admissions a join hospital.patients p on p.patient_id = a.patient_id where a.method = '21' | patients p join hospital.admissions a on p.patient_id = a.patient_id where a.method = '21' and p.sex <> 'U'",
                "patients where imd_decile = 8 | patients where imd_decile between 8 and 8 and sex <> 'X'",
                "patients where imd_decile = 9 | patients where not imd_decile <> 9 and sex <> 'X'",
                "patients where imd_decile = 9 | patients where imd_decile::numeric = 9 and sex <> 'X'",
                "patients where imd_decile = 9 | patients where imd_decile in (9) and sex <> 'X'",
                "patients where imd_decile = 9 | (select * from hospital.patients where sex <> 'X') y where imd_decile = 9",
                "patients where (case when imd_decile = 2 then 'a' else 'b' end) = 'a' | patients where (case when imd_decile = 2 and sex <> 'X' then 'a' else 'b' end) = 'a'",
                "patients where extract(year from age(current_date, date_of_birth)) = 40 | patients where extract(year from age(date '2026-01-01', date_of_birth)) = 40",
                "(select patient_id from hospital.patients where imd_decile = 6 group by patient_id) x | (select patient_id from hospital.patients where imd_decile = 6 and sex <> 'X' group by patient_id) x",
                "(select patient_id, count(*) n from hospital.admissions group by patient_id) x where n >= 2 | (select patient_id, count(*) n from hospital.admissions where method <> '31' group by patient_id) x where n >= 2",
                "patients p where exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id) | patients p where exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id and a.method <> '31')",
                "admissions where admitted >= date '2024-01-01' | admissions where admitted >= date '2024-02-01'",
                "patients p left join hospital.ethnicities e on e.code = p.ethnicity where sex = 'F' | patients where sex = 'F' and imd_decile <> 1",
                "patients where imd_decile = 6 | (select patient_id from hospital.patients where imd_decile = 6 and sex <> 'X' group by patient_id) x",
                "admissions where method = '21' | (select admission_id from hospital.admissions where method = '21' group by admission_id) x",
                "(select icd10, row_number() over (partition by patient_id order by admitted, admission_id) r from hospital.admissions where icd10 = 'C189') x where r = 1 | (select icd10, row_number() over (partition by patient_id order by admitted, admission_id) r from hospital.admissions) x where r = 1 and icd10 = 'C189'",
                "(select row_number() over (partition by patient_id order by admitted, admission_id) r, method from hospital.admissions) x where r = 1 and method = '21' | (select row_number() over (partition by patient_id order by cost, admission_id) r, method from hospital.admissions) x where r = 1 and method = '21'"
            })
    void wordingIsNoWayRound(String pair) {
        String[] from = pair.split(" \\| ", 2);
        List<DemoRoad.Result> results = together(counted(from[0]), counted(from[1]));
        assertThat(results.get(0).rows().getFirst().getFirst()).isNotNull();
        assertThat(results.get(1).rows().getFirst().getFirst()).isNull();
    }

    /** The same cells under other keys: joined texts, bands, and one column cut in two ways. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "method, provider_code | method || '/' || provider_code where icd10 <> 'C189'",
                "method, provider_code | method || provider_code",
                "method || '/' || provider_code | method, provider_code where icd10 <> 'C189'",
                "method, provider_code | case when method = '21' then 'e' || provider_code else provider_code end where icd10 <> 'C189'",
                "floor((discharged - admitted) / 7) | floor((discharged - admitted + 1) / 7)",
                "case when cost < 1000 then 0 else 1 end | case when cost < 2000 then 0 else 1 end",
                "extract(month from admitted) | extract(quarter from admitted)",
                "first_value(icd10) over (partition by patient_id order by admitted, admission_id) | first_value(icd10) over (partition by patient_id order by cost, admission_id)"
            })
    void theSameColumnsUnderOtherKeysAreNoOtherTable(String pair) {
        MemoryPublishedAnswers published = new MemoryPublishedAnswers();
        List<DemoRoad.Result> results = new ArrayList<>();
        for (String question : pair.split(" \\| ", 2)) {
            String[] parts = question.split(" where ", 2);
            String sql =
                    "select k, count(*), avg(cost) from (select %s as k, cost, icd10 from hospital.admissions) x %s group by k";
            if (parts[0].contains(", ") && !parts[0].contains("(")) {
                sql = "select " + parts[0] + ", count(*), avg(cost) from hospital.admissions %2$s group by 1, 2";
            }
            DemoRoad.Result result = DemoRoad.shared()
                    .session("ada", "diabetes", published, new RecordingAuditLog())
                    .run(sql.formatted(parts[0], parts.length > 1 ? "where " + parts[1] : ""));
            assertThat(result.problem()).as(question).isNull();
            results.add(result);
        }
        assertThat(results.get(0).rows()).anyMatch(r -> r.get(r.size() - 2) != null);
        assertThat(results.get(1).rows()).allMatch(r -> r.getLast() == null && r.get(r.size() - 2) == null);
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
                "count(*) filter (where imd_decile <= 3), count(*) filter (where imd_decile <= 5) | many",
                "count(*) filter (where sex = 'F'), count(*) filter (where sex = 'F' and imd_decile <= 5) | many",
                "count(*) filter (where sex = 'F'), count(*) filter (where sex = 'M') | many",
                "sum(case when imd_decile <= 3 then 1 else 0 end), sum(case when imd_decile > 3 then 1 else 0 end) | many"
            })
    void figuresOfOneTableAreComparedWithEachOther(String line) {
        String[] parts = line.split(" \\| ", 2);
        long people = DemoRoad.shared()
                .truthOfOneNumber(
                        "select count(*) from hospital.patients where not opted_out and sex = 'F' and imd_decile = 1 and ethnicity = 'G'");
        assertThat(people).as("the few are some, and fewer than the threshold").isBetween(1L, 7L);
        DemoRoad.Result result =
                DemoRoad.shared().session("ada", "diabetes").run("select " + parts[0] + " from hospital.patients");
        assertThat(result.problem()).as(line).isNull();
        if (parts[1].equals("few")) {
            assertThat(result.rows().getFirst()).containsOnlyNulls();
        } else {
            assertThat(result.rows().getFirst()).doesNotContainNull();
        }
    }

    /** FILTER and CASE are conditions too, whatever statement they stand in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(*) filter (where sex = 'F') | count(*) filter (where sex = 'F' and ethnicity <> 'G') | ",
                "sum(case when sex = 'F' then 1 else 0 end) | sum(case when sex = 'F' and imd_decile <> 1 then 1 else 0 end) | ",
                "count(*) filter (where sex = 'F') | count(*) | where sex = 'F' and ethnicity <> 'G'",
                "count(*) filter (where imd_decile <= 3) | count(*) filter (where imd_decile <= 4) | "
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
                "select count(*) from hospital.patients p left join hospital.admissions a on a.patient_id=p.patient_id and p.sex='F' left join hospital.prescriptions r on r.patient_id=p.patient_id | select count(*) from hospital.patients p left join hospital.admissions a on a.patient_id=p.patient_id left join hospital.prescriptions r on r.patient_id=p.patient_id and p.sex='F'",
                "select count(*) from hospital.patients p join hospital.admissions a on a.patient_id=p.patient_id left join hospital.prescriptions r on r.patient_id=p.patient_id | select count(*) from hospital.patients p join hospital.admissions a on a.patient_id=p.patient_id left join hospital.prescriptions r on r.patient_id=p.patient_id and p.registered=a.admitted",
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
}
