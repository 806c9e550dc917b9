package io.weir.disclosure.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one measure in one cell, before protection. A component that the source could not give is null; a check that
 * needs it then asks for a review, it never passes. The text form prints no number.
 *
 * @param value true value; null when nothing contributed (SQL NULL) or when it is unknown: {@code contributingUnits} tells which
 * @param contributingUnits distinct subjects with at least one contributing row
 * @param largest largest absolute contribution of one subject
 * @param secondLargest second largest absolute contribution of one subject; zero with a single contributor
 * @param absoluteTotal sum over subjects of their absolute contributions
 * @param negatives whether any contribution is negative; dominance then works on absolute values
 * @param smallest smallest absolute contribution of the subjects whose contribution is not zero; of records: how many each has at least
 * @param neighbours of a position only: whose values the mean is of. What a subject contributes to a position are its records among the
 *     neighbours
 * @param particulars what only some figures or profiles need, at most one of each kind
 */
public record Evidence(
        @Nullable BigDecimal value,
        @Nullable Long contributingUnits,
        @Nullable BigDecimal largest,
        @Nullable BigDecimal secondLargest,
        @Nullable BigDecimal absoluteTotal,
        @Nullable Boolean negatives,
        @Nullable BigDecimal smallest,
        @Nullable Neighbours neighbours,
        List<Particular> particulars) {
    public Evidence {
        particulars = List.copyOf(particulars);
        if (particulars.size() > 1
                && particulars.stream().map(Object::getClass).distinct().count() < particulars.size()) {
            throw new IllegalArgumentException("There is one particular of each kind at most");
        }
        if (contributingUnits != null && contributingUnits < 0) {
            throw new IllegalArgumentException("Contributing units cannot be negative");
        }
        if (isNegative(largest) || isNegative(secondLargest) || isNegative(absoluteTotal) || isNegative(smallest)) {
            throw new IllegalArgumentException("Contributions are given as absolute values");
        }
        if (largest != null && secondLargest != null && secondLargest.compareTo(largest) > 0) {
            throw new IllegalArgumentException("The second largest contribution exceeds the largest");
        }
    }

    /** Evidence without particulars. */
    public Evidence(
            @Nullable BigDecimal value,
            @Nullable Long contributingUnits,
            @Nullable BigDecimal largest,
            @Nullable BigDecimal secondLargest,
            @Nullable BigDecimal absoluteTotal,
            @Nullable Boolean negatives,
            @Nullable BigDecimal smallest,
            @Nullable Neighbours neighbours) {
        this(
                value,
                contributingUnits,
                largest,
                secondLargest,
                absoluteTotal,
                negatives,
                smallest,
                neighbours,
                List.of());
    }

    /** Evidence of a sum. */
    public Evidence(
            @Nullable BigDecimal value,
            @Nullable Long contributingUnits,
            @Nullable BigDecimal largest,
            @Nullable BigDecimal secondLargest,
            @Nullable BigDecimal absoluteTotal,
            @Nullable Boolean negatives) {
        this(value, contributingUnits, largest, secondLargest, absoluteTotal, negatives, null);
    }

    /** Evidence of what is no position. */
    public Evidence(
            @Nullable BigDecimal value,
            @Nullable Long contributingUnits,
            @Nullable BigDecimal largest,
            @Nullable BigDecimal secondLargest,
            @Nullable BigDecimal absoluteTotal,
            @Nullable Boolean negatives,
            @Nullable BigDecimal smallest) {
        this(value, contributingUnits, largest, secondLargest, absoluteTotal, negatives, smallest, null);
    }

    private static boolean isNegative(@Nullable BigDecimal amount) {
        return amount != null && amount.signum() < 0;
    }

    /** Evidence of a count. */
    public static Evidence ofCount(long value, long contributingUnits) {
        return new Evidence(BigDecimal.valueOf(value), contributingUnits, null, null, null, null, null);
    }

    /** Evidence of a count of records, of which every contributing subject has at least {@code smallest}. */
    public static Evidence ofRecords(long value, long contributingUnits, long smallest) {
        return new Evidence(
                BigDecimal.valueOf(value), contributingUnits, null, null, null, null, BigDecimal.valueOf(smallest));
    }

    /** Nothing is known: every check asks for a review. */
    public static Evidence missing() {
        return new Evidence(null, null, null, null, null, null, null);
    }

    /** The same evidence with one more particular. */
    public Evidence with(Particular particular) {
        List<Particular> all = new ArrayList<>(particulars);
        all.add(particular);
        return new Evidence(
                value, contributingUnits, largest, secondLargest, absoluteTotal, negatives, smallest, neighbours, all);
    }

    /** The particular of a kind, if it is known. */
    public <T extends Particular> Optional<T> particular(Class<T> kind) {
        if (particulars.isEmpty()) {
            return Optional.empty(); // most figures, and a dozen checks ask each
        }
        for (Particular particular : particulars) {
            if (kind.isInstance(particular)) {
                return Optional.of(kind.cast(particular));
            }
        }
        return Optional.empty();
    }

    /** The same figure with owners for subjects; empty when the owners are unknown. */
    public Optional<Evidence> byOwner() {
        return particular(Holdings.class)
                .map(holdings -> new Evidence(
                        value,
                        holdings.contributing(),
                        holdings.largest(),
                        holdings.secondLargest(),
                        absoluteTotal,
                        negatives,
                        null,
                        null,
                        particulars));
    }

    /** Whether nothing contributed. */
    public boolean isEmpty() {
        return contributingUnits != null && contributingUnits == 0;
    }

    @Override
    public String toString() {
        return "Evidence[***]";
    }
}
