package io.weir.disclosure.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fingerprints of one measure as numbers to search with, as far as they can be. Not thread-safe. */
final class Columns {
    private final List<@Nullable Vector> vectors = new ArrayList<>();

    void add(Fingerprint print) {
        vectors.add(Vector.of(print).orElse(null));
    }

    void removeLast() {
        vectors.removeLast();
    }

    /** One that was added; null where it is too large. */
    @Nullable
    Vector get(int index) {
        return vectors.get(index);
    }
}
