package io.weir.query.redteam;

import java.util.ArrayList;
import java.util.List;

/** Questions of which what is left over, beside what is shown, is one person or nobody. */
final class Remainders {
    private static final String STAYS = Attack.STAYS;
    private static final String HAS_IT = "(" + Attack.TARGET_IS + " and a.icd10 = 'N390')";
    private static final String FLAG = "case when " + HAS_IT + " then 'yes' else 'no' end";
    /** Its values are not known beforehand. */
    private static final String OPEN = "case when " + HAS_IT + " then extract(year from p.registered) end";
    /** Everybody is one or the other. */
    private static final String HALF = "case when a.method = '21' then 'acute' else 'other' end";

    private static final String ALL = "select count(*)" + STAYS;

    private Remainders() {}

    static List<List<String>> sequences() {
        List<List<String>> sequences = new ArrayList<>();
        sequences.addAll(Accidents.sequences());
        for (String key : List.of(FLAG, OPEN)) {
            for (String half : List.of("p.sex", HALF)) {
                String bySex = "select " + half + " h, " + key + " k, count(*)" + STAYS + "group by ";
                sequences.add(List.of(bySex + "1, 2", ALL));
                sequences.add(List.of(ALL, bySex + "1, 2"));
                sequences.add(List.of(bySex + "1, 2", "select " + half + ", count(*)" + STAYS + "group by 1"));
                sequences.add(List.of("select " + half + ", count(*)" + STAYS + "group by 1", bySex + "1, 2"));
                sequences.add(List.of(bySex + "rollup (1, 2)"));
                sequences.add(List.of(bySex + "rollup (2, 1)"));
                sequences.add(List.of(bySex + "cube (1, 2)"));
                sequences.add(List.of(bySex + "grouping sets ((1, 2), (1))"));
                sequences.add(List.of(bySex + "grouping sets ((1, 2), ())"));
                sequences.add(List.of(bySex + "grouping sets ((2), (1))"));
            }
            sequences.add(List.of("select " + key + " k, count(*)" + STAYS + "group by rollup (1)"));
            sequences.add(List.of("select p.imd_decile, p.ethnicity, " + key + " k, count(*)" + STAYS
                    + "group by cube (1, 3)".replace("1, 3", "1, 3").replace("cube (1, 3)", "2, cube (1, 3)")));
            sequences.add(List.of("select " + HALF + ", " + key + " k, count(distinct p.patient_id), sum(a.cost)"
                    + STAYS + "where a.cost is not null group by rollup (1, 2)"));
            sequences.add(List.of(
                    "select a.method, " + key + " k, count(*)" + STAYS + "where p.sex = 'F' group by 1, 2",
                    "select count(*)" + STAYS + "where p.sex = 'F'",
                    "select a.method, count(*)" + STAYS + "where p.sex = 'F' group by 1"));
        }
        String median = "percentile_cont(0.5) within group (order by a.cost)";
        for (String key : List.of(FLAG, OPEN)) {
            sequences.add(List.of("select " + HALF + " h, " + key + " k, " + median + STAYS
                    + "where a.cost is not null group by rollup (1, 2)"));
            sequences.add(
                    List.of("select " + key + " k, " + median + ", percentile_cont(0.95) within group (order by a.cost)"
                            + STAYS + "where a.cost is not null group by rollup (1)"));
        }
        sequences.add(List.of(
                ALL + "where a.cost is not null",
                ALL.replace("count(*)", median) + "where a.cost is not null and not " + HAS_IT));
        sequences.add(List.of(ALL.replace("count(*)", median + " filter (where not " + HAS_IT + "), " + median)
                + "where a.cost is not null"));
        // One key that holds both: what is left over is in no group that is shown.
        for (String none : List.of("1", "extract(year from p.registered)")) {
            String both = "case when " + HAS_IT + " then " + none + " when a.method = '21' then 2 else 3 end";
            String table = "select " + both + " k, count(*)" + STAYS + "group by 1";
            sequences.add(List.of(table, ALL));
            sequences.add(List.of(ALL, table));
            sequences.add(List.of(table.replace("group by 1", "group by rollup (1)")));
            sequences.add(List.of(
                    table.replace("count(*)", "count(distinct p.patient_id)"),
                    ALL.replace("count(*)", "count(distinct p.patient_id)")));
            sequences.add(List.of(
                    ALL + "where a.method = '21' and not " + HAS_IT,
                    ALL + "where a.method <> '21' and not " + HAS_IT,
                    ALL));
            sequences.add(List.of(
                    ALL,
                    ALL + "where a.method = '21' and not " + HAS_IT,
                    ALL + "where a.method <> '21' and not " + HAS_IT));
        }
        // People, who are not added up as their stays are.
        for (String people : List.of("count(distinct p.patient_id)", "count(distinct p.patient_id), count(*)")) {
            for (String grouping : List.of("rollup (1, 2)", "cube (1, 2)", "grouping sets ((1, 2), ())")) {
                sequences.add(List.of("select " + OPEN + ", " + FLAG + ", " + people + STAYS + "group by " + grouping));
                sequences.add(List.of("select " + HALF + ", " + FLAG + ", " + people + STAYS + "group by " + grouping));
                sequences.add(List.of("select a.method, " + FLAG + ", " + people + STAYS + "group by " + grouping));
            }
        }
        // Sets of people.
        String who = "select a.patient_id" + STAYS + "where a.icd10 = 'N390'";
        String drugs = "select x.patient_id from hospital.prescriptions x";
        String target = "select p.patient_id from hospital.patients p where " + Attack.TARGET_IS;
        for (String set : List.of(
                who + " union " + drugs,
                drugs + " except (" + who + " and " + Attack.TARGET_IS + ")",
                drugs + " intersect " + who,
                drugs + " except " + target,
                "(" + drugs + " union " + target + ") except (" + target + " intersect " + who + ")",
                "select a.patient_id" + STAYS + "where " + HAS_IT + " union all " + drugs)) {
            String people = "select count(distinct t.patient_id) from (" + set + ") t";
            sequences.add(List.of(people));
            sequences.add(List.of("select count(distinct x.patient_id) from hospital.prescriptions x", people));
            sequences.add(List.of(people, "select count(distinct x.patient_id) from hospital.prescriptions x"));
            sequences.add(List.of(people.replace("count(distinct t.patient_id)", "count(*)")));
        }
        // A condition inside a branch, whose column is only asked to be there.
        for (String column : List.of(
                "case when not " + HAS_IT + " then 1 end" + STAYS,
                "1" + STAYS + "where not " + HAS_IT,
                "null::int" + STAYS + "where " + HAS_IT)) {
            sequences.add(List.of(
                    "select count(t.c), count(*) from (select x.patient_id, 1 as c from hospital.prescriptions x"
                            + " union all select a.patient_id, " + column + ") t"));
        }
        // All of it but one value, and the other values.
        sequences.add(List.of("select count(*)" + STAYS + "where "
                + Attack.TARGET_IS.replace("p.practice_code = 'Z99053' and ", "p.sex = 'F' and ")));
        String group = "p.ethnicity = 'C' and p.date_of_birth < date '1972-01-01'";
        sequences.add(List.of(
                ALL + "where " + group,
                ALL + "where " + group + " and a.icd10 = 'J189'",
                ALL + "where " + group + " and a.icd10 not in ('J189', 'N390')"));
        sequences.add(List.of(
                ALL + "where " + group + " and a.icd10 < 'N39'",
                ALL + "where " + group + " and a.icd10 >= 'N40'",
                ALL + "where " + group));
        // Who has it, and the target: of them, who has something that only it gives.
        String some =
                " from (select patient_id, %s as c, count(*) filter (where icd10 = 'N390') as n from hospital.admissions"
                        + " group by patient_id) a join hospital.patients p on p.patient_id = a.patient_id ";
        String theirs = "where a.n > 0 or " + Attack.TARGET_IS;
        String code = some.formatted("max(icd10) filter (where icd10 <> 'J189')");
        sequences.add(List.of(
                "select count(*)" + code + theirs,
                "select count(*)" + code + "join hospital.icd10 i on i.code = a.c " + theirs));
        for (String amount :
                List.of("sum(cost) filter (where icd10 = 'N390')", "max(admitted) filter (where icd10 = 'N390')")) {
            sequences.add(List.of("select count(a.c)" + some.formatted(amount) + theirs));
            sequences.add(List.of("select count(*), count(a.c)" + some.formatted(amount) + theirs));
        }
        sequences.add(List.of("select avg(a.c)" + some.formatted("sum(cost) filter (where icd10 = 'N390')") + theirs));
        String either =
                " from (select patient_id from hospital.admissions union select patient_id from hospital.patients) a"
                        + " join hospital.patients p on p.patient_id = a.patient_id %s join (select patient_id from hospital.admissions where icd10 = 'N390'"
                        + " union select patient_id from hospital.prescriptions) b on b.patient_id = a.patient_id"
                        + " where exists (select 1 from hospital.admissions b where b.patient_id = p.patient_id and b.icd10 = 'N390') or "
                        + Attack.TARGET_IS;
        sequences.add(List.of("select count(*)" + either.formatted("left"), "select count(*)" + either.formatted("")));
        // The same of what is asked in the arm of an aggregate, and of two amounts on one record.
        for (String there : List.of("%s is not null", "(%s is null) is not true", "not (%s is null)")) {
            String has = there.formatted("a.c");
            sequences.add(List.of(
                    "select count(*) filter (where p.sex in ('F', 'M')), count(*) filter (where p.sex in ('F', 'M') and "
                            + has + ")" + code + "where " + has + " or " + Attack.TARGET_IS));
        }
        sequences.add(List.of("select count(*), count(distinct case when a.icd10 = 'N390' then a.method end)" + STAYS
                + "where a.icd10 = 'N390' or " + Attack.TARGET_IS));
        return sequences;
    }
}
