package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers of the whole road, compared with the truth asked from the source directly. Every question has a history of its own unless said. */
class QueryRoadIT {
    private static final String STAYS =
            " from hospital.admissions a join hospital.patients p on a.patient_id = p.patient_id ";
    private static final String STAYING = "not a.opted_out and not p.opted_out ";

    private static DemoRoad.Result ask(String sql, @Nullable Object... parameters) {
        DemoRoad.Result result = DemoRoad.shared().session("ada", "diabetes").run(sql, parameters);
        assertThat(result.problem()).as(sql).isNull();
        return result;
    }

    private static Problem refusal(DemoRoad.Result result) {
        return Objects.requireNonNull(result.problem(), "should have been refused");
    }

    private static List<List<@Nullable Object>> truth(String sql) {
        return DemoRoad.shared().truth(sql);
    }

    private static Map<String, List<@Nullable Object>> byKey(List<List<@Nullable Object>> rows, int keys) {
        Map<String, List<@Nullable Object>> map = new LinkedHashMap<>();
        rows.forEach(row -> map.put(row.subList(0, keys).toString(), row));
        return map;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static long near5(@Nullable Object value) {
        return Math.round(number(value) / 5) * 5;
    }

    private static @Nullable Object only(DemoRoad.Result result) {
        assertThat(result.rows()).hasSize(1);
        return result.rows().getFirst().getFirst();
    }

    private static double only(List<List<@Nullable Object>> rows) {
        return number(rows.getFirst().getFirst());
    }

    @Test
    void countsAreRoundedToFiveAndSmallCellsAreHiddenOrDropped() {
        String sql = "select sex, ethnicity, count(*) from hospital.patients ";
        Map<String, List<@Nullable Object>> real = byKey(truth(sql + "where not opted_out group by 1, 2"), 2);
        List<List<@Nullable Object>> rows = ask(sql + "group by sex, ethnicity").rows();
        int shown = 0;
        for (List<@Nullable Object> row : rows) {
            if (row.get(2) != null && number(row.get(2)) > 0) {
                List<@Nullable Object> cell = real.get(row.subList(0, 2).toString());
                assertThat(cell).as("%s", row).isNotNull();
                assertThat(number(cell == null ? null : cell.get(2)))
                        .as("%s", row)
                        .isGreaterThanOrEqualTo(8);
                assertThat(number(row.get(2))).isEqualTo(near5(cell == null ? null : cell.get(2)));
                shown++;
            }
        }
        assertThat(shown).isGreaterThan(10);
        assertThat(real.values()).as("the data have small cells").anyMatch(cell -> number(cell.get(2)) < 8);
    }

    @Test
    void recordsOfPeopleWhoHaveSeveralAreRoundedAsCoarselyAsThePeople() {
        String from = " from hospital.admissions a join (select patient_id, count(*) as stays from hospital.admissions"
                + " %s group by patient_id) s on a.patient_id = s.patient_id ";
        Map<Long, Long> steps = Map.of(1L, 5L, 2L, 10L, 3L, 20L, 4L, 20L, 5L, 50L, 10L, 50L);
        steps.forEach((stays, step) -> {
            double real = only(truth("select count(*)" + from.formatted("where not opted_out")
                    + "where not a.opted_out and stays = " + stays));
            Object count = only(ask("select count(*)" + from.formatted("") + "where stays = " + stays));
            assertThat(number(count)).as("%d stays each", stays).isEqualTo(Math.round(real / step) * step);
        });
    }

    @Test
    void nothingEqualsNullOfWhateverType() {
        String sql = "select %s, count(*) from hospital.admissions group by 1 order by 1";
        assertThat(ask(sql.formatted("nullif(discharged, null)")).rows())
                .isNotEmpty()
                .isEqualTo(ask(sql.formatted("discharged")).rows());
    }

    @Test
    void sumsAreRoundedToTheStepAndMeansComeFromProtectedParts() {
        String select = "select method, sum(cost), avg(cost), count(cost) from hospital.admissions ";
        Map<String, List<@Nullable Object>> real = byKey(truth(select + "where not opted_out group by 1"), 1);
        int shown = 0;
        for (List<@Nullable Object> row : ask(select + "group by method").rows()) {
            if (row.get(1) == null) {
                continue;
            }
            shown++;
            List<@Nullable Object> cell =
                    Objects.requireNonNull(real.get(row.subList(0, 1).toString()));
            assertThat(number(row.get(1)) % 1000).isZero();
            assertThat(number(row.get(1)) / number(cell.get(1))).isCloseTo(1, within(0.02));
            assertThat(number(row.get(3))).isEqualTo(near5(cell.get(3)));
            assertThat(number(row.get(2))).isCloseTo(number(row.get(1)) / number(row.get(3)), within(1e-6));
        }
        assertThat(shown).isPositive();
    }

    @Test
    void marginsOfARollupFitTheirParts() {
        List<List<@Nullable Object>> rows = ask("select method, sex, count(*)" + STAYS
                        + "group by rollup (method, sex)")
                .rows();
        Map<String, List<@Nullable Object>> real =
                byKey(truth("select method, count(*)" + STAYS + "where " + STAYING + "group by method"), 1);
        Map<String, List<@Nullable Object>> people = byKey(
                truth("select method, sex, count(distinct a.patient_id)" + STAYS + "where " + STAYING
                        + "group by method, sex"),
                2);
        int margins = 0;
        int smallBesideMargin = 0;
        int hiddenForOthers = 0;
        for (List<@Nullable Object> margin : rows) {
            if (margin.get(0) == null || margin.get(1) != null || margin.get(2) == null) {
                continue;
            }
            List<@Nullable Object> cell =
                    Objects.requireNonNull(real.get(margin.subList(0, 1).toString()));
            assertThat(number(margin.get(2))).isEqualTo(near5(cell.get(1)));
            List<List<@Nullable Object>> parts = rows.stream()
                    .filter(row -> Objects.equals(row.get(0), margin.get(0)) && row.get(1) != null)
                    .toList();
            double sum = parts.stream()
                    .mapToDouble(row -> row.get(2) == null ? 0 : number(row.get(2)))
                    .sum();
            assertThat(sum).isLessThanOrEqualTo(number(margin.get(2)) + 2.5 * (parts.size() + 1));
            margins++;
            List<List<@Nullable Object>> hidden =
                    parts.stream().filter(row -> row.get(2) == null).toList();
            assertThat(hidden)
                    .as("of %s", margin)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            several -> assertThat(several).hasSizeGreaterThan(1));
            long enough = hidden.stream()
                    .filter(row -> people.containsKey(row.subList(0, 2).toString())
                            && number(people.get(row.subList(0, 2).toString()).get(2)) >= 8)
                    .count();
            smallBesideMargin += hidden.size() > enough ? 1 : 0;
            hiddenForOthers += hidden.size() > enough && enough > 0 ? 1 : 0;
        }
        assertThat(margins).isGreaterThan(3);
        assertThat(smallBesideMargin)
                .as("margins that are shown over a group of few people")
                .isPositive();
        assertThat(hiddenForOthers)
                .as("with a group of enough people that is hidden for them")
                .isPositive();
    }

    @Test
    void havingOrderAndLimitSeeProtectedValues() {
        DemoRoad.Result result = ask("select imd_decile, count(*) from hospital.patients group by imd_decile"
                + " having count(*) > 250 order by count(*) desc limit 3");
        List<Double> counts =
                result.rows().stream().map(row -> number(row.get(1))).toList();
        assertThat(counts).hasSize(3).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(counts).allMatch(count -> count > 250 && count % 5 == 0);
    }

    @Test
    void arithmeticAndWindowsStandAboveTheBoundary() {
        List<List<@Nullable Object>> rows =
                ask("select imd_decile, count(*), count(*) * 2, rank() over (order by count(*) desc)"
                                + " from hospital.patients group by imd_decile")
                        .rows();
        assertThat(rows).hasSize(11).allMatch(row -> row.get(1) != null);
        for (List<@Nullable Object> row : rows) {
            assertThat(number(row.get(2))).isEqualTo(2 * number(row.get(1)));
            long above = rows.stream()
                    .filter(r -> number(r.get(1)) > number(row.get(1)))
                    .count();
            assertThat(number(row.get(3))).isEqualTo(above + 1);
        }
    }

    @Test
    void hiddenCellsAreNullAndFlagsNameThemAlike() {
        DemoRoad.Result result = DemoRoad.shared()
                .session("ada", "diabetes")
                .flagged("select sex, count(*) as n from hospital.patients group by sex");
        assertThat(result.labels()).contains("sex", "n", "n_sdc");
        int flag = result.labels().indexOf("n_sdc");
        int count = result.labels().indexOf("n");
        assertThat(result.rows()).anyMatch(row -> row.get(count) == null).anyMatch(row -> row.get(count) != null);
        for (List<@Nullable Object> row : result.rows()) {
            assertThat(row.get(flag)).isEqualTo(row.get(count) == null ? "hidden" : "rounded");
        }
    }

    @Test
    void aParameterIsALiteral() {
        Object literal = only(ask("select count(*) from hospital.patients where sex = 'F' and imd_decile <= 3"));
        assertThat(literal).isNotNull();
        assertThat(only(ask("select count(*) from hospital.patients where sex = $1 and imd_decile <= 3", "F")))
                .isEqualTo(literal);
        DemoRoad.Result offGrid = DemoRoad.shared()
                .session("ada", "diabetes")
                .run("select count(*) from hospital.admissions where admitted < $1", LocalDate.of(2024, 3, 2));
        assertThat(refusal(offGrid).code()).isEqualTo(ProblemCode.OFF_GRID);
    }

    @Test
    void twoBlocksAreJoinedAfterProtection() {
        List<List<@Nullable Object>> rows =
                ask("with people as (select imd_decile d, count(*) n from hospital.patients group by imd_decile),"
                                + " stays as (select p.imd_decile d, count(*) m" + STAYS + "group by p.imd_decile)"
                                + " select people.d, n, m, round(1.0 * m / n, 2) from people join stays on people.d = stays.d")
                        .rows();
        assertThat(rows).hasSize(10);
        int shown = 0;
        for (List<@Nullable Object> row : rows) {
            if (row.get(3) != null) {
                shown++;
                assertThat(number(row.get(3))).isCloseTo(number(row.get(2)) / number(row.get(1)), within(0.0051));
            }
        }
        assertThat(shown).isPositive();
    }

    @Test
    void aScalarSubQueryIsABlockOfItsOwn() {
        List<List<@Nullable Object>> rows =
                ask("select imd_decile, count(*), (select count(*) from hospital.admissions) from hospital.patients group by 1")
                        .rows();
        double all = only(truth("select count(*) from hospital.admissions where not opted_out"));
        assertThat(rows).isNotEmpty().allMatch(row -> row.get(2) == null || number(row.get(2)) == near5(all));
        assertThat(rows).anyMatch(row -> row.get(2) != null);
    }

    @Test
    void cohortsByInAndExistsAreTheSame() {
        double real = only(
                truth("select count(distinct p.patient_id)" + STAYS + "where " + STAYING + "and a.icd10 like 'E11%'"));
        assertThat(number(only(ask("select count(*) from hospital.patients where patient_id in"
                        + " (select patient_id from hospital.admissions where icd10 like 'E11%')"))))
                .isEqualTo(near5(real));
        assertThat(number(only(ask("select count(*) from hospital.patients p where exists (select 1 from"
                        + " hospital.admissions a where a.patient_id = p.patient_id and a.icd10 like 'E11%')"))))
                .isEqualTo(near5(real));
    }

    @Test
    void perPersonSubQueriesAndDatesOfOnePersonAreComputedOnSourceValues() {
        double stays = only(truth("select avg(n) from (select count(*) n from hospital.admissions where not opted_out"
                + " group by patient_id) x"));
        assertThat(number(only(ask("select avg(n) from (select patient_id, count(*) n from hospital.admissions"
                        + " group by patient_id) x"))))
                .isCloseTo(stays, within(stays * 0.02));
        double days = only(truth("select avg(discharged - admitted) from hospital.admissions where not opted_out"
                + " and method = '28'"));
        String stay = "select avg(discharged - admitted) from hospital.admissions where method = '28'";
        assertThat(number(only(ask(stay + " and discharged is not null")))).isCloseTo(days, within(days * 0.1));
        // Whether anybody of them is still there is told by nothing, and how to ask is said.
        assertThat(only(ask("select count(distinct discharged) from hospital.admissions where method = '28'")))
                .isNull();
        DemoRoad.Result all = ask(stay);
        assertThat(only(all)).isNull();
        assertThat(all.notices()).anyMatch(n -> n.contains("WHERE discharged IS NOT NULL"));
        String ofSome =
                "select avg(n) from (select patient_id, sum(cost) filter (where method = '21') as n from hospital.admissions"
                        + " where method in ('21', '11') group by patient_id) x";
        assertThat(only(ask(ofSome + " where n is not null"))).isNotNull();
        assertThat(ask(stay + " and discharged is not null").notices()).noneMatch(n -> n.contains("IS NOT NULL"));
        String old = "extract(year from age(a.admitted, p.date_of_birth)) >= 65";
        assertThat(number(only(ask("select count(*)" + STAYS + "where " + old))))
                .isEqualTo(near5(only(truth("select count(*)" + STAYS + "where " + STAYING + "and " + old))));
    }

    @Test
    void rowsCarryPseudonymsGeneralisedDatesAndNoText() {
        DemoRoad.Session ben = DemoRoad.shared().session("ben", "flow");
        DemoRoad.Result result =
                ben.run("select patient_id, admission_id, admitted, notes, icd10 from hospital.admissions");
        assertThat(result.problem()).isNull();
        Set<String> raw = new HashSet<>();
        truth("select patient_id, admission_id from hospital.admissions")
                .forEach(row -> row.forEach(id -> raw.add(String.valueOf(id))));
        assertThat((double) result.rows().size())
                .isEqualTo(only(truth("select count(*) from hospital.admissions where not opted_out")));
        for (List<@Nullable Object> row : result.rows()) {
            assertThat(raw).doesNotContain(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
            assertThat(row.get(2))
                    .isInstanceOfSatisfying(
                            LocalDate.class,
                            day -> assertThat(day.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY));
            assertThat(row.get(3)).isNull();
            assertThat(row.get(4) == null || row.get(4).toString().length() <= 3)
                    .isTrue();
        }
        Object token = result.rows().getFirst().getFirst();
        DemoRoad.Result same =
                ben.run("select patient_id, admission_id from hospital.admissions where patient_id = '" + token + "'");
        assertThat(same.rows())
                .hasSameSizeAs(result.rows().stream()
                        .filter(row -> Objects.equals(row.getFirst(), token))
                        .toList())
                .allMatch(row -> Objects.equals(row.getFirst(), token));
        DemoRoad.Result unknown =
                ben.run("select admission_id from hospital.admissions where patient_id = 'p1unknown'");
        assertThat(unknown.problem()).isNull();
        assertThat(unknown.rows()).isEmpty();
    }

    @Test
    void peopleWhoOptedOutAreInNoAnswer() {
        double all = only(truth("select count(*) from hospital.patients"));
        double remaining = only(truth("select count(*) from hospital.patients where not opted_out"));
        assertThat(near5(remaining)).isNotEqualTo(near5(all));
        assertThat(number(only(ask("select count(*) from hospital.patients")))).isEqualTo(near5(remaining));
        assertThat(number(only(ask("select count(*)" + STAYS))))
                .isEqualTo(near5(only(truth("select count(*)" + STAYS + "where " + STAYING))));
    }

    @Test
    void aQuestionAskedAgainInOtherWordsHasTheSameAnswer() {
        DemoRoad.Session ada = DemoRoad.shared().session("ada", "diabetes");
        List<List<@Nullable Object>> first = ada.run("select imd_decile, count(*) from hospital.patients"
                        + " where sex = 'F' and registered >= date '2020-01-01' group by imd_decile")
                .rows();
        assertThat(first).anyMatch(row -> row.get(1) != null);
        assertThat(ada.run("select imd_decile, count(*) from hospital.patients"
                                + " where sex = 'F' and registered >= date '2020-01-01' group by imd_decile")
                        .rows())
                .isEqualTo(first);
        assertThat(ada.run("SELECT q.imd_decile AS decile, count(*) AS n FROM hospital.patients AS q"
                                + " WHERE q.registered >= '2020-01-01' AND q.sex = 'F' GROUP BY 1")
                        .rows())
                .isEqualTo(first);
    }

    @Test
    void whatWouldDifferenceAnEarlierAnswerIsHiddenAndWhatCannotIsShown() {
        String count = "select count(*) from hospital.patients";
        DemoRoad.Session conjunct = DemoRoad.shared().session("ada", "diabetes");
        assertThat(only(conjunct.run(count))).isNotNull();
        assertThat(only(conjunct.run(count + " where imd_decile = 1")))
                .as("many people fewer")
                .isNotNull();
        assertThat(only(conjunct.run(count + " where imd_decile = 1 and registered >= date '1900-01-01'")))
                .as("the same people by another condition")
                .isNull();
        DemoRoad.Session disjoint = DemoRoad.shared().session("ada", "diabetes");
        assertThat(only(disjoint.run(count + " where imd_decile = 1"))).isNotNull();
        assertThat(only(disjoint.run(count + " where imd_decile = 2")))
                .as("other people")
                .isNotNull();
    }

    @Test
    void numbersKeepTheirTypes() {
        assertThat(only(ask("select count(*) from hospital.patients"))).isInstanceOf(Long.class);
        assertThat(
                        ask("select avg(n) from (select patient_id, count(*) n from hospital.admissions group by patient_id) x")
                                .rows())
                .allMatch(row -> row.getFirst() instanceof BigDecimal);
    }

    /** What every record has in common is multiplied with the rounded count, however it hides in the argument. */
    @Test
    void constantsInsideASumAreTakenOut() {
        List<String> arguments = List.of(
                "(current_date - date_of_birth) - (date '1900-01-01' - date_of_birth)",
                "date '2026-01-01' - date_of_birth - (date '1926-01-01' - date_of_birth)",
                "(3 + extract(year from date_of_birth)) - extract(year from date_of_birth)",
                "imd_decile + 1000 - imd_decile");
        long people = near5(
                only(
                        truth(
                                "select count(*) from hospital.patients where not opted_out and sex = 'F' and imd_decile is not null")));
        for (String argument : arguments) {
            String where = " from hospital.patients where sex = 'F' and imd_decile is not null";
            List<@Nullable Object> row =
                    ask("select sum(" + argument + "), count(*)" + where).rows().getFirst();
            double each = only(truth("select (" + argument.replace("current_date", snapshotDate()) + ")" + where
                    + " and not opted_out limit 1"));
            assertThat(number(row.get(1))).isEqualTo(people);
            assertThat(number(row.get(0))).as(argument).isEqualTo(each * people);
        }
    }

    private static String snapshotDate() {
        return "date '" + ask("select current_date").rows().getFirst().getFirst() + "'";
    }

    @Test
    void sumsOfDaysAndYearsAreCloseToTheTruth() {
        Map<String, Double> tolerances = Map.of(
                "avg(a.discharged - a.admitted)", 0.05,
                "avg(%s - a.admitted)", 0.02,
                "avg(extract(year from a.admitted))", 0.001,
                "avg(extract(year from age(a.admitted, p.date_of_birth)))", 0.05,
                "avg(2 * a.cost + 7)", 0.02,
                "avg(a.cost / 4 - 1)", 0.02);
        tolerances.forEach((aggregate, tolerance) -> {
            String where = STAYS + "where a.method = '21' and a.discharged is not null";
            double shown = number(only(ask("select " + aggregate.formatted("current_date") + where)));
            double real = only(truth("select " + aggregate.formatted(snapshotDate()) + where + " and " + STAYING));
            assertThat(shown).as(aggregate).isCloseTo(real, within(Math.abs(real) * tolerance));
        });
    }

    @Test
    void aCoarsenedColumnLeadsToReferenceDataByItsExactValue() {
        String sql = "select g.region, count(*) from hospital.patients p join hospital.geography g on g.lsoa = p.lsoa ";
        Map<String, List<@Nullable Object>> real = byKey(truth(sql + "where not p.opted_out group by 1"), 1);
        List<List<@Nullable Object>> rows = ask(sql + "group by g.region").rows();
        assertThat(rows).isNotEmpty();
        rows.forEach(row -> assertThat(number(row.get(1)))
                .isEqualTo(
                        near5(Objects.requireNonNull(real.get(row.subList(0, 1).toString()))
                                .get(1))));
    }

    @Test
    void referenceDataAreOrderedByColumnsThatAreNotSelected() {
        for (String order : List.of("category desc, code", "chapter, category desc, code desc", "code")) {
            String sql = "select code from hospital.icd10 where code < 'D' order by " + order + " limit 7";
            assertThat(ask(sql).rows()).isEqualTo(truth(sql));
        }
        assertThat(ask("select category as code from hospital.icd10 order by chapter, hospital.icd10.code limit 3")
                        .rows())
                .hasSize(3);
    }

    @Test
    void joinsInWhereAreJoins() {
        String join =
                ask("select count(*)" + STAYS + "where p.sex = 'F'").rows().toString();
        String comma =
                ask("select count(*) from hospital.admissions a, hospital.patients p where a.patient_id = p.patient_id and p.sex = 'F'")
                        .rows()
                        .toString();
        assertThat(comma).isEqualTo(join);
    }

    /** Days of birth have no public domain: rare ones are left out, and a total over the others would pass for the whole. */
    @Test
    void nothingIsComputedOverATableThatLacksItsSmallGroups() {
        String open = "(select date_of_birth, count(*) n from hospital.patients group by 1) t";
        for (String sql : List.of(
                "select sum(n) from " + open,
                "select count(*) from " + open,
                "select max(n), min(n), avg(n) from " + open,
                "select date_of_birth, 100.0 * n / sum(n) over () from " + open,
                "select x.n from (select sum(n) n from " + open + ") x",
                "select count(*), (select sum(n) from " + open + ") from hospital.patients")) {
            Problem refused =
                    refusal(DemoRoad.shared().session("ada", "diabetes").run(sql));
            assertThat(refused.code()).as(sql).isEqualTo(ProblemCode.SHAPE);
        }
        DemoRoad.Result ranked =
                ask("select date_of_birth, n, rank() over (order by n desc) from " + open + " order by n desc limit 5");
        assertThat(ranked.rows()).isNotEmpty();
        assertThat(ranked.notices()).anyMatch(n -> n.contains("not listed"));
        DemoRoad.Result closed = ask(
                "select sum(n) from (select sex, count(*) n from hospital.patients where sex in ('F', 'M') group by sex) t");
        assertThat(only(closed)).isNotNull();
        assertThat(closed.notices()).isEmpty();
    }

    private static List<List<@Nullable Object>> keysOf(List<List<@Nullable Object>> rows, int keys) {
        return rows.stream()
                .map(r -> (List<@Nullable Object>) new ArrayList<>(r.subList(0, keys)))
                .toList();
    }

    /** A table has the groups that PostgreSQL would give, and the empty ones that could have been there; not those the question rules out. */
    @Test
    void groupsThatTheQuestionRulesOutAreNotListed() {
        List<List<@Nullable Object>> deciles =
                ask("select imd_decile, count(*) from hospital.patients where imd_decile <= 3 and imd_decile <> 2 group by 1 order by 1")
                        .rows();
        assertThat(keysOf(deciles, 1).toString()).isEqualTo("[[1], [3]]");
        List<List<@Nullable Object>> known =
                ask("select imd_decile, count(*) from hospital.patients where imd_decile is not null group by 1 order by 1")
                        .rows();
        assertThat(known).hasSize(10);
        List<List<@Nullable Object>> districts =
                ask("select g.region, g.lad_name, count(*) from hospital.patients p join hospital.geography g on g.lsoa = p.lsoa where g.lad_name <> 'nowhere' group by 1, 2 order by 1, 2")
                        .rows();
        assertThat(keysOf(districts, 2))
                .isEqualTo(truth("select distinct region, lad_name from hospital.geography order by 1, 2"));
        List<List<@Nullable Object>> chapters =
                ask("select i.chapter, count(*) from hospital.admissions a join hospital.icd10 i on i.code = a.icd10 where i.chapter < 'D' group by 1 order by 1")
                        .rows();
        assertThat(keysOf(chapters, 1))
                .isEqualTo(truth("select distinct chapter from hospital.icd10 where chapter < 'D' order by 1"));
    }

    @Test
    void rowsWithoutAPartnerHaveAGroupOfTheirOwn() {
        String sql =
                "select e.code, e.description, count(*) from hospital.patients p left join hospital.ethnicities e on e.code = p.ethnicity ";
        List<List<@Nullable Object>> rows = ask(sql + "group by 1, 2").rows();
        assertThat(rows).hasSize((int) only(truth("select count(*) from hospital.ethnicities")) + 1);
        assertThat(rows).anyMatch(r -> r.get(0) == null && r.get(1) == null);
        List<List<@Nullable Object>> found =
                ask(sql + "where e.description is not null group by 1, 2").rows();
        assertThat(found).noneMatch(r -> r.get(0) == null);
    }
}
