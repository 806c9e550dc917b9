package io.weir.disclosure.history;

import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Tile.Side;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How figures that were shown are to conditions, as far as it was looked at: the same conditions are asked again and again. Not thread-safe. */
final class Sides {
    /** Conditions of which it is remembered. */
    private static final int MOST = 2_000;

    private final Map<Condition, @Nullable Side[]> known = new HashMap<>();

    /** Null where it was not looked at. */
    @Nullable
    Side get(Condition condition, int place) {
        @Nullable Side[] sides = known.get(condition);
        return sides == null || place >= sides.length ? null : sides[place];
    }

    void put(Condition condition, int place, Side side) {
        if (known.size() >= MOST) {
            known.clear();
        }
        @Nullable Side[] sides = known.computeIfAbsent(condition, c -> new Side[place + 1]);
        if (place >= sides.length) {
            sides = Arrays.copyOf(sides, Math.max(place + 1, sides.length * 3 / 2));
            known.put(condition, sides);
        }
        sides[place] = side;
    }

    /** Another figure may come to the place. */
    void forget(int place) {
        known.values().forEach(sides -> {
            if (place < sides.length) {
                sides[place] = null;
            }
        });
    }
}
