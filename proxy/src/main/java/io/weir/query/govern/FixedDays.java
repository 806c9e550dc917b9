package io.weir.query.govern;

import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Days that may be the same for many people: constants, reference data, and conditionals that may give either. A date that is coarser than days
 * and is put beside one of them, or counted from it, is bounded wherever the caller likes. Refuses nothing: it is for the rules to ask.
 */
final class FixedDays {
    private final Scope scope;

    FixedDays(Scope scope) {
        this.scope = scope;
    }

    /** What a date may be: what is chosen from, and what is moved. */
    static List<Expr> options(Expr date) {
        return switch (date) {
            case Expr.Cast c -> options(c.argument());
            case Expr.AtZone at -> options(at.argument());
            case Expr.Case c ->
                Stream.concat(c.whens().stream().map(Expr.When::value), Stream.of(c.otherwise()))
                        .flatMap(v -> options(v).stream())
                        .toList();
            case Expr.Call call ->
                switch (call.op()) {
                    case COALESCE, GREATEST, LEAST ->
                        call.arguments().stream()
                                .flatMap(a -> options(a).stream())
                                .toList();
                    case NULLIF, ADD_DAYS, ADD_INTERVAL ->
                        options(call.arguments().getFirst());
                    default -> List.of(date);
                };
            default -> List.of(date);
        };
    }

    /** Whether a date may be a constant or reference data. */
    boolean isPossible(Expr date) {
        return options(date).stream().anyMatch(this::isFixed);
    }

    /** Whether a value may be a date of reference data: that of the row that the caller names. */
    boolean isPublicDay(Expr value) {
        return isDay(value.type()) && options(value).stream().anyMatch(o -> isFixed(o) && !o.isCallerValue());
    }

    private boolean isFixed(Expr option) {
        return scope.isReference(option) && !(option instanceof Expr.Literal l && l.isNull());
    }

    /** Whether a date may be one of a person that is known by weeks, months or years, or of which no range may be asked for. */
    boolean isCoarse(Expr date) {
        return Scope.columnsOf(date).stream().anyMatch(this::isCoarseColumn);
    }

    /** Whether a value tells the day itself of such a date, and not only with what unit it begins. */
    boolean tellsDay(Expr value) {
        return isDay(value.type())
                && options(value).stream()
                        .anyMatch(o -> isCoarse(o)
                                && !(o instanceof Expr.Call call && call.op().isTruncation()));
    }

    private boolean isCoarseColumn(Expr.Column c) {
        return isDay(c.type())
                && !scope.isProtected(c)
                && !scope.info(c).reference()
                && !scope.info(c).grid().equals(new Grid.Dates(DateUnit.DAY));
    }

    private static boolean isDay(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP || type == SqlType.TIMESTAMPTZ;
    }

    /** Where ranges of a date may be cut; null where nowhere. The date of a time begins where the time's days do. */
    @Nullable
    DateUnit unit(Expr date) {
        return switch (date) {
            case Expr.Cast c -> unit(c.argument());
            case Expr.AtZone at -> unit(at.argument());
            case Expr.Column c -> scope.info(c).grid() instanceof Grid.Dates(DateUnit unit) ? unit : null;
            case Expr.Call call -> unit(call.op());
            default -> null;
        };
    }

    private static @Nullable DateUnit unit(Op op) {
        return switch (op) {
            case TRUNCATE_YEAR -> DateUnit.YEAR;
            case TRUNCATE_QUARTER -> DateUnit.QUARTER;
            case TRUNCATE_MONTH -> DateUnit.MONTH;
            case TRUNCATE_WEEK -> DateUnit.WEEK;
            case TRUNCATE_DAY -> DateUnit.DAY;
            default -> null;
        };
    }

    /** What a number of days between two dates is: of one person a whole number as others, else a date by another name. */
    Magnitude between(Expr left, Expr right) {
        boolean named = isPossible(left) && isCoarse(right) || isPossible(right) && isCoarse(left);
        if (!named) {
            return Magnitude.COUNT;
        }
        boolean forward = right.isCallerValue();
        Expr day = forward ? right : left;
        Expr own = forward ? left : right;
        if (!day.isCallerValue() || own.isCallerValue()) {
            return new Magnitude.Since(null, null, forward);
        }
        return switch (day) {
            case Expr.Literal l
            when l.value() instanceof LocalDate first -> new Magnitude.Since(first, unit(own), forward);
            case Expr.Literal l when !l.isNull() -> new Magnitude.Since(null, null, forward);
            default -> new Magnitude.Since(null, unit(own), forward);
        };
    }
}
