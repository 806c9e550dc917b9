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
                Rel input = of(f.input());
                List<Expr> links = links(f.condition(), input);
                yield links.isEmpty() ? input : new Rel.Filter(input, Expr.and(links));
            }
            case Rel.Join j -> join(j);
            case Rel.Derived d -> new Rel.Derived(d.alias(), of(d.input()), d.outputs(), d.distinct());
            case Rel.PerSubject p -> new Rel.PerSubject(p.alias(), of(p.input()), p.keys(), p.aggregates());
            case Rel.UnionAll u ->
                new Rel.UnionAll(
                        u.alias(),
                        u.branches().stream().map(b -> (Rel.Derived) of(b)).toList());
        };
    }

    /** A condition in ON chooses as one in WHERE does; of an outer join it leaves nobody out. */
    private static Rel join(Rel.Join join) {
        Rel left = of(join.left());
        Rel right = of(join.right());
        if (join.kind() == Rel.Join.Kind.LEFT) {
            return isWithin(join.condition(), left, right)
                    ? new Rel.Join(join.kind(), left, right, join.condition())
                    : left;
        }
        List<Expr> links = links(join.condition(), new Rel.Join(join.kind(), left, right, Expr.always()));
        // What nothing links to people any more only repeats them.
        if (links.isEmpty() && !isPersonal(right)) {
            return left;
        }
        if (links.isEmpty() && !isPersonal(left)) {
            return right;
        }
        return new Rel.Join(join.kind(), left, right, Expr.and(links));
    }

    private static boolean isPersonal(Rel rel) {
        return rel.scans().stream().anyMatch(Rel.Scan::personal);
    }

    /** Comparisons of stored columns of two relations that are there. What an aggregate or an expression makes of them is the analyst's. */
    private static List<Expr> links(Expr condition, Rel rows) {
        return Expr.conjunctsOf(condition).stream()
                .filter(Levels::isLink)
                .filter(link -> link.operands().stream()
                        .allMatch(side -> Levels.column(side) instanceof Expr.Column c && isStored(c, rows)))
                .toList();
    }

    private static boolean isWithin(Expr condition, Rel left, Rel right) {
        boolean[] within = {true};
        condition.walk(e -> within[0] &= !(e instanceof Expr.Column c)
                || left.aliases().contains(c.alias())
                || right.aliases().contains(c.alias()));
        return within[0];
    }

    private static boolean isStored(Expr.Column column, Rel rows) {
        return switch (rows) {
            case Rel.Scan s -> s.alias().equals(column.alias());
            case Rel.Values v -> v.alias().equals(column.alias());
            case Rel.Filter f -> isStored(column, f.input());
            case Rel.Join j -> isStored(column, j.left()) || isStored(column, j.right());
            case Rel.Derived d -> d.alias().equals(column.alias()) && isStored(d.outputs(), column, d.input());
            case Rel.PerSubject p -> p.alias().equals(column.alias()) && isStored(p.keys(), column, p.input());
            case Rel.UnionAll u ->
                u.alias().equals(column.alias())
                        && u.branches().stream().allMatch(b -> isStored(b.outputs(), column, b.input()));
        };
    }

    private static boolean isStored(List<Rel.Named> outputs, Expr.Column column, Rel input) {
        return outputs.stream()
                .anyMatch(o -> o.name().equals(column.name())
                        && o.expr() instanceof Expr.Column inner
                        && isStored(inner, input));
    }
}
