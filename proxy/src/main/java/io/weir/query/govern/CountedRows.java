package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * {@code count(DISTINCT (a, b))}: the row as one text that differs whenever a value in it does. It is counted and never shown, and each value in
 * it is ruled on as if it were counted alone. Refuses nothing itself. Pure.
 */
final class CountedRows {
    /** Between values: a sign that codes do not hold. */
    private static final String BETWEEN = "\u001f";

    private CountedRows() {}

    /** Columns of an aggregate's input that are rows, of which nothing but the number of different ones is asked. */
    static Set<Integer> in(Aggregate aggregate) {
        Set<Integer> rows = new HashSet<>();
        if (aggregate.getInput() instanceof Project project) {
            for (int i = 0; i < project.getProjects().size(); i++) {
                if (project.getProjects().get(i).getKind() == SqlKind.ROW && isOnlyCounted(aggregate, i)) {
                    rows.add(i);
                }
            }
        }
        return rows;
    }

    private static boolean isOnlyCounted(Aggregate aggregate, int column) {
        return !aggregate.getGroupSet().get(column)
                && aggregate.getAggCallList().stream()
                        .filter(c -> c.getArgList().contains(column) || c.filterArg == column)
                        .allMatch(CountedRows::countsDistinct);
    }

    private static boolean countsDistinct(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.COUNT
                && call.isDistinct()
                && call.getArgList().size() == 1;
    }

    static Expr text(RexNode row, RexTranslator rex, List<Expr> fields) {
        Expr all = null;
        for (RexNode operand : ((RexCall) row).getOperands()) {
            Expr value = present(rex.translate(operand, fields), rex);
            all = all == null ? value : concat(concat(all, text(BETWEEN)), value);
        }
        return all == null ? text("") : all;
    }

    /** A row with NULL in it is counted too. */
    private static Expr present(Expr value, RexTranslator rex) {
        Expr text = value.type() == SqlType.BOOL
                ? new Expr.Case(
                        List.of(
                                new Expr.When(value, text("t")),
                                new Expr.When(Expr.predicate(Op.NOT, value), text("f"))),
                        Expr.literal(null, SqlType.TEXT),
                        SqlType.TEXT)
                : value.type().isText() ? value : rex.moments().cast(value, SqlType.TEXT);
        return Expr.call(Op.COALESCE, SqlType.TEXT, concat(text("v"), text), text("n"));
    }

    private static Expr concat(Expr first, Expr second) {
        return Expr.call(Op.CONCAT, SqlType.TEXT, first, second);
    }

    private static Expr text(String value) {
        return Expr.literal(value, SqlType.TEXT);
    }
}
