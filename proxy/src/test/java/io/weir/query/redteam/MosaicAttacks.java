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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A number of many groups, and the groups without the target in more than one table; of a tenth red team. */
final class MosaicAttacks {
    private static final String SUM = "sum(a.cost)" + Attack.STAYS + "where a.cost is not null and ";
    private static final String OTHERS = "(" + Attacks.IS + ") is not true and ";
    private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
    private static final int MONTHS = 24;
    private static final String WHOLE = "select " + SUM + "p.sex in ('F', 'M') and " + within(FROM, MONTHS);

    private MosaicAttacks() {}

    /** Women by month and men by month, and both together: the one that is asked last makes the difference. */
    static List<Attack> costs() {
        String women = byMonth("p.sex = 'F'");
        String men = byMonth("p.sex = 'M'");
        List<Attack> attacks = new ArrayList<>();
        attacks.add(attack("two years, then women by month and men by month", 0, List.of(WHOLE, women, men)));
        attacks.add(attack("women by month, two years, and men by month", 1, List.of(women, WHOLE, men)));
        attacks.add(attack("women by month, men by month, and two years", 2, List.of(women, men, WHOLE)));
        attacks.add(attack(
                "two years, and the months of either year",
                0,
                List.of(
                        "select " + SUM + within(FROM, MONTHS),
                        byMonth(within(FROM, MONTHS / 2)),
                        byMonth(within(FROM.plusMonths(MONTHS / 2), MONTHS / 2)))));
        attacks.add(oneByOne());
        return attacks;
    }

    /** Two numbers whose difference is two years: a range and something else in one condition, and that alone; everybody, and all but the range. */
    static List<Attack> differences() {
        String range = within(FROM, MONTHS);
        String else_ = "(p.sex = 'F' and " + within(LocalDate.of(2021, 1, 1), MONTHS / 2) + ")";
        String both = "select " + SUM + "((" + range + ") or " + else_ + ")";
        String alone = "select " + SUM + else_;
        String all = "select " + SUM + "p.sex in ('F', 'M')";
        String rest = "select " + SUM + "p.sex in ('F', 'M') and not (" + range + ")";
        String months = byMonth("true");
        return List.of(
                difference("a range or women, the women, and months", 0, 1, List.of(both, alone, months)),
                difference("women, months, and a range or women", 2, 0, List.of(alone, months, both)),
                difference("months, a range or women, and the women", 1, 2, List.of(months, both, alone)),
                difference("everybody, all but a range, and months", 0, 1, List.of(all, rest, months)),
                difference("months, all but a range, and everybody", 2, 1, List.of(months, rest, all)),
                difference("months, everybody, and all but a range", 1, 2, List.of(months, all, rest)));
    }

    private static Attack difference(String name, int larger, int smaller, List<String> questions) {
        return new SumsAttack(name, Secret.COST, questions, answers -> {
            int months = 3 - larger - smaller;
            Double parts = 0.0;
            for (List<@Nullable Object> row : answers.get(months).rows()) {
                String month = String.valueOf(row.getFirst());
                if (month.startsWith("2023") || month.startsWith("2024")) {
                    parts = plus(parts, Table.number(row.getLast()));
                }
            }
            return dear(less(answers.get(larger).number(0), answers.get(smaller).number(0)), parts);
        });
    }

    private static Attack attack(String name, int whole, List<String> questions) {
        return new SumsAttack(name, Secret.COST, questions, answers -> {
            Double parts = 0.0;
            for (int a = 0; a < answers.size(); a++) {
                if (a != whole) {
                    for (List<@Nullable Object> row : answers.get(a).rows()) {
                        String month = String.valueOf(row.getFirst());
                        if (month.startsWith("2023") || month.startsWith("2024")) {
                            parts = plus(parts, Table.number(row.getLast()));
                        }
                    }
                }
            }
            return dear(answers.get(whole).number(0), parts);
        });
    }

    /** What a table hides beside the number is asked alone. */
    private static Attack oneByOne() {
        List<String> questions =
                new ArrayList<>(List.of("select " + SUM + within(FROM, MONTHS), byMonth(within(FROM, MONTHS))));
        IntStream.range(0, MONTHS)
                .mapToObj(m -> "select " + SUM + OTHERS + within(FROM.plusMonths(m), 1))
                .forEach(questions::add);
        return new SumsAttack("two years, their months, and the hidden ones alone", Secret.COST, questions, answers -> {
            Map<String, Double> shown = new HashMap<>();
            for (List<@Nullable Object> row : answers.get(1).rows()) {
                Double number = Table.number(row.getLast());
                if (number != null) {
                    shown.put(String.valueOf(row.getFirst()).substring(0, 7), number);
                }
            }
            Double parts = 0.0;
            for (int m = 0; m < MONTHS; m++) {
                Double alone = answers.get(2 + m).number(0);
                parts = plus(
                        parts, shown.getOrDefault(FROM.plusMonths(m).toString().substring(0, 7), alone));
            }
            return dear(answers.getFirst().number(0), parts);
        });
    }

    private static String byMonth(String where) {
        return "select date_trunc('month', a.admitted), " + SUM + OTHERS + where + " group by 1";
    }

    private static String within(LocalDate from, int months) {
        return "a.admitted >= date '%s' and a.admitted < date '%s'".formatted(from, from.plusMonths(months));
    }
}
