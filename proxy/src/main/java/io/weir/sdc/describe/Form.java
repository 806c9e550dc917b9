package io.weir.sdc.describe;

import org.jspecify.annotations.Nullable;

/** What a line of the file is. */
public sealed interface Form {
    /**
     * A cell of the table.
     *
     * @param units column with the distinct units of the row; null when it is unknown
     * @param unitsInOneCell whether each unit stands in one of the finest cells only, so that units add up
     */
    record Cells(@Nullable String units, boolean unitsInOneCell) implements Form {}

    /**
     * A record of a unit; the table is computed.
     *
     * @param unit column with the identifier of the unit
     * @param owner column with who the unit belongs to (practice, company)
     * @param asked column that says whether the unit has asked for protection: {@code true} or {@code false}
     * @param weight column with the sampling weight of the unit
     * @param weightsPublished whether readers know the weights
     */
    record Records(
            String unit,
            @Nullable String owner,
            @Nullable String asked,
            @Nullable String weight,
            boolean weightsPublished)
            implements Form {}
}
