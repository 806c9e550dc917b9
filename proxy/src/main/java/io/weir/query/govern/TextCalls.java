package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of texts. Refuses counts, separators and lengths that are not constants, and those with which a function would fail or grow
 * without bound.
 */
final class TextCalls {
    private static final int MOST_CHARACTERS = 1_000;
    private static final long MOST_AT_ALL = 2_000_000;

    private final ClosedDomains closed;

    TextCalls(ClosedDomains closed) {
        this.closed = closed;
    }

    /**
     * @param name the function's name in lower case
     * @return null when it is no such function
     */
    @Nullable
    Expr translate(String name, List<Expr> arguments, SqlType type) {
        Op op = switch (name) {
            case "initcap" -> Op.INITIALS;
            case "replace" -> Op.REPLACE;
            case "right" -> Op.RIGHT;
            case "split_part" -> Op.SPLIT_PART;
            case "lpad" -> Op.PAD_LEFT;
            case "rpad" -> Op.PAD_RIGHT;
            case "btrim" -> Op.TRIM_BOTH;
            case "ltrim" -> Op.TRIM_LEFT;
            case "rtrim" -> Op.TRIM_RIGHT;
            case "substring", "substr" -> Op.SUBSTRING;
            case "position", "strpos" -> Op.POSITION;
            case "reverse" -> Op.REVERSE;
            case "repeat" -> Op.REPEAT;
            case "translate" -> Op.TRANSLATE;
            default -> null;
        };
        if (name.equals("concat")) {
            return concatenated(arguments);
        }
        if (op == null) {
            return null;
        }
        List<Expr> ordered = new ArrayList<>(arguments);
        if (name.equals("position")) {
            Collections.reverse(ordered); // what is searched for comes first there
        }
        check(op, ordered);
        Expr.Call call = new Expr.Call(op, ordered, type);
        if (characters(call) > MOST_AT_ALL) {
            throw refuse(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "functions of texts make a text that is too long",
                    "Repeat and replace less often within one another.");
        }
        return closed.written(call);
    }

    /** How long a text may become; of data it is known that texts are short. */
    private static long characters(Expr expr) {
        return switch (expr) {
            case Expr.Literal l -> l.value() instanceof String text ? text.length() : 20;
            case Expr.Call call -> {
                long first = call.arguments().isEmpty()
                        ? 0
                        : characters(call.arguments().getFirst());
                long all = switch (call.op()) {
                    case REPLACE ->
                        first * Math.max(1, characters(call.arguments().get(2)));
                    case REPEAT -> first * number(call.arguments().get(1));
                    case PAD_LEFT, PAD_RIGHT ->
                        Math.max(first, number(call.arguments().get(1)));
                    default ->
                        call.operands().stream()
                                .mapToLong(TextCalls::characters)
                                .sum();
                };
                yield Math.min(all, 10 * MOST_AT_ALL);
            }
            default ->
                Math.min(
                        Math.max(
                                MOST_CHARACTERS,
                                expr.operands().stream()
                                        .mapToLong(TextCalls::characters)
                                        .sum()),
                        10 * MOST_AT_ALL);
        };
    }

    private static long number(Expr constant) {
        return constant.isConstant() && Evaluator.constant(constant) instanceof Number n
                ? Math.max(0, n.longValue())
                : MOST_CHARACTERS;
    }

    /** Refuses lengths, places and separators of data, and those with which a function fails. */
    static void check(Op op, List<Expr> arguments) {
        for (int i = 1; i < arguments.size(); i++) {
            if (!arguments.get(i).isCallerValue()) {
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "a function of a text takes its other arguments from data",
                        "Write lengths, separators and replacements in the statement.");
            }
            Object value = arguments.get(i).isConstant() ? Evaluator.constant(arguments.get(i)) : null;
            if (value instanceof Number n && !fits(op, i, n.longValue())) {
                throw refuse(
                        ProblemCode.OUT_OF_RANGE,
                        "a number with which a function of a text does not work",
                        "Fields are counted from 1; lengths are no more than %d, and none is negative where a part is cut out."
                                .formatted(MOST_CHARACTERS));
            }
        }
    }

    private static boolean fits(Op op, int argument, long number) {
        return Math.abs(number) <= MOST_CHARACTERS
                && (op != Op.SPLIT_PART || number != 0)
                && (op != Op.SUBSTRING || argument != 2 || number >= 0);
    }

    /** Of what has a value. */
    private static Expr concatenated(List<Expr> arguments) {
        Expr all = null;
        for (Expr argument : arguments) {
            if (argument.type() == SqlType.BOOL || argument.type() == SqlType.TIMESTAMPTZ) {
                throw refuse(
                        ProblemCode.FUNCTION_USE,
                        "concat of a value that is printed in several ways",
                        "Cast it to text, or use CASE.");
            }
            Expr text = argument.type().isText() ? argument : Casts.cast(argument, SqlType.TEXT);
            Expr part = Casts.fold(Expr.call(Op.COALESCE, SqlType.TEXT, text, Expr.literal("", SqlType.TEXT)));
            all = all == null ? part : Casts.fold(Expr.call(Op.CONCAT, SqlType.TEXT, all, part));
        }
        return all == null ? Expr.literal("", SqlType.TEXT) : all;
    }
}
