package io.weir.query.redteam;

import io.weir.query.redteam.PairAttack.Pair;
import io.weir.query.redteam.TrackerAttack.Tracker;
import io.weir.query.redteam.Ward.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The sequences, after rows 32 to 67 of the attacks' list. */
final class Attacks {
    static final String IS = Attack.TARGET_IS;
    static final String STAYS = Attack.STAYS;
    static final String ILL = "a.icd10 = 'N390'";
    static final String COUNT = "select count(*)" + STAYS + "where ";
    static final String ALL = COUNT + ILL;
    private static final String OTHERS = ALL + " and not " + IS;

    static final String HAS_IT = "(" + IS + " and " + ILL + ")";
    private static final String IT =
            "exists (select 1 from hospital.admissions a where a.patient_id = p.patient_id and " + ILL + ")";
    private static final String PEOPLE_WHO = " from hospital.patients p where " + IS + " and ";

    private Attacks() {}

    /** One condition that takes the target away, in every spelling. */
    static List<Attack> pairs() {
        return List.of(
                pair("and not", ALL, OTHERS),
                new PairAttack(
                        "the other way round",
                        Secret.DIAGNOSIS,
                        0,
                        List.of(new Pair(OTHERS, ALL, table -> less(table), table -> less(table)))),
                pair("is not true", ALL, ALL + " and (" + IS + ") is not true"),
                pair("case", ALL, ALL + " and case when " + IS + " then 0 else 1 end = 1"),
                keyed(
                        "key",
                        ALL,
                        "select case when " + IS + " then 1 else 0 end k, count(*)" + STAYS + "where " + ILL
                                + " group by 1"),
                pair(
                        "people of a CTE",
                        ALL,
                        "with others as (select p.patient_id from hospital.patients p where not " + IS + ") " + ALL
                                + " and a.patient_id in (select patient_id from others)"),
                pair(
                        "not exists",
                        ALL,
                        ALL
                                + " and not exists (select 1 from hospital.patients q where q.patient_id = a.patient_id and "
                                + IS.replace("p.", "q.") + ")"),
                pair(
                        "derived table",
                        ALL,
                        "select count(*) from hospital.admissions a join (select p.patient_id from hospital.patients p where not "
                                + IS + ") x on x.patient_id = a.patient_id where " + ILL),
                pair(
                        "having of a person",
                        people("", ""),
                        people("", "having sum(case when " + IS + " then 1 else 0 end) = 0")),
                pair("where of a person", people("", ""), people(" and not " + IS, "")),
                pair(
                        "reference data",
                        ALL,
                        "select count(*)" + STAYS
                                + "join hospital.practices x on x.practice_code = p.practice_code where " + ILL
                                + " and not " + IS.replace("p.practice_code", "x.practice_code")),
                pair(
                        "clones",
                        ALL,
                        COUNT + "not " + IS + " and a.icd10 in ('N390') and not " + IS + " and a.icd10 like 'N390%'"),
                pair("distinct people", distinct(ALL), distinct(OTHERS)),
                new PairAttack(
                        "sum",
                        Secret.COST,
                        10_000,
                        List.of(new Pair(
                                cost(ALL + " and a.cost is not null"), cost(OTHERS + " and a.cost is not null")))),
                new PairAttack(
                        "creep",
                        Secret.STAY,
                        0,
                        IntStream.rangeClosed(1968, 1971)
                                .mapToObj(year -> new Pair(bornBefore(year + 1), bornBefore(year)))
                                .toList()
                                .reversed()));
    }

    /** Two analysts. */
    static List<Attack> collusions() {
        String women = "select count(*) from hospital.patients p where p.sex = 'F'";
        return List.of(
                new CollusionAttack("collusion", Secret.PERSON, women, women + " and not " + IS),
                new CollusionAttack(
                        "collusion in other words",
                        Secret.PERSON,
                        women,
                        "select count(*) from (select q.* from hospital.patients q where not " + IS.replace("p.", "q.")
                                + ") x where x.sex in ('F')"));
    }

    /** An arm after its whole: who is missing from it is counted, and nobody is not few. */
    static List<Attack> arms() {
        return List.of(
                pair("filter", ALL, "select count(*) filter (where not " + IS + ")" + STAYS + "where " + ILL),
                pair("sum of case", ALL, "select sum(case when " + IS + " then 0 else 1 end)" + STAYS + "where " + ILL),
                new CollusionAttack(
                        "collusion by an arm",
                        Secret.PERSON,
                        "select count(*) from hospital.patients p where p.sex = 'F'",
                        "select sum(case when not " + IS
                                + " then 1 else 0 end) from hospital.patients p where p.sex = 'F'"));
    }

    /** Plain ones. */
    static List<Attack> trackers() {
        String ward = "(p.practice_code = 'Z99053' and p.ethnicity = 'C')";
        String born = "(p.date_of_birth >= date '1971-01-01' and p.date_of_birth < date '1972-01-01')";
        return List.of(
                new TrackerAttack(
                        "individual tracker",
                        Secret.DIAGNOSIS,
                        List.of(new Tracker(
                                List.of(COUNT + "(p.ethnicity <> 'C' or " + ward + " and not " + born + " or " + ward
                                        + " and " + ILL + " and " + born + ")"),
                                List.of(COUNT + "(p.ethnicity <> 'C' or " + ward + " and not " + born + ")")))),
                new TrackerAttack("general tracker", Secret.DIAGNOSIS, List.of(general("p.sex = 'M'", ""))),
                new TrackerAttack(
                        "double tracker",
                        Secret.DIAGNOSIS,
                        List.of(new Tracker(
                                List.of(COUNT + "p.imd_decile <= 7", COUNT + "(" + HAS_IT + " or p.imd_decile <= 2)"),
                                List.of(
                                        COUNT + "p.imd_decile <= 2",
                                        COUNT + "p.imd_decile <= 7 and not (p.imd_decile > 2 and " + HAS_IT + ")")))));
    }

    /** With always-true conditions on other columns, another one in every question. */
    static List<Attack> padded() {
        List<Pair> padded = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String registered = " and p.registered >= date '" + (1990 + 2 * i) + "-01-01'";
            padded.add(new Pair(ALL + registered + ever(2 * i), OTHERS + registered + ever(2 * i + 1)));
        }
        return List.of(
                new PairAttack("a condition that is always true", Secret.DIAGNOSIS, 0, padded),
                new TrackerAttack(
                        "general tracker, padded",
                        Secret.DIAGNOSIS,
                        IntStream.range(0, 6)
                                .mapToObj(i -> general("p.registered < date '" + (1996 + 4 * i) + "-01-01'", ever(i)))
                                .toList()),
                new ReconstructionAttack(
                        "linear reconstruction, padded",
                        Secret.DIAGNOSIS,
                        neighbours(),
                        24,
                        (subset, i) -> subset(subset) + ever(i)));
    }

    static Attack reconstruction() {
        return new ReconstructionAttack(
                "linear reconstruction", Secret.DIAGNOSIS, neighbours(), 24, (subset, i) -> subset(subset));
    }

    /** Two questions whose keys and conditions both differ. */
    static List<Attack> partitions() {
        String byTarget = "case when " + IS + " then 1 else 0 end k, ";
        return List.of(
                new AveragingAttack(
                        "two partitions",
                        Secret.DIAGNOSIS,
                        List.of(halves("p.imd_decile <= 5", ILL)),
                        List.of(halves("a.method = '21'", ILL + " and not " + IS))),
                new PairAttack(
                        "a cell and a condition",
                        Secret.DIAGNOSIS,
                        0,
                        List.of(new Pair(
                                "select p.sex, count(*)" + STAYS + "where " + ILL + " group by 1",
                                OTHERS + " and p.sex = 'F'",
                                table -> table.at("F"),
                                table -> table.number(0)))),
                new PairAttack(
                        "margins of two tables",
                        Secret.DIAGNOSIS,
                        0,
                        List.of(new Pair(
                                "select p.sex, count(*)" + STAYS + "where " + ILL
                                        + " group by rollup (p.sex) order by grouping(p.sex) desc",
                                "select " + byTarget + "case when a.method = '21' then 1 else 0 end m, count(*)" + STAYS
                                        + "where " + ILL + " group by 1, 2",
                                table -> table.rows().isEmpty()
                                        ? null
                                        : Table.number(table.rows().getFirst().getLast()),
                                Attacks::ofOthers))),
                new PairAttack(
                        "another population",
                        Secret.PERSON,
                        0,
                        List.of(new Pair(
                                "select count(*) from hospital.patients p where p.sex = 'F'",
                                "select count(distinct p.patient_id) from hospital.patients p"
                                        + " left join hospital.admissions a on a.patient_id = p.patient_id where p.sex = 'F' and not "
                                        + IS))));
    }

    /** Against rounding: the mean of many partitions. */
    static Attack averaging() {
        return new AveragingAttack(
                "averaging over partitions",
                Secret.DIAGNOSIS,
                IntStream.range(0, 40)
                        .mapToObj(i -> halves(
                                "p.registered < date '" + (1999 + i / 2) + (i % 2 == 0 ? "-01" : "-07") + "-01'", ILL))
                        .toList(),
                IntStream.range(0, 40)
                        .mapToObj(i -> halves(
                                "a.admitted < date '" + (2022 + i / 12) + "-" + "%02d".formatted(1 + i % 12) + "-01'",
                                ILL + " and not " + IS))
                        .toList());
    }

    private static String halves(String first, String where) {
        return "select case when " + first + " then 1 else 0 end k, count(*)" + STAYS + "where " + where
                + " group by 1";
    }

    /** That something is hidden, or not, where zeros are shown as zeros. */
    static List<Attack> zeros() {
        return List.of(
                SignalAttack.one("zero or hidden", COUNT + HAS_IT, Attacks::hiddenOrMore),
                SignalAttack.one(
                        "division by a count",
                        "select case when n = 0 then 0 else 1 end from (" + COUNT.replace("count(*)", "count(*) n")
                                + HAS_IT + ") x",
                        Attacks::hiddenOrMore),
                SignalAttack.one(
                        "having",
                        COUNT + HAS_IT + " having count(*) >= 1",
                        table -> table.refused()
                                || !table.rows().isEmpty()
                                || !table.notices().isEmpty()),
                SignalAttack.one(
                        "distinct values",
                        COUNT.replace("count(*)", "count(distinct a.icd10)") + HAS_IT,
                        Attacks::hiddenOrMore),
                SignalAttack.one("people who have it", "select count(*)" + PEOPLE_WHO + IT, Attacks::hiddenOrMore),
                SignalAttack.one(
                        "a percentage of few",
                        "select 100.0 * count(*) filter (where " + HAS_IT + ") / count(*)" + STAYS
                                + "where p.practice_code = 'Z99053'",
                        Attacks::hiddenOrMore),
                SignalAttack.one(
                        "a mean of a flag",
                        "select avg(case when " + HAS_IT + " then 1.0 else 0 end)" + STAYS
                                + "where p.practice_code = 'Z99053'",
                        Attacks::hiddenOrMore),
                SignalAttack.one(
                        "an arm of a sum",
                        "select sum(case when " + HAS_IT + " then 0 else a.cost end), sum(a.cost)" + STAYS
                                + "where a.cost is not null",
                        Attacks::hiddenOrSmaller),
                SignalAttack.one(
                        "a mean without few",
                        "select avg(case when " + HAS_IT + " then null else a.cost end), avg(a.cost)" + STAYS
                                + "where a.cost is not null",
                        Attacks::hiddenOrSmaller));
    }

    /** That nobody or few are missing from a cell. */
    static List<Attack> complements() {
        return List.of(
                new SignalAttack(
                        "complement of a cell",
                        Secret.DIAGNOSIS,
                        List.of(COUNT + "not " + HAS_IT, "select count(*)" + STAYS),
                        Attacks::hiddenOrFewer),
                new SignalAttack(
                        "people who have it not",
                        Secret.DIAGNOSIS,
                        List.of(
                                "select count(*) from hospital.patients p where not (" + IS + " and " + IT + ")",
                                "select count(*) from hospital.patients p"),
                        Attacks::hiddenOrFewer),
                SignalAttack.one(
                        "the whole beside an arm",
                        "select count(*) filter (where not " + HAS_IT + "), count(*)" + STAYS,
                        table -> table.number(0) == null
                                ? table.number(1) != null
                                : !table.number(0).equals(table.number(1))),
                SignalAttack.one(
                        "arms of one table",
                        "select count(*) filter (where p.sex = 'F' and not " + HAS_IT
                                + "), count(*) filter (where p.sex = 'F')" + STAYS,
                        Attacks::hiddenOrSmaller),
                SignalAttack.one(
                        "a group beside the others",
                        "select case when " + HAS_IT + " then 1 else 0 end k, count(*)" + STAYS + "group by 1",
                        Attacks::hiddenBeside),
                SignalAttack.one(
                        "the margin of a group and the others",
                        "select case when " + HAS_IT + " then 1 else 0 end k, count(*)" + STAYS
                                + "group by rollup (case when " + HAS_IT + " then 1 else 0 end)",
                        table -> table.at("null") == null || table.at(1) != null && table.at(1) > 0));
    }

    /** Against places in an order of values. */
    static List<Attack> percentiles() {
        String median =
                "select percentile_cont(0.5) within group (order by a.cost)" + STAYS + "where a.cost is not null and ";
        String high = median.replace("(0.5)", "(0.95)");
        return List.of(
                new PairAttack(
                        "a percentile and one without",
                        Secret.COST,
                        0,
                        List.of(new Pair(high + ILL, high + ILL + " and not " + IS))),
                new SignalAttack(
                        "a percentile of few",
                        Secret.COST,
                        List.of(median + IS),
                        answers -> answers.getFirst().number(0) == null
                                || Objects.requireNonNull(answers.getFirst().number(0)) > 10_000),
                SignalAttack.one("a percentile of nobody", median + HAS_IT, table -> table.number(0) != null),
                SignalAttack.one(
                        "a percentile of an arm",
                        "select percentile_cont(0.5) within group (order by a.cost) filter (where not " + HAS_IT
                                + "), percentile_cont(0.5) within group (order by a.cost)" + STAYS
                                + "where a.cost is not null and a.method = '21' and a.icd10 in ('N390', 'J189')",
                        Attacks::hiddenOrSmaller));
    }

    /** What one cell tells about its largest contributor: the programme knows what a stay costs on average. */
    static Attack outlier() {
        return new SignalAttack(
                "an outlier in a small cell",
                Secret.COST,
                List.of(
                        "select sum(a.cost), count(a.cost)" + STAYS
                                + "where a.cost is not null and a.method = '21' and p.practice_code = 'Z99053' and p.sex = 'F'"),
                answers -> {
                    Double sum = answers.getFirst().number(0);
                    Double count = answers.getFirst().number(1);
                    return sum == null || count == null || sum > 1_750 * (count - 1) + 27_000;
                });
    }

    private static boolean hiddenBeside(Table table) {
        Double beside = table.at(1);
        return table.at(0) == null || beside != null && beside > 0;
    }

    private static boolean hiddenOrFewer(List<Table> answers) {
        Double others = answers.getFirst().number(0);
        Double all = answers.getLast().number(0);
        return others == null || all != null && all > others;
    }

    static boolean hiddenOrMore(Table table) {
        Double number = table.number(0);
        return number == null || number > 0;
    }

    private static boolean hiddenOrSmaller(Table table) {
        Double number = table.number(0);
        return number == null || table.rows().getFirst().size() > 1 && !number.equals(table.number(1));
    }

    private static @Nullable Double ofOthers(Table table) {
        double sum = 0;
        for (List<@Nullable Object> row : table.rows()) {
            if ("0".equals(String.valueOf(row.getFirst()))) {
                Double number = Table.number(row.getLast());
                if (number == null) {
                    return null;
                }
                sum += number;
            }
        }
        return sum == 0 ? null : sum;
    }

    static Attack pair(String name, String with, String without) {
        return new PairAttack(name, Secret.DIAGNOSIS, with, without);
    }

    private static @Nullable Double less(Table table) {
        Double number = table.number(0);
        return number == null ? null : -number;
    }

    static Attack keyed(String name, String with, String without) {
        return new PairAttack(
                name,
                Secret.DIAGNOSIS,
                0,
                List.of(new Pair(with, without, table -> table.number(0), table -> table.at(0))));
    }

    private static String distinct(String sql) {
        return sql.replace("count(*)", "count(distinct a.patient_id)");
    }

    private static String cost(String sql) {
        return sql.replace("count(*)", "sum(a.cost)");
    }

    private static String people(String where, String having) {
        return "select count(*) from (select p.patient_id, count(*) n" + STAYS + "where " + ILL + where
                + " group by p.patient_id " + having + ") x";
    }

    /** A number that falls within the data's time at no place: true of everybody, and never twice the same. */
    private static String ever(int number) {
        return " and a.admitted >= date '" + (1900 + number) + "-01-01'";
    }

    private static Tracker general(String group, String padding) {
        String first = COUNT + "(" + HAS_IT + " or " + group + ")" + padding;
        String second = COUNT + "(" + HAS_IT + " or not " + group + ")" + padding.replace("19", "18");
        return new Tracker(
                List.of(first, second),
                List.of(
                        COUNT + group + padding.replace("19", "17"),
                        COUNT + "not " + group + padding.replace("19", "16")));
    }

    private static String bornBefore(int year) {
        return COUNT + "p.ethnicity = 'C' and p.date_of_birth < date '" + year + "-01-01'";
    }

    /** Years of birth of the ethnic category, the target's first. */
    private static List<String> neighbours() {
        List<String> years = new ArrayList<>();
        years.add(born(1971, 1972));
        for (int year = 1932; year < 2028; year += 16) {
            years.add(
                    year > 1971 || year + 16 <= 1971
                            ? born(year, year + 16)
                            : born(year, 1971) + " or " + born(1972, year + 16));
        }
        return years;
    }

    private static String born(int from, int to) {
        return "p.date_of_birth >= date '" + from + "-01-01' and p.date_of_birth < date '" + to + "-01-01'";
    }

    private static String subset(String years) {
        return COUNT + ILL + " and (p.ethnicity <> 'C' or " + years + ")";
    }
}
