package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many digits calculated numbers can have: sources end with an error where they have no room, and one person's number would decide whether there is an answer. PostgreSQL has room for
 * 131,072 digits before the point, SQL Server for 38, beyond which its text gives none.
 */
final class Sizes {
    private static final int MOST = 4_000;

    /** A binary number has room for 308 digits before the point, and as many after it. */
    private static final int MOST_BINARY = 300;

    /** Of what is stored; no type of a column has more without being declared so. */
    private static final int STORED = 40;

    private final Map<String, Rel> relations;
    private final Map<Expr.Column, Integer> known = new HashMap<>();

    private Sizes(Map<String, Rel> relations) {
        this.relations = relations;
    }

    /** Refuses numbers that could be too large for a source. */
    static void check(BlockExpressions block) {
        Sizes sizes = new Sizes(block.relations());
        block.calculated().forEach(sizes::bound);
    }

    private void bound(Expr expr) {
        expr.walk(e -> {
            int most = isBinary(e) && !e.isCallerValue() ? MOST_BINARY : MOST;
            if (e.type().isNumber() && digits(e) > most) {
                throw Problem.of(
                                ProblemCode.OUT_OF_RANGE,
                                "a number with more than " + most + " digits could be calculated of a row",
                                "Multiply fewer and smaller numbers; calculate with the aggregates.")
                        .asException();
            }
        });
    }

    private static boolean isBinary(Expr expr) {
        return expr.type() == SqlType.FLOAT8 || expr.type() == SqlType.FLOAT4;
    }

    /** At most so many, or a number beyond what is permitted. */
    private int digits(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value() instanceof Number number ? digits(number) : STORED;
            case Expr.Column column -> column(column);
            case Expr.Call call
            when call.op() == Op.MULTIPLY || call.op() == Op.DIVIDE ->
                within(call.arguments().stream().mapToLong(this::digits).sum());
            default ->
                within(1L
                        + expr.operands().stream().mapToInt(this::digits).max().orElse(STORED));
        };
    }

    private int column(Expr.Column column) {
        Integer before = known.get(column);
        if (before != null) {
            return before;
        }
        known.put(column, STORED);
        Rel rel = relations.get(column.alias());
        Expr inner = CanonicalNames.computed(rel, column);
        int digits = inner != null ? digits(inner) : calculated(rel, column);
        known.put(column, digits);
        return digits;
    }

    private int calculated(@Nullable Rel rel, Expr.Column column) {
        return switch (rel) {
            case Rel.PerSubject per
            when !column.name().equals(Rel.SUBJECT) ->
                within((long) STORED
                        + digits(CanonicalNames.aggregate(per, column.name()).argument()));
            case Rel.UnionAll union ->
                union.branches().stream()
                        .flatMap(branch -> branch.outputs().stream())
                        .filter(output -> output.name().equals(column.name()))
                        .mapToInt(output -> digits(output.expr()))
                        .max()
                        .orElse(STORED);
            case null, default -> STORED;
        };
    }

    private static int digits(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            return MOST_BINARY + 1;
        }
        BigDecimal decimal = new BigDecimal(number.toString());
        return within((long) decimal.precision() + Math.abs((long) decimal.scale()));
    }

    private static int within(long digits) {
        return (int) Math.min(digits, MOST + 1L);
    }
}
