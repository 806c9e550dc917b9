package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;

/** Window functions above the boundary: shares of a total, ranks, running sums of protected values. */
final class WindowTranslator {
    private final RexTranslator rex;
    private final Scope scope;

    WindowTranslator(RexTranslator rex, Scope scope) {
        this.rex = rex;
        this.scope = scope;
    }

    Translated translate(Project project, Translated.Above input) {
        String alias = scope.newAlias("w");
        scope.declareProtected(alias);
        List<Residual.Window.Call> calls = new ArrayList<>();
        List<Expr> fields = new ArrayList<>(input.columns());
        int width = fields.size();
        RexShuttle lift = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                Residual.Window.Call call = call("w" + calls.size(), over, input.columns());
                calls.add(call);
                fields.add(new Expr.Column(alias, call.name(), call.type()));
                return new RexInputRef(width + calls.size() - 1, over.getType());
            }
        };
        List<RexNode> lifted =
                project.getProjects().stream().map(p -> p.accept(lift)).toList();
        List<Expr> columns = lifted.stream().map(p -> rex.translate(p, fields)).toList();
        return new Translated.Above(new Residual.Window(alias, input.residual(), calls), columns);
    }

    private Residual.Window.Call call(String name, RexOver over, List<Expr> fields) {
        String function = over.getAggOperator().getName().toLowerCase(Locale.ROOT);
        Residual.Window.Function kind = switch (function) {
            case "row_number" -> Residual.Window.Function.ROW_NUMBER;
            case "rank" -> Residual.Window.Function.RANK;
            case "dense_rank" -> Residual.Window.Function.DENSE_RANK;
            case "count" -> Residual.Window.Function.COUNT;
            case "sum", "$sum0" -> Residual.Window.Function.SUM;
            case "avg" -> Residual.Window.Function.AVERAGE;
            case "min" -> Residual.Window.Function.MINIMUM;
            case "max" -> Residual.Window.Function.MAXIMUM;
            default ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "the window function %s is not available".formatted(function),
                        "row_number, rank, dense_rank, count, sum, avg, min and max are.");
        };
        boolean ordered = !over.getWindow().orderKeys.isEmpty();
        boolean wholePartition = over.getWindow().getLowerBound().isUnbounded()
                && (over.getWindow().getUpperBound().isUnbounded()
                        || over.getWindow().getUpperBound().isCurrentRow());
        boolean supported = wholePartition && (!over.getWindow().isRows() || !ordered || ranking(kind));
        if (!supported || over.isDistinct()) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "this window frame",
                    "Use the default frame: OVER (PARTITION BY … ORDER BY …).");
        }
        List<Residual.SortKey> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            boolean descending = key.getDirection().isDescending();
            boolean nullsFirst = switch (key.getNullDirection()) {
                case FIRST -> true;
                case LAST -> false;
                case UNSPECIFIED -> descending;
            };
            order.add(new Residual.SortKey(rex.translate(key.left, fields), descending, nullsFirst));
        }
        if (ordered && over.getWindow().getUpperBound().isUnbounded() && !ranking(kind)) {
            order = List.of();
        }
        SqlType type = SqlTypes.of(over.getType()).type();
        return new Residual.Window.Call(
                name,
                kind,
                over.getOperands().isEmpty()
                        ? null
                        : rex.translate(over.getOperands().getFirst(), fields),
                over.getWindow().partitionKeys.stream()
                        .map(k -> rex.translate(k, fields))
                        .toList(),
                order,
                type);
    }

    private static boolean ranking(Residual.Window.Function kind) {
        return switch (kind) {
            case ROW_NUMBER, RANK, DENSE_RANK -> true;
            case COUNT, SUM, AVERAGE, MINIMUM, MAXIMUM -> false;
        };
    }
}
