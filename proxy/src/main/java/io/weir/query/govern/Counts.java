package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Counts of rows with a value, arm by arm. Refuses values that may not be used, by {@link Rules}. */
final class Counts {
    private final Atoms atoms;
    private final Rules rules;
    private final UnaryOperator<Expr> sourceValues;

    /** @param sourceValues puts source values into a condition */
    Counts(Atoms atoms, Rules rules, UnaryOperator<Expr> sourceValues) {
        this.atoms = atoms;
        this.rules = rules;
        this.sourceValues = sourceValues;
    }

    /** Rows with a value, over all arms; arms without one are judged too, with weight zero. */
    Expr of(List<Arms.Arm> arms) {
        List<Expr> parts = new ArrayList<>();
        for (Arms.Arm arm : arms) {
            if (arm.value().isCallerValue()) {
                boolean nothing = arm.value() instanceof Expr.Literal l && l.isNull();
                parts.add(
                        nothing ? times(BigDecimal.ZERO, atoms.judged(arm.condition())) : atoms.rows(arm.condition()));
            } else {
                countable(arm.value());
                parts.add(rowsWith(arm.value(), arm.condition()));
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Expr.Call(Op.ADD_PARTS, parts, SqlType.NUMERIC);
    }

    /** How many rows that satisfy a condition have a value. */
    Expr rowsWith(Expr value, Expr condition) {
        return atoms.rows(Expr.and(List.of(condition, sourceValues.apply(rules.present(uncast(value))))));
    }

    /** Casts that keep every number say nothing of whether there is one. */
    private static Expr uncast(Expr value) {
        return value instanceof Expr.Cast cast
                        && LinearForm.keeps(cast)
                        && (cast.argument().type() == SqlType.NUMERIC
                                || cast.argument().type().isInteger())
                ? uncast(cast.argument())
                : value;
    }

    /** A value whose presence may be asked for. */
    void countable(Expr value) {
        if (value instanceof Expr.Column) {
            rules.predicate(Arms.notNull(value));
        } else {
            rules.value(value);
            rules.derivedDates(value);
        }
    }

    static Expr times(BigDecimal factor, Expr value) {
        if (factor.compareTo(BigDecimal.ONE) == 0) {
            return value;
        }
        return Expr.call(Op.MULTIPLY, SqlType.NUMERIC, Expr.literal(factor, SqlType.NUMERIC), value);
    }
}
