package io.weir.query.govern;

import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.Generalisation;
import io.weir.policy.Grid;
import io.weir.policy.PolicySnapshot;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What govern knows of one column below the boundary.
 *
 * @param columnClass class that rules its use
 * @param namespace namespace of an identifier
 * @param subject whether it is the unit key of its relation
 * @param grid where range bounds may lie
 * @param nullable whether NULL can occur
 * @param roundingStep step of sums, null when sums are refused
 * @param dataset dataset it comes from, null for computed columns
 * @param base the governed column, null for computed columns
 * @param coarse whether its values are coarsened for analysts
 * @param magnitude what it is with which other numbers it may be compared
 */
record ColumnInfo(
        ColumnClass columnClass,
        @Nullable String namespace,
        boolean subject,
        Grid grid,
        boolean nullable,
        @Nullable BigDecimal roundingStep,
        @Nullable Dataset dataset,
        @Nullable Column base,
        boolean coarse,
        Magnitude magnitude) {
    static ColumnInfo of(Dataset dataset, Column column, PolicySnapshot policy) {
        Dataset.SubjectKey key = policy.subjectKey(dataset).orElse(null);
        String namespace = column.namespace();
        boolean isSubject = false;
        if (key != null && key.column().equals(column.name())) {
            isSubject = true;
            namespace = key.namespace();
        }
        return new ColumnInfo(
                column.columnClass(),
                namespace,
                isSubject,
                column.grid(),
                column.nullable(),
                // Summed over people a public number counts them: there is no step that would hide that.
                dataset.kind() == Dataset.Kind.REFERENCE ? null : column.roundingStep(),
                dataset,
                column,
                !(column.aggregateView() instanceof Generalisation.None)
                        && !(column.aggregateView() instanceof Generalisation.Withhold),
                Magnitudes.of(column.grid(), dataset.kind() == Dataset.Kind.REFERENCE));
    }

    static ColumnInfo subjectKey(String namespace) {
        return new ColumnInfo(
                ColumnClass.IDENTIFIER,
                namespace,
                true,
                new Grid.NoRanges(),
                false,
                null,
                null,
                null,
                false,
                Magnitude.QUANTITY);
    }

    /** A computed attribute. */
    static ColumnInfo attribute(Grid grid, @Nullable BigDecimal roundingStep, boolean coarse, Magnitude magnitude) {
        return new ColumnInfo(
                ColumnClass.ATTRIBUTE, null, false, grid, true, roundingStep, null, null, coarse, magnitude);
    }

    /** How many: there always is a number, be it zero. */
    static ColumnInfo count(BigDecimal roundingStep) {
        return new ColumnInfo(
                ColumnClass.ATTRIBUTE,
                null,
                false,
                new Grid.Step(BigDecimal.ONE),
                false,
                roundingStep,
                null,
                null,
                false,
                Magnitude.COUNT);
    }

    boolean reference() {
        return dataset != null && dataset.kind() == Dataset.Kind.REFERENCE;
    }

    /** The same without NULL. */
    ColumnInfo filled() {
        return new ColumnInfo(
                columnClass, namespace, subject, grid, false, roundingStep, dataset, base, coarse, magnitude);
    }

    /** The same column behind an outer join. */
    ColumnInfo outerJoined() {
        return new ColumnInfo(
                columnClass, namespace, subject, grid, true, roundingStep, dataset, base, coarse, magnitude);
    }
}
