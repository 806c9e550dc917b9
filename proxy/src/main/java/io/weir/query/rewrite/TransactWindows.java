package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Windows over the rows of one person in Transact-SQL. Ranking functions and LAG, LEAD and FIRST_VALUE need an order: without one the rows of the
 * partition are put in order by its own key, which is the same for all. An order takes no key twice and no constant. Refuses sums up to a row
 * in the order of a text, whose frame (RANGE) takes no large values.
 */
final class TransactWindows {
    private final SqlText out;
    private final TransactExpressions values;
    private final TransactNumbers numbers;

    TransactWindows(SqlText out, TransactExpressions values, TransactNumbers numbers) {
        this.out = out;
        this.values = values;
        this.numbers = numbers;
    }

    void write(Expr.Window w) {
        switch (w.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK -> {
                out.append(w.function().name()).append("()");
                over(w, true);
            }
            case COUNT -> {
                out.append("COUNT_BIG(");
                if (w.arguments().isEmpty()) {
                    out.append("*");
                } else {
                    values.write(w.arguments().getFirst());
                }
                out.append(")");
                accumulated(w);
            }
            case SUM -> {
                Expr argument = argument(w);
                TransactNumbers.checked(numbers.shape(argument).summed());
                called("SUM", () -> numbers.exact(argument));
                accumulated(w);
            }
            case AVG -> numbers.mean(() -> numbers.exact(argument(w)), argument(w), () -> accumulated(w));
            case MIN, MAX -> extreme(w);
            case LAG, LEAD, FIRST_VALUE -> neighbour(w);
        }
    }

    private static Expr argument(Expr.Window w) {
        return w.arguments().getFirst();
    }

    private void called(String function, Runnable argument) {
        out.append(function).append("(");
        argument.run();
        out.append(")");
    }

    /** Texts are compared with their marks, as everywhere. */
    private void extreme(Expr.Window w) {
        SqlType type = argument(w).type();
        if (type == SqlType.BOOL || type == SqlType.UUID) {
            throw Untranslatable.refuse("the greatest or least of such values", "Use CASE WHEN.");
        }
        out.dialect().unmarked(out, type, () -> {
            called(
                    w.function() == Expr.Window.Function.MIN ? "MIN" : "MAX",
                    () -> out.dialect().marked(out, type, () -> values.write(argument(w))));
            accumulated(w);
        });
    }

    private void neighbour(Expr.Window w) {
        out.append(w.function().name()).append("(");
        values.write(argument(w));
        if (w.arguments().size() > 1
                && w.arguments().get(1) instanceof Expr.Literal places
                && places.value() instanceof Number n) {
            out.append(", ").append(Integer.toString(n.intValue())); // a checked number of ours
        }
        out.append(")");
        // The first row of the partition, whatever its peers are.
        over(w, true, w.function() == Expr.Window.Function.FIRST_VALUE ? " ROWS UNBOUNDED PRECEDING" : "");
    }

    /** Of all rows of the partition, or up to the row's peers where there is an order: RANGE, as in PostgreSQL. */
    private void accumulated(Expr.Window w) {
        if (keys(w).stream().anyMatch(k -> k.expr().type().isText())) {
            throw Untranslatable.refuse(
                    "a sum, count or extreme up to a row in the order of a text",
                    "Put the rows in order by a date or number.");
        }
        over(w, false);
    }

    private void over(Expr.Window w, boolean ordered) {
        over(w, ordered, "");
    }

    private void over(Expr.Window w, boolean ordered, String frame) {
        out.append(" OVER (PARTITION BY ");
        List<Expr> partition = w.partition().stream()
                .filter(p -> !p.isCallerValue())
                .distinct()
                .toList();
        for (int i = 0; i < partition.size(); i++) {
            out.append(i > 0 ? ", " : "");
            values.ordered(partition.get(i));
        }
        List<Expr.Window.Order> keys = keys(w);
        if (keys.isEmpty() && ordered) {
            keys = List.of(new Expr.Window.Order(partition.getFirst(), false, false));
        }
        for (int i = 0; i < keys.size(); i++) {
            Expr.Window.Order key = keys.get(i);
            out.append(i > 0 ? ", " : " ORDER BY ");
            out.dialect().sortKey(out, () -> values.ordered(key.expr()), key.descending(), key.nullsFirst());
        }
        out.append(frame).append(")");
    }

    /** Each once, and none that is the same for all rows; ties are put in order as PostgreSQL is asked to. */
    private static List<Expr.Window.Order> keys(Expr.Window w) {
        List<Expr.Window.Order> keys = new ArrayList<>(w.order());
        w.ties().forEach(t -> keys.add(new Expr.Window.Order(t, false, false)));
        Set<Expr> seen = new HashSet<>();
        return keys.stream()
                .filter(k -> !k.expr().isCallerValue() && seen.add(k.expr()))
                .toList();
    }
}
