package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Frame;
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
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;

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
            case "percent_rank" -> Residual.Window.Function.PERCENT_RANK;
            case "cume_dist" -> Residual.Window.Function.CUMULATIVE_DISTRIBUTION;
            case "ntile" -> Residual.Window.Function.NTILE;
            case "lag" -> Residual.Window.Function.LAG;
            case "lead" -> Residual.Window.Function.LEAD;
            case "first_value" -> Residual.Window.Function.FIRST_VALUE;
            case "last_value" -> Residual.Window.Function.LAST_VALUE;
            case "nth_value" -> Residual.Window.Function.NTH_VALUE;
            case "count" -> Residual.Window.Function.COUNT;
            case "sum", "$sum0" -> Residual.Window.Function.SUM;
            case "avg" -> Residual.Window.Function.AVERAGE;
            case "min" -> Residual.Window.Function.MINIMUM;
            case "max" -> Residual.Window.Function.MAXIMUM;
            default ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "the window function %s is not available".formatted(function),
                        "row_number, rank, dense_rank, percent_rank, cume_dist, ntile, lag, lead, first_value, last_value, nth_value, count, sum, avg, min and max are.");
        };
        if (over.isDistinct()
                || over.ignoreNulls()
                || over.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "DISTINCT, EXCLUDE or IGNORE NULLS of the window function %s"
                            .formatted(function.replace("$sum0", "sum")),
                    "Aggregate in a sub-query first; a frame without the current row is two frames, before it and after it.");
        }
        Frame frame = kind.isPlace() ? new Frame(false, Frame.FIRST, 0) : frame(over, fields);
        List<Residual.SortKey> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            boolean descending = key.getDirection().isDescending();
            order.add(new Residual.SortKey(
                    rex.translate(key.left, fields),
                    descending,
                    SortTranslator.nullsFirst(descending, key.getNullDirection())));
        }
        if (frame.isWhole() && !kind.isOrdered()) {
            order = List.of(); // what is hidden in it hides nothing
        }
        SqlType type = SqlTypes.of(over.getType()).type();
        return new Residual.Window.Call(
                name,
                kind,
                over.getOperands().isEmpty() || kind == Residual.Window.Function.NTILE
                        ? null
                        : rex.translate(over.getOperands().getFirst(), fields),
                over.getWindow().partitionKeys.stream()
                        .map(k -> rex.translate(k, fields))
                        .toList(),
                order,
                frame,
                number(kind, over, fields),
                over.getOperands().size() > 2 ? rex.translate(over.getOperands().get(2), fields) : null,
                type);
    }

    private Frame frame(RexOver over, List<Expr> fields) {
        boolean rows = over.getWindow().isRows();
        return new Frame(
                rows,
                offset(over.getWindow().getLowerBound(), rows, fields),
                offset(over.getWindow().getUpperBound(), rows, fields));
    }

    private long offset(RexWindowBound bound, boolean rows, List<Expr> fields) {
        if (bound.isCurrentRow()) {
            return 0;
        }
        if (bound.isUnbounded()) {
            return bound.isPreceding() ? Frame.FIRST : Frame.LAST;
        }
        RexNode offset = bound.getOffset();
        if (!rows || offset == null) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "a window frame of RANGE with a distance",
                    "Write ROWS BETWEEN n PRECEDING AND n FOLLOWING: groups that lack are listed where the key's values are known to the policy.");
        }
        long distance = constant(offset, fields);
        return bound.isPreceding() ? -distance : distance;
    }

    private long number(Residual.Window.Function kind, RexOver over, List<Expr> fields) {
        return switch (kind) {
            case NTILE -> {
                long parts = constant(over.getOperands().getFirst(), fields);
                if (parts < 1) {
                    throw refuse(
                            ProblemCode.OUT_OF_RANGE,
                            "the number of parts of ntile is not greater than zero",
                            "Write for example ntile(4).");
                }
                yield parts;
            }
            case NTH_VALUE -> {
                long place = constant(over.getOperands().get(1), fields);
                if (place < 1) {
                    throw refuse(
                            ProblemCode.OUT_OF_RANGE,
                            "the argument of nth_value is not greater than zero",
                            "Rows of the frame are counted from 1.");
                }
                yield place;
            }
            case LAG, LEAD ->
                over.getOperands().size() < 2 ? 1 : constant(over.getOperands().get(1), fields);
            default -> 0;
        };
    }

    private long constant(RexNode node, List<Expr> fields) {
        Expr value = rex.translate(node, fields);
        if (!value.isConstant() && value.isCallerValue()) {
            return 1; // open until it is bound, and ruled on then
        }
        if (value instanceof Expr.Literal l
                && l.value() instanceof Number n
                && n.longValue() >= 0
                && n.longValue() <= 1_000_000) {
            return n.longValue();
        }
        throw refuse(
                ProblemCode.FUNCTION_USE,
                "a number of rows that is no constant",
                "Write the number into the statement.");
    }
}
