package io.weir.query.redteam;

import static io.weir.query.redteam.SumsAttack.dear;
import static io.weir.query.redteam.SumsAttack.less;
import static io.weir.query.redteam.SumsAttack.plus;

import io.weir.query.redteam.Ward.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A number, and its rows without the target in tables that fill each other's gaps, or by way of the complement; of an eleventh red team. */
final class TilingAttacks {
    private static final String SUM = "sum(a.cost)" + Attack.STAYS + "where a.cost is not null";
    private static final String OTHERS = " and (" + Attacks.IS + ") is not true";
    private static final String SEXES = " and p.sex in ('F', 'M')";

    private TilingAttacks() {}

    static List<Attack> costs() {
        List<Attack> attacks = new ArrayList<>();
        attacks.addAll(complements());
        attacks.addAll(gaps());
        attacks.addAll(pivots());
        attacks.add(blocks(true));
        attacks.add(blocks(false));
        attacks.addAll(tenTables());
        return attacks;
    }

    /** One of each kind: others are orders and measures of these, and are tried by {@link SequenceRun#main}. */
    static List<Attack> each() {
        return List.of(
                complements().getFirst(),
                complements().getLast(),
                gaps().getFirst(),
                gaps().getLast(),
                pivots().getFirst(),
                blocks(true),
                tenTables().getFirst());
    }

    /** Women of a year are everybody by month, less men by month. */
    private static List<Attack> complements() {
        String whole = "select " + SUM + " and p.sex = 'F' and " + within(2024, 2025);
        String all = by("month", OTHERS + SEXES);
        String men = by("month", " and p.sex = 'M'");
        String pivot = "select date_trunc('month', a.admitted), sum(a.cost), sum(a.cost) filter (where p.sex = 'M')"
                + Attack.STAYS + "where a.cost is not null" + OTHERS + SEXES + " group by 1";
        return List.of(
                complement("women of a year, everybody's months, and men's", List.of(whole, all, men), 0, 1, 2),
                complement("everybody's months, women of a year, and men's", List.of(all, whole, men), 1, 0, 2),
                complement("everybody's months, men's, and women of a year", List.of(all, men, whole), 2, 0, 1),
                new SumsAttack(
                        "women of a year, and everybody's and men's months",
                        Secret.COST,
                        List.of(whole, pivot),
                        a -> dear(
                                a.getFirst().number(0),
                                less(sum(a.get(1), 1, List.of("2024")), sum(a.get(1), 2, List.of("2024"))))),
                new SumsAttack(
                        "everybody's and men's months, and women of a year",
                        Secret.COST,
                        List.of(pivot, whole),
                        a -> dear(
                                a.get(1).number(0),
                                less(sum(a.getFirst(), 1, List.of("2024")), sum(a.getFirst(), 2, List.of("2024"))))));
    }

    private static Attack complement(String name, List<String> questions, int whole, int all, int men) {
        return new SumsAttack(
                name,
                Secret.COST,
                questions,
                a -> dear(
                        a.get(whole).number(0),
                        less(sum(a.get(all), 1, List.of("2024")), sum(a.get(men), 1, List.of("2024")))));
    }

    /** What one table hides the other one shows. */
    private static List<Attack> gaps() {
        String years = "select " + SUM + " and " + within(2023, 2025);
        String all = "select " + SUM;
        return List.of(
                gap(
                        "two years, their months, and their quarters",
                        List.of(years, by("month", OTHERS), by("quarter", OTHERS)),
                        2,
                        1),
                gap(
                        "two years, their quarters, and their months",
                        List.of(years, by("quarter", OTHERS), by("month", OTHERS)),
                        1,
                        2),
                gap(
                        "quarters, months, and two years of them",
                        List.of(by("quarter", OTHERS), by("month", OTHERS), years),
                        0,
                        1),
                gap("everybody, years, and months", List.of(all, by("year", OTHERS), by("month", OTHERS)), 1, 2));
    }

    private static Attack gap(String name, List<String> questions, int coarse, int fine) {
        int whole = 3 - coarse - fine;
        boolean everybody = !questions.get(whole).contains("2025");
        return new SumsAttack(name, Secret.COST, questions, a -> {
            Map<String, Double> months = shown(a.get(fine));
            Double parts = 0.0;
            for (List<@Nullable Object> row : a.get(coarse).rows()) {
                LocalDate from = LocalDate.parse(String.valueOf(row.getFirst()).substring(0, 10));
                if (everybody || from.getYear() == 2023 || from.getYear() == 2024) {
                    Double number = Table.number(row.getLast());
                    if (number == null) {
                        number = 0.0;
                        for (int m = 0; m < (questions.get(coarse).contains("quarter") ? 3 : 12); m++) {
                            number = plus(number, months.get(from.plusMonths(m).toString()));
                        }
                    }
                    parts = plus(parts, number);
                }
            }
            return dear(a.get(whole).number(0), parts);
        });
    }

    /** What is hidden of one column stands in the columns of another table. */
    private static List<Attack> pivots() {
        String year = "select " + SUM + SEXES + " and a.method is not null and " + within(2024, 2025);
        String sexes = pivot("p.sex = 'F'", "p.sex = 'M'");
        String methods = pivot("a.method in ('21', '22')", "a.method not in ('21', '22')");
        return List.of(
                new SumsAttack(
                        "a year, months by sex, and by method",
                        Secret.COST,
                        List.of(year, sexes, methods),
                        a -> dear(a.getFirst().number(0), either(a.get(1), a.get(2)))),
                new SumsAttack(
                        "months by sex, a year, and months by method",
                        Secret.COST,
                        List.of(sexes, year, methods),
                        a -> dear(a.get(1).number(0), either(a.getFirst(), a.get(2)))));
    }

    private static String pivot(String one, String other) {
        return "select date_trunc('month', a.admitted), sum(a.cost) filter (where " + one
                + "), sum(a.cost) filter (where " + other + ")" + Attack.STAYS
                + "where a.cost is not null and a.method is not null" + OTHERS + SEXES + " group by 1";
    }

    /** The months of 2024, each from the table that shows all of it. */
    private static @Nullable Double either(Table one, Table other) {
        Map<String, Double> months = whole(one);
        whole(other).forEach(months::putIfAbsent);
        Double sum = 0.0;
        for (int m = 0; m < 12; m++) {
            sum = plus(sum, months.get(LocalDate.of(2024, 1, 1).plusMonths(m).toString()));
        }
        return sum;
    }

    private static Map<String, Double> whole(Table table) {
        Map<String, Double> whole = new HashMap<>();
        for (List<@Nullable Object> row : table.rows()) {
            Double both = plus(Table.number(row.get(1)), Table.number(row.get(2)));
            if (both != null) {
                whole.put(String.valueOf(row.getFirst()).substring(0, 10), both);
            }
        }
        return whole;
    }

    /** Many tables of two rows, in one statement. */
    private static Attack blocks(boolean numberFirst) {
        String whole = "select " + SUM + SEXES + " and " + within(2023, 2025);
        String blocks = IntStream.range(0, 24)
                .mapToObj(m -> LocalDate.of(2023, 1, 1).plusMonths(m))
                .map(month -> "select p.sex, %s and a.admitted >= date '%s' and a.admitted < date '%s' group by 1"
                        .formatted(SUM + OTHERS + SEXES, month, month.plusMonths(1)))
                .collect(Collectors.joining(" union all "));
        return inParts(numberFirst, "two years, and sexes of each month in one statement", whole, List.of(blocks));
    }

    /** Many tables of a few rows. */
    private static List<Attack> tenTables() {
        String whole = "select " + SUM + " and p.imd_decile is not null and " + within(2022, 2026);
        List<String> tables = IntStream.rangeClosed(1, 10)
                .mapToObj(decile -> "select extract(year from a.admitted), " + SUM + OTHERS + " and p.imd_decile = "
                        + decile + " and " + within(2022, 2026) + " group by 1")
                .toList();
        return List.of(
                inParts(true, "four years, and years of each decile", whole, tables),
                inParts(false, "four years, and years of each decile", whole, tables));
    }

    private static Attack inParts(boolean numberFirst, String name, String whole, List<String> parts) {
        List<String> questions = new ArrayList<>(parts);
        questions.add(numberFirst ? 0 : parts.size(), whole);
        Function<List<Table>, @Nullable Double> value = a -> {
            Double sum = 0.0;
            for (int q = 0; q < questions.size(); q++) {
                if (!questions.get(q).equals(whole)) {
                    for (List<@Nullable Object> row : a.get(q).rows()) {
                        sum = plus(sum, Table.number(row.getLast()));
                    }
                }
            }
            return dear(a.get(questions.indexOf(whole)).number(0), sum);
        };
        return new SumsAttack(
                name + (numberFirst ? ", the number first" : ", the number last"), Secret.COST, questions, value);
    }

    private static Map<String, Double> shown(Table table) {
        Map<String, Double> shown = new HashMap<>();
        for (List<@Nullable Object> row : table.rows()) {
            Double number = Table.number(row.getLast());
            if (number != null) {
                shown.put(String.valueOf(row.getFirst()).substring(0, 10), number);
            }
        }
        return shown;
    }

    private static @Nullable Double sum(Table table, int column, List<String> years) {
        Double sum = 0.0;
        for (List<@Nullable Object> row : table.rows()) {
            if (years.stream().anyMatch(String.valueOf(row.getFirst())::startsWith)) {
                sum = plus(sum, Table.number(row.get(column)));
            }
        }
        return sum;
    }

    private static String by(String unit, String where) {
        return "select date_trunc('" + unit + "', a.admitted), " + SUM + where + " group by 1";
    }

    private static String within(int from, int until) {
        return "a.admitted >= date '%d-01-01' and a.admitted < date '%d-01-01'".formatted(from, until);
    }
}
