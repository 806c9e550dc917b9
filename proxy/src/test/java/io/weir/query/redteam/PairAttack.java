package io.weir.query.redteam;

import io.weir.query.redteam.Ward.Desk;
import io.weir.query.redteam.Ward.Table;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Differencing (Denning, Denning and Schwartz 1979): the same with the target and without. Rounding is the same function of both, so any difference that is seen at
 * all says that the target was counted.
 *
 * @param least differences up to this one say nothing
 */
record PairAttack(String name, Secret secret, double least, List<Pair> pairs) implements Attack {
    /**
     * Two questions.
     *
     * @param read what is read of the first answer
     * @param readWithout what is read of the second
     */
    record Pair(
            String with,
            String without,
            Function<Table, @Nullable Double> read,
            Function<Table, @Nullable Double> readWithout) {
        Pair(String with, String without) {
            this(with, without, table -> table.number(0), table -> table.number(0));
        }
    }

    PairAttack(String name, Secret secret, String with, String without) {
        this(name, secret, 0, List.of(new Pair(with, without)));
    }

    @Override
    public boolean guess(Desk desk, SplittableRandom random) {
        boolean seen = false;
        for (Pair pair : pairs) {
            Double with = pair.read().apply(desk.ask(pair.with()));
            Double without = pair.readWithout().apply(desk.ask(pair.without()));
            if (with != null && without != null) {
                seen = true;
                if (with - without > least) {
                    return true;
                }
            }
        }
        // Being hidden would say something too, if it were not hidden in both worlds.
        return !seen;
    }
}
