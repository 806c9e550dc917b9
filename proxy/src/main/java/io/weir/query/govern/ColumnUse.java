package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.ColumnClass;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;

/**
 * Whether a column may be used at all: refuses free text, identifiers as values, and columns of reference data that would undo the
 * coarsening of the column that leads to them.
 */
final class ColumnUse {
    private final Scope scope;

    ColumnUse(Scope scope) {
        this.scope = scope;
    }

    /** The column as a value. */
    void use(Expr.Column c) {
        coarseningHolds(c);
        if (c.type().isOpaque()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "%s is of type %s, with which nothing is computed"
                            .formatted(scope.name(c), c.type().sqlName()),
                    "Count it, or ask whether it IS NULL.");
        }
        ColumnInfo info = scope.info(c);
        switch (info.columnClass()) {
            case TEXT -> notText(c);
            case IDENTIFIER -> {
                if (!info.reference()) {
                    throw refuse(
                            ProblemCode.IDENTIFIER_USE,
                            "%s is an identifier".formatted(scope.name(c)),
                            "Identifiers can be counted (COUNT(DISTINCT …)), joined along declared links and grouped by inside a per-person sub-query.");
                }
            }
            case QUASI, ATTRIBUTE, PUBLIC -> {}
        }
    }

    void notText(Expr.Column c) {
        if (scope.info(c).columnClass() == ColumnClass.TEXT) {
            throw refuse(
                    ProblemCode.TEXT_USE,
                    "%s is free text".formatted(scope.name(c)),
                    "Use the coded columns; free text is NULL in every result.");
        }
    }

    /** No condition of a sub-query uses more of reference data than the link to it allows. */
    void coarseningHolds(Rel rel) {
        rel.walk(r -> {
            Expr condition = switch (r) {
                case Rel.Filter f -> f.condition();
                case Rel.Join j -> j.condition();
                default -> Expr.always();
            };
            Expr.conjunctsOf(condition).stream()
                    .filter(c -> !scope.isExactLink(c))
                    .flatMap(c -> Scope.columnsOf(c).stream())
                    .forEach(this::coarseningHolds);
        });
    }

    void coarseningHolds(Expr.Column c) {
        if (scope.undoesCoarsening(c)) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "%s would undo the coarsening of the column that leads to it".formatted(scope.name(c)),
                    "The policy names the columns that may be used through this link; use those.");
        }
    }
}
