package io.weir.disclosure.rounding;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.interval.ExistenceInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rounding to the nearest multiple of a base that grows with the count. A count below the first band is no count to round: it is hidden; 0 stays
 * 0.
 *
 * @param bands by ascending start; two bands meet at a multiple of both their bases, so that no count leaves its band upwards but for the start of
 *     the next
 * @param ties {@link RoundingMode#HALF_UP} or {@link RoundingMode#HALF_EVEN}
 */
public record GraduatedRounding(List<Band> bands, RoundingMode ties) implements CellRounding {
    private static final int GREATEST_POWER = 15;

    /**
     * @param from least count of the band
     * @param base to a multiple of which its counts are rounded
     */
    public record Band(long from, long base) {}

    public GraduatedRounding {
        bands = List.copyOf(bands);
        if (bands.isEmpty() || (ties != RoundingMode.HALF_UP && ties != RoundingMode.HALF_EVEN)) {
            throw new IllegalArgumentException("Graduated rounding has bands, and halves go up or to even multiples");
        }
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            Multiples.require(band.base);
            boolean follows = i == 0
                    ? band.from > 0
                    : band.from > bands.get(i - 1).from
                            && band.from % bands.get(i - 1).base == 0
                            && band.from % band.base == 0;
            if (!follows) {
                throw new IllegalArgumentException("Bands ascend from above 0 and meet at multiples of both bases");
            }
        }
    }

    /**
     * Rules of the US Census Bureau's Disclosure Review Board: from 15 to tens, from 100 to fifties, from 1,000 to hundreds, from 10,000 to five
     * hundreds, from 100,000 to thousands, from 1,000,000 to four significant digits; below 15 hidden.
     *
     * <p>Source: S. Garfinkel (2019), simsong/drb_rounder, README; halves to even as it asks for.
     */
    public static GraduatedRounding disclosureReviewBoard() {
        List<Band> bands = new ArrayList<>(List.of(
                new Band(15, 10),
                new Band(100, 50),
                new Band(1_000, 100),
                new Band(10_000, 500),
                new Band(100_000, 1_000)));
        for (int power = 6; power <= GREATEST_POWER; power++) {
            bands.add(new Band((long) Math.pow(10, power), (long) Math.pow(10, power - 3)));
        }
        return new GraduatedRounding(bands, RoundingMode.HALF_EVEN);
    }

    /** @throws IllegalArgumentException for a positive count below the first band */
    @Override
    public long publish(long count, CellKey people) {
        Multiples.requireCount(count);
        if (count == 0) {
            return 0;
        }
        Band own = null;
        for (Band band : bands) {
            own = band.from <= count ? band : own;
        }
        if (own == null) {
            throw new IllegalArgumentException("The count is below the least that is shown");
        }
        return Multiples.nearest(count, own.base, ties);
    }

    @Override
    public ExistenceInterval known(long published) {
        Long lower = published == 0 ? 0L : null;
        Long upper = lower;
        for (int i = 0; i < bands.size(); i++) {
            ExistenceInterval part = within(i, published);
            if (part != null) {
                lower = lower == null ? part.lower().longValueExact() : lower;
                upper = Objects.requireNonNull(part.upper()).longValueExact();
            }
        }
        if (lower == null || upper == null) {
            throw new IllegalArgumentException("No count is published as " + published);
        }
        return ExistenceInterval.of(lower, upper);
    }

    /** The counts of a band that are published so; null when there is none. */
    private @Nullable ExistenceInterval within(int index, long published) {
        Band band = bands.get(index);
        if (published < 0 || published % band.base != 0) {
            return null;
        }
        ExistenceInterval near = Multiples.near(published, band.base, ties);
        BigDecimal lower = near.lower().max(BigDecimal.valueOf(band.from));
        BigDecimal upper = Objects.requireNonNull(near.upper());
        if (index + 1 < bands.size()) {
            upper = upper.min(BigDecimal.valueOf(bands.get(index + 1).from - 1));
        }
        return lower.compareTo(upper) <= 0 ? new ExistenceInterval(lower, upper) : null;
    }
}
