package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Conditional arguments as arms, each with its condition and a value without conditionals. Refuses conditionals that cannot be taken apart,
 * and more arms than an aggregate may have.
 */
final class Arms {
    private static final int MAXIMUM_ARMS = 24;

    private static final Set<Op> DISTRIBUTES =
            EnumSet.of(Op.ADD, Op.SUBTRACT, Op.NEGATE, Op.ABSOLUTE, Op.DAYS_BETWEEN, Op.AGE_IN_YEARS);

    private final Rules rules;
    private final UnaryOperator<Expr> sourceValues;

    /** @param sourceValues puts source values into a condition */
    Arms(Rules rules, UnaryOperator<Expr> sourceValues) {
        this.rules = rules;
        this.sourceValues = sourceValues;
    }

    /** One arm of a conditional argument: its condition, and a value without conditionals. */
    record Arm(Expr condition, Expr value) {}

    List<Arm> of(Expr argument, Expr filter) {
        List<Arm> arms = new ArrayList<>();
        split(argument, filter, arms);
        return arms;
    }

    /** An argument that must not be conditional. */
    Expr single(Expr argument, Expr filter, String aggregate) {
        List<Arm> split = of(argument, filter);
        if (split.size() != 1) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "a conditional inside " + aggregate,
                    "Choose the rows with WHERE or FILTER, and the column as it is.");
        }
        return split.getFirst().value();
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
            when cast.argument() instanceof Expr.Case
                    || cast.argument() instanceof Expr.Call
                    || cast.argument() instanceof Expr.AtZone && hasConditional(cast) ->
                splitCast(cast, condition, into);
            case Expr.AtZone at
            when hasConditional(at) -> {
                List<Arm> arms = new ArrayList<>();
                split(at.argument(), condition, arms);
                for (Arm arm : arms) {
                    into.add(new Arm(arm.condition(), Casts.fold(new Expr.AtZone(arm.value(), at.zone()))));
                }
            }
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
            when (DISTRIBUTES.contains(call.op()) || isPair(call))
                    && call.arguments().stream().anyMatch(Arms::hasConditional) -> distribute(call, condition, into);
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when (op == Op.GREATEST || op == Op.LEAST) && a.size() == 2 ->
                split(larger(op, a.get(0), a.get(1), t), condition, into);
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
                    throw refuse(
                            ProblemCode.STATEMENT_TOO_COMPLEX,
                            "the aggregate has too many arms",
                            "Write fewer alternatives, or group by the bands.");
                }
                into.add(new Arm(condition, value));
            }
        }
    }

    private static boolean isPair(Expr.Call call) {
        return (call.op() == Op.GREATEST || call.op() == Op.LEAST)
                && call.arguments().size() == 2
                // A missing operand is passed over, so that its arm keeps the other one.
                && call.arguments().stream().noneMatch(a -> mayBeNull(a));
    }

    /** Whether a conditional may give nothing: COALESCE with a constant at its end does not. */
    private static boolean mayBeNull(Expr e) {
        return hasConditional(e)
                && !(e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                        && op == Op.COALESCE
                        && a.getLast() instanceof Expr.Literal l
                        && !l.isNull())
                && !(e instanceof Expr.Call(Op op2, List<Expr> b, SqlType t2)
                        && (op2 == Op.GREATEST || op2 == Op.LEAST)
                        && b.stream().anyMatch(x -> x instanceof Expr.Literal l2 && !l2.isNull()));
    }

    /** A conditional operand: the operation goes into each of its arms. */
    private void distribute(Expr.Call call, Expr condition, List<Arm> into) {
        int at = 0;
        while (!hasConditional(call.arguments().get(at))) {
            at++;
        }
        List<Arm> arms = new ArrayList<>();
        split(call.arguments().get(at), condition, arms);
        for (Arm arm : arms) {
            List<Expr> operands = new ArrayList<>(call.arguments());
            operands.set(at, arm.value());
            boolean nothing = arm.value() instanceof Expr.Literal l && l.isNull();
            Expr value = nothing ? Expr.literal(null, call.type()) : new Expr.Call(call.op(), operands, call.type());
            split(value, arm.condition(), into);
        }
    }

    /** GREATEST and LEAST as the CASE that they mean: a missing value is passed over. */
    private static Expr larger(Op op, Expr a, Expr b, SqlType type) {
        List<Expr.When> whens = new ArrayList<>();
        if (!(b instanceof Expr.Literal)) {
            whens.add(new Expr.When(Expr.predicate(Op.IS_NULL, b), a));
        }
        if (!(a instanceof Expr.Literal)) {
            whens.add(new Expr.When(Expr.predicate(Op.IS_NULL, a), b));
        }
        whens.add(new Expr.When(Expr.predicate(op == Op.GREATEST ? Op.GREATER_OR_EQUAL : Op.LESS_OR_EQUAL, a, b), a));
        return new Expr.Case(whens, b, type);
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

    /** The condition of an arm: each conjunct for itself, as none of them may be unknown. */
    static Expr isTrue(Expr condition) {
        if (condition instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && op == Op.IS_TRUE) {
            return isTrue(a.getFirst());
        }
        return Expr.and(Expr.conjunctsOf(condition).stream()
                .map(c -> Expr.predicate(Op.IS_TRUE, c))
                .toList());
    }

    private static Expr and(List<Expr> before, Expr last) {
        List<Expr> all = new ArrayList<>(before);
        all.add(last);
        return Expr.and(all);
    }

    static Expr notNull(Expr e) {
        return Expr.predicate(Op.IS_NOT_NULL, e);
    }
}
