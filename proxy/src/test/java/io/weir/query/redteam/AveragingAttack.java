package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Many partitions of one set, each cell rounded by itself (Asghar and Kaafar 2020): the mean of their sums is the exact total. Of the set with the target and of the
 * set without.
 */
record AveragingAttack(String name, Secret secret, List<String> with, List<String> without) implements Attack {
    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        Double all = mean(desk, with);
        Double others = mean(desk, without);
        return all == null || others == null || all - others > 0.5;
    }

    private static @Nullable Double mean(Desk desk, List<String> partitions) {
        double sum = 0;
        int seen = 0;
        for (String sql : partitions) {
            Double total = desk.ask(sql).total();
            if (total != null) {
                sum += total;
                seen++;
            }
        }
        return seen == 0 ? null : sum / seen;
    }
}
