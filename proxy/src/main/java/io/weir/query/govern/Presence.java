package io.weir.query.govern;

import io.weir.policy.Column;
import io.weir.policy.Domain;
import io.weir.policy.Grid;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;

/**
 * What has a value in every row, by the policy and by its form: who lacks one need not be asked then, and a mean beside a number of rows is of
 * the same people by structure, not because nobody happens to lack a value.
 */
final class Presence {
    private static final BigDecimal LARGEST_FACTOR = BigDecimal.valueOf(1_000_000);

    private final Scope scope;

    Presence(Scope scope) {
        this.scope = scope;
    }

    /** That there is a value, as a condition; always() where there always is one. */
    Expr of(Expr value) {
        return isCertain(value) ? Expr.always() : Arms.notNull(value);
    }

    private boolean isCertain(Expr value) {
        return switch (value) {
            case Expr.Literal l -> !l.isNull();
            case Expr.Column c -> isFilled(c);
            case Expr.Cast c ->
                !c.cuts()
                        && c.type().isNumber()
                        && c.argument().type().isInteger()
                        && (c.type() == SqlType.NUMERIC
                                || c.type() == c.argument().type())
                        && isCertain(c.argument());
            case Expr.Call(Op op, List<Expr> a, SqlType t) ->
                switch (op) {
                    case DAYS_BETWEEN, YEAR_OF -> a.stream().allMatch(this::isOrdinaryDay);
                    // In numbers with room for every integer.
                    case ADD, SUBTRACT, MULTIPLY -> a.stream().allMatch(this::isCertainInteger);
                    case COALESCE -> a.stream().anyMatch(this::isCertain);
                    case CONCAT -> a.stream().allMatch(this::isCertain);
                    default -> false;
                };
            default -> false;
        };
    }

    private boolean isCertainInteger(Expr value) {
        return switch (value) {
            case Expr.Literal l ->
                l.value() instanceof Number n
                        && new BigDecimal(n.toString()).abs().compareTo(LARGEST_FACTOR) <= 0;
            case Expr.Cast c -> !c.cuts() && c.type().isNumber() && isCertainInteger(c.argument());
            case Expr.Call call when call.op() == Op.YEAR_OF || call.op() == Op.DAYS_BETWEEN -> isCertain(call);
            case Expr.Call call
            when call.op() == Op.ADD || call.op() == Op.SUBTRACT ->
                call.arguments().stream().allMatch(this::isCertainInteger);
            case Expr.Column c when scope.isProtected(c) -> false;
            case Expr.Column c -> (c.type().isInteger() || isWholeOfPerson(scope.info(c))) && isFilled(c);
            default -> value.type().isInteger() && isCertain(value);
        };
    }

    /** The smallest year of a person, and what else a sub-query makes of whole numbers. */
    private static boolean isWholeOfPerson(ColumnInfo info) {
        return info.base() == null
                && info.grid() instanceof Grid.Step(BigDecimal step)
                && step.compareTo(BigDecimal.ONE) == 0;
    }

    /** A column in which the policy says that NULL does not occur, in a relation whose rows are not filled up by a join. */
    private boolean isFilled(Expr.Column c) {
        if (scope.isProtected(c) || scope.isOptional(c.alias())) {
            return false;
        }
        ColumnInfo info = scope.info(c);
        Column base = info.base();
        boolean seen = base == null
                || c.name().startsWith(Rel.RAW)
                || base.aggregateView().keepsGaps();
        return !info.nullable() && seen;
    }

    /** The smallest or largest of a person's values is one of them: whether there always is one, and a day is one to calculate with. */
    boolean isCertainExtreme(Expr value) {
        boolean day = value.type() == SqlType.DATE || value.type() == SqlType.TIMESTAMP;
        return day ? isOrdinaryDay(value) : value.type() != SqlType.TIMESTAMPTZ && isCertain(value);
    }

    /** A day that the calendar of every source has: of a declared period, or one whose parts are granted, or the first or last of those of a person. */
    private boolean isOrdinaryDay(Expr day) {
        if (day instanceof Expr.Literal literal) {
            return !literal.isNull();
        }
        if (!(day instanceof Expr.Column c) || !isFilled(c)) {
            return false;
        }
        Column base = scope.info(c).base();
        return base == null
                ? !scope.info(c).reference()
                : base.domain() instanceof Domain.Period || !base.parts().isEmpty();
    }
}
