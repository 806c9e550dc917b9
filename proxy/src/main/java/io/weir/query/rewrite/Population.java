package io.weir.query.rewrite;

import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.List;

/** Whose records a block is about before the analyst chooses among them. Pure. */
public final class Population {
    private Population() {}

    /** Whether the analyst chooses nobody: then a table without keys is the population by structure. */
    public static boolean isWhole(Block block) {
        Rel input = block.input();
        while (input instanceof Rel.Filter f && isAlwaysTrue(f.condition())) {
            input = f.input();
        }
        return of(input).equals(input);
    }

    /** A condition of constants alone: {@code true}, or that a method is none of an empty list. */
    private static boolean isAlwaysTrue(Expr condition) {
        return condition.isConstant() && Boolean.TRUE.equals(Evaluator.constant(condition));
    }

    /** The relation without the analyst's predicates, but with the links between relations. */
    public static Rel of(Rel rel) {
        return switch (rel) {
            case Rel.Scan s -> s;
            case Rel.Values v -> v;
            case Rel.Filter f -> {
                // Joins may be written in WHERE: those equalities are no predicates of the analyst.
                List<Expr> links = Expr.conjunctsOf(f.condition()).stream()
                        .filter(Levels::isLink)
                        .toList();
                Rel input = of(f.input());
                yield links.isEmpty() ? input : new Rel.Filter(input, Expr.and(links));
            }
            case Rel.Join j -> new Rel.Join(j.kind(), of(j.left()), of(j.right()), j.condition());
            case Rel.Derived d -> new Rel.Derived(d.alias(), of(d.input()), d.outputs(), d.distinct());
            case Rel.PerSubject p -> new Rel.PerSubject(p.alias(), of(p.input()), p.keys(), p.aggregates());
            case Rel.UnionAll u ->
                new Rel.UnionAll(
                        u.alias(),
                        u.branches().stream().map(b -> (Rel.Derived) of(b)).toList());
        };
    }
}
