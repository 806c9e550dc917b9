package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number about a record as a weighted sum of what varies and a constant. The constant is the caller's: summed with the rest it would
 * outweigh the rounding step and tell the exact number of records, so it is taken out, wherever it hides. Days are counted from the day of
 * the snapshot and years from its year, so that no origin can serve as a constant.
 *
 * @param terms factors of what varies; terms that cancelled are not among them
 * @param constant what every record has
 * @param cancelled terms whose factors add to zero: a record without them still has no value
 */
record LinearForm(Map<Expr, BigDecimal> terms, BigDecimal constant, List<Expr> cancelled) {
    static LinearForm of(Expr value, LocalDate snapshot) {
        Builder builder = new Builder(snapshot);
        builder.add(value, BigDecimal.ONE);
        Map<Expr, BigDecimal> terms = new LinkedHashMap<>();
        List<Expr> cancelled = new ArrayList<>();
        builder.terms.forEach((term, factor) -> {
            if (factor.signum() == 0) {
                cancelled.add(term);
            } else {
                terms.put(term, factor);
            }
        });
        pairDays(terms);
        return new LinearForm(terms, builder.constant, cancelled);
    }

    /** Day terms of opposite factors become one difference: a length of stay. */
    private static void pairDays(Map<Expr, BigDecimal> terms) {
        List<Expr> days = terms.keySet().stream().filter(LinearForm::isDay).toList();
        for (Expr later : days) {
            for (Expr earlier : days) {
                BigDecimal x = terms.get(later);
                BigDecimal y = terms.get(earlier);
                if (x != null && y != null && x.signum() > 0 && x.compareTo(y.negate()) == 0) {
                    terms.remove(later);
                    terms.remove(earlier);
                    terms.put(
                            Expr.call(
                                    Op.DAYS_BETWEEN,
                                    SqlType.INT4,
                                    later.operands().getFirst(),
                                    earlier.operands().getFirst()),
                            x);
                }
            }
        }
    }

    /** A date as days since the snapshot. */
    static boolean isDay(Expr term) {
        return term instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && op == Op.DAYS_BETWEEN
                && a.get(1).isCallerValue();
    }

    /** A year as years since the snapshot's. */
    static boolean isYear(Expr term) {
        return term instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && op == Op.SUBTRACT
                && a.get(0) instanceof Expr.Call(Op inner, List<Expr> b, SqlType u)
                && inner == Op.YEAR_OF
                && a.get(1).isCallerValue();
    }

    /** Whether a cast keeps every number as it is. */
    static boolean keeps(Expr.Cast cast) {
        SqlType from = cast.argument().type();
        return !cast.cuts()
                && from.isNumber()
                && (cast.type() == SqlType.NUMERIC || cast.type().isInteger() && from.isInteger());
    }

    /** Of a form of one term: what its sum is multiplied with. */
    BigDecimal factor() {
        return only().getValue();
    }

    /** The one term. */
    Expr term() {
        return only().getKey();
    }

    private Map.Entry<Expr, BigDecimal> only() {
        if (terms.size() != 1) {
            throw new IllegalStateException("a form of " + terms.size() + " terms");
        }
        return terms.entrySet().iterator().next();
    }

    private static final class Builder {
        private final LocalDate snapshot;
        private final Map<Expr, BigDecimal> terms = new LinkedHashMap<>();
        private BigDecimal constant = BigDecimal.ZERO;

        private Builder(LocalDate snapshot) {
            this.snapshot = snapshot;
        }

        private void add(Expr value, BigDecimal factor) {
            BigDecimal own = constant(value);
            if (own != null) {
                constant = constant.add(own.multiply(factor));
                return;
            }
            switch (value) {
                case Expr.Cast cast when keeps(cast) -> add(cast.argument(), factor);
                case Expr.Call call -> call(call, factor);
                case Expr.Cast c -> term(c, factor);
                case Expr.AtZone at -> term(at, factor);
                case Expr.Column c -> term(c, factor);
                case Expr.Case c -> term(c, factor);
                case Expr.Literal l -> term(l, factor);
                case Expr.Parameter p -> term(p, factor);
                case Expr.Exists e -> term(e, factor);
                case Expr.Scalar s -> term(s, factor);
                case Expr.Window w -> term(w, factor);
            }
        }

        private void call(Expr.Call call, BigDecimal factor) {
            List<Expr> a = call.arguments();
            switch (call.op()) {
                case NEGATE -> add(a.getFirst(), factor.negate());
                case ADD -> {
                    add(a.get(0), factor);
                    add(a.get(1), factor);
                }
                case SUBTRACT -> {
                    add(a.get(0), factor);
                    add(a.get(1), factor.negate());
                }
                case MULTIPLY -> {
                    BigDecimal left = constant(a.get(0));
                    BigDecimal right = constant(a.get(1));
                    if (left != null) {
                        add(a.get(1), factor.multiply(left));
                    } else if (right != null) {
                        add(a.get(0), factor.multiply(right));
                    } else {
                        product(call, factor);
                    }
                }
                case DIVIDE -> {
                    BigDecimal divisor = constant(a.get(1));
                    if (divisor != null && divisor.signum() != 0) {
                        add(a.get(0), factor.divide(divisor, MathContext.DECIMAL128));
                    } else {
                        term(call, factor);
                    }
                }
                case DAYS_BETWEEN -> {
                    day(a.get(0), factor);
                    day(a.get(1), factor.negate());
                }
                case YEAR_OF -> {
                    Expr year = Expr.literal(snapshot.getYear(), SqlType.INT4);
                    term(Expr.call(Op.SUBTRACT, SqlType.NUMERIC, call, year), factor);
                    constant =
                            constant.add(BigDecimal.valueOf(snapshot.getYear()).multiply(factor));
                }
                default -> term(call, factor);
            }
        }

        /** A product of sums is the sum of the products. */
        private void product(Expr.Call call, BigDecimal factor) {
            for (int i = 0; i < 2; i++) {
                Expr other = call.arguments().get(1 - i);
                if (plain(call.arguments().get(i)) instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                        && (op == Op.ADD || op == Op.SUBTRACT || op == Op.NEGATE)) {
                    add(
                            Expr.call(Op.MULTIPLY, SqlType.NUMERIC, a.getFirst(), other),
                            op == Op.NEGATE ? factor.negate() : factor);
                    if (op != Op.NEGATE) {
                        add(
                                Expr.call(Op.MULTIPLY, SqlType.NUMERIC, a.get(1), other),
                                op == Op.ADD ? factor : factor.negate());
                    }
                    return;
                }
            }
            term(call, factor);
        }

        /** Without casts that keep the number. */
        private static Expr plain(Expr value) {
            return value instanceof Expr.Cast cast && keeps(cast) ? plain(cast.argument()) : value;
        }

        private void day(Expr date, BigDecimal factor) {
            if (date instanceof Expr.Parameter) {
                return; // ruled on when it is bound
            }
            Expr plain = date;
            while (plain instanceof Expr.Cast c) {
                plain = c.argument();
            }
            if (plain instanceof Expr.Literal l) {
                LocalDate day = l.value() instanceof LocalDateTime t
                        ? t.toLocalDate()
                        : l.value() instanceof LocalDate d ? d : null;
                if (day != null) {
                    constant = constant.add(BigDecimal.valueOf(ChronoUnit.DAYS.between(snapshot, day))
                            .multiply(factor));
                    return;
                }
            }
            if (date instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && op == Op.ADD_DAYS) {
                BigDecimal days = constant(a.get(1));
                if (days != null) {
                    constant = constant.add(days.multiply(factor));
                    day(a.get(0), factor);
                    return;
                }
            }
            term(Expr.call(Op.DAYS_BETWEEN, SqlType.INT4, date, Expr.literal(snapshot, SqlType.DATE)), factor);
        }

        private void term(Expr term, BigDecimal factor) {
            terms.merge(term, factor, BigDecimal::add);
        }

        private static @Nullable BigDecimal constant(Expr expr) {
            if (!expr.isCallerValue()) {
                return null;
            }
            Expr inner = expr;
            while (inner instanceof Expr.Cast c) {
                inner = c.argument();
            }
            return switch (inner) {
                case Expr.Parameter p -> BigDecimal.ONE; // any number will do until it is bound
                case Expr.Literal l when l.value() instanceof Number n -> new BigDecimal(n.toString());
                default -> null;
            };
        }
    }
}
