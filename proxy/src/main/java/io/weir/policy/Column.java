package io.weir.policy;

import io.weir.query.type.ColumnType;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A governed column.
 *
 * @param name as analysts see it and as it is called in the source relation
 * @param type type in the governed schema
 * @param columnClass what it can tell
 * @param description for the data dictionary and the catalogue comment
 * @param nullable whether NULL occurs
 * @param missing what a NULL says of a person
 * @param namespace for identifiers: the namespace whose pseudonyms they share ({@code nhs}, {@code admission}); else null
 * @param aggregateView coarsening that aggregate-mode statements see
 * @param rowView coarsening that row_level statements see
 * @param grid where range bounds may lie, on the generalised value
 * @param domain declared values
 * @param parts parts of a date that are told though the grid is coarser
 * @param roundingStep 1-2-5 step to which sums of this column are rounded; null means sums are refused
 */
public record Column(
        String name,
        ColumnType type,
        ColumnClass columnClass,
        String description,
        boolean nullable,
        Missing missing,
        @Nullable String namespace,
        Generalisation aggregateView,
        Generalisation rowView,
        Grid grid,
        Domain domain,
        Set<DatePart> parts,
        @Nullable BigDecimal roundingStep) {
    public Column {
        parts = Set.copyOf(parts);
    }
}
