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
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.jspecify.annotations.Nullable;

/** Aggregates over protected aggregates, reference data and constants, made in the proxy. Refuses grouping sets and other functions than eight. */
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
                    argument(call, input),
                    call.isDistinct(),
                    call.hasFilter() ? input.columns().get(call.filterArg) : Expr.always(),
                    type,
                    within(call, input)));
            columns.add(new Expr.Column(alias, name, type));
        }
        return new Translated.Above(new Residual.Aggregate(alias, input.residual(), keys, calls), columns);
    }

    private static @Nullable Expr argument(AggregateCall call, Translated.Above input) {
        if (isPercentile(call)) {
            RelFieldCollation order = call.getCollation().getFieldCollations().getFirst();
            return input.columns().get(order.getFieldIndex());
        }
        return call.getArgList().isEmpty()
                ? null
                : input.columns().get(call.getArgList().getFirst());
    }

    private static Residual.Aggregate.@Nullable Within within(AggregateCall call, Translated.Above input) {
        if (!isPercentile(call)) {
            return null;
        }
        RelFieldCollation order = call.getCollation().getFieldCollations().getFirst();
        Expr share = input.columns().get(call.getArgList().getFirst());
        return new Residual.Aggregate.Within(share, order.getDirection().isDescending());
    }

    private static boolean isPercentile(AggregateCall call) {
        return Percentiles.measures(call.getAggregation().getName().toLowerCase(Locale.ROOT));
    }

    private static Residual.Aggregate.Function functionAbove(AggregateCall call) {
        String function = call.getAggregation().getName().toLowerCase(Locale.ROOT);
        return switch (function) {
            case "count" -> Residual.Aggregate.Function.COUNT;
            case "sum", "$sum0" -> Residual.Aggregate.Function.SUM;
            case "avg" -> Residual.Aggregate.Function.AVERAGE;
            case "min", "single_value" -> Residual.Aggregate.Function.MINIMUM;
            case "max" -> Residual.Aggregate.Function.MAXIMUM;
            case "percentile_cont" -> Residual.Aggregate.Function.PERCENTILE_CONTINUOUS;
            case "percentile_disc" -> Residual.Aggregate.Function.PERCENTILE_DISCRETE;
            case "mode" -> Residual.Aggregate.Function.MODE;
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s over reference data or an aggregated result is not available".formatted(function),
                        "count, sum, avg, min, max, percentile_cont, percentile_disc and mode are.");
        };
    }
}
