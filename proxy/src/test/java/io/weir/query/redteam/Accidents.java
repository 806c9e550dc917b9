package io.weir.query.redteam;

import static io.weir.query.redteam.Attacks.COUNT;
import static io.weir.query.redteam.Attacks.HAS_IT;
import static io.weir.query.redteam.Attacks.ILL;
import static io.weir.query.redteam.Attacks.IS;
import static io.weir.query.redteam.Attacks.STAYS;

import java.util.List;

/** Questions in which something happens to be nothing, the same, too large or without end where the target does not have it: nothing that happens in the data may be seen. */
final class Accidents {
    private Accidents() {}

    static List<List<String>> sequences() {
        String each =
                "(select patient_id, count(*) as u, count(*) filter (where method = '21') as v, count(*) filter (where method <> '21' and ("
                        + ILL.replace("a.", "") + ") is not true) as w, count(*) filter (where " + ILL.replace("a.", "")
                        + ") as z from hospital.admissions group by patient_id) t on t.patient_id = p.patient_id ";
        String people = " from hospital.patients p join " + each + "where ";
        String number = "case when " + ILL + " then 1 else 2 end";
        return List.of(
                // One binary number, two decimal ones.
                List.of(
                        COUNT + "(not " + ILL + " or " + IS + ")",
                        COUNT + "(not " + ILL + " or " + IS + ") and ((" + number + ")::float8 = 1 and (" + number
                                + ")::float8 = 1.00000000000000000001) is not true"),
                // Three numbers of the same people of which two make the third, but for who has it.
                List.of("select sum(t.u), sum(t.v), sum(t.w)" + people + "t.z = 0 or " + IS),
                List.of("select sum(t.u), sum(t.v + t.w)" + people + "t.z = 0 or " + IS),
                // Nobody has any, or one person.
                List.of("select sum(t.z)" + people + "t.z = 0 or " + IS),
                List.of("select avg(t.z), sum(t.u * t.z)" + people + "t.z = 0 or " + IS),
                // Nothing is repeated, or one person's records.
                List.of(
                        "select count(*), count(distinct a.admission_id)" + STAYS
                                + "join hospital.admissions b on b.patient_id = a.patient_id and b.admission_id = a.admission_id where p.sex = 'F'"),
                // A condition in ON chooses as one in WHERE.
                List.of("select count(*), count(distinct p.patient_id)" + STAYS.stripTrailing() + " and " + HAS_IT
                        + " is not true"),
                List.of("select count(*), count(distinct p.patient_id)" + STAYS
                        + "left join hospital.admissions b on b.admission_id = a.admission_id and ("
                        + HAS_IT.replace("a.", "b.") + ") is not true where b.admission_id = a.admission_id"),
                // A group's number that has no room, calculated here or in a sub-query.
                List.of(
                        "select d.k, count(*) from (select distinct p.patient_id, p.sex, p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * p.imd_decile * case when "
                                + HAS_IT + " then 1 else 0 end as k" + STAYS + ") d where d.sex = 'F' group by 1"),
                List.of("select p.imd_decile + case when " + HAS_IT + " then 2147483647 else 1 end, count(*)" + STAYS
                        + "where p.sex = 'F' group by 1"),
                List.of("select abs(case when " + HAS_IT + " then -2147483648 else 1 end), count(*)" + STAYS
                        + "where p.sex = 'F' group by 1"));
    }
}
