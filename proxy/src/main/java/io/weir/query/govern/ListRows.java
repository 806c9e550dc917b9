package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A list of constants that is joined to rows about people.
 *
 * @param constants its rows
 * @param columns what the statement selects of them
 */
record ListRows(Residual.Constants constants, List<Expr> columns) {
    private static final int MOST_ROWS = 500;

    /** Alias under which the list's columns stand in expressions while those are taken apart. */
    private static final String ALIAS = "~list";

    ListRows {
        columns = List.copyOf(columns);
    }

    int size() {
        return constants.rows().size();
    }

    /** Its columns, as they stand in the join's condition. */
    List<Expr.Column> placeholders() {
        List<Expr.Column> placeholders = new ArrayList<>();
        for (Expr column : columns) {
            placeholders.add(new Expr.Column(ALIAS, "c" + placeholders.size(), column.type()));
        }
        return placeholders;
    }

    static boolean isMentioned(Expr expr) {
        return Scope.columnsOf(expr).stream().anyMatch(c -> c.alias().equals(ALIAS));
    }

    /** Whether an expression depends on nothing but the list. */
    static boolean isAll(Expr expr) {
        return Scope.columnsOf(expr).stream().allMatch(c -> c.alias().equals(ALIAS));
    }

    /** A column of the list in one of its rows. */
    Expr value(int column, int row) {
        return columns.get(column)
                .transform(e -> Casts.fold(
                        e instanceof Expr.Column c && c.alias().equals(constants.alias())
                                ? constants
                                        .rows()
                                        .get(row)
                                        .get(constants.names().indexOf(c.name()))
                                : e));
    }

    /** The value that a placeholder stands for in one of the rows; anything else as it is. */
    Expr bound(Expr expr, int row) {
        return expr instanceof Expr.Column c && c.alias().equals(ALIAS)
                ? value(Integer.parseInt(c.name().substring(1)), row)
                : expr;
    }

    void refuseLong() {
        if (size() > MOST_ROWS) {
            throw refuse(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "the list of constants has more than %d rows".formatted(MOST_ROWS),
                    "Ask the operator for a reference dataset with the list.");
        }
    }

    /** Equal for values that compare as equal: 1.0 and 1.00, and char(n) without the blanks at its end. */
    static Object comparable(Expr value, SqlType own) {
        if (!(value instanceof Expr.Literal l) || l.value() == null) {
            return value;
        }
        boolean blankPadded = own == SqlType.BPCHAR || value.type() == SqlType.BPCHAR;
        return switch (l.value()) {
            case Double d when !Double.isFinite(d) -> d;
            case Number n -> new BigDecimal(n.toString()).stripTrailingZeros();
            case String text when blankPadded -> Objects.requireNonNull(Evaluator.cast(text, SqlType.BPCHAR));
            case LocalDate day -> day.atStartOfDay();
            case Object other -> other;
        };
    }
}
