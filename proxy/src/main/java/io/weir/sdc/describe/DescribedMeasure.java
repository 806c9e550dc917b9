package io.weir.sdc.describe;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A number of every cell. Columns that are null are not in the file: what they would say is unknown. */
public sealed interface DescribedMeasure {
    /** Unique; the heading of its column in what is published. */
    String name();

    /** Columns of the file that it needs. */
    List<String> columns();

    /**
     * Distinct units.
     *
     * @param column null in a file of records, where units are counted
     */
    record Units(String name, @Nullable String column) implements DescribedMeasure {
        @Override
        public List<String> columns() {
            return present(column);
        }
    }

    /**
     * Records.
     *
     * @param column null in a file of records
     * @param smallest how many records each unit of the cell has at least
     */
    record Records(
            String name, @Nullable String column, @Nullable String smallest) implements DescribedMeasure {
        @Override
        public List<String> columns() {
            return present(column, smallest);
        }
    }

    /**
     * A sum.
     *
     * @param column of the sum, or of the values in a file of records
     * @param step that published sums are multiples of
     * @param evidence what a file of cells says about it
     */
    record Sum(String name, String column, BigDecimal step, SumEvidence evidence) implements DescribedMeasure {
        @Override
        public List<String> columns() {
            return Stream.concat(Stream.of(column), evidence.columns().stream()).toList();
        }
    }

    /**
     * Columns of evidence of a sum, see {@link io.weir.disclosure.evidence.Evidence}.
     *
     * @param contributors distinct units with a value
     * @param negatives whether any contribution is negative; null when that is unknown
     * @param owners distinct owners of the contributors; the largest two contributions of owners beside it
     * @param asked largest contribution of one who has asked for protection
     * @param missing units without a value
     */
    record SumEvidence(
            @Nullable String contributors,
            @Nullable String largest,
            @Nullable String secondLargest,
            @Nullable String absoluteTotal,
            @Nullable String smallest,
            @Nullable Boolean negatives,
            @Nullable String owners,
            @Nullable String largestOwner,
            @Nullable String secondLargestOwner,
            @Nullable String asked,
            @Nullable String missing) {
        /** Of a file of records, whose evidence is computed. */
        public static final SumEvidence COMPUTED =
                new SumEvidence(null, null, null, null, null, null, null, null, null, null, null);

        List<String> columns() {
            return present(
                    contributors,
                    largest,
                    secondLargest,
                    absoluteTotal,
                    smallest,
                    owners,
                    largestOwner,
                    secondLargestOwner,
                    asked,
                    missing);
        }
    }

    private static List<String> present(@Nullable String... columns) {
        return Stream.of(columns)
                .filter(java.util.Objects::nonNull)
                .map(java.util.Objects::requireNonNull)
                .toList();
    }
}
