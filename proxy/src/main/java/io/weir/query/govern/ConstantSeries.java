package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.Literals;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * {@code generate_series} and {@code unnest} of values of the caller, written out: a list of constants as VALUES is one. Refuses them beside
 * other rows, twice in one SELECT, and when there are too many values.
 */
final class ConstantSeries {
    private static final int MOST_ROWS = 10_000;

    private final Scope scope;
    private final RexTranslator rex;

    ConstantSeries(Scope scope, RexTranslator rex) {
        this.scope = scope;
        this.rex = rex;
    }

    static boolean isSeries(RexCall call) {
        return switch (call.getOperator().getName().toLowerCase(Locale.ROOT)) {
            case "generate_series", "unnest" -> true;
            default -> false;
        };
    }

    private static List<RexCall> calls(Project project) {
        List<RexCall> found = new ArrayList<>();
        for (RexNode node : project.getProjects()) {
            node.accept(new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                    if (isSeries(call)) {
                        found.add(call);
                    }
                    return super.visitCall(call);
                }
            });
        }
        return found;
    }

    static boolean isIn(Project project) {
        return !calls(project).isEmpty();
    }

    /** The rows of a SELECT with such a call. */
    Translated translate(Project project) {
        List<RexCall> calls = calls(project);
        boolean alone = project.getInput() instanceof Values values
                && values.getTuples().size() == 1;
        if (!alone || calls.size() != 1) {
            throw elsewhere();
        }
        RexCall call = calls.getFirst();
        SqlType type = SqlTypes.of(call.getType()).type();
        List<Expr> arguments = call.getOperands().stream()
                .map(o -> rex.translate(o, List.of()))
                .toList();
        String alias = scope.newAlias("v");
        scope.declareProtected(alias);
        Expr.Column column = new Expr.Column(alias, "c0", type);
        List<List<Expr>> rows =
                values(call, arguments, type).stream().map(List::of).toList();
        List<Expr> columns = project.getProjects().stream()
                .map(p -> rex.translate(replaced(p, call), List.of(column)))
                .toList();
        return new Translated.Above(new Residual.Constants(alias, List.of("c0"), List.of(type), rows), columns);
    }

    /** The only field of what the rest is translated over is the series. */
    private static RexNode replaced(RexNode node, RexCall series) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                throw elsewhere();
            }

            @Override
            public RexNode visitCall(RexCall call) {
                return call.equals(series) ? new RexInputRef(0, call.getType()) : super.visitCall(call);
            }
        });
    }

    static RuntimeException elsewhere() {
        return refuse(
                ProblemCode.FUNCTION_USE,
                "generate_series or unnest stands where its rows would multiply others",
                "Write it in FROM, or alone in a SELECT without FROM, and join the result.");
    }

    private List<Expr> values(RexCall call, List<Expr> arguments, SqlType type) {
        if (arguments.stream().anyMatch(a -> !a.isCallerValue())) {
            throw elsewhere();
        }
        if (arguments.stream().anyMatch(a -> !a.isConstant())) {
            return List.of(new Expr.Parameter(0, type)); // open until it is bound
        }
        if (call.getOperator().getName().equalsIgnoreCase("unnest")) {
            return arguments.stream().map(a -> rex.moments().cast(a, type)).toList();
        }
        if (arguments.stream().anyMatch(a -> a instanceof Expr.Literal l && l.isNull())) {
            return List.of();
        }
        return type.isNumber() ? numbers(arguments, type) : moments(arguments, type);
    }

    private static List<Expr> numbers(List<Expr> arguments, SqlType type) {
        BigDecimal value = number(arguments.get(0));
        BigDecimal last = number(arguments.get(1));
        BigDecimal step = arguments.size() > 2 ? number(arguments.get(2)) : BigDecimal.ONE;
        requireStep(step.signum());
        List<Expr> values = new ArrayList<>();
        while (value.compareTo(last) * step.signum() <= 0) {
            add(values, Expr.literal(Evaluator.cast(value, type), type));
            value = value.add(step);
        }
        return values;
    }

    private static BigDecimal number(Expr argument) {
        return (BigDecimal) Objects.requireNonNull(Evaluator.cast(Evaluator.constant(argument), SqlType.NUMERIC));
    }

    /** Each is the one before and the step, so that the 31st of January is followed by the 28th of February and of March. */
    private List<Expr> moments(List<Expr> arguments, SqlType type) {
        Expr value = rex.moments().cast(arguments.get(0), type);
        Expr last = rex.moments().cast(arguments.get(1), type);
        Expr step = step(arguments.get(2));
        if (!(step instanceof Expr.Literal l) || !(l.value() instanceof PgInterval interval)) {
            throw refuse(ProblemCode.TYPE_MISMATCH, "the step of a series of dates is no interval");
        }
        int direction = direction(interval);
        requireStep(direction);
        List<Expr> values = new ArrayList<>();
        while (order(value, last) * direction <= 0) {
            add(values, value);
            value = type == SqlType.TIMESTAMPTZ
                    ? rex.moments().plus(value, step)
                    : Casts.fold(Expr.call(Op.ADD_INTERVAL, type, value, step));
        }
        return values;
    }

    private Expr step(Expr written) {
        return written instanceof Expr.Literal l && l.value() instanceof String text
                ? Expr.literal(Literals.read(text, SqlType.INTERVAL).orElse(null), SqlType.INTERVAL)
                : rex.moments().cast(written, SqlType.INTERVAL);
    }

    private static int order(Expr a, Expr b) {
        return Evaluator.compare(
                Objects.requireNonNull(Evaluator.constant(a)), Objects.requireNonNull(Evaluator.constant(b)));
    }

    /** As PostgreSQL compares intervals: a month has thirty days. */
    private static int direction(PgInterval interval) {
        long days = interval.months() * 30L + interval.days();
        return BigDecimal.valueOf(days)
                .multiply(BigDecimal.valueOf(86_400_000_000L))
                .add(BigDecimal.valueOf(interval.micros()))
                .signum();
    }

    private static void requireStep(int direction) {
        if (direction == 0) {
            throw refuse(
                    ProblemCode.OUT_OF_RANGE, "step size cannot equal zero", "Give generate_series a step that moves.");
        }
    }

    private static void add(List<Expr> values, Expr value) {
        if (values.size() >= MOST_ROWS) {
            throw refuse(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "the series has more than %d values".formatted(MOST_ROWS),
                    "Take a wider step, or fewer values.");
        }
        values.add(value);
    }
}
