package io.weir.query.disclose;

import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Asked.Range;
import io.weir.query.govern.plan.Op;
import io.weir.query.rewrite.TextTree;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Functions of one argument that climb, in steps or not: where their value lies in some pieces, the argument lies in others. A function is given by what it makes of a cut:
 * where the argument lies when the value lies behind it. Quotients are none of them: they are rounded.
 */
final class Steps {
    private Steps() {}

    /** @param pieces in which the argument lies exactly where the value of the whole lies in its own */
    record Inside(TextTree argument, List<Piece> pieces) {}

    /** Thrown inside, where a cut has no place: beyond the years, or what is not divided without a rest. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class NoPlace extends RuntimeException {
        private NoPlace() {
            super("no place", null, false, false);
        }
    }

    /** Nothing where the expression is not such a function. */
    static Optional<Inside> inside(TextTree expression, List<Piece> pieces) {
        if (!pieces.stream().allMatch(Range.class::isInstance)) {
            return Optional.empty();
        }
        try {
            return switch (expression) {
                case TextTree.Call(String t, Op op, List<TextTree> a)
                when a.size() == 1 -> ofOne(op, a.getFirst(), pieces);
                case TextTree.Call(String t, Op op, List<TextTree> a) when a.size() == 2 -> ofTwo(op, a, pieces);
                case TextTree.Cast(String t, TextTree argument, SqlType type) -> ofCast(argument, type, pieces);
                default -> Optional.empty();
            };
        } catch (NoPlace | ArithmeticException beyond) {
            return Optional.empty();
        }
    }

    private static Optional<Inside> ofOne(Op op, TextTree argument, List<Piece> pieces) {
        return switch (op) {
            case TRUNCATE_YEAR, TRUNCATE_QUARTER, TRUNCATE_MONTH, TRUNCATE_WEEK, TRUNCATE_DAY ->
                ofDays(climbing(
                        argument, pieces, cut -> Periods.truncated(op, cut).orElseThrow(NoPlace::new)));
            case YEAR_OF ->
                ofDays(climbing(argument, pieces, cut -> Periods.year(cut).orElseThrow(NoPlace::new)));
            case FLOOR -> climbing(argument, pieces, cut -> new Cut(nextWhole(cut), false));
            default -> Optional.empty();
        };
    }

    /** Of days that are not calculated with there is no value. */
    private static Optional<Inside> ofDays(Optional<Inside> all) {
        return all.map(inside -> new Inside(inside.argument(), Periods.usable(inside.pieces())));
    }

    private static BigDecimal nextWhole(Cut cut) {
        return cut.after()
                ? cut.at().setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE)
                : cut.at().setScale(0, RoundingMode.CEILING);
    }

    private static Optional<Inside> ofTwo(Op op, List<TextTree> sides, List<Piece> pieces) {
        boolean first = sides.get(0) instanceof TextTree.Constant;
        TextTree argument = sides.get(first ? 1 : 0);
        if (!(sides.get(first ? 0 : 1) instanceof TextTree.Constant constant) || constant.value() == null) {
            return Optional.empty();
        }
        Optional<BigDecimal> number = number(constant);
        if (number.isEmpty() || first && op != Op.ADD && op != Op.MULTIPLY) {
            return Optional.empty();
        }
        BigDecimal by = number.get();
        return switch (op) {
            case ADD -> climbing(argument, pieces, cut -> new Cut(cut.at().subtract(by), cut.after()));
            case SUBTRACT -> climbing(argument, pieces, cut -> new Cut(cut.at().add(by), cut.after()));
            case MULTIPLY ->
                by.signum() > 0
                        ? climbing(argument, pieces, cut -> new Cut(cut.at().divide(by), cut.after()))
                        : Optional.empty();
            case INTEGER_DIVIDE ->
                by.signum() > 0 ? climbing(argument, pieces, cut -> towardsZero(cut, by)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** From one on as with the floor; nought and less is everything that is more than the number before, of fractions too. */
    private static Cut towardsZero(Cut cut, BigDecimal by) {
        BigDecimal next = nextWhole(cut);
        return next.signum() > 0
                ? new Cut(next.multiply(by), false)
                : new Cut(next.subtract(BigDecimal.ONE).multiply(by), true);
    }

    private static Optional<BigDecimal> number(TextTree.Constant constant) {
        return constant.type().isInteger() || constant.type() == SqlType.NUMERIC
                ? Optional.of(new BigDecimal(constant.value()))
                : Optional.empty();
    }

    /** Casts that change no value of what they are applied to. */
    private static Optional<Inside> ofCast(TextTree argument, SqlType type, List<Piece> pieces) {
        if (!(argument instanceof TextTree.Call call)) {
            return Optional.empty();
        }
        boolean same = switch (type) {
            case DATE, TIMESTAMP -> call.op().isTruncation();
            case INT2, INT4, INT8, NUMERIC -> call.op().isPartOfDate() || call.op() == Op.FLOOR;
            default -> false;
        };
        return same ? Optional.of(new Inside(argument, pieces)) : Optional.empty();
    }

    private static Optional<Inside> climbing(TextTree argument, List<Piece> pieces, UnaryOperator<Cut> place) {
        List<Piece> inside = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Range(Cut from, Cut until)) {
                Cut lower = from == null ? null : place.apply(from);
                Cut upper = until == null ? null : place.apply(until);
                if (lower == null || upper == null || lower.compareTo(upper) < 0) {
                    inside.add(new Range(lower, upper));
                }
            }
        }
        return Optional.of(new Inside(argument, inside));
    }
}
