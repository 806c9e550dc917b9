package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.protection.OneTwoFive;
import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Percentiles over people: means of neighbours, rounded, or hidden; judged again here, record by record. */
class PercentileIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final String COST = "within group (order by cost)";
    private static final BigDecimal STEP_OF_COSTS = BigDecimal.valueOf(1000);

    private static DemoRoad.Result ask(String sql) {
        return ROAD.session("ada", "diabetes").run(sql);
    }

    private static @Nullable BigDecimal number(String sql) {
        DemoRoad.Result result = ask(sql);
        assertThat(result.problem()).as(sql).isNull();
        return number(result.rows().getFirst().getFirst());
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return value == null ? null : new BigDecimal(value.toString());
    }

    private static Profile profile() {
        String name = ROAD.policy.agreements().values().stream()
                .filter(a -> a.project().value().equals("diabetes"))
                .map(a -> a.profile())
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(ROAD.policy.profiles().get(name));
    }

    /** One record in the order of values. */
    private record Value(Object person, BigDecimal amount) {}

    /** Values of a cell in their order. */
    private record Cell(List<Value> values) {
        private long people() {
            return values.stream().map(Value::person).distinct().count();
        }

        private long most() {
            Map<Object, Long> records = new HashMap<>();
            values.forEach(v -> records.merge(v.person(), 1L, Long::sum));
            return records.values().stream().mapToLong(n -> n).max().orElse(0);
        }

        /** Two-hundredths of a part around the place, by the number of people that counts would show and by who has most records. */
        private Optional<Integer> part(int place) {
            int end = Math.min(place, 200 - place);
            int threshold = profile().threshold();
            for (int size : end == 2 ? new int[] {1} : new int[] {5, 10, 25, 50}) {
                boolean stands = end == 2 || place % size == 0 && end >= 2 * size;
                boolean enough = (people() + 2) / 5 * 5 - 2 >= 200L / size * threshold;
                if (stands && enough && 200 * most() <= (long) values.size() * size) {
                    return Optional.of(size);
                }
            }
            return Optional.empty();
        }

        /** Sum of what lies between two places, in two-hundredths of all records; and whose it is. */
        private BigDecimal between(long from, long to, Set<Object> people) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < values.size(); i++) {
                long overlap = Math.min(to, 200L * (i + 1)) - Math.max(from, 200L * i);
                if (overlap > 0) {
                    sum = sum.add(values.get(i).amount().multiply(BigDecimal.valueOf(overlap)));
                    people.add(values.get(i).person());
                }
            }
            return sum;
        }

        private boolean few(long from, long to) {
            Set<Object> people = new HashSet<>();
            between(from, to, people);
            return people.size() < profile().threshold();
        }

        /** What is to be shown at a place. */
        private Optional<BigDecimal> at(int place) {
            return part(place).flatMap(size -> {
                long n = values.size();
                long from = n * (place - size);
                long to = n * (place + size);
                if (few(0, from) || few(from, n * place) || few(n * place, to) || few(to, 200 * n)) {
                    return Optional.empty();
                }
                BigDecimal sum = between(from, to, new HashSet<>());
                BigDecimal around = BigDecimal.valueOf(to - from);
                BigDecimal mean = sum.divide(around, MathContext.DECIMAL64);
                long shift = 200 * most();
                BigDecimal up =
                        between(from + shift, to + shift, new HashSet<>()).subtract(sum);
                BigDecimal down = sum.subtract(between(from - shift, to - shift, new HashSet<>()));
                BigDecimal reach = up.max(down).divide(around, MathContext.DECIMAL64);
                BigDecimal usual = reach.multiply(BigDecimal.valueOf(n))
                        .divide(BigDecimal.valueOf(people() * most()), MathContext.DECIMAL64);
                BigDecimal least = STEP_OF_COSTS.divide(BigDecimal.valueOf(people()), MathContext.DECIMAL64);
                BigDecimal step = OneTwoFive.atLeast(
                        least.max(reach).max(BigDecimal.valueOf(5).multiply(usual)));
                return Optional.of(mean.divide(step, 0, RoundingMode.HALF_UP).multiply(step));
            });
        }
    }

    private static Map<String, Cell> cells(String key) {
        Map<String, Cell> cells = new HashMap<>();
        for (List<@Nullable Object> row : ROAD.truth(
                "select " + key
                        + ", patient_id, cost from hospital.admissions where not opted_out and cost is not null order by cost, patient_id")) {
            cells.computeIfAbsent(String.valueOf(row.get(0)), k -> new Cell(new ArrayList<>()))
                    .values()
                    .add(new Value(Objects.requireNonNull(row.get(1)), Objects.requireNonNull(number(row.get(2)))));
        }
        return cells;
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 100",
        "0.25, 50",
        "0.75, 150",
        "0.1, 20",
        "0.9, 180",
        "0.05, 10",
        "0.95, 190",
        "0.01, 2",
        "0.99, 198"
    })
    void everyCellIsTheMeanOfItsNeighboursOrHidden(String share, int place) {
        Map<String, Cell> cells = cells("provider_code || ' ' || method");
        DemoRoad.Result answer = ask("select provider_code || ' ' || method, percentile_cont(" + share + ") " + COST
                + " from hospital.admissions where cost is not null group by 1");
        assertThat(answer.problem()).isNull();
        int shown = 0;
        for (List<@Nullable Object> row : answer.rows()) {
            Cell cell = cells.getOrDefault(String.valueOf(row.get(0)), new Cell(List.of()));
            Optional<BigDecimal> expected = cell.people() == 0 ? Optional.empty() : cell.at(place);
            BigDecimal value = number(row.get(1));
            if (value != null) {
                shown++;
                assertThat(expected).as("%s of %d people", row, cell.people()).isPresent();
                assertThat(value).as("%s", row).isEqualByComparingTo(expected.get());
            }
        }
        boolean middle = place == 100 || place == 50 || place == 150;
        assertThat(shown).isGreaterThanOrEqualTo(middle ? 5 : 0);
    }

    @Test
    void theMiddleOfAllIsNearToWhatPostgresqlSays() {
        BigDecimal exact = number(ROAD.truth("select percentile_cont(0.5) " + COST
                        + " from hospital.admissions where cost is not null and not opted_out")
                .getFirst()
                .getFirst());
        BigDecimal shown =
                number("select percentile_cont(0.5) " + COST + " from hospital.admissions where cost is not null");
        assertThat(shown).isNotNull();
        assertThat(Objects.requireNonNull(shown).doubleValue())
                .isBetween(0.9 * Objects.requireNonNull(exact).doubleValue(), 1.1 * exact.doubleValue());
        assertThat(shown).isEqualByComparingTo(cells("'all'").get("all").at(100).orElseThrow());
    }

    /** What is taken out of the argument cannot undo rounding, and the order's direction is no other question. */
    @Test
    void factorsConstantsAndDirectionsChangeNothing() {
        String from = " from hospital.admissions where cost is not null";
        BigDecimal low = Objects.requireNonNull(number("select percentile_cont(0.25) " + COST + from));
        BigDecimal high = Objects.requireNonNull(number("select percentile_cont(0.75) " + COST + from));
        for (Map.Entry<String, BigDecimal> same : Map.of(
                        "percentile_cont(0.75) within group (order by cost desc)",
                        low,
                        "percentile_cont(0.25) within group (order by cost * 7 + 3)",
                        low.multiply(BigDecimal.valueOf(7)).add(BigDecimal.valueOf(3)),
                        "percentile_cont(0.25) within group (order by -cost)",
                        high.negate(),
                        "percentile_cont(0.25) within group (order by 3 - cost)",
                        BigDecimal.valueOf(3).subtract(high),
                        "percentile_disc(0.25) within group (order by cost)",
                        low,
                        "percentile_cont(0.5 / 2) within group (order by cost)",
                        low)
                .entrySet()) {
            DemoRoad.Result result = ask("select " + same.getKey() + from);
            if (result.problem() != null) {
                assertThat(same.getKey()).contains("/"); // PostgreSQL's front end takes a number here
                continue;
            }
            assertThat(number(result.rows().getFirst().getFirst()))
                    .as(same.getKey())
                    .isEqualByComparingTo(same.getValue());
        }
    }

    @Test
    void conditionsOfTheAggregateAreThoseOfItsPeople() {
        String filtered =
                "select percentile_cont(0.5) " + COST + " filter (where method = '21') from hospital.admissions";
        BigDecimal middle = cells("method").get("21").at(100).orElseThrow();
        assertThat(number(filtered + " where cost is not null")).isEqualByComparingTo(middle);
        assertThat(number(filtered.replace("percentile_cont", "percentile_disc") + " where cost is not null"))
                .isEqualByComparingTo(middle);
    }

    @Test
    void marginsAreCellsOfTheirOwn() {
        Map<String, Cell> cells = cells("method");
        DemoRoad.Result answer = ask("select method, percentile_cont(0.5) " + COST
                + " from hospital.admissions where cost is not null group by rollup (method)");
        assertThat(answer.problem()).isNull();
        assertThat(answer.rows()).hasSize(11).allSatisfy(row -> {
            Cell cell = row.getFirst() == null
                    ? cells("'all'").get("all")
                    : Objects.requireNonNull(cells.get(String.valueOf(row.getFirst())));
            assertThat(number(row.get(1))).isEqualByComparingTo(cell.at(100).orElseThrow());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select percentile_disc(0.5) within group (order by discharged - admitted) from hospital.admissions where discharged is not null",
                "select percentile_cont(0.5) within group (order by n) from (select patient_id, count(*) n from hospital.admissions group by patient_id) x",
                "select percentile_cont(0.9) within group (order by q) from (select patient_id, sum(quantity) q from hospital.prescriptions group by patient_id) x",
                "select percentile_cont(0.5) within group (order by extract(year from age(current_date, date_of_birth))) from hospital.patients",
            })
    void attributesOfPeopleHavePercentiles(String sql) {
        BigDecimal exact = number(ROAD.truth(sql.replace("where ", "where not opted_out and ")
                        .replaceAll("(hospital.[a-z]+) group", "$1 where not opted_out group")
                        .replace("current_date", "date '2026-09-30'")
                        .replace("hospital.patients", "hospital.patients where not opted_out"))
                .getFirst()
                .getFirst());
        BigDecimal shown = number(sql);
        assertThat(shown).as(sql).isNotNull();
        assertThat(Objects.requireNonNull(shown).doubleValue())
                .isBetween(0.8 * Objects.requireNonNull(exact).doubleValue() - 1, 1.25 * exact.doubleValue() + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select percentile_cont(0.5) within group (order by population) from hospital.geography",
                "select percentile_cont(0.37) within group (order by population desc) from hospital.geography",
                "select region, percentile_disc(0.9) within group (order by population), mode() within group (order by imd_decile) from hospital.geography group by region order by 1",
                "select percentile_disc(0.5) within group (order by population), percentile_disc(0) within group (order by imd_decile) from hospital.geography where imd_decile > 100"
            })
    void ofReferenceDataTheyAreThoseOfPostgresql(String sql) {
        DemoRoad.Result answer = ask(sql);
        assertThat(answer.problem()).isNull();
        List<List<@Nullable Object>> exact = ROAD.truth(sql);
        assertThat(answer.rows()).hasSameSizeAs(exact);
        for (int r = 0; r < exact.size(); r++) {
            for (int c = 0; c < exact.get(r).size(); c++) {
                Object x = exact.get(r).get(c);
                Object y = answer.rows().get(r).get(c);
                if (x instanceof Number a && y instanceof Number b) {
                    assertThat(b.doubleValue()).isEqualTo(a.doubleValue());
                } else {
                    assertThat(String.valueOf(y)).isEqualTo(String.valueOf(x));
                }
            }
        }
    }

    @Test
    void ofProtectedCountsTheyAreMadeOfWhatIsShown() {
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        List<Double> counts = new ArrayList<>();
        session.run("select method, count(*) n from hospital.admissions group by method")
                .rows()
                .forEach(row ->
                        counts.add(Objects.requireNonNull(number(row.get(1))).doubleValue()));
        counts.sort(null);
        double middle = (counts.get(4) + counts.get(5)) / 2;
        List<Double> larger = counts.stream().filter(n -> n > 100).toList();
        assertThat(number(
                        session.run("select percentile_disc(0.5) within group (order by n) filter (where n > 100) from"
                                        + " (select method, count(*) n from hospital.admissions group by method) x")
                                .rows()
                                .getFirst()
                                .getFirst()))
                .isEqualByComparingTo(BigDecimal.valueOf(larger.get((larger.size() - 1) / 2)));
        assertThat(session.run("select percentile_cont(0.5) within group (order by n) from"
                                + " (select method, count(*) n from hospital.admissions group by method) x")
                        .rows()
                        .getFirst()
                        .getFirst())
                .isEqualTo(middle);
    }

    /** One hidden group hides the middle of the groups, and which is the most frequent number. */
    @Test
    void ofHiddenCountsTheyAreHidden() {
        String counts = "(select sex, count(*) n from hospital.patients where imd_decile = 1 group by sex) x";
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        assertThat(session.run("select n from " + counts).rows().toString()).contains("null");
        for (String aggregate : List.of("percentile_cont(0.5)", "percentile_disc(0.9)", "mode()")) {
            assertThat(session.run("select " + aggregate + " within group (order by n) from " + counts)
                            .rows())
                    .as(aggregate)
                    .containsExactly(Collections.singletonList(null));
        }
        assertThat(session.run("select percentile_cont(0.5) within group (order by n) from " + counts
                                + " where n > 100")
                        .rows()
                        .getFirst()
                        .getFirst())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select percentile_cont(array[0.25, 0.5]) within group (order by cost) from hospital.admissions | UNSUPPORTED | one call for each
            select percentile_cont(0.92) within group (order by cost) from hospital.admissions | OFF_GRID | nearest is 0.9.
            select percentile_disc(1) within group (order by cost) from hospital.admissions | OFF_GRID | nearest is 0.99.
            select percentile_cont(0.5) within group (order by case when method = '21' then cost end) from hospital.admissions | AGGREGATE_USE | FILTER
            select percentile_cont(0.5) within group (order by coalesce(cost, 0)) from hospital.admissions | AGGREGATE_USE | FILTER
            select percentile_disc(0.5) within group (order by admitted) from hospital.admissions | AGGREGATE_USE | by month
            select percentile_disc(0.5) within group (order by icd10) from hospital.admissions | TYPE_MISMATCH | number
            select percentile_disc(0.5) within group (order by nhs_number) from hospital.patients | TYPE_MISMATCH | number
            select percentile_cont(0.5) within group (order by patient_id) from hospital.patients | IDENTIFIER_USE | Identifiers can be counted
            select percentile_cont(0.5) within group (order by cost * cost * 0 + 5) from hospital.admissions | AGGREGATE_USE | column
            select percentile_cont(0.5) within group (order by cost, method) from hospital.admissions | UNKNOWN_FUNCTION | does not exist
            select percentile_cont(1.5) within group (order by cost) from hospital.admissions | TYPE_MISMATCH | between 0 and 1
            select percentile_cont(null) within group (order by cost) from hospital.admissions | TYPE_MISMATCH | between 0 and 1
            select percentile_cont(0.2 + 0.3) within group (order by cost) from hospital.admissions | TYPE_MISMATCH | between 0 and 1
            select mode() within group (order by method) from hospital.admissions | AGGREGATE_USE | ORDER BY count(*) DESC
            """)
    void whatIsNotToldIsRefusedWithASuggestion(String sql, ProblemCode code, String hint) {
        DemoRoad.Result result = ask(sql);
        assertThat(result.problem()).as(sql).isNotNull();
        assertThat(Objects.requireNonNull(result.problem()).code()).isEqualTo(code);
        assertThat(result.problem().detail() + " " + result.problem().hint()).contains(hint);
    }

    /** Whoever asks for the middle of a group and of the same group without a few people sees one of them. */
    @Test
    void aGroupWithoutFewPeopleIsHiddenBesideTheGroup() {
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        String all = "select percentile_cont(0.5) " + COST
                + " from hospital.admissions a where cost is not null and method = '21'";
        List<@Nullable Object> rare = ROAD.truth(
                        "select icd10 from hospital.admissions where method = '21' and cost is not null"
                                + " and not opted_out group by icd10 having count(distinct patient_id) between 1 and 5 order by 1 limit 1")
                .getFirst();
        String others = all + " and (icd10 = '" + rare.getFirst() + "') is not true";
        assertThat(session.run(all).rows().getFirst().getFirst()).isNotNull();
        assertThat(session.run(others).rows().getFirst().getFirst()).isNull();
        assertThat(session.run("select count(*) from hospital.admissions where cost is not null and method = '21'")
                        .rows()
                        .getFirst()
                        .getFirst())
                .isNotNull();
    }
}
