package io.weir.query.disclose;

import io.weir.disclosure.history.Asked;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Asked.Range;
import io.weir.disclosure.history.Asked.Value;
import io.weir.query.govern.plan.Op;
import io.weir.query.rewrite.ColumnCondition;
import io.weir.query.rewrite.ColumnCondition.Kind;
import io.weir.query.rewrite.ConditionText;
import io.weir.query.rewrite.ConjunctText;
import io.weir.query.rewrite.TextTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What it asks of a row that a condition is true, by the condition's canonical text. */
final class Truth {
    private static final String TRUE = "true";
    private static final String FALSE = "false";

    private Truth() {}

    /** Of one part of a conjunct. */
    static Asked of(String text) {
        return of(ConditionText.read(text));
    }

    private static Asked of(ConditionText condition) {
        return switch (condition) {
            case ConditionText.Plain(String text) -> plain(text);
            case ConditionText.NotTrue(List<ConditionText> all) -> new Asked.Unless(each(all), true);
            case ConditionText.False(List<ConditionText> all) -> oneFalse(all);
            case ConditionText.Or(List<List<ConditionText>> options) ->
                new Asked.Either(options.stream().map(Truth::each).toList());
        };
    }

    private static List<Asked> each(List<ConditionText> conditions) {
        return conditions.stream().map(Truth::of).toList();
    }

    /** That one of several conditions is false: then they are not all true, whatever the others are. */
    private static Asked oneFalse(List<ConditionText> all) {
        return new Asked.Either(
                all.stream().map(condition -> List.of(isFalse(condition))).toList());
    }

    /** What is false is not what is not true: by what it is true for alone one cannot tell. */
    private static Asked isFalse(ConditionText condition) {
        return switch (condition) {
            case ConditionText.Plain(String text) ->
                ColumnCondition.read(text)
                        .map(comparison -> of(comparison)
                                .map(holds -> isFalse(TextTree.read(comparison.subject()), holds))
                                .orElseGet(() -> new Asked.Wording("false " + text)))
                        .orElseGet(() -> isFalse(TextTree.read(text)));
            case ConditionText.NotTrue(List<ConditionText> all) -> new Asked.Either(List.of(each(all)));
            case ConditionText.False(List<ConditionText> all) -> new Asked.Either(List.of(each(all)));
            case ConditionText.Or(List<List<ConditionText>> options) ->
                new Asked.Either(List.of(options.stream().map(Truth::oneFalse).toList()));
        };
    }

    private static Asked plain(String text) {
        Optional<ColumnCondition> comparison = ColumnCondition.read(text);
        if (comparison.isPresent()) {
            return of(comparison.get()).orElseGet(() -> new Asked.Wording(text));
        }
        TextTree tree = TextTree.read(text);
        return tree instanceof TextTree.Call(String t, Op op, List<TextTree> arguments) && op == Op.IS_NOT_NULL
                ? present(text, arguments.getFirst())
                : of(tree);
    }

    /** Whether a value is there by a condition is no mere presence. */
    private static Asked present(String text, TextTree argument) {
        return ConjunctText.isPresence(text)
                ? new Asked.Present(Preimage.subject(argument).text())
                : new Asked.Unless(List.of(Preimage.missing(argument)), true);
    }

    private static Optional<Asked> of(ColumnCondition comparison) {
        List<Piece> pieces = new ArrayList<>();
        for (String value : comparison.values()) {
            Optional<Piece> piece =
                    Pieces.of(comparison.type(), value).flatMap(one -> Pieces.compared(comparison.kind(), one));
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            pieces.add(piece.get());
        }
        return Optional.of(Preimage.of(TextTree.read(comparison.subject()), pieces));
    }

    /** That a condition inside another one is true. */
    static Asked of(TextTree condition) {
        return switch (condition) {
            case TextTree.Constant constant -> Preimage.of(constant, truth(TRUE));
            case TextTree.Call(String text, Op op, List<TextTree> a) ->
                switch (op) {
                    case AND ->
                        new Asked.Either(List.of(a.stream().map(Truth::of).toList()));
                    case OR ->
                        new Asked.Either(a.stream().map(c -> List.of(of(c))).toList());
                    case NOT -> isFalse(a.getFirst());
                    case IS_TRUE -> of(a.getFirst());
                    case IS_NOT_TRUE -> new Asked.Unless(List.of(of(a.getFirst())), true);
                    case IS_NULL -> Preimage.missing(a.getFirst());
                    case IS_NOT_NULL -> new Asked.Unless(List.of(Preimage.missing(a.getFirst())), true);
                    case EQUAL -> compared(condition, a, Kind.ONE_OF, Kind.ONE_OF);
                    case NOT_EQUAL ->
                        WithConstant.of(a).isPresent()
                                ? isFalse(subject(condition, a), compared(condition, a, Kind.ONE_OF, Kind.ONE_OF))
                                : Preimage.of(condition, truth(TRUE));
                    case LESS -> compared(condition, a, Kind.LESS, Kind.GREATER);
                    case LESS_OR_EQUAL -> compared(condition, a, Kind.LESS_OR_EQUAL, Kind.GREATER_OR_EQUAL);
                    default -> Preimage.of(condition, truth(TRUE));
                };
            default -> Preimage.of(condition, truth(TRUE));
        };
    }

    private static List<Piece> truth(String value) {
        return List.of(new Value(value));
    }

    /**
     * A comparison with a constant.
     *
     * @param kind when the constant is the second
     * @param reversed when it is the first
     */
    private static Asked compared(TextTree comparison, List<TextTree> sides, Kind kind, Kind reversed) {
        return WithConstant.of(sides)
                .map(with -> Pieces.of(with.constant())
                        .flatMap(value -> Pieces.compared(with.isFirst() ? reversed : kind, value))
                        .map(piece -> Preimage.of(with.subject(), List.of(piece)))
                        .orElseGet(() -> Preimage.of(comparison, truth(TRUE))))
                .orElseGet(() -> new Asked.In(comparison.text(), truth(TRUE), Optional.empty()));
    }

    /** What has a value where the comparison has one. */
    private static TextTree subject(TextTree comparison, List<TextTree> sides) {
        return WithConstant.of(sides).map(WithConstant::subject).orElse(comparison);
    }

    /**
     * Two sides of which one is a constant with a value.
     *
     * @param isFirst whether the constant is
     */
    private record WithConstant(TextTree subject, TextTree.Constant constant, boolean isFirst) {
        static Optional<WithConstant> of(List<TextTree> sides) {
            boolean first = sides.get(0) instanceof TextTree.Constant;
            return sides.get(first ? 0 : 1) instanceof TextTree.Constant constant && constant.value() != null
                    ? Optional.of(new WithConstant(sides.get(first ? 1 : 0), constant, first))
                    : Optional.empty();
        }
    }

    private static Asked isFalse(TextTree condition) {
        return switch (condition) {
            case TextTree.Call(String text, Op op, List<TextTree> a) ->
                switch (op) {
                    case AND ->
                        new Asked.Either(
                                a.stream().map(c -> List.of(isFalse(c))).toList());
                    case OR ->
                        new Asked.Either(List.of(a.stream().map(Truth::isFalse).toList()));
                    case NOT, IS_NOT_TRUE -> of(a.getFirst());
                    case IS_TRUE -> new Asked.Unless(List.of(of(a.getFirst())), true);
                    case IS_NULL -> new Asked.Unless(List.of(Preimage.missing(a.getFirst())), true);
                    case IS_NOT_NULL -> Preimage.missing(a.getFirst());
                    case NOT_EQUAL ->
                        WithConstant.of(a).isPresent()
                                ? compared(condition, a, Kind.ONE_OF, Kind.ONE_OF)
                                : Preimage.of(condition, truth(FALSE));
                    case EQUAL, LESS, LESS_OR_EQUAL -> isFalse(subject(condition, a), of(condition));
                    default -> Preimage.of(condition, truth(FALSE));
                };
            default -> Preimage.of(condition, truth(FALSE));
        };
    }

    /** A comparison is false where what is compared has a value and it is not true. */
    private static Asked isFalse(TextTree compared, Asked holds) {
        Asked there = Preimage.of(compared, List.of(new Range(null, null)));
        return new Asked.Either(List.of(List.of(there, new Asked.Unless(List.of(holds), true))));
    }
}
