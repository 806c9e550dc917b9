package io.weir.sdc.describe;

import java.util.List;
import java.util.stream.Stream;

/** What everybody knows of how measures of a row hang together, or that nothing is. */
public sealed interface Relation {
    /** Names of the measures. */
    List<String> measures();

    /**
     * A measure is the sum of others.
     *
     * @param parts at least two
     */
    record Total(String total, List<String> parts) implements Relation {
        public Total {
            parts = List.copyOf(parts);
        }

        @Override
        public List<String> measures() {
            return Stream.concat(Stream.of(total), parts.stream()).toList();
        }
    }

    /** Who knows all but one of them knows nothing of that one. */
    record Independent(List<String> measures) implements Relation {
        public Independent {
            measures = List.copyOf(measures);
        }
    }
}
