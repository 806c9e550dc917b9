package io.weir.query.disclose;

import io.weir.disclosure.history.Asked;
import io.weir.disclosure.history.Asked.Cut;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Texts;
import io.weir.query.rewrite.CanonicalRows;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked, answered for a row: texts stand for the expressions that they are of. */
final class AskedOfRow {
    private static final CanonicalRows TEXTS =
            new CanonicalRows(new Rel.Values(DrawnConditions.ALIAS, List.of(), List.of(), List.of()));

    private final Map<String, Expr> expressions = new HashMap<>();

    /** @param expr all of whose parts can be asked for */
    AskedOfRow(Expr expr) {
        expr.walk(e -> {
            add(e);
            if (e instanceof Expr.Call(Op op, List<Expr> a, SqlType type)) {
                if (op == Op.QUARTER_OF) {
                    add(new Expr.Call(Op.MONTH_OF, a, type));
                } else if (op == Op.NOT_EQUAL) {
                    add(new Expr.Call(Op.EQUAL, a, type));
                }
            }
        });
    }

    private void add(Expr expr) {
        expressions.put(TEXTS.text(expr), expr);
        if (expr.type() == SqlType.BOOL) {
            List<String> parts = TEXTS.parts(expr);
            if (parts.size() == 1) {
                expressions.putIfAbsent(parts.getFirst(), expr);
                expressions.putIfAbsent("false " + parts.getFirst(), Expr.predicate(Op.NOT, expr));
            }
        }
    }

    static String text(Expr expr) {
        return TEXTS.text(expr);
    }

    static List<Asked> asked(Expr condition) {
        return TEXTS.parts(condition).stream().map(Truth::of).toList();
    }

    static @Nullable Object evaluate(Expr expr, Map<String, @Nullable Object> row) {
        return Evaluator.evaluate(expr, new Evaluator.Row() {
            @Override
            public @Nullable Object column(Expr.Column column) {
                return row.get(column.name());
            }

            @Override
            public @Nullable Object scalar(Expr.Scalar scalar) {
                throw new IllegalStateException("none is drawn");
            }
        });
    }

    boolean all(List<Asked> asked, Map<String, @Nullable Object> row) {
        return asked.stream().allMatch(one -> holds(one, row));
    }

    private boolean holds(Asked asked, Map<String, @Nullable Object> row) {
        return switch (asked) {
            case Asked.Wording(String text) -> Boolean.TRUE.equals(value(text, row));
            case Asked.In in -> {
                Object value = value(in.subject(), row);
                yield value != null && in.pieces().stream().anyMatch(piece -> isIn(value, piece));
            }
            case Asked.Missing(String subject) -> value(subject, row) == null;
            case Asked.Present(String subject) -> value(subject, row) != null;
            case Asked.Unless(List<Asked> all, boolean unknown) -> {
                if (!unknown) {
                    throw new AssertionError("what is false cannot be told from what is true");
                }
                yield !all(all, row);
            }
            case Asked.Either(List<List<Asked>> options) -> options.stream().anyMatch(option -> all(option, row));
        };
    }

    private @Nullable Object value(String text, Map<String, @Nullable Object> row) {
        Expr expr = expressions.get(text);
        if (expr == null) {
            throw new AssertionError("nothing has the text " + text);
        }
        return evaluate(expr, row);
    }

    private static boolean isIn(Object value, Asked.Piece piece) {
        return switch (piece) {
            case Asked.Value(String text) -> Texts.print(value).equals(text);
            case Asked.Range(Cut from, Cut until) ->
                (from == null || isBehind(value, from)) && (until == null || !isBehind(value, until));
        };
    }

    private static boolean isBehind(Object value, Cut cut) {
        if (value instanceof String || value instanceof Boolean) {
            throw new AssertionError("no order is known of " + value);
        }
        BigDecimal at = switch (value) {
            case LocalDate day -> Pieces.micros(day.atStartOfDay());
            case LocalDateTime time -> Pieces.micros(time);
            default -> new BigDecimal(value.toString());
        };
        int order = at.compareTo(cut.at());
        return cut.after() ? order > 0 : order >= 0;
    }
}
