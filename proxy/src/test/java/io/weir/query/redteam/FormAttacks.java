package io.weir.query.redteam;

import static io.weir.query.redteam.Attacks.ALL;
import static io.weir.query.redteam.Attacks.COUNT;
import static io.weir.query.redteam.Attacks.HAS_IT;
import static io.weir.query.redteam.Attacks.ILL;
import static io.weir.query.redteam.Attacks.IS;
import static io.weir.query.redteam.Attacks.STAYS;
import static io.weir.query.redteam.Attacks.keyed;
import static io.weir.query.redteam.Attacks.pair;

import io.weir.query.redteam.PairAttack.Pair;
import io.weir.query.redteam.Ward.Table;
import java.util.List;

/** The same attacks in forms that stand for conditions and groups, and those on totals of tables by a closed period. */
final class FormAttacks {
    private FormAttacks() {}

    /** The target taken away by lists of constants, texts of dates, bands, periods and patterns. */
    static List<Attack> forms() {
        String born = IS.substring(0, IS.indexOf("p.date_of_birth"));
        String flag = "(case when " + IS + " then 1 else 0 end)";
        String patients = " join hospital.patients p on p.patient_id = a.patient_id";
        return List.of(
                keyed(
                        "a list joined by equality",
                        ALL,
                        "select l.x, count(*) from hospital.admissions a" + patients
                                + " join (values (0), (1)) l(x) on " + flag + " = l.x and " + ILL
                                + " group by l.x order by l.x"),
                keyed(
                        "a list that is kept",
                        ALL,
                        "select l.x, count(q.icd10) from generate_series(0, 1) l(x) left join (select a.icd10, " + flag
                                + " k from hospital.admissions a" + patients + " where " + ILL
                                + ") q on q.k = l.x group by l.x order by l.x"),
                keyed(
                        "a list joined by ranges",
                        ALL,
                        "select l.x, count(*) from generate_series(0, 1) l(x) join (select a.icd10, " + flag
                                + " k from hospital.admissions a" + patients + ") q on q.k <= l.x and q.icd10 = 'N390'"
                                + " group by l.x order by l.x"),
                pair("a year as a text", ALL, ALL + " and not " + born + "to_char(p.date_of_birth, 'YYYY') = '1971')"),
                keyed(
                        "years as texts",
                        ALL,
                        "select case when " + born
                                + "to_char(p.date_of_birth, 'YYYY') in ('1971', '0')) then 1 else 0 end k, count(*)"
                                + STAYS + "where " + ILL + " group by 1"),
                pair(
                        "width_bucket",
                        ALL,
                        ALL + " and not " + born
                                + "width_bucket(extract(year from p.date_of_birth), 1971, 1972, 1) = 1)"),
                pair(
                        "overlaps",
                        ALL,
                        ALL + " and (not " + born
                                + "(p.date_of_birth, p.date_of_birth) overlaps (date '1971-01-01', date '1972-01-01')))"),
                pair(
                        "a regular expression",
                        ALL,
                        ALL.replace(ILL, "a.icd10 ~ '^N390$'") + " and not " + IS
                                + " and a.icd10 similar to '(N390|N391)'"),
                pair(
                        "no row beside it",
                        ALL,
                        "select count(*) from hospital.admissions a left join lateral (select 1 f from hospital.patients p"
                                + " where p.patient_id = a.patient_id and " + IS + " limit 1) x on true where " + ILL
                                + " and x.f is null"),
                pair(
                        "a count of the row beside it",
                        ALL,
                        "select count(*) from hospital.admissions a cross join lateral (select count(*) n from hospital.patients p"
                                + " where p.patient_id = a.patient_id and " + IS + ") x where " + ILL + " and x.n = 0"),
                keyed(
                        "the first row beside it as a key",
                        ALL,
                        "select case when x.f = 1 then 1 else 0 end k, count(*) from hospital.admissions a left join lateral"
                                + " (select 1 f from hospital.patients p where p.patient_id = a.patient_id and " + IS
                                + " order by p.registered limit 1) x on true where " + ILL + " group by 1"),
                SignalAttack.one(
                        "everybody and the others in one list",
                        "select l.x, count(*) from generate_series(0, 1) l(x) join (select a.icd10, " + flag
                                + " k from hospital.admissions a" + patients + ") q on q.k <= l.x and q.icd10 = 'N390'"
                                + " group by l.x order by l.x",
                        table -> table.at(0) == null || table.at(1) != null && table.at(1) > table.at(0)));
    }

    /** Totals over groups that a declared period closes. */
    static List<Attack> totals() {
        // In large groups, so that it is not the threshold alone that hides.
        String most = "a.icd10 <> 'J189'";
        String all = byYear(most);
        String others = byYear(most + " and not " + IS);
        return List.of(
                pair("the total of a table", "select sum(n) from " + all + " t", "select sum(n) from " + others + " t"),
                pair(
                        "a running total",
                        "select sum(n) over (order by y), y from " + all + " t order by y desc",
                        "select sum(n) over (order by y), y from " + others + " t order by y desc"),
                pair(
                        "a table and its count",
                        "select sum(n) over () from " + all + " t",
                        COUNT + most + " and not " + IS
                                + " and a.admitted >= date '2023-01-01' and a.admitted < date '2026-01-01'"),
                SignalAttack.one(
                        "two tables joined",
                        "select a.n - b.n from " + all + " a full join " + others + " b on a.y = b.y where a.y = 2024",
                        Attacks::hiddenOrMore),
                SignalAttack.one(
                        "the group that is missing",
                        "select count(*) filter (where b.y is null) from " + all + " a left join " + byYear(HAS_IT)
                                + " b on a.y = b.y",
                        table -> table.number(0) == null || table.number(0) < 3),
                SignalAttack.one(
                        "the largest group",
                        "select coalesce(max(n), 0) from " + byYear(HAS_IT) + " t",
                        Attacks::hiddenOrMore));
    }

    /** Weekdays where they are granted: of seven groups each, whoever is in them. The stay began on a Tuesday. */
    static List<Attack> weekdays() {
        String most = "a.icd10 <> 'J189'";
        String tuesday = " and extract(dow from a.admitted) = 2";
        return List.of(
                new PairAttack(
                        "the total of weekdays",
                        Secret.DIAGNOSIS,
                        0,
                        List.of(new Pair(
                                COUNT + most, byWeekday(most + " and not " + IS), t -> t.number(0), Table::total))),
                new PairAttack(
                        "a weekday with and without",
                        Secret.DIAGNOSIS,
                        0,
                        List.of(new Pair(
                                byWeekday(most), byWeekday(most + " and not " + IS), t -> t.at("2"), t -> t.at("2")))),
                pair("a condition on the weekday", COUNT + most + tuesday, COUNT + most + tuesday + " and not " + IS),
                new PairAttack(
                        "a weekday as a key and as a condition",
                        Secret.DIAGNOSIS,
                        0,
                        List.of(new Pair(
                                byWeekday(most),
                                COUNT + most + tuesday + " and not " + IS,
                                t -> t.at("2"),
                                t -> t.number(0)))),
                pair(
                        "everything but one weekday and one person",
                        COUNT + most,
                        COUNT + most + " and (" + IS + tuesday + ") is not true"),
                SignalAttack.one("a weekday of few", byWeekday(HAS_IT), table -> table.at("2") != null));
    }

    /** The smallest and the largest where they are hidden in every group. */
    static List<Attack> extremes() {
        String dear = "max(case when " + HAS_IT + " then a.cost end)";
        return List.of(
                SignalAttack.one(
                        "the largest", "select max(a.cost)" + STAYS + "where " + HAS_IT, t -> t.number(0) != null),
                SignalAttack.one(
                        "whether there is a largest",
                        "select count(*)" + STAYS + "where " + ILL + " or " + IS + " having " + dear + " is not null",
                        t -> !t.rows().isEmpty()),
                SignalAttack.one(
                        "a number that depends on the largest",
                        "select case when " + dear + " > 0 then count(*) else 0 end" + STAYS,
                        t -> t.number(0) != null && t.number(0) > 0),
                SignalAttack.one(
                        "the order by the largest",
                        "select k, n from (select p.ethnicity k, count(*) n, coalesce(" + dear + ", 0) m" + STAYS
                                + "group by 1) t order by m desc, n desc limit 1",
                        t -> !t.rows().isEmpty()
                                && "C".equals(t.rows().getFirst().getFirst())));
    }

    private static String byWeekday(String where) {
        return "select extract(dow from a.admitted) d, count(*)" + STAYS + "where " + where + " group by 1";
    }

    private static String byYear(String where) {
        return "(select extract(year from a.admitted) y, count(*) n" + STAYS + "where " + where + " group by 1)";
    }
}
