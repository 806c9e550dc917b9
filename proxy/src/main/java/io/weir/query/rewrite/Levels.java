package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a tree of joins and filters apart, and finds which relations make its rows and which only add columns. */
final class Levels {
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Expr> links = new ArrayList<>();
    private final List<Expr> conditions = new ArrayList<>();

    private Levels() {}

    static Level of(Rel rel) {
        Levels levels = new Levels();
        levels.flatten(rel);
        levels.leaves.sort(Comparator.comparing(l -> CanonicalNames.kind(l.rel())));
        Set<String> anchors = levels.anchors();
        List<Leaf> judged = levels.leaves.stream()
                .map(l -> new Leaf(l.rel(), l.optional(), l.on(), !anchors.contains(l.alias())))
                .toList();
        String population = judged.stream()
                .filter(l -> !l.neutral())
                .map(l -> population(l.rel()))
                .sorted()
                .collect(Collectors.joining(" with "));
        String scopes = judged.stream()
                .filter(l -> l.neutral()
                        && l.rel() instanceof Rel.Scan s
                        && s.grant().rowScope() != null)
                .map(l -> " within " + population(l.rel()))
                .sorted()
                .collect(Collectors.joining());
        return new Level(judged, List.copyOf(levels.links), List.copyOf(levels.conditions), population + scopes);
    }

    private static String population(Rel rel) {
        return switch (rel) {
            case Rel.Scan s ->
                Separators.clean(
                        s.dataset().name() + " scope " + s.grant().rowScope() + (s.rowView() ? " as rows" : ""));
            case Rel.Derived d -> of(d.input()).population();
            // People instead of their records are a shape; structure() keeps them apart.
            case Rel.PerSubject p -> of(p.input()).population();
            case Rel.UnionAll u ->
                "union of "
                        + u.branches().stream()
                                .map(b -> of(b.input()).population())
                                .sorted()
                                .toList();
            case Rel.Values v -> "values";
            case Rel.Filter f -> throw new IllegalStateException("a filter is no leaf");
            case Rel.Join j -> throw new IllegalStateException("a join is no leaf");
        };
    }

    private void flatten(Rel rel) {
        switch (rel) {
            case Rel.Filter f -> {
                flatten(f.input());
                Expr.conjunctsOf(f.condition()).forEach(this::place);
            }
            case Rel.Join j -> {
                flatten(j.left());
                if (j.kind() == Rel.Join.Kind.INNER) {
                    flatten(j.right());
                    Expr.conjunctsOf(j.condition()).forEach(this::place);
                } else {
                    leaves.add(new Leaf(j.right(), true, Expr.conjunctsOf(j.condition()), false));
                }
            }
            case Rel.Scan s -> leaves.add(new Leaf(s, false, List.of(), false));
            case Rel.Derived d -> leaves.add(new Leaf(d, false, List.of(), false));
            case Rel.PerSubject p -> leaves.add(new Leaf(p, false, List.of(), false));
            case Rel.UnionAll u -> leaves.add(new Leaf(u, false, List.of(), false));
            case Rel.Values v -> leaves.add(new Leaf(v, false, List.of(), false));
        }
    }

    private void place(Expr conjunct) {
        (isLink(conjunct) ? links : conditions).add(conjunct);
    }

    /** Equality of columns of two relations. */
    static boolean isLink(Expr conjunct) {
        return conjunct instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && op == Op.EQUAL
                && column(a.get(0)) instanceof Expr.Column x
                && column(a.get(1)) instanceof Expr.Column y
                && !x.alias().equals(y.alias());
    }

    static Expr column(Expr side) {
        return side instanceof Expr.Cast cast && !cast.cuts() ? column(cast.argument()) : side;
    }

    /** Aliases of all relations whose columns an expression reads, but for what only its sub-queries see. */
    static Set<String> aliases(Expr expr) {
        Set<String> aliases = new HashSet<>();
        expr.walk(e -> {
            if (e instanceof Expr.Column column) {
                aliases.add(column.alias());
            }
        });
        return aliases;
    }

    /** Aliases of the relations whose rows are counted: all but those that another one reaches by their whole key. */
    private Set<String> anchors() {
        Set<String> anchors = leaves.stream().map(Leaf::alias).collect(Collectors.toCollection(HashSet::new));
        List<Leaf> candidates = new ArrayList<>(leaves);
        candidates.sort(Comparator.comparing((Leaf l) -> l.rel() instanceof Rel.Scan s && s.personal())
                .thenComparing(l -> !l.optional()));
        for (Leaf leaf : candidates.stream().filter(l -> !personal(l)).toList()) {
            drop(leaf, anchors);
        }
        List<Leaf> people =
                new ArrayList<>(candidates.stream().filter(Levels::personal).toList());
        for (Leaf leaf : people.reversed()) {
            if (anchors.size() > 1) {
                drop(leaf, anchors);
            }
        }
        return anchors;
    }

    private static boolean personal(Leaf leaf) {
        return !(leaf.rel() instanceof Rel.Scan s) || s.personal();
    }

    private void drop(Leaf leaf, Set<String> anchors) {
        List<String> key = key(leaf.rel());
        if (!key.isEmpty() && key.stream().allMatch(column -> reached(leaf, column, anchors))) {
            anchors.remove(leaf.alias());
        }
    }

    /** Columns that are unique together. */
    static List<String> key(Rel rel) {
        return switch (rel) {
            case Rel.Scan s -> s.dataset().recordKey();
            case Rel.PerSubject p ->
                p.keys().stream()
                        .map(Rel.Named::name)
                        .filter(n -> !n.equals(Rel.SUBJECT))
                        .toList();
            case Rel.Derived d -> List.of();
            case Rel.UnionAll u -> List.of();
            case Rel.Values v -> List.of();
            case Rel.Filter f -> List.of();
            case Rel.Join j -> List.of();
        };
    }

    private boolean reached(Leaf leaf, String column, Set<String> anchors) {
        List<Expr> all = new ArrayList<>(leaf.on());
        all.addAll(links);
        all.addAll(conditions);
        return all.stream()
                .anyMatch(e -> e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                        && op == Op.EQUAL
                        && (reaches(a.get(0), a.get(1), leaf, column, anchors)
                                || reaches(a.get(1), a.get(0), leaf, column, anchors)));
    }

    /**
     * A reference relation may be reached through another that was dropped before; a personal one only from an anchor, and only in its own
     * source: whether a person of one source is in the other as well is no key's business.
     */
    private boolean reaches(Expr here, Expr there, Leaf leaf, String column, Set<String> anchors) {
        if (!(column(here) instanceof Expr.Column c)
                || !c.alias().equals(leaf.alias())
                || !CanonicalNames.plain(c.name()).equals(Separators.clean(column))) {
            return false;
        }
        return there.isCallerValue()
                || column(there) instanceof Expr.Column other
                        && !other.alias().equals(leaf.alias())
                        && (!personal(leaf) || anchors.contains(other.alias()) && isOfOneSource(leaf, other.alias()));
    }

    private boolean isOfOneSource(Leaf leaf, String alias) {
        return leaves.stream()
                .filter(l -> l.alias().equals(alias))
                .allMatch(l -> l.rel().source().equals(leaf.rel().source()));
    }
}
