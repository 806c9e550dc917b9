package io.weir.query.govern.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in the order of values: one of a fixed list of shares. Around it stand two parts of the order, which are the finer the more people a
 * cell has: a quarter, an eighth, a twentieth, a fortieth or, near the ends, a two-hundredth each. All places of a cell that are not near its
 * ends have parts of one size, so that what they tell apart is never finer than a part.
 *
 * @param twoHundredths the share of the values below it, in two-hundredths
 */
public record Place(int twoHundredths) {
    public static final int WHOLE = 200;

    /** Sizes of parts in two-hundredths, the finest first. */
    private static final List<Integer> PARTS = List.of(5, 10, 25, 50);

    private static final List<Place> ALL = all();

    public Place {
        if (twoHundredths <= 0 || twoHundredths >= WHOLE) {
            throw new IllegalArgumentException("no place between the ends");
        }
    }

    /** @param twoHundredths size of a part of the order */
    public record Part(int twoHundredths) {
        /** How many of them the order is cut into. */
        public int number() {
            return WHOLE / twoHundredths;
        }
    }

    /** The place at which so large a share of the values is below, if there is one. */
    public static Optional<Place> at(BigDecimal share) {
        return ALL.stream().filter(p -> p.share().compareTo(share) == 0).findFirst();
    }

    /** The place nearest to a share between zero and one; the lower of two. */
    public static Place nearest(BigDecimal share) {
        Place nearest = ALL.getFirst();
        for (Place place : ALL) {
            BigDecimal distance = place.share().subtract(share).abs();
            if (distance.compareTo(nearest.share().subtract(share).abs()) < 0) {
                nearest = place;
            }
        }
        return nearest;
    }

    public BigDecimal share() {
        return BigDecimal.valueOf(twoHundredths).divide(BigDecimal.valueOf(WHOLE));
    }

    /** As far from the other end. */
    public Place mirrored() {
        return new Place(WHOLE - twoHundredths);
    }

    /** Parts that can stand around it with at least one more on either side, the finest first. */
    public List<Part> parts() {
        int end = Math.min(twoHundredths, WHOLE - twoHundredths);
        if (end == 2) {
            return List.of(new Part(1));
        }
        return PARTS.stream()
                .filter(size -> twoHundredths % size == 0 && end >= 2 * size)
                .map(Part::new)
                .toList();
    }

    private static List<Place> all() {
        List<Place> all = new ArrayList<>();
        all.add(new Place(2));
        for (int at = 10; at < WHOLE; at += 10) {
            all.add(new Place(at));
        }
        all.add(new Place(WHOLE - 2));
        return List.copyOf(all);
    }
}
