package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;

/**
 * What can fail for a value, or becomes too long, is not calculated in rows of people, of whatever it is made: whether a row of reference data is looked at depends on whose row it is joined to.
 */
final class TotalForms {
    /** Places where a pattern lets anything stand: a source goes back to each of them, and each multiplies the time for one text by its length. */
    private static final int MOST_WILDCARDS = 5;

    private TotalForms() {}

    static void check(BlockExpressions block) {
        block.calculated().forEach(expr -> expr.walk(TotalForms::check));
    }

    private static void check(Expr expr) {
        switch (expr) {
            case Expr.Cast cast
            when !cast.isCallerValue() && !isTotal(cast) ->
                throw refuse(
                        "the cast from %s to %s could fail for a row"
                                .formatted(
                                        cast.argument().type().sqlName(),
                                        cast.type().sqlName()),
                        "Compare and group by the column as it is, and cast what is in the answer.");
            case Expr.Call call
            when isLonger(call) && !call.isCallerValue() ->
                throw refuse(
                        "%s makes a text longer in rows about people".formatted(call.op()),
                        "Compare and group by the column as it is, and write the text from what is in the answer.");
            case Expr.Call call
            when call.op() == Op.LIKE && !call.arguments().get(1).isCallerValue() ->
                // A pattern that ends in an escape character is an error, but only for a text that comes to its end.
                throw refuse(
                        "LIKE with a pattern that is made of a row",
                        "Write the patterns in the statement: region LIKE 'N%' OR region LIKE 'S%'.");
            case Expr.Call call
            when call.op() == Op.LIKE && wildcards(call.arguments().get(1)) > MOST_WILDCARDS ->
                throw refuse(
                        "LIKE with a pattern that has %% in more than %d places".formatted(MOST_WILDCARDS),
                        "Ask for several shorter patterns, joined by AND.");
            default -> {}
        }
    }

    private static int wildcards(Expr pattern) {
        if (!pattern.isConstant() || !(Evaluator.constant(pattern) instanceof String text)) {
            return 0;
        }
        int places = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && (i == 0 || text.charAt(i - 1) != '%')) {
                places++;
            }
        }
        return places;
    }

    private static boolean isTotal(Expr.Cast cast) {
        return cast.isTotal() && !(cast.cuts() && cast.type().isNumber());
    }

    private static boolean isLonger(Expr.Call call) {
        return switch (call.op()) {
            case REPEAT, PAD_LEFT, PAD_RIGHT -> true;
            case REPLACE ->
                !(call.arguments().get(1) instanceof Expr.Literal what
                        && call.arguments().get(2) instanceof Expr.Literal by
                        && what.value() instanceof String before
                        && by.value() instanceof String after
                        && after.length() <= before.length());
            default -> false;
        };
    }

    private static RuntimeException refuse(String fragment, String hint) {
        return Problem.of(ProblemCode.FUNCTION_USE, fragment, hint).asException();
    }
}
