package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.disclosure.protection.OneTwoFive;
import io.weir.policy.ColumnClass;
import io.weir.policy.Grid;
import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.parse.SqlTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindowExclusion;

/**
 * Window functions over rows about people, within one person: first and last events, gaps between them. What they give is an attribute of
 * the row's person like any other. Refuses partitions that hold more than one person, and frames.
 */
final class SubjectWindows {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Scope scope;
    private final Rules rules;
    private final DerivedRows derived;
    private final RexTranslator rex;
    private final Profile profile;
    private final boolean rowView;

    /** @param rowView whether rows are shown as they are seen in row_level mode, and put in order so */
    SubjectWindows(Scope scope, Rules rules, DerivedRows derived, RexTranslator rex, Profile profile, boolean rowView) {
        this.rowView = rowView;
        this.scope = scope;
        this.rules = rules;
        this.derived = derived;
        this.rex = rex;
        this.profile = profile;
    }

    /** @param outer takes what the rows' columns are for sub-queries that ask for them: each derived table has its own */
    UnitRows translate(Project project, UnitRows input, Consumer<List<Expr>> outer) {
        UnitRows rows = derived.derived(input.unlimited());
        outer.accept(rows.columns());
        ExactOrder exact = new ExactOrder(input);
        String alias = scope.newAlias("d");
        List<Rel.Named> outputs = new ArrayList<>();
        Map<String, ColumnInfo> infos = new HashMap<>();
        List<Expr> fields = new ArrayList<>();
        for (Expr expr : rows.columns()) {
            // What the derived table shows with its zone is made of one of its columns.
            fields.add(expr.transform(e -> e instanceof Expr.Column c ? passed(c, alias, outputs, infos) : e));
        }
        UnitRows.Unit unit = rows.units().getFirst();
        outputs.add(new Rel.Named(Rel.SUBJECT, unit.key()));
        infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(unit.namespace()));
        int width = fields.size();
        List<Expr> all = new ArrayList<>(fields);
        RexShuttle lift = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                Expr.Window window = window(over, rows.columns(), unit.key(), exact);
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
        outer.accept(fields);
        List<Expr> columns = lifted.stream().map(p -> rex.translate(p, all)).toList();
        Expr.Column key = new Expr.Column(alias, Rel.SUBJECT, unit.key().type());
        return new UnitRows(
                new Rel.Derived(alias, exact.beside((Rel.Derived) rows.rel()), outputs, false),
                columns,
                List.of(new UnitRows.Unit(alias, key, unit.namespace())),
                null);
    }

    private Expr.Column passed(Expr.Column c, String alias, List<Rel.Named> outputs, Map<String, ColumnInfo> infos) {
        if (outputs.stream().noneMatch(o -> o.name().equals(c.name()))) {
            outputs.add(new Rel.Named(c.name(), c));
            infos.put(c.name(), scope.info(c));
        }
        return new Expr.Column(alias, c.name(), c.type());
    }

    /** @param subject key of the unit whose rows these are: with it in front, no partition holds rows of two people */
    private Expr.Window window(RexOver over, List<Expr> fields, Expr.Column subject, ExactOrder exact) {
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
        List<Expr> asked = over.getWindow().partitionKeys.stream()
                .map(k -> rex.translate(k, fields))
                .toList();
        List<Expr.Column> people = asked.stream()
                .filter(p -> p instanceof Expr.Column c && scope.info(c).subject())
                .map(p -> (Expr.Column) p)
                .toList();
        if (people.isEmpty()) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "the window of %s is over rows of several people".formatted(function.replace("$sum0", "sum")),
                    "Write PARTITION BY the person's key, or aggregate first: windows over the aggregated result are fine.");
        }
        if (people.stream().anyMatch(c -> scope.info(c).nullable())) {
            throw refuse(
                    ProblemCode.SHAPE,
                    "a window over the person's key of an outer-joined table, which is missing in the rows of many people",
                    "Write PARTITION BY the person's key of the table that keeps its rows: the left one of a LEFT JOIN.");
        }
        asked.forEach(this::used);
        List<Expr> partition = new ArrayList<>();
        partition.add(subject);
        asked.stream().filter(p -> !p.equals(subject)).forEach(partition::add);
        requireDefaultFrame(over, kind);
        List<Expr> arguments = new ArrayList<>();
        for (RexNode operand : over.getOperands()) {
            arguments.add(rex.translate(operand, fields));
        }
        if (!arguments.isEmpty()) {
            boolean identifierCount = kind == Expr.Window.Function.COUNT
                    && arguments.getFirst() instanceof Expr.Column c
                    && scope.info(c).namespace() != null;
            if (!identifierCount) {
                rules.value(arguments.getFirst());
                rules.derivedDates(arguments.getFirst());
                if (kind != Expr.Window.Function.COUNT) {
                    rules.unshifted(arguments.getFirst());
                }
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
            rules.ordered(by);
            by = exact.of(by);
            boolean descending = key.getDirection().isDescending();
            order.add(new Expr.Window.Order(
                    by, descending, SortTranslator.nullsFirst(descending, key.getNullDirection())));
        }
        return new Expr.Window(
                kind,
                arguments,
                partition,
                order,
                ties(kind, fields),
                SqlTypes.of(over.getType()).type());
    }

    /** Everything that is known of a row, keys last: only rows that are alike in all of it are left in any order. */
    private List<Expr> ties(Expr.Window.Function kind, List<Expr> fields) {
        return switch (kind) {
            case ROW_NUMBER, LAG, LEAD, FIRST_VALUE ->
                fields.stream()
                        .filter(f -> f instanceof Expr.Column c && scope.info(c).columnClass() != ColumnClass.TEXT)
                        .distinct()
                        .sorted(Comparator.comparing(
                                f -> scope.info((Expr.Column) f).namespace() != null))
                        .toList();
            // Rows that the order leaves equal are peers.
            case RANK, DENSE_RANK, COUNT, SUM, AVG, MIN, MAX -> List.of();
        };
    }

    /** Keys of records only put the rows of one person in order; nothing else may be made of them. */
    private void used(Expr by) {
        if (!(by instanceof Expr.Column c) || scope.info(c).namespace() == null) {
            rules.value(by);
            rules.derivedDates(by);
        }
    }

    /** The rows of one person are put in order by the days that the source has, not by the months that analysts see. */
    private final class ExactOrder {
        private final UnitRows input;
        private final Map<String, Expr> exact = new TreeMap<>();

        /** @param input the rows, whose columns stand as c0, c1 … in the derived table that is put in order */
        ExactOrder(UnitRows input) {
            this.input = input;
        }

        Expr of(Expr by) {
            if (rowView || !scope.isCoarse(by)) {
                return by;
            }
            if (by instanceof Expr.Column c
                    && c.name().startsWith("c")
                    && input.columns().get(Integer.parseInt(c.name().substring(1))) instanceof Expr.Column own
                    && scope.scan(own.alias()) != null) {
                String name = Rel.RAW + c.name();
                exact.put(name, new Expr.Column(own.alias(), Rel.RAW + own.name(), own.type()));
                return new Expr.Column(c.alias(), name, c.type());
            }
            throw refuse(
                    ProblemCode.COMPARISON,
                    "a window is put in order by what was computed from a coarsened column",
                    "Write ORDER BY the table's own column; windows that need another's order go into one SELECT.");
        }

        /** The derived table with the exact values beside the others: to put rows in order, never to be shown. */
        Rel.Derived beside(Rel.Derived rows) {
            List<Rel.Named> outputs = new ArrayList<>(rows.outputs());
            exact.forEach((name, value) -> outputs.add(new Rel.Named(name, value)));
            return new Rel.Derived(rows.alias(), rows.input(), outputs, rows.distinct());
        }
    }

    private static void requireDefaultFrame(RexOver over, Expr.Window.Function kind) {
        if (over.ignoreNulls() || over.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "EXCLUDE or IGNORE NULLS of a window",
                    "Use the default frame: OVER (PARTITION BY … ORDER BY …).");
        }
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
                    "the window frame of %s over rows about people"
                            .formatted(kind.name().toLowerCase(Locale.ROOT)),
                    "Use the default frame: OVER (PARTITION BY … ORDER BY …).");
        }
    }

    /**
     * Steps of their sums. A window's value stands on each of the person's rows, of which there are typically up to ten: places and numbers
     * of rows up to ten, so that ten of them add up to a hundred; sums of ten values, a hundred of them together; and one value that is
     * repeated, ten times itself.
     */
    private ColumnInfo describe(Expr.Window window) {
        if (window.counts()) {
            return ColumnInfo.attribute(
                    new Grid.Step(BigDecimal.ONE),
                    OneTwoFive.atLeast(
                            BigDecimal.valueOf(profile.roundingBase()).multiply(HUNDRED)),
                    false,
                    Magnitude.COUNT);
        }
        Expr argument = window.arguments().getFirst();
        BigDecimal own = argument instanceof Expr.Column c ? scope.info(c).roundingStep() : null;
        boolean sum = window.function() == Expr.Window.Function.SUM;
        BigDecimal step = own == null ? null : OneTwoFive.atLeast(own.multiply(sum ? HUNDRED : BigDecimal.TEN));
        return switch (window.function()) {
            case SUM, AVG ->
                ColumnInfo.attribute(
                        new Grid.OneTwoFive(),
                        step,
                        scope.isCoarse(argument),
                        Magnitudes.calculated(rules.magnitude(argument)));
            default ->
                ColumnInfo.attribute(rules.grid(argument), step, scope.isCoarse(argument), rules.magnitude(argument));
        };
    }
}
