package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Dataset;
import io.weir.policy.Generalisation;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;

/** Which rows are read into the proxy as they are: those of reference data. Refuses rows about people. */
final class ReferenceReads {
    private final Scope scope;

    ReferenceReads(Scope scope) {
        this.scope = scope;
    }

    /** Whether DISTINCT, or GROUP BY without an aggregate, takes nothing away: rows of one table of reference data, its whole key among the columns. */
    static boolean areDifferent(Aggregate aggregate, UnitRows rows) {
        Rel rel = rows.rel();
        while (rel instanceof Rel.Filter filter) {
            rel = filter.input();
        }
        if (rows.personal()
                || rows.ordering() != null
                || !aggregate.getAggCallList().isEmpty()
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || !(rel instanceof Rel.Scan scan)
                || scan.dataset().recordKey().isEmpty()) {
            return false;
        }
        List<Expr> columns = aggregate.getGroupSet().asList().stream()
                .map(rows.columns()::get)
                .toList();
        return scan.dataset().recordKey().stream()
                .allMatch(key -> isAsStored(scan.dataset(), key)
                        && columns.stream()
                                .anyMatch(column -> column instanceof Expr.Column c
                                        && c.alias().equals(scan.alias())
                                        && c.name().equals(key)));
    }

    private static boolean isAsStored(Dataset dataset, String key) {
        return dataset.column(key)
                .filter(column -> column.aggregateView() instanceof Generalisation.None
                        && column.rowView() instanceof Generalisation.None)
                .isPresent();
    }

    /** What is above the boundary stays as it is; reference rows are read. */
    Translated.Above above(Translated input) {
        return switch (input) {
            case Translated.Above above -> above;
            case UnitRows rows -> read(rows);
        };
    }

    /** Reference data and protected values go on above the boundary; rows about people may not. */
    Translated.Above residualOnly(Translated input, String what) {
        return switch (input) {
            case Translated.Above above -> above;
            case UnitRows rows -> {
                if (rows.personal()) {
                    throw refuse(
                            ProblemCode.SHAPE,
                            "%s over rows about people".formatted(what),
                            "Aggregate first; windows and sub-queries over the aggregated result are fine.");
                }
                yield read(rows);
            }
        };
    }

    /** Reads reference rows into the proxy. */
    Translated.Above read(UnitRows rows) {
        if (rows.personal()) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "protected aggregates are combined with rows about people",
                    "Aggregate the rows first, then join the aggregates.");
        }
        if (rows.rel() instanceof Rel.Values v) {
            scope.declareProtected(v.alias());
            return new Translated.Above(
                    new Residual.Constants(v.alias(), v.names(), v.types(), v.rows()), rows.columns());
        }
        String alias = scope.newAlias("f");
        scope.declareProtected(alias);
        List<Rel.Named> outputs = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            outputs.add(new Rel.Named("c" + i, rows.columns().get(i)));
            columns.add(new Expr.Column(alias, "c" + i, rows.columns().get(i).type()));
        }
        if (outputs.isEmpty()) {
            outputs.add(new Rel.Named("c0", Expr.literal(1, SqlType.INT4)));
        }
        UnitRows.Ordering ordering = rows.ordering();
        if (ordering == null) {
            return new Translated.Above(new Residual.ReadReference(alias, rows.rel(), outputs), columns);
        }
        List<Residual.SortKey> keys = new ArrayList<>();
        for (Residual.SortKey key : ordering.keys()) {
            int index = rows.columns().indexOf(key.expr());
            if (index < 0) {
                index = outputs.size();
                // Read beside what is selected; nobody above sees it.
                outputs.add(new Rel.Named("c" + index, key.expr()));
            }
            Expr.Column column = new Expr.Column(alias, "c" + index, key.expr().type());
            keys.add(new Residual.SortKey(column, key.descending(), key.nullsFirst()));
        }
        Residual sorted = new Residual.Sort(new Residual.ReadReference(alias, rows.rel(), outputs), keys);
        return new Translated.Above(new Residual.Limit(sorted, ordering.offset(), ordering.fetch()), columns);
    }
}
