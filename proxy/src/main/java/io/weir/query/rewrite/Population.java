package io.weir.query.rewrite;

import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /** A condition in ON chooses as one in WHERE does. Of an outer join it leaves nobody out, as long as nobody asks for the partner. */
    private static Rel join(Rel.Join join) {
        Rel left = of(join.left());
        Rel right = of(join.right());
        if (join.kind() == Rel.Join.Kind.LEFT) {
            Set<String> there = new HashSet<>(left.aliases());
            there.addAll(right.aliases());
            return there.containsAll(Levels.aliases(join.condition()))
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
        return new Rel.Join(join.kind(), left, right, links.isEmpty() ? join.condition() : Expr.and(links));
    }

    private static boolean isPersonal(Rel rel) {
        return rel.scans().stream().anyMatch(Rel.Scan::personal);
    }

    /** Comparisons of stored columns of two relations that are there. What an aggregate or an expression makes of them is the analyst's, and so is who has a partner by a condition. */
    private static List<Expr> links(Expr condition, Rel rows) {
        StoredColumns stored = new StoredColumns(rows);
        Set<String> usable = new HashSet<>(rows.aliases());
        usable.removeAll(chosen(rows));
        return Expr.conjunctsOf(condition).stream()
                .filter(Levels::isLink)
                .filter(link -> link.operands().stream()
                        .allMatch(side -> Levels.column(side) instanceof Expr.Column c
                                && usable.contains(c.alias())
                                && stored.contains(c)))
                .toList();
    }

    /** Relations of outer joins whose ON asks for more than a link. */
    private static Set<String> chosen(Rel rel) {
        Set<String> chosen = new HashSet<>();
        if (rel instanceof Rel.Join join
                && join.kind() == Rel.Join.Kind.LEFT
                && !Expr.conjunctsOf(join.condition()).stream().allMatch(Levels::isLink)) {
            chosen.addAll(join.right().aliases());
        }
        if (rel instanceof Rel.Join || rel instanceof Rel.Filter) {
            rel.inputs().forEach(input -> chosen.addAll(chosen(input)));
        }
        return chosen;
    }
}
