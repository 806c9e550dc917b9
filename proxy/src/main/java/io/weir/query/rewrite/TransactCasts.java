package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;

/** Casts in Transact-SQL: TRY_CAST, so that a value without room is NULL and no error. */
final class TransactCasts {
    private final SqlText out;
    private final TransactExpressions values;
    private final TransactNumbers numbers;

    TransactCasts(SqlText out, TransactExpressions values, TransactNumbers numbers) {
        this.out = out;
        this.values = values;
        this.numbers = numbers;
    }

    void write(Expr.Cast cast) {
        Expr argument = cast.argument();
        SqlType from = argument.type();
        SqlType to = cast.type();
        if ((from == SqlType.TIMESTAMPTZ) != (to == SqlType.TIMESTAMPTZ) && !from.isText() && !to.isText()) {
            throw new IllegalStateException("a cast that depends on the time zone of the source's session");
        }
        if (to.isText()) {
            text(cast);
        } else if (from.isText()) {
            throw Untranslatable.refuse("a cast from text to " + to.sqlName(), "Compare the text itself.");
        } else if (from == SqlType.BOOL && to.isNumber()) {
            out.append("CASE WHEN ");
            values.condition(argument);
            out.append(" THEN 1 WHEN NOT ");
            values.condition(argument);
            out.append(" THEN 0 END");
        } else if (to.isInteger() || to == SqlType.NUMERIC) {
            number(cast);
        } else if (cast.cuts()) {
            // To fewer digits of the second: rounded in both.
            tried(argument, TransactTypes.name(to).replace("(6)", "(" + cast.typmod() + ")"));
        } else {
            tried(argument, TransactTypes.name(to));
        }
    }

    /** A cast to fewer decimals rounds half away from zero; one to an integer type would cut. */
    private void number(Expr.Cast cast) {
        Expr argument = cast.argument();
        if (cast.cuts() && cast.type() == SqlType.NUMERIC) {
            NumberShape shape = NumberShape.of(cast.target())
                    .filter(NumberShape::fits)
                    .orElseThrow(() -> Untranslatable.refuse(
                            "a cast to more digits than SQL Server has", "Cast to numeric(38,0) or less."));
            tried(argument, shape.type());
        } else if (cast.type().isInteger() && !argument.type().isInteger()) {
            numbers.exact(argument, numbers.shape(argument).whole());
        } else {
            numbers.exact(argument);
        }
    }

    private void text(Expr.Cast cast) {
        Expr argument = cast.argument();
        SqlType from = argument.type();
        if (from.isText()) {
            boolean trims = cast.type() == SqlType.BPCHAR && from != SqlType.BPCHAR;
            values.around(trims ? "RTRIM(" : "", argument, trims ? ")" : "");
            return;
        }
        if (from.isInteger()) {
            out.append("CAST(");
            values.write(argument);
            out.append(" AS nvarchar(" + TransactTypes.SHORT_TEXT + "))");
        } else if (from == SqlType.DATE) {
            // Style 23: year, month and day with hyphens.
            out.append("CONVERT(nvarchar(" + TransactTypes.SHORT_TEXT + "), ");
            values.write(argument);
            out.append(", 23)");
        } else {
            throw Untranslatable.refuse(
                    "a cast from %s to text".formatted(from.sqlName()), "Leave the value as it is.");
        }
        out.append(TransactTypes.COLLATION);
    }

    private void tried(Expr argument, String type) {
        out.append("TRY_CAST(");
        values.write(argument);
        out.append(" AS ").append(type).append(")");
    }
}
