package io.weir.disclosure.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What readers of a publication are taken to know of its values in general, beside what is in print.
 *
 * @param grains of each measure what all its values are multiples of; empty for one of which nothing is known, and altogether where nothing is known of any.
 *     Sums of known grain that are shown count as known exactly: rounding to a step does not hide a number that could not be another one.
 * @param exact whether shown counts count as known exactly, too: what a number was rounded to, that it passed the rules, and its margins say more of it together than
 *     rounding leaves open
 * @param overlaps whether readers know how many units are in several parts of a margin, as long as they are fewer than the threshold
 */
public record Readers(List<Optional<BigDecimal>> grains, boolean exact, boolean overlaps) {
    /** Readers who know what is in print. */
    public static final Readers OF_PRINT = new Readers(List.of(), false, false);

    public Readers {
        grains = List.copyOf(grains);
        if (grains.stream().anyMatch(grain -> grain.isPresent() && grain.get().signum() <= 0)) {
            throw new IllegalArgumentException("A grain is above 0");
        }
    }

    /** What values of a measure are multiples of. */
    public Optional<BigDecimal> grain(int measure) {
        return grains.isEmpty() ? Optional.empty() : grains.get(measure);
    }
}
