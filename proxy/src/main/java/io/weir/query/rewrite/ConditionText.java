package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A condition as canonical text that can be read again as far as it is made of others: with {@code AND}, {@code OR}, and what is not true or false. Equal conditions have
 * equal texts; reading a text that is none of these gives it back.
 */
public sealed interface ConditionText {
    /** Something else, by its text. */
    record Plain(String text) implements ConditionText {}

    /** Not all of these are true. */
    record NotTrue(List<ConditionText> all) implements ConditionText {
        public NotTrue {
            all = List.copyOf(all);
        }
    }

    /** At least one of these is false, and none that makes it unknown. */
    record False(List<ConditionText> all) implements ConditionText {
        public False {
            all = List.copyOf(all);
        }
    }

    /** All of one of the options are true. */
    record Or(List<List<ConditionText>> options) implements ConditionText {
        public Or {
            options = options.stream().map(List::copyOf).toList();
        }
    }

    /** @param plain writes what is none of these */
    static String of(Expr condition, Function<Expr, String> plain) {
        return of(condition, plain, false);
    }

    /** @param orFalse whether it is also asked where the condition is false, and not only where it is true */
    private static String of(Expr condition, Function<Expr, String> plain, boolean orFalse) {
        if (condition instanceof Expr.Call call) {
            Expr first = call.arguments().isEmpty() ? call : call.arguments().getFirst();
            switch (call.op()) {
                case IS_TRUE -> {
                    // What is unknown is not true, and then it is false that it is true.
                    return orFalse
                            ? Nested.write(
                                    "unless",
                                    List.of(List.of(Nested.write("unless", List.of(conjuncts(first, plain, false))))))
                            : of(first, plain, false);
                }
                case IS_NOT_TRUE -> {
                    return Nested.write("unless", List.of(conjuncts(first, plain, false)));
                }
                case NOT -> {
                    // A comparison has an opposite.
                    if (first instanceof Expr.Call inner && (inner.op() == Op.AND || inner.op() == Op.OR)) {
                        return Nested.write("not", List.of(conjuncts(first, plain, true)));
                    }
                }
                case OR -> {
                    String one = plain.apply(condition);
                    // Values of one subject are one comparison.
                    return ColumnCondition.read(one).isPresent()
                            ? one
                            : Nested.write(
                                    "or",
                                    call.arguments().stream()
                                            .map(option -> conjuncts(option, plain, orFalse))
                                            .sorted(java.util.Comparator.comparing(Object::toString))
                                            .distinct()
                                            .toList());
                }
                case NOT_EQUAL -> {
                    String one = plain.apply(new Expr.Call(Op.EQUAL, call.arguments(), call.type()));
                    return ColumnCondition.read(one).isPresent()
                            ? Nested.write("not", List.of(List.of(one)))
                            : plain.apply(condition);
                }
                default -> {}
            }
        }
        return plain.apply(condition);
    }

    /** That a condition, by its text, is not true. */
    static String unless(String condition) {
        return Nested.write("unless", List.of(List.of(condition)));
    }

    private static List<String> conjuncts(Expr condition, Function<Expr, String> plain, boolean orFalse) {
        return ColumnCondition.simplified(Expr.conjunctsOf(condition).stream()
                        .map(conjunct -> of(conjunct, plain, orFalse))
                        .toList())
                .stream()
                .sorted()
                .distinct()
                .toList();
    }

    static ConditionText read(String text) {
        return Nested.read(text)
                .<ConditionText>map(nested -> switch (nested.name()) {
                    case "unless" -> new NotTrue(all(nested.lists().getFirst()));
                    case "not" -> new False(all(nested.lists().getFirst()));
                    case "or" ->
                        new Or(nested.lists().stream().map(ConditionText::all).toList());
                    default -> new Plain(text);
                })
                .orElseGet(() -> new Plain(text));
    }

    private static List<ConditionText> all(List<String> texts) {
        List<ConditionText> all = new ArrayList<>();
        texts.forEach(text -> all.add(read(text)));
        return all;
    }
}
