package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;

/** Aggregates over protected aggregates, reference data and constants, made in the proxy. Refuses grouping sets and other functions than five. */
final class AggregatesAbove {
    private final Scope scope;

    AggregatesAbove(Scope scope) {
        this.scope = scope;
    }

    Translated translate(Aggregate aggregate, Translated.Above input) {
        if (aggregate.getGroupSets().size() > 1) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "GROUPING SETS over an aggregated result",
                    "Use ROLLUP in the query that reads the tables.");
        }
        String alias = scope.newAlias("a");
        scope.declareProtected(alias);
        List<Rel.Named> keys = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (int index : aggregate.getGroupSet()) {
            String name = "k" + keys.size();
            keys.add(new Rel.Named(name, input.columns().get(index)));
            columns.add(new Expr.Column(alias, name, input.columns().get(index).type()));
        }
        List<Residual.Aggregate.Call> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            String name = "v" + calls.size();
            SqlType type = SqlTypes.of(call.getType()).type();
            calls.add(new Residual.Aggregate.Call(
                    name,
                    functionAbove(call),
                    call.getArgList().isEmpty()
                            ? null
                            : input.columns().get(call.getArgList().getFirst()),
                    call.isDistinct(),
                    call.hasFilter() ? input.columns().get(call.filterArg) : Expr.always(),
                    type));
            columns.add(new Expr.Column(alias, name, type));
        }
        return new Translated.Above(new Residual.Aggregate(alias, input.residual(), keys, calls), columns);
    }

    private static Residual.Aggregate.Function functionAbove(AggregateCall call) {
        String function = call.getAggregation().getName().toLowerCase(Locale.ROOT);
        return switch (function) {
            case "count" -> Residual.Aggregate.Function.COUNT;
            case "sum", "$sum0" -> Residual.Aggregate.Function.SUM;
            case "avg" -> Residual.Aggregate.Function.AVERAGE;
            case "min", "single_value" -> Residual.Aggregate.Function.MINIMUM;
            case "max" -> Residual.Aggregate.Function.MAXIMUM;
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s over reference data or an aggregated result is not available".formatted(function),
                        "count, sum, avg, min and max are.");
        };
    }
}
