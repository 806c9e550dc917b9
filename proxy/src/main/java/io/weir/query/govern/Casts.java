package io.weir.query.govern;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;

/** Which casts change a value: those that do not are dropped, and those of constants are computed. Refuses nothing. Pure. */
final class Casts {
    private Casts() {}

    /** A constant for an expression that reads no column. */
    static Expr fold(Expr expr) {
        if (expr instanceof Expr.Literal || !expr.isConstant()) {
            return expr;
        }
        // coalesce(1, 2.5) gives the whole number that it found, which is sent as what the whole expression is.
        return new Expr.Literal(Evaluator.cast(Evaluator.constant(expr), expr.type()), expr.type());
    }

    /** Drops casts that change nothing; casts of constants are folded by the caller. */
    static Expr cast(Expr argument, SqlType target) {
        if (argument.type() == target
                || argument.type().isText() && target.isText()
                || argument instanceof Expr.Literal l && l.isNull()) {
            return argument instanceof Expr.Literal l ? new Expr.Literal(l.value(), target) : argument;
        }
        if (argument instanceof Expr.Cast(Expr inner, SqlType t, int typmod, boolean cuts)
                && typmod < 0
                && isLocal(inner.type())
                && isLocal(t)
                && isLocal(target)
                && inner.type().compareTo(t) < 0) {
            // There and back: a date's midnight comes back as the date.
            return cast(inner, target);
        }
        if (argument instanceof Expr.Call part
                && target.isInteger()
                && isPartOfDate(part)
                && (part.type() == SqlType.NUMERIC || part.type() == SqlType.FLOAT8)) {
            return new Expr.Call(part.op(), part.arguments(), target);
        }
        Expr cast = new Expr.Cast(argument, target);
        return fold(cast);
    }

    /** Numbers that are added up as they are, in place of casts to double precision, which some of them might have no room in. */
    static Expr exact(Expr value) {
        return value.transform(e -> switch (e) {
            case Expr.Cast cast
            when !cast.cuts()
                    && cast.type() == SqlType.FLOAT8
                    && cast.argument().type() == SqlType.NUMERIC -> cast.argument();
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when t == SqlType.FLOAT8
                    && (op == Op.ADD || op == Op.SUBTRACT || op == Op.MULTIPLY || op == Op.NEGATE)
                    && a.stream().noneMatch(x -> x.type() == SqlType.FLOAT8 || x.type() == SqlType.FLOAT4) ->
                new Expr.Call(op, a, SqlType.NUMERIC);
            default -> e;
        });
    }

    private static boolean isLocal(SqlType type) {
        return type == SqlType.DATE || type == SqlType.TIMESTAMP;
    }

    /** Whole numbers of at most four digits. */
    private static boolean isPartOfDate(Expr.Call call) {
        return call.op().isPartOfDate() || call.op() == Op.AGE_IN_YEARS;
    }

    /** A cast that somebody wrote, with its modifier. */
    static Expr cast(Expr argument, ColumnType declared, ColumnType target) {
        // An identifier is declared as its pseudonym, and computed with as it lies in the source.
        ColumnType from = declared.type() == argument.type() ? declared : ColumnType.of(argument.type());
        Expr plain = cast(argument, target.type());
        if (plain instanceof Expr.Literal l && l.isNull()) {
            return plain;
        }
        boolean holds = target.holds(from);
        if (target.type().isText()) {
            Expr text = holds
                    ? plain
                    : new Expr.Call(
                            Op.LEFT, List.of(plain, Expr.literal(target.length(), SqlType.INT4)), target.type());
            return target.type() == SqlType.BPCHAR && from.type() != SqlType.BPCHAR
                    ? fold(new Expr.Cast(text, SqlType.BPCHAR))
                    : fold(text);
        }
        boolean shownAlike = target.typmod() < 0
                || holds && (!target.hasScale() || from.hasScale() && from.scale() == target.scale());
        return shownAlike ? plain : fold(new Expr.Cast(argument, target.type(), target.typmod(), !holds));
    }
}
