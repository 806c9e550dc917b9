package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Profile;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Hidden;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates over people as formulas over atoms. Conditionals are split into arms, each an atom of its own, so that a sum is hidden as
 * soon as one non-empty arm is too small. Refuses functions whose result is the value of one person.
 */
final class AggregateTranslator {
    private static final Hidden EXTREME = new Hidden(Set.of("extreme"));

    private final Rules rules;
    private final Scope scope;
    private final Atoms atoms;
    private final Arms arms;
    private final Counts counts;
    private final DistinctCounts distinctCounts;
    private final Sums sums;
    private final Spread spread;
    private final Percentiles percentiles;
    private final UnaryOperator<Expr> sourceValues;

    AggregateTranslator(
            Atoms atoms,
            UnitRows rows,
            Rules rules,
            Scope scope,
            LocalDate snapshot,
            UnaryOperator<Expr> sourceValues,
            UnaryOperator<Expr> exactDays,
            Linking linking) {
        this.rules = rules;
        this.scope = scope;
        this.atoms = atoms;
        this.sourceValues = sourceValues;
        this.arms = new Arms(rules, sourceValues);
        this.counts = new Counts(atoms, rules, sourceValues);
        this.distinctCounts = new DistinctCounts(rows, rules, scope, atoms, sourceValues, linking);
        this.sums = new Sums(atoms, counts, new SumSteps(scope, rules, atoms.base()), rules, snapshot, exactDays);
        this.spread = new Spread(arms, sums);
        this.percentiles = new Percentiles(arms, sums);
    }

    /**
     * @param function lower-case name
     * @param written the argument, null for count(*)
     * @param second the second argument of correlations and regressions
     * @param filter FILTER clause, always() without one
     */
    Expr translate(
            String function,
            @Nullable Expr written,
            @Nullable Expr second,
            Expr filter,
            boolean distinct,
            SqlType type) {
        Expr where = where(filter);
        Expr argument = written == null || distinct ? written : Casts.exact(written);
        if (Spread.measures(function)) {
            refuseDistinct(distinct, function);
            return Casts.cast(
                    second == null
                            ? spread.ofOne(function, required(argument), where)
                            : spread.ofTwo(function, required(argument), second, where),
                    type);
        }
        Expr formula = switch (function) {
            case "count" ->
                argument == null
                        ? atoms.rows(where)
                        : distinct ? distinctCounts.translate(argument, where) : counts.of(arms.of(argument, where));
            case "sum", "$sum0" -> {
                refuseDistinct(distinct, function);
                yield sums.of(arms.of(required(argument), where));
            }
            case "avg" -> {
                refuseDistinct(distinct, function);
                List<Arms.Arm> split = arms.of(required(argument), where);
                yield Expr.call(Op.DIVIDE, SqlType.NUMERIC, sums.of(split), counts.of(split));
            }
            case "mode" ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "mode over people would tell the most frequent value without how many people have it",
                        "SELECT …, count(*) … GROUP BY that column ORDER BY count(*) DESC tells both; with LIMIT 1 only the most frequent.");
            case "min", "max" -> extreme(function, required(argument), type);
            case "bool_and", "bool_or", "every" ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s of people or their records is what one of them can decide".formatted(function),
                        "Count those who fulfil the condition: count(*) FILTER (WHERE …); of one person's records EXISTS tells it.");
            default ->
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "%s is not available over data about people".formatted(function),
                        "count, count(DISTINCT …), sum, avg, stddev, variance, corr, regr_… and percentiles are.");
        };
        return Casts.cast(formula, type);
    }

    /** A percentile. */
    Expr translate(Percentiles.Order order, Expr filter, SqlType type) {
        Percentiles.Order exact =
                new Percentiles.Order(Casts.exact(order.argument()), order.share(), order.descending());
        return Casts.cast(percentiles.of(exact, where(filter)), type);
    }

    private Expr extreme(String function, Expr argument, SqlType type) {
        if (atoms.extremes() == Profile.Extremes.REFUSED) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "%s of %s over people is the value of one person".formatted(function, scope.nameOf(argument)),
                    "Ask for counts by band, or avg(); min and max per person inside a sub-query grouped by the person's key are fine.");
        }
        rules.value(argument);
        rules.derivedDates(argument);
        return Expr.literal(EXTREME, type);
    }

    private Expr where(Expr filter) {
        if (filter.equals(Expr.always())) {
            return filter;
        }
        rules.predicate(filter);
        rules.derivedDates(filter);
        return sourceValues.apply(Arms.isTrue(filter));
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
}
