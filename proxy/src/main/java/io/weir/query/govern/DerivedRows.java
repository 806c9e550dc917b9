package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Derived tables below the boundary: what is computed in them is known of their columns. Refuses computed values that carry a constant of
 * the caller, which could be a bound further up.
 */
final class DerivedRows {
    private final Scope scope;
    private final Rules rules;
    private final SourceValues source;
    private final Sealing sealing;

    DerivedRows(Scope scope, Rules rules, SourceValues source, Sealing sealing) {
        this.scope = scope;
        this.rules = rules;
        this.source = source;
        this.sealing = sealing;
    }

    /** The optional side of an outer join: computed columns and filters must be inside a derived table. */
    UnitRows nullable(UnitRows rows) {
        boolean plain = !(rows.rel() instanceof Rel.Filter)
                && !(rows.rel() instanceof Rel.Join)
                && rows.columns().stream().allMatch(c -> c instanceof Expr.Column);
        return plain ? rows : derived(rows);
    }

    /** The rows as a derived table: every value is computed once, and named. */
    UnitRows derived(UnitRows rows) {
        sealing.seal(rows, Set.of());
        String alias = scope.newAlias("d");
        List<Rel.Named> outputs = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        Map<String, ColumnInfo> infos = new HashMap<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            Expr expr = rows.columns().get(i);
            if (expr instanceof Expr.Column c) {
                rules.coarseningHolds(c);
            } else {
                rules.value(expr);
                rules.derivedDates(expr);
                rules.unshifted(expr);
            }
            Beginnings.Grouped grouped = Beginnings.of(expr);
            Expr value = source.values(grouped.value());
            outputs.add(new Rel.Named("c" + i, value));
            columns.add(grouped.shown().apply(new Expr.Column(alias, "c" + i, value.type())));
            infos.put("c" + i, rules.describe(value));
        }
        List<UnitRows.Unit> units = new ArrayList<>();
        if (rows.personal()) {
            UnitRows.Unit unit = rows.units().getFirst();
            outputs.add(new Rel.Named(Rel.SUBJECT, unit.key()));
            Expr.Column key = new Expr.Column(alias, Rel.SUBJECT, unit.key().type());
            infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(unit.namespace()));
            units.add(new UnitRows.Unit(alias, key, unit.namespace()));
        }
        scope.declareComputed(alias, infos);
        return new UnitRows(new Rel.Derived(alias, rows.rel(), outputs, false), columns, units, null);
    }
}
