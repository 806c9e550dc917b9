package io.weir.query.redteam;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sequences put together at random from keys, conditions and aggregates, some of which single one person out. */
final class RemainderGrammar {
    private static final String IT = "(" + Attack.TARGET_IS + " and a.icd10 = 'N390')";

    private static final List<String> KEYS = List.of(
            "p.sex",
            "case when a.method = '21' then 'acute' else 'other' end",
            "a.method",
            "p.imd_decile",
            "p.imd_decile <= 5",
            "p.registered < date '2015-01-01'",
            "case when " + IT + " then 'yes' else 'no' end",
            "case when " + IT + " then 1 when a.method = '21' then 2 else 3 end",
            "case when " + IT + " then extract(year from p.registered) end",
            "case when not " + IT + " then p.sex end",
            "extract(year from a.admitted)");

    private static final List<String> AGGREGATES = List.of(
            "count(*)",
            "count(distinct p.patient_id)",
            "sum(a.cost)",
            "avg(a.cost)",
            "count(a.cost)",
            "count(*) filter (where a.method = '21')",
            "count(*) filter (where a.method <> '21')",
            "count(*) filter (where not " + IT + ")",
            "count(*) filter (where " + IT + " or a.method = '21')",
            "avg(case when a.method = '21' and not " + IT + " then 1.0 else 0 end)",
            "sum(case when " + IT + " then 0 else 1 end)",
            "count(distinct a.icd10)");

    private static final List<String> CONDITIONS = List.of(
            "p.sex = 'F'",
            "a.method = '21'",
            "a.method <> '21'",
            "a.cost is not null",
            "p.imd_decile <= 5",
            "not " + IT,
            "(a.method = '21' or " + IT + ")",
            "(a.method = '21' or not " + IT + ")",
            "p.registered < date '2015-01-01'");

    private RemainderGrammar() {}

    static List<String> sequence(SplittableRandom random) {
        List<String> questions = new ArrayList<>();
        for (int q = 0; q <= random.nextInt(3); q++) {
            questions.add(question(random));
        }
        return questions;
    }

    private static String question(SplittableRandom random) {
        List<String> keys = some(KEYS, random.nextInt(4), random);
        List<String> outputs = new ArrayList<>(keys);
        outputs.addAll(some(AGGREGATES, 1 + random.nextInt(2), random));
        List<String> conditions = some(CONDITIONS, random.nextInt(3), random);
        return "select " + String.join(", ", outputs) + Attack.STAYS
                + (conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions) + " ")
                + grouping(keys.size(), random);
    }

    private static String grouping(int keys, SplittableRandom random) {
        String all = keys == 0 ? "" : keys == 1 ? "1" : keys == 2 ? "1, 2" : "1, 2, 3";
        if (keys == 0) {
            return "";
        }
        return "group by "
                + switch (random.nextInt(5)) {
                    case 0 -> "rollup (" + all + ")";
                    case 1 -> keys < 3 ? "cube (" + all + ")" : "1, cube (2, 3)";
                    case 2 -> "grouping sets ((" + all + "), (1))";
                    default -> all;
                };
    }

    private static List<String> some(List<String> of, int number, SplittableRandom random) {
        List<String> left = new ArrayList<>(of);
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }
}
