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
        return List.copyOf(all);
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
