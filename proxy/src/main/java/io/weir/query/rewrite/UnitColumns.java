package io.weir.query.rewrite;

import io.weir.policy.Column;
import io.weir.policy.Dataset;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that have one value for each unit, on any data: those of the unit's own record, since all relations of a block's rows belong to one unit. Whoever is in a group
 * by one of them is in no other group. Of other columns it is not known, though everybody may have one value in the data at hand.
 */
final class UnitColumns {
    private UnitColumns() {}

    /** Base columns of a block's relations. Of a dataset that is there twice nothing is known: its columns have one name. */
    static Set<String> of(Level level, Rel input, String namespace) {
        Set<String> columns = new HashSet<>();
        for (Leaf leaf : level.leaves()) {
            if (leaf.rel() instanceof Rel.Scan scan
                    && !leaf.optional()
                    && isOfUnit(scan.dataset(), namespace)
                    && times(scan.dataset(), input) == 1) {
                String name = Separators.clean(CanonicalNames.kind(scan));
                for (Column column : scan.dataset().columns()) {
                    columns.add(name + "." + CanonicalNames.plain(column.name()));
                }
            }
        }
        return columns;
    }

    /** Whether each unit has one row at most: its own records have, and all else only adds columns to them. */
    static boolean isOneRow(Level level, String namespace) {
        // All relations of a level are linked to one unit.
        return level.leaves().stream().allMatch(leaf -> leaf.neutral() || isOneRow(leaf.rel(), namespace));
    }

    /** Whether a relation has one row for each unit at most. */
    static boolean isOneRow(Rel rel, String namespace) {
        return switch (rel) {
            case Rel.Scan scan -> isOfUnit(scan.dataset(), namespace);
            case Rel.PerSubject per ->
                per.keys().stream().allMatch(key -> key.name().equals(Rel.SUBJECT));
            case Rel.Derived derived -> isOneRow(Levels.of(derived.input()), namespace);
            case Rel.Filter filter -> isOneRow(filter.input(), namespace);
            case Rel.Join j -> false;
            case Rel.UnionAll u -> false;
            case Rel.Values v -> false;
        };
    }

    private static long times(Dataset dataset, Rel input) {
        return input.scans().stream()
                .filter(scan -> scan.dataset().name().equals(dataset.name()))
                .count();
    }

    private static boolean isOfUnit(Dataset dataset, String namespace) {
        Dataset.SubjectKey key = dataset.subject();
        return key != null
                && key.namespace().equals(namespace)
                && dataset.recordKey().equals(List.of(key.column()));
    }
}
