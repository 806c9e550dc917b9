package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Names of a statement's relations by what they are, and the base columns behind expressions. Not thread-safe. */
final class CanonicalNames {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Rel> relations = new HashMap<>();
    private final Map<String, Set<String>> leads = new HashMap<>();

    private final boolean inside;

    CanonicalNames() {
        inside = false;
    }

    /** Names inside a sub-query, which can also be asked for those outside it. */
    private CanonicalNames(CanonicalNames outer) {
        inside = true;
        names.putAll(outer.names);
        relations.putAll(outer.relations);
        counts.putAll(outer.counts);
        leads.putAll(outer.leads);
    }

    CanonicalNames inside() {
        return new CanonicalNames(this);
    }

    /** Names a relation when it is first met: the second of a kind gets a number. */
    String name(Rel rel) {
        String alias = rel.aliases().iterator().next();
        String known = names.get(alias);
        if (known != null) {
            return known;
        }
        String kind = (inside ? "inner " : "") + Separators.clean(kind(rel));
        int count = counts.merge(kind, 1, Integer::sum);
        String name = count == 1 ? kind : kind + "#" + count;
        names.put(alias, name);
        relations.put(alias, rel);
        return name;
    }

    static String kind(Rel rel) {
        return switch (rel) {
            case Rel.Scan s -> s.dataset().name().toString();
            case Rel.PerSubject p ->
                "per person of "
                        + p.input().scans().stream()
                                .map(CanonicalNames::kind)
                                .sorted()
                                .toList();
            case Rel.Derived d ->
                "rows of "
                        + d.input().scans().stream()
                                .map(CanonicalNames::kind)
                                .sorted()
                                .toList();
            case Rel.UnionAll u ->
                "union of "
                        + u.scans().stream().map(CanonicalNames::kind).sorted().toList();
            case Rel.Values v -> "values";
            case Rel.Filter f -> kind(f.input());
            case Rel.Join j -> kind(j.left());
        };
    }

    /**
     * The columns of a relation that adds none of its own count as those that lead to it.
     *
     * @param texts of what leads to it: one code list behind two columns is two things
     */
    void leadsTo(String alias, Set<String> columns, SortedSet<String> texts) {
        leads.put(alias, Set.copyOf(columns));
        names.merge(alias, "", (name, none) -> name + " via " + String.join(" and ", texts));
    }

    String nameOf(String alias) {
        String name = names.get(alias);
        if (name == null) {
            throw new IllegalStateException("a column of a relation that was not met");
        }
        return name;
    }

    /** The derived table that computes a column, or null for a scan's. */
    @org.jspecify.annotations.Nullable
    Rel relation(String alias) {
        return relations.get(alias);
    }

    /** Base columns of an expression. */
    Set<String> base(Expr expr) {
        if (expr instanceof Expr.Window w) {
            // Whatever its order and partition, it is the same attribute in another sense.
            TreeSet<String> windowed = new TreeSet<>();
            w.arguments().forEach(a -> windowed.addAll(base(a)));
            windowed.add("window of " + nameOf(aliasOf(w)));
            return windowed;
        }
        TreeSet<String> found = new TreeSet<>();
        expr.walk(e -> {
            if (e instanceof Expr.Column c) {
                found.addAll(base(c));
            } else if (e instanceof Expr.Exists exists) {
                found.add("exists " + Separators.clean(kind(exists.rel())));
            }
        });
        return found;
    }

    /** Alias of the rows that the window puts in order: its partition begins with their unit's key. */
    private static String aliasOf(Expr.Window window) {
        return window.partition().getFirst() instanceof Expr.Column key
                ? key.alias()
                : window.partition().getFirst().toString();
    }

    private Set<String> base(Expr.Column c) {
        Set<String> lead = leads.get(c.alias());
        if (lead != null) {
            return lead;
        }
        Expr computed = computed(c);
        if (computed != null) {
            return base(computed);
        }
        return switch (relations.get(c.alias())) {
            case Rel.PerSubject p -> {
                Rel.NamedAggregate aggregate = aggregate(p, c.name());
                TreeSet<String> columns = new TreeSet<>();
                base(aggregate.argument()).forEach(x -> columns.add(aggregate.function() + " " + x));
                if (columns.isEmpty()) {
                    columns.add(aggregate.function() + " of " + nameOf(c.alias()));
                }
                yield columns;
            }
            case null -> throw new IllegalStateException("a column of a relation that was not met");
            // Two aliases of one dataset ask about the same attribute.
            case Rel known -> Set.of(Separators.clean(kind(known)) + "." + plain(c.name()));
        };
    }

    /** What a column of a derived table is calculated from, where that is one expression. */
    @org.jspecify.annotations.Nullable
    Expr computed(Expr.Column c) {
        return computed(relations.get(c.alias()), c);
    }

    /** @param relation of the column */
    static @org.jspecify.annotations.Nullable Expr computed(
            @org.jspecify.annotations.Nullable Rel relation, Expr.Column c) {
        return switch (relation) {
            case Rel.Derived d -> output(d.outputs(), c.name());
            case Rel.PerSubject p
            when p.keys().stream().anyMatch(k -> k.name().equals(c.name())) -> output(p.keys(), c.name());
            case null, default -> null;
        };
    }

    private static Expr output(java.util.List<Rel.Named> outputs, String name) {
        return outputs.stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .map(Rel.Named::expr)
                .orElseThrow(() -> new IllegalStateException("a derived table lacks a column"));
    }

    static Rel.NamedAggregate aggregate(Rel.PerSubject per, String name) {
        return per.aggregates().stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a derived table lacks a column"));
    }

    /** Source value and coarsened value of a column are the same column. */
    static String plain(String column) {
        return Separators.clean(column.startsWith(Rel.RAW) ? column.substring(Rel.RAW.length()) : column);
    }
}
