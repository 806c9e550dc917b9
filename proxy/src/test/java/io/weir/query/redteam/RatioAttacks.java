package io.weir.query.redteam;

import static io.weir.query.redteam.Attacks.HAS_IT;
import static io.weir.query.redteam.Attacks.ILL;
import static io.weir.query.redteam.Attacks.IS;
import static io.weir.query.redteam.Attacks.STAYS;

import io.weir.query.redteam.Ward.Desk;
import io.weir.query.redteam.Ward.Table;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Counts worked out from percentages and means: the quotient times a number that is known. The attacker asks for the quotient and for what it was divided by, once with
 * the target and once without, and compares the numerators.
 */
final class RatioAttacks {
    private RatioAttacks() {}

    /**
     * @param with a quotient, and what it is of
     * @param without the same without the target
     */
    private record Ratio(String name, Secret secret, String with, String without, double least) implements Attack {
        @Override
        public boolean guess(Desk desk, SplittableRandom random) {
            Double all = numerator(desk.ask(with));
            Double others = numerator(desk.ask(without));
            return all == null || others == null || all - others > least;
        }

        private static @Nullable Double numerator(Table table) {
            Double quotient = table.number(0);
            Double of = table.rows().isEmpty() || table.rows().getFirst().size() < 2 ? null : table.number(1);
            return quotient == null || of == null ? null : Double.valueOf(quotient * of);
        }
    }

    static List<Attack> ratios() {
        String percentage = "select round(100.0 * count(*) filter (where %s) / count(*), 6) / 100.0, count(*)" + STAYS;
        String mean = "select avg(a.cost), count(a.cost)" + STAYS + "where a.cost is not null and " + ILL;
        String flag = "select avg(case when %s then 1.0 else 0 end), count(*)" + STAYS;
        String ward = "where p.practice_code = 'Z99053'";
        return List.of(
                ratio("a count from a percentage", percentage, ILL, ""),
                ratio("a count from a percentage of a ward", percentage, ILL, ward),
                ratio("a count from a mean of a flag", flag, ILL, ""),
                ratio("a count from a mean of a flag in a ward", flag, ILL, ward),
                new Ratio("a sum from a mean and its count", Secret.COST, mean, mean + " and not " + IS, 10_000),
                new Ratio(
                        "a count from a percentage of one",
                        Secret.DIAGNOSIS,
                        percentage.formatted(HAS_IT),
                        percentage.formatted("false"),
                        0.5));
    }

    private static Attack ratio(String name, String form, String condition, String where) {
        return new Ratio(
                name,
                Secret.DIAGNOSIS,
                form.formatted(condition) + where,
                form.formatted(condition + " and not " + IS) + where,
                0.5);
    }
}
