package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Whether two periods overlap, by comparisons of their ends. A period is half open, its ends may stand in either order, and one without an
 * end is a moment of which it is known only that something begins or ends there: as SQL's OVERLAPS has it. Refuses nothing. Pure.
 */
final class Overlaps {
    private final BiFunction<Op, List<Expr>, Expr> comparison;

    /** @param comparison makes a comparison as one that is written */
    Overlaps(BiFunction<Op, List<Expr>, Expr> comparison) {
        this.comparison = comparison;
    }

    /**
     * Two ends as they are written.
     *
     * @param firstMayLack whether the first can be NULL
     */
    record Ends(Expr first, boolean firstMayLack, Expr second, boolean secondMayLack) {}

    /**
     * A period under a condition.
     *
     * @param whole whether its end is known
     */
    private record Period(Expr condition, Expr start, Expr end, boolean whole) {}

    Expr of(Ends left, Ends right) {
        List<Expr.When> whens = new ArrayList<>();
        for (Period a : periods(left)) {
            for (Period b : periods(right)) {
                Expr condition = Expr.and(List.of(a.condition(), b.condition()));
                Expr answer = overlap(a, b);
                if (condition.equals(Expr.always())) {
                    return answer;
                }
                whens.add(new Expr.When(condition, answer));
            }
        }
        return whens.isEmpty() ? unknown() : new Expr.Case(whens, unknown(), SqlType.BOOL);
    }

    private static Expr unknown() {
        return Expr.literal(null, SqlType.BOOL);
    }

    private Expr compared(Op op, Expr left, Expr right) {
        return Casts.fold(comparison.apply(op, List.of(left, right)));
    }

    /** What the ends can mean, without those that cannot be. */
    private List<Period> periods(Ends ends) {
        Expr first = ends.first();
        Expr second = ends.second();
        List<Period> all = new ArrayList<>();
        Expr noFirst = missing(first, ends.firstMayLack());
        Expr noSecond = missing(second, ends.secondMayLack());
        Expr ordered = compared(Op.LESS_OR_EQUAL, first, second);
        add(all, List.of(ordered), first, second, true);
        add(all, List.of(compared(Op.GREATER, first, second)), second, first, true);
        add(all, List.of(not(noFirst), noSecond), first, first, false);
        add(all, List.of(noFirst, not(noSecond)), second, second, false);
        return all;
    }

    private static void add(List<Period> all, List<Expr> conditions, Expr start, Expr end, boolean whole) {
        boolean never =
                conditions.stream().anyMatch(c -> c instanceof Expr.Literal l && !Boolean.TRUE.equals(l.value()));
        if (!never) {
            all.add(new Period(Expr.and(conditions), start, end, whole));
        }
    }

    private static Expr missing(Expr end, boolean mayLack) {
        return mayLack ? Casts.fold(Expr.predicate(Op.IS_NULL, end)) : Expr.literal(false, SqlType.BOOL);
    }

    private static Expr not(Expr condition) {
        return condition instanceof Expr.Call call && call.op() == Op.IS_NULL
                ? Expr.predicate(Op.IS_NOT_NULL, call.arguments().getFirst())
                : Casts.fold(Expr.predicate(Op.NOT, condition));
    }

    private Expr overlap(Period a, Period b) {
        if (!a.whole() && !b.whole()) {
            return unknown();
        }
        if (!a.whole()) {
            return within(a.start(), b);
        }
        if (!b.whole()) {
            return within(b.start(), a);
        }
        Expr before = compared(Op.LESS, a.start(), b.end());
        Expr after = compared(Op.GREATER, a.end(), b.start());
        boolean lasts = compared(Op.LESS, b.start(), b.end()).equals(Expr.always());
        // With ranges alone where it can be said so: a date is compared with bounds on its grid.
        return lasts
                ? Expr.and(List.of(before, either(after, compared(Op.GREATER_OR_EQUAL, a.start(), b.start()))))
                : either(compared(Op.EQUAL, a.start(), b.start()), Expr.and(List.of(before, after)));
    }

    /** A moment that lies within a period is known to overlap it; of any other it is not known. */
    private Expr within(Expr moment, Period period) {
        Expr inside = Expr.and(
                List.of(compared(Op.GREATER, moment, period.start()), compared(Op.LESS, moment, period.end())));
        return new Expr.Case(List.of(new Expr.When(inside, Expr.literal(true, SqlType.BOOL))), unknown(), SqlType.BOOL);
    }

    private static Expr either(Expr first, Expr second) {
        return new Expr.Call(Op.OR, List.of(first, second), SqlType.BOOL);
    }
}
