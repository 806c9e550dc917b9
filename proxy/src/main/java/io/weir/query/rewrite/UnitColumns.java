package io.weir.query.rewrite;

import io.weir.policy.Column;
import io.weir.policy.Dataset;
import io.weir.policy.PolicySnapshot;
import io.weir.query.govern.plan.Expr;
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
record UnitColumns(String namespace, PolicySnapshot policy) {

    /** Base columns of a block's relations. Of a dataset that is there twice nothing is known: its columns have one name. */
    Set<String> of(Level level, Rel input) {
        Set<String> columns = new HashSet<>();
        for (Leaf leaf : level.leaves()) {
            if (leaf.rel() instanceof Rel.Scan scan
                    && !leaf.optional()
                    && isOfUnit(scan.dataset())
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
    boolean isOneRow(Level level) {
        // All relations of a level are linked to one unit.
        return level.leaves().stream().allMatch(leaf -> leaf.neutral() || isOneRow(leaf.rel()));
    }

    /** Whether a relation has one row for each unit at most. */
    boolean isOneRow(Rel rel) {
        return switch (rel) {
            case Rel.Scan scan -> isOfUnit(scan.dataset());
            case Rel.PerSubject per -> {
                Level level = Levels.of(per.input());
                yield per.keys().stream().allMatch(key -> key.name().equals(Rel.SUBJECT) || isKey(key.expr(), level));
            }
            case Rel.Derived derived -> isOneRow(Levels.of(derived.input()));
            case Rel.Filter filter -> isOneRow(filter.input());
            case Rel.Join j -> false;
            case Rel.UnionAll u -> false;
            case Rel.Values v -> false;
        };
    }

    /** Whether a column is the unit's key, in a relation that every row has: all relations of a level are linked to one unit. */
    boolean isKey(Expr expr, Level level) {
        return Levels.column(expr) instanceof Expr.Column column
                && level.leaves().stream()
                        .anyMatch(leaf -> !leaf.optional()
                                && leaf.alias().equals(column.alias())
                                && isKey(column.name(), leaf.rel()));
    }

    private boolean isKey(String name, Rel rel) {
        return switch (rel) {
            case Rel.Scan scan ->
                policy.subjectKey(scan.dataset())
                        .filter(key -> key.namespace().equals(namespace))
                        .filter(key -> name.equals(Rel.SUBJECT) || name.equals(key.column()))
                        .isPresent();
            case Rel.Derived derived -> isKey(name, derived.outputs(), derived.input());
            case Rel.PerSubject per -> isKey(name, per.keys(), per.input());
            case Rel.Filter f -> false;
            case Rel.Join j -> false;
            case Rel.UnionAll u -> false;
            case Rel.Values v -> false;
        };
    }

    private boolean isKey(String name, List<Rel.Named> columns, Rel input) {
        return columns.stream()
                .anyMatch(column -> column.name().equals(name) && isKey(column.expr(), Levels.of(input)));
    }

    private static long times(Dataset dataset, Rel input) {
        return input.scans().stream()
                .filter(scan -> scan.dataset().name().equals(dataset.name()))
                .count();
    }

    private boolean isOfUnit(Dataset dataset) {
        Dataset.SubjectKey key = dataset.subject();
        return key != null
                && key.namespace().equals(namespace)
                && dataset.recordKey().equals(List.of(key.column()));
    }
}
