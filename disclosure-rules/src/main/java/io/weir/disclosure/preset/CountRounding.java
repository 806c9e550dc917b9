package io.weir.disclosure.preset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a preset rounds counts: the base with its graduation, and the mode. */
public sealed interface CountRounding {
    /** Counts are published as they are. */
    record Exact() implements CountRounding {}

    /** To the nearest multiple. */
    record Nearest(int base) implements CountRounding {
        public Nearest {
            atLeastTwo(base);
        }
    }

    /**
     * To the nearest multiple of a base that grows.
     *
     * @param bands ascending, at least two
     * @param significantDigits of counts beyond the last band; null when the last band has no end
     */
    record Graduated(List<Band> bands, @Nullable Integer significantDigits) implements CountRounding {
        public Graduated {
            bands = List.copyOf(bands);
            List<Band> ascending = new ArrayList<>(bands);
            ascending.sort((a, b) -> Long.compare(a.from(), b.from()));
            if (bands.size() < 2 || !bands.equals(ascending)) {
                throw new IllegalArgumentException("Bands ascend, and there are several");
            }
        }
    }

    /**
     * @param from smallest count of the band
     * @param base of its counts
     */
    record Band(long from, int base) {
        public Band {
            atLeastTwo(base);
        }
    }

    /** To the middle of intervals of {@code base} counts, above zero. */
    record Midpoint(int base) implements CountRounding {
        public Midpoint {
            atLeastTwo(base);
        }
    }

    /** To a neighbouring multiple, by chance that is fixed for each cell. */
    record Random(int base) implements CountRounding {
        public Random {
            atLeastTwo(base);
        }
    }

    /**
     * Noise looked up by the key of a cell. The publisher keeps the table of noise confidential.
     *
     * @param zerosPerturbed whether zeros may become positive
     */
    record CellKeys(boolean zerosPerturbed) implements CountRounding {}

    private static void atLeastTwo(int base) {
        if (base < 2) {
            throw new IllegalArgumentException("A rounding base is at least 2");
        }
    }
}
