package io.weir.query.rewrite;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many rows of reference data and constants a source goes through for one row of a person. Code lists are large: where two of them meet each row with each, and only for
 * one person's row, how long it takes tells of that person. What is reached by its whole key is one row. Estimates: how large a table is, is not known here. Pure.
 */
final class PublicRows {
    /** Gone through in a second or so. */
    private static final double MOST = 2e7;

    /** Of a large code list, or of small areas. */
    private static final double TABLE = 1e5;

    /** Which a comparison with one value leaves, of all. */
    private static final double SHARE = 0.1;

    private PublicRows() {}

    /** Refuses blocks in which a person's row meets too many. */
    static void check(Block block) {
        of(block.input(), BlockExpressions.own(block));
    }

    private static double of(Rel rows, List<Expr> beside) {
        Level level = Levels.of(rows);
        List<Expr> asked = new ArrayList<>(beside);
        asked.addAll(level.conditions());
        level.leaves().forEach(leaf -> asked.addAll(leaf.on()));
        double found = together(level)
                * Math.max(1, asked.stream().mapToDouble(PublicRows::of).sum());
        if (found > MOST) {
            throw Problem.of(
                            ProblemCode.AGGREGATE_USE,
                            "tables of reference data meet each row with each, for each row of a person",
                            "Join code lists by their whole key, or ask IN (SELECT …) of each of them.")
                    .asException();
        }
        return found;
    }

    /** All sub-queries of an expression: each can be asked of a row. */
    private static double of(Expr expr) {
        double[] all = {0};
        expr.walk(e -> {
            if (e instanceof Expr.Exists exists) {
                all[0] += of(exists.rel(), List.of());
            }
        });
        return all[0];
    }

    /** Those that something leads to are joined first. */
    private static double together(Level level) {
        List<Leaf> open = new ArrayList<>();
        Map<Leaf, Double> sizes = new HashMap<>();
        for (Leaf leaf : level.leaves()) {
            double size = leaf.neutral() ? 1 : size(leaf.rel());
            if (size > 1) {
                open.add(leaf);
                sizes.put(leaf, size);
            }
        }
        List<Expr> everywhere = Stream.concat(level.links().stream(), level.conditions().stream())
                .filter(PublicRows::isEquality)
                .toList();
        Set<String> waiting = new HashSet<>();
        open.forEach(leaf -> waiting.add(leaf.alias()));
        double all = 1;
        while (!open.isEmpty()) {
            Leaf next = open.stream()
                    .filter(leaf -> !columns(leaf, equalities(leaf, everywhere), waiting)
                            .isEmpty())
                    .findFirst()
                    .orElseGet(() ->
                            open.stream().min(Comparator.comparing(sizes::get)).orElseThrow());
            all *= met(next.rel(), sizes.getOrDefault(next, 1.0), columns(next, equalities(next, everywhere), waiting));
            open.remove(next);
            waiting.remove(next.alias());
        }
        return all;
    }

    /** ON of an outer join takes away rows of what it joins, and of nothing else. */
    private static List<Expr> equalities(Leaf leaf, List<Expr> everywhere) {
        return Stream.concat(everywhere.stream(), leaf.on().stream())
                .filter(PublicRows::isEquality)
                .toList();
    }

    private static boolean isEquality(Expr condition) {
        return condition instanceof Expr.Call call && call.op() == Op.EQUAL;
    }

    private static double size(Rel rel) {
        return switch (rel) {
            case Rel.Scan s -> s.personal() ? 1 : TABLE;
            case Rel.Values v -> v.rows().size();
            case Rel.Derived d -> of(d.input(), expressions(d.outputs()));
            case Rel.PerSubject p -> {
                List<Expr> calculated = new ArrayList<>(expressions(p.keys()));
                p.aggregates().forEach(a -> calculated.addAll(List.of(a.argument(), a.filter())));
                // Its rows are a person's; what it takes to make them was looked at.
                yield Math.min(1, of(p.input(), calculated));
            }
            case Rel.UnionAll u ->
                u.branches().stream().mapToDouble(PublicRows::size).sum();
            case Rel.Filter f -> of(f, List.of());
            case Rel.Join j -> of(j, List.of());
        };
    }

    private static List<Expr> expressions(List<Rel.Named> named) {
        return named.stream().map(Rel.Named::expr).toList();
    }

    /** How many rows of a relation are left, of which columns are compared with what is there already. */
    private static double met(Rel rel, double size, Set<String> columns) {
        if (columns.isEmpty()) {
            return size;
        }
        if (rel instanceof Rel.Values values) {
            return columns.stream()
                    .mapToDouble(column -> most(values, column))
                    .min()
                    .orElse(size);
        }
        List<String> key = key(rel);
        return !key.isEmpty() && columns.containsAll(key) ? 1 : Math.max(1, size * SHARE);
    }

    private static double most(Rel.Values values, String column) {
        int place = values.names().indexOf(column);
        if (place < 0) {
            return values.rows().size();
        }
        Map<Expr, Integer> times = new HashMap<>();
        values.rows().forEach(row -> times.merge(row.get(place), 1, Integer::sum));
        return times.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    /** Columns of a relation that are compared with a value, or with a column of what is no longer waited for. */
    private static Set<String> columns(Leaf leaf, List<Expr> equalities, Set<String> waiting) {
        Set<String> columns = new HashSet<>();
        for (Expr equality : equalities) {
            List<Expr> sides = equality.operands();
            for (int i = 0; i < 2; i++) {
                Set<String> other = Levels.aliases(sides.get(1 - i));
                if (Levels.column(sides.get(i)) instanceof Expr.Column column
                        && column.alias().equals(leaf.alias())
                        && other.stream().noneMatch(waiting::contains)) {
                    columns.add(CanonicalNames.plain(column.name()));
                }
            }
        }
        return columns;
    }

    /** Columns that are unique together; none where it is not known. */
    private static List<String> key(Rel rel) {
        return switch (rel) {
            case Rel.Derived d
            when d.distinct() -> d.outputs().stream().map(Rel.Named::name).toList();
            case Rel.Derived d -> passed(d);
            default -> Levels.key(rel);
        };
    }

    /** A table's key that a sub-query passes on. */
    private static List<String> passed(Rel.Derived derived) {
        Rel input = derived.input();
        while (input instanceof Rel.Filter filter) {
            input = filter.input();
        }
        if (!(input instanceof Rel.Scan scan)) {
            return List.of();
        }
        List<String> passed = new ArrayList<>();
        for (String column : Levels.key(scan)) {
            Optional<String> name = derived.outputs().stream()
                    .filter(output -> output.expr() instanceof Expr.Column c
                            && CanonicalNames.plain(c.name()).equals(column))
                    .map(Rel.Named::name)
                    .findFirst();
            if (name.isEmpty()) {
                return List.of();
            }
            passed.add(name.get());
        }
        return passed;
    }
}
