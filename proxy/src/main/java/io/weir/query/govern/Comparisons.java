package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.ColumnClass;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Comparisons: of a column or derived attribute with a value of the caller, or between columns of one subject. Refuses identifiers beside
 * anything else, and columns that are changed by a constant or computed before they are compared.
 */
final class Comparisons {
    private final Scope scope;
    private final ValueGrids grids;
    private final Bounds bounds;
    private final Exactness exactness;
    private final Magnitudes magnitudes;
    private final boolean rowLevel;
    private final Consumer<Expr> values;

    /**
     * @param rowLevel whether pseudonyms may be compared
     * @param values rules on a side as a value
     */
    Comparisons(
            Scope scope,
            ValueGrids grids,
            Bounds bounds,
            Exactness exactness,
            Magnitudes magnitudes,
            boolean rowLevel,
            Consumer<Expr> values) {
        this.grids = grids;
        this.scope = scope;
        this.bounds = bounds;
        this.exactness = exactness;
        this.magnitudes = magnitudes;
        this.rowLevel = rowLevel;
        this.values = values;
    }

    /** @param range whether the comparison orders its sides */
    void check(Op op, Expr left, Expr right, boolean range) {
        if (left.isCallerValue() && right.isCallerValue()) {
            return;
        }
        if (left.isCallerValue()) {
            withCallerValue(grids.strip(right), beside(left, right), range);
        } else if (right.isCallerValue()) {
            withCallerValue(grids.strip(left), beside(right, left), range);
        } else {
            ofOneSubject(op, grids.strip(left), grids.strip(right));
        }
    }

    /** A bound as it stands beside what is left of the other side: the moment of a local time is compared as that local time. */
    private Expr beside(Expr bound, Expr own) {
        return own instanceof Expr.AtZone at
                        && at.type() == SqlType.TIMESTAMPTZ
                        && bound instanceof Expr.Literal l
                        && l.value() instanceof Instant moment
                ? Expr.literal(TimeZones.local(moment, at.zone()), SqlType.TIMESTAMP)
                : grids.strip(bound);
    }

    /** A column or derived attribute against a value of the caller. */
    private void withCallerValue(Expr own, Expr bound, boolean range) {
        if (own instanceof Expr.Column c && scope.info(c).columnClass() == ColumnClass.IDENTIFIER) {
            if (scope.info(c).reference()) {
                return;
            }
            if (rowLevel && !range) {
                return;
            }
            throw refuse(
                    ProblemCode.IDENTIFIER_USE,
                    "%s is an identifier and is compared with a value".formatted(scope.name(c)),
                    "Describe the people by their attributes instead, or by their records: EXISTS and IN take a sub-query that is joined by the person's key.");
        }
        comparable(own);
        if (scope.isReference(own)) {
            return;
        }
        magnitudes.comparable(own, bound);
        bounds.check(own, bound, range);
    }

    /**
     * Two columns of the same subject: a new attribute, ruled by nobody's grid. That they are of one subject is {@link Linking}'s to see,
     * which rules on every relation as a whole.
     */
    private void ofOneSubject(Op op, Expr left, Expr right) {
        if (left instanceof Expr.Column a && right instanceof Expr.Column b) {
            ColumnInfo x = scope.info(a);
            ColumnInfo y = scope.info(b);
            boolean identifiers =
                    x.columnClass() == ColumnClass.IDENTIFIER || y.columnClass() == ColumnClass.IDENTIFIER;
            if (identifiers) {
                boolean permitted = x.columnClass() == y.columnClass()
                        && x.namespace() != null
                        && x.namespace().equals(y.namespace())
                        && (op == Op.EQUAL || op == Op.NOT_EQUAL || op == Op.IS_DISTINCT_FROM);
                if (!permitted) {
                    throw refuse(
                            ProblemCode.IDENTIFIER_USE,
                            "%s and %s are not identifiers of one kind".formatted(scope.name(a), scope.name(b)),
                            "Join along the declared links; \\d shows them as foreign keys.");
                }
                return;
            }
        }
        for (Expr side : List.of(left, right)) {
            values.accept(side);
            if (!exactness.isPlain(side)) {
                throw refuse(
                        ProblemCode.COMPARISON,
                        "a computed value is compared with another column",
                        "Compare the columns themselves, or dates with a constant number of days added.");
            }
        }
        // Equality along a link that the policy declares looks a code up: no bound, so no grid to get around.
        boolean looksUp = op == Op.EQUAL
                && left instanceof Expr.Column a
                && right instanceof Expr.Column b
                && (scope.isLink(a, b) || scope.isLink(b, a));
        if (!looksUp && !(scope.isReference(left) && scope.isReference(right))) {
            magnitudes.comparable(left, right);
            exactness.requireNonePublic(List.of(left, right));
        }
        exactness.require(left, right);
    }

    private void comparable(Expr own) {
        values.accept(own);
        boolean[] arithmeticWithConstant = {false};
        own.walk(e -> arithmeticWithConstant[0] |= e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && switch (op) {
                    case ADD, SUBTRACT, MULTIPLY, ADD_DAYS, ADD_INTERVAL ->
                        a.stream().anyMatch(Expr::isCallerValue);
                    case DIVIDE -> true; // a column divided by itself is a constant
                    default -> false;
                });
        if (arithmeticWithConstant[0] && !scope.isReference(own)) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "%s is changed by a constant before it is compared".formatted(scope.nameOf(own)),
                    "Compare the column itself with a bound on its grid.");
        }
    }
}
