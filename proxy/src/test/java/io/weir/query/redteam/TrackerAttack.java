package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trackers (Denning, Denning and Schwartz 1979; Denning and Schlörer 1980): sums and differences of several large sets that leave the small one. The mean over the
 * trackers is compared with one half.
 */
record TrackerAttack(String name, Secret secret, List<Tracker> trackers) implements Attack {
    /** Numbers that are added, and numbers that are taken away. */
    record Tracker(List<String> plus, List<String> minus) {}

    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        double sum = 0;
        int seen = 0;
        for (Tracker tracker : trackers) {
            double value = 0;
            boolean whole = true;
            for (int i = 0; i < tracker.plus().size() + tracker.minus().size(); i++) {
                boolean plus = i < tracker.plus().size();
                Double number = desk.ask(
                                plus
                                        ? tracker.plus().get(i)
                                        : tracker.minus().get(i - tracker.plus().size()))
                        .number(0);
                whole &= number != null;
                value += number == null ? 0 : plus ? number : -number;
            }
            if (whole) {
                sum += value;
                seen++;
            }
        }
        return seen == 0 || sum / seen > 0.5;
    }
}
