package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.disclosure.protection.OneTwoFive;
import io.weir.policy.Grid;
import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.parse.SqlTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;

/**
 * Window functions over rows about people, within one person: first and last events, gaps between them. What they give is an attribute of
 * the row's person like any other. Refuses partitions that hold more than one person, and frames.
 */
final class SubjectWindows {
    private final Scope scope;
    private final Rules rules;
    private final DerivedRows derived;
    private final RexTranslator rex;
    private final Profile profile;

    SubjectWindows(Scope scope, Rules rules, DerivedRows derived, RexTranslator rex, Profile profile) {
        this.scope = scope;
        this.rules = rules;
        this.derived = derived;
        this.rex = rex;
        this.profile = profile;
    }

    UnitRows translate(Project project, UnitRows input) {
        UnitRows rows = derived.derived(input.unlimited());
        String alias = scope.newAlias("d");
        List<Rel.Named> outputs = new ArrayList<>();
        Map<String, ColumnInfo> infos = new HashMap<>();
        List<Expr> fields = new ArrayList<>();
        for (Expr expr : rows.columns()) {
            // What the derived table shows with its zone is made of one of its columns.
            fields.add(expr.transform(e -> e instanceof Expr.Column c ? passed(c, alias, outputs, infos) : e));
        }
        List<Expr> judged = rows.judged().stream()
                .map(j -> j.transform(e -> e instanceof Expr.Column c ? passed(c, alias, outputs, infos) : e))
                .toList();
        UnitRows.Unit unit = rows.units().getFirst();
        outputs.add(new Rel.Named(Rel.SUBJECT, unit.key()));
        infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(unit.namespace()));
        int width = fields.size();
        List<Expr> all = new ArrayList<>(fields);
        RexShuttle lift = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                Expr.Window window = window(over, rows.columns());
                String name = "w" + (all.size() - width);
                outputs.add(new Rel.Named(name, window));
                infos.put(name, describe(window));
                all.add(new Expr.Column(alias, name, window.type()));
                return new RexInputRef(all.size() - 1, over.getType());
            }
        };
        List<RexNode> lifted =
                project.getProjects().stream().map(p -> p.accept(lift)).toList();
        scope.declareComputed(alias, infos);
        List<Expr> columns = lifted.stream().map(p -> rex.translate(p, all)).toList();
        Expr.Column key = new Expr.Column(alias, Rel.SUBJECT, unit.key().type());
        return new UnitRows(
                new Rel.Derived(alias, rows.rel(), outputs, false),
                columns,
                List.of(new UnitRows.Unit(alias, key, unit.namespace())),
                null,
                judged);
    }

    private Expr.Column passed(Expr.Column c, String alias, List<Rel.Named> outputs, Map<String, ColumnInfo> infos) {
        if (outputs.stream().noneMatch(o -> o.name().equals(c.name()))) {
            outputs.add(new Rel.Named(c.name(), c));
            infos.put(c.name(), scope.info(c));
        }
        return new Expr.Column(alias, c.name(), c.type());
    }

    private Expr.Window window(RexOver over, List<Expr> fields) {
        String function = over.getAggOperator().getName().toLowerCase(Locale.ROOT);
        Expr.Window.Function kind = switch (function) {
            case "row_number" -> Expr.Window.Function.ROW_NUMBER;
            case "rank" -> Expr.Window.Function.RANK;
            case "dense_rank" -> Expr.Window.Function.DENSE_RANK;
            case "count" -> Expr.Window.Function.COUNT;
            case "sum", "$sum0" -> Expr.Window.Function.SUM;
            case "avg" -> Expr.Window.Function.AVG;
            case "min" -> Expr.Window.Function.MIN;
            case "max" -> Expr.Window.Function.MAX;
            case "lag" -> Expr.Window.Function.LAG;
            case "lead" -> Expr.Window.Function.LEAD;
            case "first_value" -> Expr.Window.Function.FIRST_VALUE;
            default ->
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "the window function %s over rows about people is not available".formatted(function),
                        "row_number, rank, dense_rank, lag, lead, first_value, count, sum, avg, min and max are, with PARTITION BY the person's key.");
        };
        List<Expr> partition = over.getWindow().partitionKeys.stream()
                .map(k -> rex.translate(k, fields))
                .toList();
        if (partition.stream()
                .noneMatch(p -> p instanceof Expr.Column c && scope.info(c).subject())) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "a window function over rows of several people",
                    "Write PARTITION BY the person's key, or aggregate first: windows over the aggregated result are fine.");
        }
        partition.forEach(this::used);
        requireDefaultFrame(over, kind);
        List<Expr> arguments = new ArrayList<>();
        for (RexNode operand : over.getOperands()) {
            arguments.add(rex.translate(operand, fields));
        }
        if (!arguments.isEmpty()) {
            if (kind != Expr.Window.Function.COUNT) {
                rules.value(arguments.getFirst());
                rules.derivedDates(arguments.getFirst());
                rules.unshifted(arguments.getFirst());
            }
            boolean places = arguments.size() == 1
                    || arguments.size() == 2
                            && (kind == Expr.Window.Function.LAG || kind == Expr.Window.Function.LEAD)
                            && arguments.get(1) instanceof Expr.Literal l
                            && l.value() instanceof Number n
                            && n.longValue() >= 0
                            && n.longValue() <= 1_000;
            if (!places || over.isDistinct()) {
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "these arguments of %s".formatted(function),
                        "Write %s(column), or a constant number of rows as the second argument.".formatted(function));
            }
        }
        List<Expr.Window.Order> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            Expr by = rex.translate(key.left, fields);
            used(by);
            boolean descending =
                    key.getDirection() == Direction.DESCENDING || key.getDirection() == Direction.STRICTLY_DESCENDING;
            boolean nullsFirst = switch (key.getNullDirection()) {
                case FIRST -> true;
                case LAST -> false;
                case UNSPECIFIED -> descending;
            };
            order.add(new Expr.Window.Order(by, descending, nullsFirst));
        }
        return new Expr.Window(
                kind, arguments, partition, order, SqlTypes.of(over.getType()).type());
    }

    /** Keys of records only put the rows of one person in order; nothing else may be made of them. */
    private void used(Expr by) {
        if (!(by instanceof Expr.Column c) || scope.info(c).namespace() == null) {
            rules.value(by);
            rules.derivedDates(by);
        }
    }

    private static void requireDefaultFrame(RexOver over, Expr.Window.Function kind) {
        boolean framed = switch (kind) {
            case ROW_NUMBER, RANK, DENSE_RANK, LAG, LEAD -> false;
            case COUNT, SUM, AVG, MIN, MAX, FIRST_VALUE ->
                !over.getWindow().getLowerBound().isUnbounded()
                        || over.getWindow().isRows()
                                && !over.getWindow().getUpperBound().isUnbounded()
                        || !over.getWindow().orderKeys.isEmpty()
                                && over.getWindow().getUpperBound().isUnbounded();
        };
        if (framed) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "this window frame",
                    "Use the default frame: OVER (PARTITION BY … ORDER BY …).");
        }
    }

    private ColumnInfo describe(Expr.Window window) {
        if (window.counts()) {
            return ColumnInfo.attribute(
                    new Grid.Step(BigDecimal.ONE),
                    OneTwoFive.atLeast(
                            BigDecimal.valueOf(profile.roundingBase()).multiply(BigDecimal.TEN)),
                    false,
                    Magnitudes.Magnitude.COUNT);
        }
        Expr argument = window.arguments().getFirst();
        BigDecimal step = argument instanceof Expr.Column c ? scope.info(c).roundingStep() : null;
        return switch (window.function()) {
            case SUM, AVG ->
                ColumnInfo.attribute(
                        new Grid.OneTwoFive(),
                        step == null ? null : OneTwoFive.atLeast(step.multiply(BigDecimal.TEN)),
                        scope.isCoarse(argument),
                        rules.magnitude(argument));
            default ->
                ColumnInfo.attribute(rules.grid(argument), step, scope.isCoarse(argument), rules.magnitude(argument));
        };
    }
}
