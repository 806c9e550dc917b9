package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import io.weir.query.redteam.Ward.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Another attack, every second question of which goes to the second source. */
record TwinAttack(Attack attack) implements Attack {
    /** What compares two figures: with two sources each has its own. */
    static List<Attack> held() {
        List<Attack> all = new ArrayList<>();
        List<Attack> single = new ArrayList<>(Attacks.pairs());
        single.addAll(Attacks.collusions());
        single.addAll(Attacks.trackers());
        single.addAll(Attacks.partitions());
        single.addAll(Attacks.percentiles());
        single.forEach(attack -> all.add(new TwinAttack(attack)));
        all.add(new Together("both in one statement", Attacks.ALL, Attacks.ALL + " and not " + Attacks.IS));
        all.add(new Together(
                "the sum of both",
                "select count(*) from (select p.patient_id" + STAYS + "where " + Attacks.ILL + ") x",
                Attacks.ALL + " and not " + Attacks.IS));
        all.addAll(linked());
        return List.copyOf(all);
    }

    /** What is linked, beside what is not. Of these pairs each question names its sources itself. */
    private static List<Attack> linked() {
        String linked =
                "select count(*) from hospital.admissions a join lab.patients p on p.patient_id = a.patient_id where "
                        + Attacks.ILL;
        String other =
                "select count(*) from lab.admissions a join hospital.patients p on p.patient_id = a.patient_id where "
                        + Attacks.ILL;
        String outer =
                "select count(*) filter (where p.patient_id is null) from hospital.admissions a left join lab.patients p"
                        + " on p.patient_id = a.patient_id and " + Attacks.IS + " where " + Attacks.ILL;
        String not = " and not " + Attacks.IS;
        return List.of(
                Attacks.pair("linked, and not", linked, linked + not),
                Attacks.pair("linked, and not the other way round", linked, other + not),
                Attacks.pair("linked after unlinked", Attacks.ALL, linked + not),
                Attacks.pair("unlinked after linked", linked, Attacks.ALL + not),
                Attacks.pair("unlinked in the other source after linked", linked, Twins.there(Attacks.ALL + not)),
                Attacks.pair("who is not linked", linked, outer),
                Attacks.pair(
                        "linked people",
                        linked.replace("count(*)", "count(distinct a.patient_id)"),
                        linked.replace("count(*)", "count(distinct p.patient_id)") + not),
                new Together("linked in one statement", Attacks.ALL, other + not));
    }

    @Override
    public String name() {
        return "two sources: " + attack.name();
    }

    @Override
    public Secret secret() {
        return attack.secret();
    }

    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        return attack.guess(new Alternating(desk, new int[] {0}), random);
    }

    /** @param asked how many questions so far, by all who share it */
    private record Alternating(Desk desk, int[] asked) implements Desk {
        @Override
        public Table ask(String sql) {
            return desk.ask(asked[0]++ % 2 == 0 ? sql : Twins.there(sql));
        }

        @Override
        public Desk colleague() {
            return new Alternating(desk.colleague(), asked);
        }
    }

    /** Both halves of a pair in one statement, in either order. */
    private record Together(String name, String with, String without) implements Attack {
        @Override
        public Secret secret() {
            return Secret.DIAGNOSIS;
        }

        @Override
        public boolean guess(Desk desk, SplittableRandom random) {
            Table one = desk.ask("select (" + with + ") as a, (" + Twins.there(without) + ") as b");
            Table other = desk.ask("select (" + Twins.there(with) + ") as a, (" + without + ") as b");
            boolean seen = false;
            for (Table table : List.of(one, other)) {
                Double all = table.number(0);
                Double others = table.number(1);
                if (all != null && others != null) {
                    seen = true;
                    if (all > others) {
                        return true;
                    }
                }
            }
            // Being hidden would say something too, if it were not hidden in both worlds.
            return !seen;
        }
    }
}
