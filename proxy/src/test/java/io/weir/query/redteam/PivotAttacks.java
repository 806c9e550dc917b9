package io.weir.query.redteam;

import static io.weir.query.redteam.SumsAttack.dear;
import static io.weir.query.redteam.SumsAttack.less;
import static io.weir.query.redteam.SumsAttack.plus;

import io.weir.query.redteam.Ward.Table;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tables whose groups stand beside each other: columns with a FILTER each, and grouping sets over one column; beside a number of many of their groups. Of a tenth red team. */
final class PivotAttacks {
    private static final String STAYS = Attack.STAYS;
    private static final String PIVOT = "sum(a.cost) filter (where p.sex = 'F'), sum(a.cost) filter (where p.sex = 'M')"
            + STAYS + "where a.cost is not null and (" + Attacks.IS + ") is not true group by 1";

    private PivotAttacks() {}

    /** One number, and then the months of men and of women beside each other without the target; also in one statement. */
    static List<Attack> costs() {
        String dates =
                "where a.cost is not null and p.sex in ('F', 'M') and a.admitted >= date '2024-01-01' and a.admitted < date ";
        String months = "select date_trunc('month', a.admitted), " + PIVOT;
        Function<List<Table>, @Nullable Double> year =
                answers -> dear(answers.get(0).number(0), months(answers.get(1), "2024"));
        return List.of(
                new SumsAttack(
                        "a year and then a pivot of months",
                        Secret.COST,
                        List.of("select sum(a.cost)" + STAYS + dates + "'2025-01-01'", months),
                        year),
                new SumsAttack(
                        "half a year and then a pivot of months",
                        Secret.COST,
                        List.of("select sum(a.cost)" + STAYS + dates + "'2024-07-01'", months),
                        answers -> dear(answers.get(0).number(0), months(answers.get(1), "2024-0[1-6]"))),
                new SumsAttack(
                        "a year and a pivot of months in one statement",
                        Secret.COST,
                        List.of("select null::timestamp, sum(a.cost), sum(a.cost)" + STAYS + dates
                                + "'2025-01-01' union all " + months),
                        answers -> {
                            Double whole = answers.getFirst().rows().stream()
                                    .filter(row -> row.getFirst() == null)
                                    .map(row -> Table.number(row.getLast()))
                                    .findFirst()
                                    .orElse(null);
                            return dear(whole, months(answers.getFirst(), "2024"));
                        }),
                new SumsAttack(
                        "a pivot of months and then a year",
                        Secret.COST,
                        List.of(months, "select sum(a.cost)" + STAYS + dates + "'2025-01-01'"),
                        answers -> dear(answers.get(1).number(0), months(answers.get(0), "2024"))));
    }

    /** Months in two words by grouping sets, and then thirty months. */
    static Attack twice() {
        return new SumsAttack(
                "months twice, and then thirty of them",
                Secret.DIAGNOSIS,
                List.of(
                        "select date_trunc('month', a.admitted), extract(year from a.admitted) * 100 + extract(month from a.admitted), count(*)"
                                + STAYS + "where (" + Attacks.HAS_IT
                                + ") is not true group by grouping sets ((1), (2))",
                        "select count(*)" + STAYS
                                + "where a.admitted >= date '2022-07-01' and a.admitted < date '2025-01-01'"),
                answers -> {
                    Double months = 0.0;
                    for (List<@Nullable Object> row : answers.getFirst().rows()) {
                        String month = String.valueOf(row.getFirst());
                        if (row.getFirst() != null && month.compareTo("2022-07") >= 0 && month.compareTo("2025") < 0) {
                            months = plus(months, Table.number(row.getLast()));
                        }
                    }
                    return less(answers.get(1).number(0), months);
                });
    }

    /** Sums of squares are too large to be searched: that must be nobody's business but theirs. */
    static Attack squares() {
        String known = "where a.cost is not null";
        return new SumsAttack(
                "squares, a region and its hospitals",
                Secret.COST,
                List.of(
                        "select stddev_pop(a.cost), var_samp(a.cost)" + STAYS + known
                                + " and a.admitted >= date '2024-01-01'",
                        "select sum(a.cost)" + STAYS
                                + "join hospital.providers pr on pr.provider_code = a.provider_code " + known
                                + " and pr.region = 'North Fells'",
                        "select a.provider_code, pr.region, sum(a.cost)" + STAYS
                                + "join hospital.providers pr on pr.provider_code = a.provider_code " + known + " and ("
                                + Attacks.IS + ") is not true group by 1, 2"),
                answers -> {
                    Double hospitals = 0.0;
                    for (List<@Nullable Object> row : answers.get(2).rows()) {
                        if ("North Fells".equals(row.get(1))) {
                            hospitals = plus(hospitals, Table.number(row.getLast()));
                        }
                    }
                    return dear(answers.get(1).number(0), hospitals);
                });
    }

    /** Of the months that begin so, both columns. */
    private static @Nullable Double months(Table table, String period) {
        Double all = 0.0;
        for (List<@Nullable Object> row : table.rows()) {
            if (String.valueOf(row.getFirst()).matches(period + ".*")) {
                for (Object value : row.subList(1, 3)) {
                    all = plus(all, Table.number(value));
                }
            }
        }
        return all;
    }
}
