package io.weir.disclosure.merging;

import io.weir.disclosure.table.Address;
import java.util.List;

/** What becomes of a list of groups. */
public sealed interface Merging {
    /** Every group may be shown. */
    record NotNeeded() implements Merging {}

    /**
     * Some are merged.
     *
     * @param kept shown by themselves, by address
     * @param other merged into one group, by address: at least two
     * @param units of the merged group together. The text form prints no number
     */
    record Other(List<Address> kept, List<Address> other, long units) implements Merging {
        public Other {
            kept = List.copyOf(kept);
            other = List.copyOf(other);
        }

        @Override
        public String toString() {
            return "Other[kept=" + kept + ", other=" + other + ", ***]";
        }
    }

    /**
     * Even all together are too few: none is shown but those that were published before, and no total from which the rest follows.
     *
     * @param kept those published before, by address
     */
    record Impossible(List<Address> kept) implements Merging {
        public Impossible {
            kept = List.copyOf(kept);
        }
    }
}
