package io.weir.disclosure.history;

import java.util.function.IntToLongFunction;

/**
 * Which parts of a sought fingerprint are looked up: as many as the threshold has people, since in one of so many a near one is the same, and of all those that fewest entries share. Small
 * groups have one person in many a part, as others have. Not thread-safe.
 */
final class Probes {
    /** So few entries are looked at without looking for fewer. */
    private static final int SHORT = 4;

    private final PartIndex index;
    private final int most;
    private final long[] sought;
    private final int[] chosen;
    private final int[] later;

    /** @param most parts that are looked up */
    Probes(PartIndex index, int most) {
        this.index = index;
        this.most = most;
        this.sought = new long[index.parts()];
        this.chosen = new int[index.parts()];
        this.later = new int[index.parts()];
    }

    long sought(int part) {
        return sought[part];
    }

    /** One of the parts that were chosen. */
    int part(int place) {
        return chosen[place];
    }

    /**
     * Chooses the parts that are looked up.
     *
     * @param value of each part; nothing is sought where it is zero: whoever has nothing there has it with many
     * @return how many
     */
    int choose(IntToLongFunction value) {
        for (int part = 0; part < sought.length; part++) {
            sought[part] = value.applyAsLong(part);
        }
        int size = 0;
        int postponed = 0;
        for (int part = 0; part < sought.length && size < most; part++) {
            if (sought[part] != 0) {
                if (index.most(part, sought[part]) <= SHORT) {
                    chosen[size++] = part;
                } else {
                    later[postponed++] = part;
                }
            }
        }
        while (size < most && postponed > 0) {
            int shortest = 0;
            for (int l = 1; l < postponed; l++) {
                if (length(later[l]) < length(later[shortest])) {
                    shortest = l;
                }
            }
            chosen[size++] = later[shortest];
            later[shortest] = later[--postponed];
        }
        return size;
    }

    private int length(int part) {
        return index.most(part, sought[part]);
    }
}
