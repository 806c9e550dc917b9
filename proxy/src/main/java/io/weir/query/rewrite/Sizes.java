package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many digits calculated numbers can have: sources end with an error where they have no room, and one person's number would decide whether there is an answer. PostgreSQL has room for
 * 131,072 digits before the point, SQL Server for 38, beyond which its text gives none.
 */
final class Sizes {
    private static final int MOST = 4_000;

    /** Of what is stored; no type of a column has more without being declared so. */
    private static final int STORED = 40;

    private final Map<String, Rel> relations = new HashMap<>();
    private final Map<Expr.Column, Integer> known = new HashMap<>();

    private Sizes() {}

    /** Refuses numbers that could be too large for a source. */
    static void check(Block block) {
        Sizes sizes = new Sizes();
        List<Expr> calculated = new ArrayList<>();
        block.input().walk(rel -> sizes.know(rel, calculated));
        List<Expr> own = new ArrayList<>();
        block.keys().forEach(key -> own.add(key.expr()));
        block.atoms().forEach(atom -> {
            own.add(atom.filter());
            switch (atom) {
                case Atom.Sum s -> own.add(s.argument());
                case Atom.DistinctValues d -> own.add(d.argument());
                case Atom.Position p -> own.add(p.argument());
                case Atom.Records r -> own.add(r.record());
                case Atom.Units u -> {}
                case Atom.Rows r -> {}
            }
        });
        // Sub-queries of conditions calculate, too.
        own.forEach(expr -> expr.walk(e -> {
            if (e instanceof Expr.Exists exists) {
                exists.rel().walk(rel -> sizes.know(rel, calculated));
            }
        }));
        calculated.addAll(own);
        calculated.forEach(sizes::bound);
    }

    private void know(Rel rel, List<Expr> calculated) {
        if (!(rel instanceof Rel.Join) && !(rel instanceof Rel.Filter)) {
            rel.aliases().forEach(alias -> relations.put(alias, rel));
        }
        calculated.addAll(rel.expressions());
    }

    private void bound(Expr expr) {
        expr.walk(e -> {
            if (e.type().isNumber() && digits(e) > MOST) {
                throw Problem.of(
                                ProblemCode.OUT_OF_RANGE,
                                "a number with more than " + MOST + " digits could be calculated of a row",
                                "Multiply fewer and smaller numbers; calculate with the aggregates.")
                        .asException();
            }
        });
    }

    /** At most so many, or a number beyond what is permitted. */
    private int digits(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal ->
                literal.value() instanceof Number number ? digits(new BigDecimal(number.toString())) : STORED;
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

    private static int digits(BigDecimal number) {
        return within((long) number.precision() + Math.abs((long) number.scale()));
    }

    private static int within(long digits) {
        return (int) Math.min(digits, MOST + 1L);
    }
}
