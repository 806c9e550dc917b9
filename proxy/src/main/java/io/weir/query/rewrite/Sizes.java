package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.Map;

/**
 * How many digits calculated numbers can have: sources end with an error where they have no room, and one person's number would decide whether there is an answer. PostgreSQL has room for
 * 131,072 digits before the point, SQL Server for 38, beyond which its text gives none.
 */
final class Sizes extends Origins {
    private static final int MOST = 4_000;

    /** A binary number has room for 308 digits before the point, and as many after it. */
    private static final int MOST_BINARY = 308;

    /** Of e to the power of 700, which is the most that is calculated. */
    private static final int EXPONENTIAL = 305;

    /** Of what is stored; no type of a column has more without being declared so. */
    private static final int STORED = 40;

    private Sizes(Map<String, Rel> relations) {
        super(relations, STORED);
    }

    /** Refuses numbers that could be too large for a source. */
    static void check(BlockExpressions block) {
        Sizes sizes = new Sizes(block.relations());
        block.calculated().forEach(sizes::bound);
    }

    private void bound(Expr expr) {
        expr.walk(e -> {
            int most = isBinary(e) && !e.isCallerValue() ? MOST_BINARY : MOST;
            if (e.type().isNumber() && of(e) > most) {
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

    /** At most so many digits, or a number beyond what is permitted. */
    @Override
    int of(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value() instanceof Number number ? digits(number) : STORED;
            case Expr.Column column -> ofColumn(column);
            case Expr.Call call
            when call.op() == Op.MULTIPLY || call.op() == Op.DIVIDE ->
                within(call.arguments().stream().mapToLong(this::of).sum());
            case Expr.Call call when call.op() == Op.EXPONENTIAL -> EXPONENTIAL;
            default ->
                within(1L + expr.operands().stream().mapToInt(this::of).max().orElse(STORED));
        };
    }

    @Override
    int of(Rel.NamedAggregate aggregate) {
        return within((long) STORED + of(aggregate.argument()));
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
