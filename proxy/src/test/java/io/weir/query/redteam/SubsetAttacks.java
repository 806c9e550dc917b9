package io.weir.query.redteam;

import static io.weir.query.redteam.SumsAttack.less;
import static io.weir.query.redteam.SumsAttack.plus;
import static io.weir.query.redteam.SumsAttack.times;

import io.weir.query.redteam.Ward.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was asked before of some groups of a table, and what is some groups several times. */
final class SubsetAttacks {
    private static final String STAYS = Attack.STAYS;
    private static final String HAS_IT = Attacks.HAS_IT;
    private static final String OTHERS = "(" + HAS_IT + ") is not true ";
    private static final String TWO_WAYS = "a.method in ('21', '22') ";

    private SubsetAttacks() {}

    /** Two groups, and then the table of all groups without the target; the groups in a row of the same answer. */
    static List<Attack> groups() {
        String both = "count(*)" + STAYS + "where " + TWO_WAYS;
        String table = "count(*)" + STAYS + "where " + OTHERS + "group by ";
        return List.of(
                new SumsAttack(
                        "two groups of a table",
                        Secret.DIAGNOSIS,
                        List.of("select " + both, "select a.method, " + table + "1"),
                        answers -> less(answers.get(0).number(0), twoWays(answers.get(1)))),
                new SumsAttack(
                        "two groups of a table with margins",
                        Secret.DIAGNOSIS,
                        List.of("select " + both, "select a.method, " + table + "rollup (1)"),
                        answers -> less(answers.get(0).number(0), twoWays(answers.get(1)))),
                new SumsAttack(
                        "two groups and a table in one statement",
                        Secret.DIAGNOSIS,
                        List.of("select '*', " + both + "union all select a.method, " + table + "1"),
                        answers -> less(answers.get(0).at("*"), twoWays(answers.get(0)))),
                new SumsAttack(
                        "quarters and then months",
                        Secret.DIAGNOSIS,
                        List.of(by("quarter", "where true "), by("month", "where " + OTHERS)),
                        answers -> less(answers.get(0).total(), answers.get(1).total())),
                new SumsAttack(
                        "records of those with one, two and three",
                        Secret.DIAGNOSIS,
                        List.of(
                                "select count(*)" + STAYS + numbers("where t.n <= 3"),
                                "select count(distinct p.patient_id) from hospital.patients p "
                                        + numbers("where t.n <= 3 and (" + Attacks.IS
                                                + " and exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id and "
                                                + Attacks.ILL + ")) is not true"),
                                "select count(distinct p.patient_id)" + STAYS + numbers("where t.n = 2"),
                                "select count(distinct p.patient_id)" + STAYS + numbers("where t.n = 3")),
                        answers -> less(
                                less(answers.get(0).number(0), answers.get(1).number(0)),
                                plus(
                                        answers.get(2).number(0),
                                        times(2, answers.get(3).number(0))))),
                new SumsAttack(
                        "one or the other, counted in two ways",
                        Secret.DIAGNOSIS,
                        List.of(
                                people("p.sex = 'F' and (" + Attacks.IS
                                        + " and exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id and "
                                        + Attacks.ILL + ")) is not true"),
                                people("p.imd_decile <= 5"),
                                people(
                                        "((p.sex = 'F' and not p.imd_decile <= 5) or (p.imd_decile <= 5 and not p.sex = 'F'))"),
                                "select count(distinct p.patient_id)" + STAYS
                                        + "where p.imd_decile is not null and p.sex = 'F' and p.imd_decile <= 5"),
                        answers -> less(
                                plus(
                                        answers.get(2).number(0),
                                        times(2, answers.get(3).number(0))),
                                plus(answers.get(0).number(0), answers.get(1).number(0)))));
    }

    /** Many groups, also of a table that has more keys. */
    static List<Attack> years() {
        return List.of(
                yearAndMonths("a year and then all months", "", "1"),
                yearAndMonths("a year and then all months by sex", "p.sex, ", "1, 2"));
    }

    private static Attack yearAndMonths(String name, String key, String grouped) {
        String sum = "sum(a.cost)" + STAYS + "where a.cost is not null and p.sex in ('F', 'M') and ";
        return new SumsAttack(
                name,
                Secret.COST,
                List.of(
                        "select " + sum + "a.admitted >= date '2024-01-01' and a.admitted < date '2025-01-01'",
                        "select date_trunc('month', a.admitted) m, " + key + sum + "(" + Attacks.IS
                                + ") is not true group by " + grouped),
                SubsetAttacks::dearYear);
    }

    private static @Nullable Double dearYear(List<Table> answers) {
        Double months =
                sum(answers.get(1), row -> String.valueOf(row.getFirst()).startsWith("2024"));
        return times(1 / 50_000.0, less(answers.get(0).number(0), months));
    }

    /** Thirty of the groups of a table, in both orders. */
    static List<Attack> manyGroups() {
        String known = STAYS + "where a.admitted >= date '2023-01-01' and a.admitted < date '2026-01-01'";
        List<Attack> attacks = new ArrayList<>();
        for (boolean first : List.of(true, false)) {
            String ofTable = "count(*)" + known + (first ? " and " : " and " + OTHERS + "and ");
            String ofSum = "select count(*)" + known + (first ? " and " + OTHERS + "and " : " and ");
            attacks.add(inOrder(
                    "months and sexes, and thirty of them",
                    first,
                    "select date_trunc('month', a.admitted) m, p.sex, " + ofTable + "p.sex in ('F', 'M') group by 1, 2",
                    ofSum + "(p.sex = 'F' and a.admitted < date '2024-04-01'"
                            + " or p.sex = 'M' and a.admitted >= date '2024-04-01' and a.admitted < date '2025-07-01')",
                    row -> {
                        String month = String.valueOf(row.getFirst());
                        return "F".equals(row.get(1))
                                ? month.compareTo("2024-04") < 0
                                : month.compareTo("2024-04") >= 0 && month.compareTo("2025-07") < 0;
                    }));
        }
        return attacks;
    }

    private static Attack inOrder(
            String name, boolean first, String table, String sum, Predicate<List<@Nullable Object>> part) {
        return new SumsAttack(
                name + (first ? ", the table first" : ", the table last"),
                Secret.DIAGNOSIS,
                first ? List.of(table, sum) : List.of(sum, table),
                answers -> first
                        ? times(-1, less(answers.get(1).number(0), sum(answers.get(0), part)))
                        : less(answers.get(0).number(0), sum(answers.get(1), part)));
    }

    private static @Nullable Double sum(Table groups, Predicate<List<@Nullable Object>> part) {
        Double all = 0.0;
        for (List<@Nullable Object> row : groups.rows()) {
            if (part.test(row)) {
                all = plus(all, Table.number(row.getLast()));
            }
        }
        return all;
    }

    /** A dear stay, which rounding does not cover. */
    static Attack costs() {
        Function<List<Table>, @Nullable Double> dear =
                answers -> times(1 / 50_000.0, less(answers.get(0).number(0), twoWays(answers.get(1))));
        String sum = "sum(a.cost)" + STAYS + "where a.cost is not null and ";
        return new SumsAttack(
                "costs of two groups of a table",
                Secret.COST,
                List.of(
                        "select " + sum + TWO_WAYS,
                        "select a.method, " + sum + "(" + Attacks.IS + ") is not true group by 1"),
                dear);
    }

    private static @Nullable Double twoWays(Table table) {
        return plus(table.at("21"), table.at("22"));
    }

    private static String by(String period, String where) {
        return "select date_trunc('%s', a.admitted), count(*)%s%s and a.admitted >= date '2024-01-01' and a.admitted < date '2024-07-01' group by 1"
                .formatted(period, STAYS, where);
    }

    private static String numbers(String where) {
        return "join (select patient_id, count(*) as n from hospital.admissions group by patient_id) t on t.patient_id = p.patient_id "
                + where;
    }

    private static String people(String where) {
        return "select count(*) from hospital.patients p where p.imd_decile is not null and exists (select 1 from hospital.admissions x where x.patient_id = p.patient_id) and "
                + where;
    }
}
