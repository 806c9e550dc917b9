package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates over people as formulas over atoms. Conditionals are split into arms, each an atom of its own, so that a sum is hidden as
 * soon as one non-empty arm is too small; constants are taken out of sums, so that scaling cannot undo rounding.
 */
final class AggregateTranslator {
    private static final int MAXIMUM_ARMS = 24;
    private static final int MAXIMUM_ATOMS = 64;
    /** Typical largest length of a stay in days, and of a life in years: steps of sums of date differences are base times these. */
    private static final int TYPICAL_DAYS = 20;

    private static final int TYPICAL_YEARS = 100;

    private final String alias;
    private final UnitRows rows;
    private final Rules rules;
    private final Scope scope;
    private final Profile profile;
    private final LocalDate snapshot;
    private final UnaryOperator<Expr> sourceValues;
    private final UnaryOperator<Expr> exactDays;
    private final List<Atom> atoms = new ArrayList<>();

    AggregateTranslator(
            String alias,
            UnitRows rows,
            Rules rules,
            Scope scope,
            Profile profile,
            LocalDate snapshot,
            UnaryOperator<Expr> sourceValues,
            UnaryOperator<Expr> exactDays) {
        this.alias = alias;
        this.rows = rows;
        this.rules = rules;
        this.scope = scope;
        this.profile = profile;
        this.snapshot = snapshot;
        this.sourceValues = sourceValues;
        this.exactDays = exactDays;
    }

    List<Atom> atoms() {
        return List.copyOf(atoms);
    }

    /**
     * Counts who is in one of two arms alone, where their conditions are one step apart: their difference could be a few people, though each
     * is large. To be called after all aggregates were translated.
     */
    List<Block.Difference> differences() {
        List<Block.Difference> found = new ArrayList<>();
        int asked = atoms.size();
        for (int first = 0; first < asked; first++) {
            for (int second = first + 1; second < asked; second++) {
                Expr f = atoms.get(first).filter();
                Expr g = atoms.get(second).filter();
                if (ArmSteps.apart(f, g)) {
                    found.add(new Block.Difference(first, second, only(f, g), only(g, f)));
                }
            }
        }
        return found;
    }

    /** Index of the atom that counts subjects with a row that satisfies one condition and not the other. */
    private int only(Expr condition, Expr other) {
        Expr filter = Expr.and(List.of(condition, Expr.predicate(Op.IS_NOT_TRUE, other)));
        atom(new Atom.Units(filter, base()));
        return atoms.indexOf(new Atom.Units(filter, base()));
    }

    /** The condition of an arm: each conjunct for itself, as none of them may be unknown. */
    private static Expr isTrue(Expr condition) {
        if (condition instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && op == Op.IS_TRUE) {
            return isTrue(a.getFirst());
        }
        return Expr.and(Expr.conjunctsOf(condition).stream()
                .map(c -> Expr.predicate(Op.IS_TRUE, c))
                .toList());
    }

    /** One arm of a conditional argument: its condition, and a value without conditionals. */
    private record Arm(Expr condition, Expr value) {}

    /**
     * @param function lower-case name
     * @param argument null for count(*)
     * @param filter FILTER clause, always() without one
     */
    Expr translate(String function, @Nullable Expr argument, Expr filter, boolean distinct, SqlType type) {
        if (!filter.equals(Expr.always())) {
            rules.predicate(filter);
            rules.derivedDates(filter);
        }
        Expr condition = sourceValues.apply(isTrue(filter));
        Expr where = filter.equals(Expr.always()) ? filter : condition;
        Expr formula = switch (function) {
            case "count" ->
                argument == null
                        ? rowsAtom(where)
                        : distinct ? distinct(argument, where) : count(arms(argument, where));
            case "sum", "$sum0" -> {
                refuseDistinct(distinct, function);
                yield sum(arms(required(argument), where));
            }
            case "avg" -> {
                refuseDistinct(distinct, function);
                List<Arm> arms = arms(required(argument), where);
                yield Expr.call(Op.DIVIDE, SqlType.NUMERIC, sum(arms), count(arms));
            }
            case "min", "max" ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s over people is the value of one person".formatted(function),
                        "Ask for counts by band, or avg(); min and max per person inside a sub-query grouped by the person's key are fine.");
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s is not available over data about people yet".formatted(function),
                        "count, count(DISTINCT …), sum and avg are.");
        };
        return Casts.cast(formula, type);
    }

    private static Expr required(@Nullable Expr argument) {
        if (argument == null) {
            throw refuse(ProblemCode.AGGREGATE_USE, "the aggregate needs an argument");
        }
        return argument;
    }

    private static void refuseDistinct(boolean distinct, String function) {
        if (distinct) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "%s(DISTINCT …) adds values without their people".formatted(function),
                    "Use %s without DISTINCT, or count(DISTINCT …).".formatted(function));
        }
    }

    private Expr atom(Atom atom) {
        int index = atoms.indexOf(atom);
        if (index < 0) {
            index = atoms.size();
            if (index >= MAXIMUM_ATOMS) {
                throw refuse(ProblemCode.STATEMENT_TOO_COMPLEX, "the aggregates have too many arms together");
            }
            atoms.add(atom);
        }
        return new Expr.Column(alias, Block.atomName(index), atom.type());
    }

    private Expr rowsAtom(Expr filter) {
        return atom(new Atom.Rows(filter, base()));
    }

    private BigDecimal base() {
        return BigDecimal.valueOf(profile.roundingBase());
    }

    private Expr distinct(Expr argument, Expr filter) {
        if (argument instanceof Expr.Column c) {
            ColumnInfo info = scope.info(c);
            if (info.subject()) {
                // A person without a partner in an outer join has no key there.
                Expr present = scope.isOptional(c.alias()) ? Expr.and(List.of(filter, notNull(c))) : filter;
                return atom(new Atom.Units(present, base()));
            }
            if (info.namespace() != null) {
                if (isRecordKey(info, c) && !multiplied(c.alias())) {
                    return rowsAtom(Expr.and(List.of(filter, notNull(c))));
                }
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "distinct values of this identifier cannot be attributed to one person each",
                        "Use count(*) on the table whose key it is, or count(DISTINCT …) of the person's key.");
            }
        }
        rules.value(argument);
        rules.derivedDates(argument);
        return atom(new Atom.DistinctValues(sourceValues.apply(argument), filter, base()));
    }

    private static boolean isRecordKey(ColumnInfo info, Expr.Column c) {
        return info.dataset() != null && info.dataset().recordKey().equals(List.of(c.name()));
    }

    /** Whether another relation of the block can repeat a row of this one. */
    private boolean multiplied(String alias) {
        for (UnitRows.Unit unit : rows.units()) {
            if (unit.alias().equals(alias)) {
                continue;
            }
            Rel.Scan other = scope.scan(unit.alias());
            boolean oneRowPerSubject = other != null
                    && other.dataset().subject() != null
                    && other.dataset()
                            .recordKey()
                            .equals(List.of(other.dataset().subject().column()));
            if (!oneRowPerSubject) {
                return true;
            }
        }
        return false;
    }

    private static Expr notNull(Expr e) {
        return Expr.predicate(Op.IS_NOT_NULL, e);
    }

    private List<Arm> arms(Expr argument, Expr filter) {
        List<Arm> arms = new ArrayList<>();
        split(argument, filter, arms);
        return arms;
    }

    private void split(Expr value, Expr condition, List<Arm> into) {
        switch (value) {
            case Expr.Case c -> {
                List<Expr> before = new ArrayList<>(List.of(condition));
                for (Expr.When when : c.whens()) {
                    rules.predicate(when.condition());
                    rules.derivedDates(when.condition());
                    Expr holds = sourceValues.apply(isTrue(when.condition()));
                    split(when.value(), and(before, holds), into);
                    before.add(sourceValues.apply(Expr.predicate(Op.IS_NOT_TRUE, when.condition())));
                }
                split(c.otherwise(), Expr.and(before), into);
            }
            case Expr.Cast cast
            when cast.argument().type() == SqlType.BOOL && cast.type().isNumber() ->
                split(flagAsNumber(cast.argument(), cast.type()), condition, into);
            case Expr.Cast cast
            when cast.argument() instanceof Expr.Case || cast.argument() instanceof Expr.Call ->
                splitCast(cast, condition, into);
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when op == Op.COALESCE -> {
                List<Expr> before = new ArrayList<>(List.of(condition));
                for (Expr option : a) {
                    split(option, and(before, sourceValues.apply(notNull(option))), into);
                    before.add(sourceValues.apply(Expr.predicate(Op.IS_NULL, option)));
                }
                split(Expr.literal(null, t), Expr.and(before), into);
            }
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when op == Op.NULLIF -> {
                Expr same = Expr.predicate(Op.EQUAL, a.get(0), a.get(1));
                split(new Expr.Case(List.of(new Expr.When(same, Expr.literal(null, t))), a.get(0), t), condition, into);
            }
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when (op == Op.MULTIPLY || op == Op.DIVIDE) && hasConditional(value) ->
                splitProduct(op, a, t, condition, into);
            case Expr.Call call
            when call.type() == SqlType.BOOL -> split(flagAsNumber(call, SqlType.INT4), condition, into);
            default -> {
                if (hasConditional(value)) {
                    throw refuse(
                            ProblemCode.AGGREGATE_USE,
                            "the conditional inside this aggregate cannot be split into its arms",
                            "Move CASE, COALESCE, GREATEST or LEAST to the outside of the argument.");
                }
                if (into.size() >= MAXIMUM_ARMS) {
                    throw refuse(ProblemCode.STATEMENT_TOO_COMPLEX, "the aggregate has too many arms");
                }
                into.add(new Arm(condition, value));
            }
        }
    }

    private void splitCast(Expr.Cast cast, Expr condition, List<Arm> into) {
        List<Arm> arms = new ArrayList<>();
        split(cast.argument(), condition, arms);
        for (Arm arm : arms) {
            into.add(new Arm(
                    arm.condition(),
                    Casts.cast(arm.value(), ColumnType.of(arm.value().type()), cast.target())));
        }
    }

    /** A conditional factor times the rest: the rest goes into each arm. */
    private void splitProduct(Op op, List<Expr> a, SqlType type, Expr condition, List<Arm> into) {
        int conditional = hasConditional(a.get(0)) ? 0 : 1;
        if (hasConditional(a.get(1 - conditional)) || op == Op.DIVIDE && conditional == 1) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "two conditionals are multiplied inside one aggregate",
                    "Write one CASE whose branches hold the products.");
        }
        List<Arm> arms = new ArrayList<>();
        split(a.get(conditional), condition, arms);
        for (Arm arm : arms) {
            List<Expr> factors = conditional == 0 ? List.of(arm.value(), a.get(1)) : List.of(a.get(0), arm.value());
            boolean nothing = arm.value() instanceof Expr.Literal l && l.isNull();
            into.add(new Arm(arm.condition(), nothing ? arm.value() : new Expr.Call(op, factors, type)));
        }
    }

    private static boolean hasConditional(Expr value) {
        boolean[] found = {false};
        value.walk(e -> {
            boolean call = e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                    && (op == Op.COALESCE
                            || op == Op.NULLIF
                            || op == Op.GREATEST
                            || op == Op.LEAST
                            || t == SqlType.BOOL);
            found[0] |= call || e instanceof Expr.Case || e instanceof Expr.Exists;
            found[0] |= e instanceof Expr.Cast cast && cast.argument().type() == SqlType.BOOL;
        });
        return found[0];
    }

    private static Expr flagAsNumber(Expr flag, SqlType to) {
        return new Expr.Case(
                List.of(
                        new Expr.When(flag, Casts.cast(Expr.literal(1, SqlType.INT4), to)),
                        new Expr.When(Expr.predicate(Op.NOT, flag), Casts.cast(Expr.literal(0, SqlType.INT4), to))),
                Expr.literal(null, to),
                to);
    }

    private static Expr and(List<Expr> before, Expr last) {
        List<Expr> all = new ArrayList<>(before);
        all.add(last);
        return Expr.and(all);
    }

    /** Rows with a value, over all arms; arms without one are judged too, with weight zero. */
    private Expr count(List<Arm> arms) {
        List<Expr> parts = new ArrayList<>();
        for (Arm arm : arms) {
            if (arm.value().isCallerValue()) {
                boolean nothing = arm.value() instanceof Expr.Literal l && l.isNull();
                Expr rows = rowsAtom(arm.condition());
                parts.add(nothing ? times(BigDecimal.ZERO, rows) : rows);
            } else {
                countable(arm.value());
                parts.add(rowsAtom(Expr.and(List.of(arm.condition(), sourceValues.apply(notNull(arm.value()))))));
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Expr.Call(Op.ADD_PARTS, parts, SqlType.NUMERIC);
    }

    private void countable(Expr value) {
        if (value instanceof Expr.Column) {
            rules.predicate(notNull(value));
        } else {
            rules.value(value);
            rules.derivedDates(value);
        }
    }

    private static Expr times(BigDecimal factor, Expr value) {
        if (factor.compareTo(BigDecimal.ONE) == 0) {
            return value;
        }
        return Expr.call(Op.MULTIPLY, SqlType.NUMERIC, Expr.literal(factor, SqlType.NUMERIC), value);
    }

    private Expr sum(List<Arm> arms) {
        List<Expr> parts = new ArrayList<>();
        for (Arm arm : arms) {
            linear(arm.value(), arm.condition(), parts);
        }
        return new Expr.Call(Op.ADD_PARTS, parts, SqlType.NUMERIC);
    }

    /** Adds the sum of the value over the rows of the arm: its constant times the rows, and one sum of what varies. */
    private void linear(Expr value, Expr condition, List<Expr> parts) {
        if (value.isCallerValue()) {
            boolean nothing = Casts.cast(value, SqlType.NUMERIC) instanceof Expr.Literal l && l.isNull();
            LinearForm form = LinearForm.of(value, snapshot);
            constantPart(nothing ? null : form.constant(), BigDecimal.ONE, condition, parts);
            return;
        }
        countable(value);
        rules.value(value);
        LinearForm form = LinearForm.of(value, snapshot);
        List<Expr> present = new ArrayList<>(List.of(condition));
        form.cancelled().forEach(e -> present.add(notNull(exactDays.apply(e))));
        if (!form.terms().isEmpty()) {
            form.terms().keySet().forEach(this::summable);
            Expr argument = exactDays.apply(form.argument());
            present.add(notNull(argument));
            Expr filter = Expr.and(present);
            parts.add(times(form.factor(), atom(new Atom.Sum(argument, filter, step(form)))));
        }
        if (form.constant().signum() != 0 || form.terms().isEmpty()) {
            constantPart(form.constant(), BigDecimal.ONE, Expr.and(present), parts);
        }
    }

    private BigDecimal step(LinearForm form) {
        if (!form.isUniform()) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "columns are added with different factors inside one sum",
                    "Sum each column, and calculate with the sums.");
        }
        return form.terms().keySet().stream().map(this::step).reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    /** What is left when constants were taken out must hide none: not in a product, not under abs(). */
    private void summable(Expr term) {
        Expr own = LinearForm.isDay(term) || LinearForm.isYear(term)
                ? term.operands().getFirst()
                : term;
        if (Exactness.isShifted(own)) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "days are added to a date inside a sum",
                    "Sum the dates' differences, and add the days to the result.");
        }
        if (LinearForm.isDay(term) || LinearForm.isYear(term)) {
            return;
        }
        boolean[] hides = {false};
        term.walk(e -> hides[0] |= !e.equals(term)
                && (e.isCallerValue() && !(e instanceof Expr.Cast)
                        || e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                                && (op == Op.YEAR_OF || op == Op.AGE_IN_YEARS)));
        boolean age = term instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && op == Op.AGE_IN_YEARS;
        if (age) {
            age((Expr.Call) term);
        } else if (hides[0]) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "a constant inside a product is summed over people",
                    "Sum the columns, and calculate with the sums.");
        }
    }

    /** Ages are summed at days of the last hundred years: at other days they would all be nearly the same number. */
    private void age(Expr.Call age) {
        for (Expr side : age.arguments()) {
            if (side instanceof Expr.Literal l
                    && l.value() instanceof LocalDate day
                    && (day.isAfter(snapshot) || day.isBefore(snapshot.minusYears(100)))) {
                throw refuse(
                        ProblemCode.OFF_GRID,
                        "the day of an age lies outside the last hundred years",
                        "CURRENT_DATE is the day of the snapshot.");
            }
        }
    }

    private void constantPart(@Nullable Object constant, BigDecimal factor, Expr condition, List<Expr> parts) {
        Expr rows = rowsAtom(condition);
        if (constant == null) {
            // Contributes nothing, but is judged: a small arm without a value tells as much as one with a value.
            parts.add(nullWhenEmpty(rows, Expr.literal(null, SqlType.NUMERIC)));
            return;
        }
        BigDecimal value = constant instanceof BigDecimal d ? d : new BigDecimal(constant.toString());
        parts.add(nullWhenEmpty(rows, times(factor.multiply(value), rows)));
    }

    private static Expr nullWhenEmpty(Expr rows, Expr value) {
        Expr none = Expr.predicate(Op.EQUAL, rows, Expr.literal(0L, SqlType.INT8));
        return new Expr.Case(
                List.of(new Expr.When(none, Expr.literal(null, SqlType.NUMERIC))),
                Casts.cast(value, SqlType.NUMERIC),
                SqlType.NUMERIC);
    }

    private BigDecimal step(Expr value) {
        if (LinearForm.isYear(value)) {
            return step(value.operands().getFirst());
        }
        return switch (value) {
            case Expr.Column c -> {
                BigDecimal step = scope.info(c).roundingStep();
                if (step == null) {
                    throw refuse(
                            ProblemCode.AGGREGATE_USE,
                            "the policy gives no rounding step for sums of %s".formatted(c.name()),
                            "Sums and averages are available on columns whose comment names a step; count by value instead.");
                }
                yield step;
            }
            case Expr.Cast c -> step(c.argument());
            case Expr.Call call ->
                switch (call.op()) {
                    case DAYS_BETWEEN -> atLeast(base().multiply(BigDecimal.valueOf(typicalDays(call))));
                    case AGE_IN_YEARS, YEAR_OF -> atLeast(base().multiply(BigDecimal.valueOf(TYPICAL_YEARS)));
                    case ADD, SUBTRACT ->
                        step(call.arguments().get(0)).max(step(call.arguments().get(1)));
                    case MULTIPLY ->
                        atLeast(step(call.arguments().get(0))
                                .multiply(step(call.arguments().get(1)))
                                .divide(base(), 10, RoundingMode.UP));
                    case ABSOLUTE -> step(call.arguments().getFirst());
                    default ->
                        throw refuse(
                                ProblemCode.AGGREGATE_USE,
                                "%s cannot be summed over people"
                                        .formatted(call.op().name().toLowerCase(Locale.ROOT)),
                                "Sum a column, a product or difference of two columns, or a number of days or years.");
                };
            default -> throw refuse(ProblemCode.AGGREGATE_USE, "this argument cannot be summed over people");
        };
    }

    /** Days between two dates are those of a stay where dates are fine, and more where they are only known by month or year. */
    private int typicalDays(Expr.Call days) {
        int typical = TYPICAL_DAYS;
        for (Expr side : days.arguments()) {
            if (!side.isCallerValue() && rules.grid(side) instanceof Grid.Dates(DateUnit unit)) {
                typical = Math.max(
                        typical,
                        switch (unit) {
                            case DAY, WEEK -> TYPICAL_DAYS;
                            case MONTH, QUARTER -> 10 * TYPICAL_DAYS;
                            case YEAR -> 1_000 * TYPICAL_DAYS;
                        });
            }
        }
        return typical;
    }

    private static BigDecimal atLeast(BigDecimal value) {
        return io.weir.disclosure.protection.OneTwoFive.atLeast(value);
    }
}
