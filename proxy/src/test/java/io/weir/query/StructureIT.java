package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What adds up to what was shown before on any data is shown, however it is worded; what adds up in the data alone is hidden, and so is what differs from a sum of several by few.
 */
class StructureIT {
    private static final String PEOPLE = "select count(*) from hospital.patients ";
    private static final String STAYS = "select count(*) from hospital.admissions ";

    private static final String STAYS_AND_MEDICINES =
            " from hospital.admissions a join hospital.prescriptions x on x.patient_id = a.patient_id join hospital.patients p on p.patient_id = a.patient_id"
                    + " where a.method = '21' and a.cost is not null and x.cost is not null";
    private static final String WOMEN =
            " from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id where p.sex = 'F'";
    private static final String STAYS_WITH_DAYS =
            " from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id where a.method = '21' and a.cost is not null and a.discharged is not null";
    private static final String WITH_TWO_STAYS =
            " from hospital.admissions a join hospital.patients p on p.patient_id = a.patient_id join (select patient_id, count(*) as n from hospital.admissions group by patient_id) t on t.patient_id = a.patient_id where t.n = 2";
    private static final String MOST_OF_SOME =
            "select count(*) from (select patient_id, max(icd10) filter (where icd10 <> 'F100') as c from hospital.admissions where icd10 in ('N390', 'J189') group by patient_id)";
    private static final String PAIRS =
            "select count(distinct a.patient_id) from hospital.admissions a join hospital.admissions b on a.patient_id = b.patient_id where a.icd10 in ('Z380', 'J069') and ";
    private static final String PARTNERS =
            " from hospital.patients p left join (select a.patient_id, i.code, a.discharged from hospital.admissions a join hospital.icd10 i on i.code = a.icd10";
    private static final String OF_SOME =
            ") x on x.patient_id = p.patient_id where (exists (select 1 from hospital.admissions b where b.patient_id = p.patient_id and b.method = '82' and b.icd10 = 'Z380') or p.sex = 'M' and p.date_of_birth = date '1942-01-01' and p.imd_decile = 4)";
    private static final String SOME_PARTNERS = "select count(distinct p.patient_id)" + PARTNERS
            + " where i.code = 'Z380' or a.discharged is null" + OF_SOME;
    private static final String OF_SOME_PARTNERS =
            PARTNERS + OF_SOME + " and (x.code = 'Z380' or x.discharged is null)";

    private final MemoryPublishedAnswers published = new MemoryPublishedAnswers();

    private DemoRoad.Result ask(String sql) {
        DemoRoad.Result result = DemoRoad.shared()
                .session("ada", "diabetes", published, new RecordingAuditLog())
                .run(sql);
        assertThat(result.problem()).as(sql).isNull();
        return result;
    }

    private long shown(DemoRoad.Result result) {
        return result.rows().stream()
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .count();
    }

    /** Each of the sequence alone shows as much. */
    private long alone(String sql) {
        return shown(DemoRoad.shared()
                .session("ada", "diabetes", new MemoryPublishedAnswers(), new RecordingAuditLog())
                .run(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // months, quarters, years
                "select date_trunc('month', admitted), count(*) from hospital.admissions where admitted >= date '2025-01-01' and admitted < date '2026-01-01' group by 1"
                        + " | " + STAYS + "where extract(year from admitted) = 2025"
                        + " | " + STAYS + "where admitted >= date '2025-04-01' and admitted < date '2025-07-01'"
                        + " | " + STAYS + "where date_trunc('quarter', admitted) = date '2025-10-01'",
                // a year that begins in April, in three spellings
                "select date_trunc('quarter', admitted), count(*) from hospital.admissions where admitted >= date '2024-04-01' and admitted < date '2025-04-01' group by 1"
                        + " | " + STAYS + "where admitted between date '2024-04-01' and date '2025-03-31'",
                // bands and their parts
                "select case when imd_decile <= 3 then 'poor' when imd_decile <= 7 then 'middle' else 'rich' end, count(*) from hospital.patients where imd_decile is not null group by 1"
                        + " | " + PEOPLE + "where imd_decile <= 3"
                        + " | " + PEOPLE + "where imd_decile between 4 and 7"
                        + " | " + PEOPLE + "where imd_decile > 7"
                        + " | " + PEOPLE + "where imd_decile is not null",
                "select imd_decile, count(*) from hospital.patients where imd_decile is not null group by 1"
                        + " | " + PEOPLE + "where imd_decile in (1, 2, 3, 4)"
                        + " | " + PEOPLE + "where imd_decile between 1 and 4",
                // a condition, its opposite, and all
                PEOPLE + "where sex = 'F' | " + PEOPLE + "where sex = 'F' and imd_decile <= 5 | " + PEOPLE
                        + "where sex = 'F' and (imd_decile <= 5) is not true | " + PEOPLE
                        + "where sex = 'F' and not (imd_decile <= 5) | "
                        + PEOPLE + "where sex = 'F' and imd_decile is null",
                // inclusion and exclusion
                PEOPLE + "where sex = 'F' | " + PEOPLE + "where imd_decile <= 5 | " + PEOPLE
                        + "where sex = 'F' and imd_decile <= 5 | " + PEOPLE + "where sex = 'F' or imd_decile <= 5"
            })
    void whatAddsUpOnAnyDataIsShown(String sequence) {
        for (String sql : sequence.split("\\|")) {
            assertThat(shown(ask(sql.strip()))).as(sql).isEqualTo(alone(sql.strip()));
        }
    }

    /** Four counts, none of them near another, of which two differences differ by few (Denning and Schlörer 1980, general trackers). */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                " | where sex = 'F' | where few is not true and imd_decile <= 8 | where few is not true and imd_decile <= 8 and sex = 'F' | where imd_decile <= 8 and sex <> 'F'",
                "where imd_decile <= 3 | where imd_decile between 4 and 6 | where imd_decile between 7 and 9 | where imd_decile <= 9 and few is not true",
            })
    void theLastOfSeveralThatTellOfFewIsHidden(String sequence) {
        List<String> questions = List.of(sequence.split("\\|"));
        for (int q = 0; q < questions.size(); q++) {
            String sql = PEOPLE
                    + questions.get(q).strip().replace("few", "(imd_decile = 1 and ethnicity = 'G' and sex = 'F')");
            assertThat(shown(ask(sql))).as(sql).isEqualTo(q == questions.size() - 1 ? 0 : 1);
        }
    }

    /** Whether somebody had stays of both kinds is not told by whether the total is hidden: that nobody had is not known from the form of the question. */
    @Test
    void peopleInTwoGroupsAreNotTakenForTheWhole() {
        String kinds =
                "select case when method = '21' then 'a' else 'b' end, count(distinct patient_id) from hospital.admissions where icd10 = '%s' group by 1";
        String all = "select count(distinct patient_id) from hospital.admissions where icd10 = '%s'";
        for (String code : List.of("F100", "E871")) {
            assertThat(shown(ask(kinds.formatted(code)))).isEqualTo(4);
            assertThat(shown(ask(all.formatted(code)))).isZero();
        }
    }

    /** The same where each person becomes one row. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from (select patient_id from hospital.admissions where {} group by patient_id) t",
                "select count(*) from (select distinct patient_id from hospital.admissions where {}) t"
            })
    void norAreTheyWhereEachIsOneRow(String sql) {
        assertThat(shown(ask(sql.replace("{}", "icd10 = 'F100' and method = '21'"))))
                .isEqualTo(1);
        assertThat(shown(ask(sql.replace("{}", "icd10 = 'F100' and (method = '21') is not true"))))
                .isEqualTo(1);
        assertThat(shown(ask(sql.replace("{}", "icd10 = 'F100'")))).isZero();
    }

    /** Whether few lack it, or nobody, is not told by whether it is hidden: it is for nobody here. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                // a quotient that is missing for one value
                STAYS
                        + "where cost is not null | select count(1 / (cost - 9000000)) from hospital.admissions where cost is not null",
                // a second link, by which a record and its reference could differ
                STAYS
                        + "a join hospital.patients p on p.patient_id = a.patient_id join hospital.geography g on g.lsoa = p.lsoa"
                        + " | " + STAYS
                        + "a join hospital.patients p on p.patient_id = a.patient_id join hospital.geography g on g.lsoa = p.lsoa and g.imd_decile = p.imd_decile",
                STAYS + "a join hospital.icd10 i on i.code = a.icd10"
                        + " | " + STAYS
                        + "a join hospital.icd10 i on i.code = a.icd10 join hospital.icd10 j on j.code = a.icd10 and j.chapter = i.chapter",
                // a code list that is reached by what only some have
                MOST_OF_SOME + " a | " + MOST_OF_SOME + " a join hospital.icd10 i on i.code = a.c",
                // two columns of one code list
                "select count(distinct a.patient_id) from hospital.admissions a join hospital.icd10 i on i.code = a.icd10 where a.method = '82' and i.category = 'Z38'"
                        + " | select count(distinct a.patient_id) from hospital.admissions a join hospital.icd10 i on i.code = a.icd10 where a.method = '82' and i.chapter = 'XXI'",
                // one column of two records
                PAIRS + "a.method = '82' | " + PAIRS + "b.method = '82'",
                // what some do not have as partners is no condition on them
                SOME_PARTNERS + " | select count(distinct p.patient_id)" + OF_SOME_PARTNERS,
                SOME_PARTNERS + " | select count(*)" + OF_SOME_PARTNERS,
                "select count(*) from hospital.admissions a left join (select patient_id, sex from hospital.patients where sex in ('F', 'M')) p on a.patient_id = p.patient_id where a.method = '11'"
                        + " | select count(*) from hospital.admissions a left join (select patient_id, sex from hospital.patients where sex in ('F', 'M')) p on a.patient_id = p.patient_id where a.method = '11' and p.sex in ('F', 'M')",
                "select count(*) from hospital.admissions a left join (select patient_id, sex, count(*) as n from hospital.patients where sex in ('F', 'M') group by patient_id, sex) p on a.patient_id = p.patient_id where a.method = '12'"
                        + " | select count(*) from hospital.admissions a left join (select patient_id, sex, count(*) as n from hospital.patients where sex in ('F', 'M') group by patient_id, sex) p on a.patient_id = p.patient_id where a.method = '12' and p.sex in ('F', 'M')",
                // two columns that lack for the same people
                PEOPLE + "where lsoa is not null | " + PEOPLE + "where imd_decile is not null"
            })
    void whatCouldLoseSomebodyIsNotTakenForTheSame(String pair) {
        String[] questions = pair.split("\\|");
        assertThat(shown(ask(questions[0].strip()))).isEqualTo(1);
        assertThat(shown(ask(questions[1].strip()))).isZero();
    }

    /** One amount has many wordings: by way of a sum for each person, a second alias, two columns; and records are people and second records. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select sum(cost) from hospital.admissions where method = '21' and cost is not null"
                        + " | select sum(t.c) from (select patient_id, sum(cost) as c from hospital.admissions where method = '21' group by patient_id) t join hospital.patients p on p.patient_id = t.patient_id where t.c is not null and few",
                "select sum(cost) from hospital.admissions where method = '21' and cost is not null"
                        + " | select sum(b.cost) from hospital.admissions z join hospital.admissions b on z.admission_id = b.admission_id join hospital.patients p on p.patient_id = b.patient_id where b.method = '21' and b.cost is not null and few",
                "select sum(a.cost), sum(x.cost)" + STAYS_AND_MEDICINES + " | select sum(a.cost + x.cost)"
                        + STAYS_AND_MEDICINES + " and few",
                "select count(*) from hospital.admissions where method = '21'"
                        + " | select sum(t.n) from (select patient_id, count(*) as n from hospital.admissions where method = '21' group by patient_id) t join hospital.patients p on p.patient_id = t.patient_id where few",
                "select count(distinct provider_code) from hospital.admissions where method = '21'"
                        + " | select count(distinct b.provider_code) from hospital.admissions z join hospital.admissions b on z.admission_id = b.admission_id join hospital.patients p on p.patient_id = b.patient_id where b.method = '21' and few",
                "select sum(a.cost)" + STAYS_WITH_DAYS + " | select sum(a.cost + (a.discharged - a.admitted))"
                        + STAYS_WITH_DAYS + " and few",
                "select sum(a.cost * 5)" + STAYS_WITH_DAYS + " | select sum(a.cost * 7)" + STAYS_WITH_DAYS + " and few",
                "select count(*)" + WITH_TWO_STAYS + " | select count(distinct a.patient_id)" + WITH_TWO_STAYS
                        + " and few",
                "select count(distinct a.patient_id)" + WITH_TWO_STAYS + " | select count(*)" + WITH_TWO_STAYS
                        + " and few",
                "select count(distinct case when a.icd10 = 'N390' then a.method end)" + WOMEN
                        + " | select count(distinct case when a.icd10 = 'N390' and few then a.method end)" + WOMEN,
                "select count(distinct case when a.icd10 = 'N390' then a.method when a.icd10 = 'J189' then 'none' end)"
                        + WOMEN
                        + " | select count(distinct case when a.icd10 = 'N390' and few then a.method when a.icd10 = 'J189' and few then 'none' end)"
                        + WOMEN,
                "select count(*) from hospital.admissions where method = '21'"
                        + " | select count(distinct patient_id) from hospital.admissions where method = '21'"
                        + " | select count(*) from (select patient_id, row_number() over (partition by patient_id order by admitted, admission_id) as n from hospital.admissions where method = '21') d join hospital.patients p on p.patient_id = d.patient_id where d.n > 1 and few",
                "select count(*) from (select patient_id, row_number() over (partition by patient_id order by admitted, admission_id) as n from hospital.admissions where method = '21') d join hospital.patients p on p.patient_id = d.patient_id where d.n > 1 and few"
                        + " | select count(distinct patient_id) from hospital.admissions where method = '21'"
                        + " | select count(*) from hospital.admissions where method = '21'"
            })
    void whatIsAddedUpInOtherWordsIsCompared(String sequence) {
        List<String> questions = List.of(sequence.split("\\|"));
        for (int q = 0; q < questions.size(); q++) {
            String sql = questions
                    .get(q)
                    .strip()
                    .replace("few", "(p.imd_decile = 1 and p.ethnicity = 'G' and p.sex = 'F') is not true");
            long shown = shown(ask(sql));
            assertThat(shown == 0).as(sql).isEqualTo(q == questions.size() - 1);
            assertThat(alone(sql)).as(sql).isPositive();
        }
    }

    /** Rows that only few have two of, or nobody, are not shown beside their people: the asker could choose who, and how many. */
    @Tag("S35")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*), count(distinct a.patient_id) from (select patient_id, icd10, row_number() over (partition by patient_id order by admitted, admission_id) as n from hospital.admissions) a join hospital.patients p on p.patient_id = a.patient_id where a.n = 1 or (p.imd_decile = 1 and p.ethnicity = 'G' and p.sex = 'F')",
                "select count(*), count(distinct a.admission_id) from hospital.admissions a join hospital.admissions b on b.patient_id = a.patient_id and b.admission_id = a.admission_id",
                "select sum(t.u), sum(t.v), sum(t.w) from hospital.patients p join (select patient_id, count(*) as u, count(*) filter (where method = '21') as v, count(*) filter (where method <> '21') as w from hospital.admissions group by patient_id) t on t.patient_id = p.patient_id where t.u > 0",
            })
    void whatIsTheSameInTheDataAloneIsHiddenInOneAnswer(String sql) {
        DemoRoad.Result result = ask(sql);
        assertThat(result.rows().getFirst()).as(sql).containsNull();
    }

    /** A join to a person's own record, by its key alone, leaves out nobody. */
    @Test
    void aJoinByAKeyIsTheSame() {
        assertThat(shown(ask(STAYS + "where method = '21'"))).isEqualTo(1);
        assertThat(shown(
                        ask(STAYS + "a join hospital.patients p on p.patient_id = a.patient_id where a.method = '21'")))
                .isEqualTo(1);
    }

    /** Stays of one kind, people with one of another by sex, and all people: what is left over is who has stays of both. */
    @Tag("S35")
    @Test
    void peopleInTwoGroupsAreNotToldBesideStays() {
        String from =
                " from hospital.admissions a join hospital.patients p on a.patient_id = p.patient_id where p.imd_decile = 3";
        assertThat(shown(ask("select count(*)" + from + " and a.method = '82'")))
                .isEqualTo(1);
        for (String sex : List.of("p.sex = 'F'", "(p.sex = 'F') is not true")) {
            assertThat(shown(ask("select count(distinct a.patient_id)" + from
                            + " and (a.method = '82') is not true and " + sex)))
                    .isEqualTo(1);
        }
        assertThat(shown(ask("select count(distinct a.patient_id)" + from))).isZero();
    }
}
