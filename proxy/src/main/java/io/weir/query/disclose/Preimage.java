package io.weir.query.disclose;

import io.weir.disclosure.history.Asked;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.query.govern.plan.Op;
import io.weir.query.rewrite.TextTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What it asks of a row's columns that an expression has one of some values, or none, as far as the expression can be solved for them. */
final class Preimage {
    private static final Asked NEVER = new Asked.Either(List.of());
    private static final Asked ALWAYS = new Asked.Unless(List.of(NEVER), true);

    private Preimage() {}

    /** That the expression has a value that lies in one of the pieces. */
    static Asked of(TextTree expression, List<Piece> pieces) {
        return switch (expression) {
            case TextTree.Constant constant -> ofConstant(constant, pieces);
            case TextTree.Case choice -> ofCase(choice, result -> of(result, pieces));
            case TextTree.Call call when call.op() == Op.COALESCE -> ofCoalesce(call, pieces);
            case TextTree.Call call
            when call.op() == Op.MONTH_OF || call.op() == Op.QUARTER_OF -> ofPartOfYear(call, pieces);
            default ->
                Steps.inside(expression, pieces)
                        .map(inside -> of(inside.argument(), inside.pieces()))
                        .orElseGet(() -> in(expression, pieces));
        };
    }

    private static Asked in(TextTree subject, List<Piece> pieces) {
        return pieces.isEmpty() ? NEVER : new Asked.In(subject.text(), pieces, Optional.empty());
    }

    private static Asked ofConstant(TextTree.Constant constant, List<Piece> pieces) {
        if (constant.value() == null) {
            return NEVER;
        }
        return Pieces.point(constant)
                .flatMap(value -> Pieces.isIn(value, pieces))
                .map(in -> in ? ALWAYS : NEVER)
                .orElseGet(() -> in(constant, pieces));
    }

    /** In the years that are looked at it is days; of all other times it is known by the month's number alone. */
    private static Asked ofPartOfYear(TextTree.Call call, List<Piece> pieces) {
        TextTree day = call.arguments().getFirst();
        List<Piece> months = Periods.months(call.op(), pieces);
        Asked month = in(new TextTree.Leaf(Op.MONTH_OF + List.of(day.text()).toString()), months);
        return month.equals(NEVER)
                ? NEVER
                : new Asked.Either(List.of(
                        List.of(of(day, Periods.everyYear(call.op(), pieces))),
                        List.of(of(day, Periods.otherYears()), month)));
    }

    /** Of a column, or a constant where it has no value. */
    private static Asked ofCoalesce(TextTree.Call call, List<Piece> pieces) {
        if (call.arguments().size() != 2
                || !(call.arguments().get(0) instanceof TextTree.Leaf column)
                || !(call.arguments().get(1) instanceof TextTree.Constant constant)) {
            return in(call, pieces);
        }
        return new Asked.Either(List.of(
                List.of(in(column, pieces)), List.of(new Asked.Missing(column.text()), ofConstant(constant, pieces))));
    }

    /** @param ofResult what is asked of the result of a branch */
    private static Asked ofCase(TextTree.Case choice, Function<TextTree, Asked> ofResult) {
        List<List<Asked>> options = new ArrayList<>();
        List<Asked> before = new ArrayList<>();
        for (TextTree.When when : choice.whens()) {
            Asked condition = Truth.of(when.condition());
            List<Asked> option = new ArrayList<>(before);
            option.add(condition);
            add(option, ofResult.apply(when.value()), options);
            before.add(new Asked.Unless(List.of(condition), true));
        }
        add(before, ofResult.apply(choice.otherwise()), options);
        return new Asked.Either(options);
    }

    private static void add(List<Asked> option, Asked result, List<List<Asked>> options) {
        if (!result.equals(NEVER)) {
            option.add(result);
            options.add(option);
        }
    }

    /** That the expression has no value. */
    static Asked missing(TextTree expression) {
        return switch (expression) {
            case TextTree.Constant constant -> constant.value() == null ? ALWAYS : NEVER;
            case TextTree.Case choice -> ofCase(choice, Preimage::missing);
            default -> new Asked.Missing(subject(expression).text());
        };
    }

    /** What has a value exactly where the expression has one. */
    static TextTree subject(TextTree expression) {
        // Of days beyond the years that are calculated with there is a day, and no period.
        return expression instanceof TextTree.Call call
                        && (call.op().isTruncation() || call.op().isPartOfDate())
                ? expression
                : Steps.inside(expression, List.of())
                        .map(inside -> subject(inside.argument()))
                        .orElse(expression);
    }
}
