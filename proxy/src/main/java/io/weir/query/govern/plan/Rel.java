package io.weir.query.govern.plan;

import io.weir.policy.Dataset;
import io.weir.policy.Grant;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A relation below the boundary: becomes part of one generated SELECT. Columns are reached by (alias, name). */
public sealed interface Rel {
    /** Name of the subject key among the columns of a personal scan; never a governed column's name. */
    String SUBJECT = "~subject";

    /** Prefix of a scan's column name that asks for the source value, for derived attributes; never shown itself. */
    String RAW = "~raw ";

    /**
     * A governed table: row scope, opt-out and generalisation are applied here, below everything else.
     *
     * @param alias unique in the statement
     * @param dataset what
     * @param grant under which grant
     * @param rowView whether values are generalised as for row_level statements
     */
    record Scan(String alias, Dataset dataset, Grant grant, boolean rowView) implements Rel {
        public boolean personal() {
            return dataset.kind() == Dataset.Kind.PERSONAL;
        }
    }

    record Filter(Rel input, Expr condition) implements Rel {}

    record Join(Kind kind, Rel left, Rel right, Expr condition) implements Rel {
        public enum Kind {
            INNER,
            LEFT
        }
    }

    /** A derived table: needed where expressions must be computed before an outer join, a union or a window. */
    record Derived(String alias, Rel input, List<Named> outputs, boolean distinct) implements Rel {
        public Derived {
            outputs = List.copyOf(outputs);
        }
    }

    /** One row per distinct key; the keys determine the subject, so rows still belong to one unit. */
    record PerSubject(String alias, Rel input, List<Named> keys, List<NamedAggregate> aggregates) implements Rel {
        public PerSubject {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }
    }

    /** UNION ALL of branches with the same outputs. */
    record UnionAll(String alias, List<Derived> branches) implements Rel {
        public UnionAll {
            branches = List.copyOf(branches);
        }
    }

    /** Constant rows. */
    record Values(String alias, List<String> names, List<SqlType> types, List<List<Expr>> rows) implements Rel {
        public Values {
            names = List.copyOf(names);
            types = List.copyOf(types);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    record Named(String name, Expr expr) {}

    /** An aggregate within one subject. */
    record NamedAggregate(String name, Function function, Expr argument, Expr filter, boolean distinct, SqlType type) {
        public enum Function {
            COUNT,
            SUM,
            AVERAGE,
            MINIMUM,
            MAXIMUM
        }
    }

    /** Visits every relation, parents first; relations inside EXISTS too. */
    default void walk(Consumer<Rel> visitor) {
        visitor.accept(this);
        switch (this) {
            case Scan s -> {}
            case Values v -> {}
            case Filter f -> {
                f.input().walk(visitor);
                enter(f.condition(), visitor);
            }
            case Join j -> {
                j.left().walk(visitor);
                j.right().walk(visitor);
                enter(j.condition(), visitor);
            }
            case Derived d -> {
                d.input().walk(visitor);
                d.outputs().forEach(o -> enter(o.expr(), visitor));
            }
            case PerSubject p -> {
                p.input().walk(visitor);
                p.keys().forEach(k -> enter(k.expr(), visitor));
                p.aggregates().forEach(a -> {
                    enter(a.argument(), visitor);
                    enter(a.filter(), visitor);
                });
            }
            case UnionAll u -> u.branches().forEach(b -> b.walk(visitor));
        }
    }

    /** Id of the source that it reads; empty when it reads none. Of what govern permits there is one only. */
    default Optional<String> source() {
        List<String> first = new ArrayList<>(1);
        walk(r -> {
            if (first.isEmpty() && r instanceof Scan s) {
                first.add(s.dataset().source());
            }
        });
        return first.stream().findFirst();
    }

    private static void enter(Expr expr, Consumer<Rel> visitor) {
        expr.walk(e -> {
            if (e instanceof Expr.Exists exists) {
                exists.rel().walk(visitor);
            }
        });
    }

    /** All scans, in order of first appearance. */
    default List<Scan> scans() {
        java.util.LinkedHashSet<Scan> scans = new java.util.LinkedHashSet<>();
        walk(r -> {
            if (r instanceof Scan s) {
                scans.add(s);
            }
        });
        return List.copyOf(scans);
    }

    /** Aliases whose columns a parent can reach. */
    default Set<String> aliases() {
        return switch (this) {
            case Scan s -> Set.of(s.alias());
            case Values v -> Set.of(v.alias());
            case Derived d -> Set.of(d.alias());
            case PerSubject p -> Set.of(p.alias());
            case UnionAll u -> Set.of(u.alias());
            case Filter f -> f.input().aliases();
            case Join j -> {
                java.util.HashSet<String> both =
                        new java.util.HashSet<>(j.left().aliases());
                both.addAll(j.right().aliases());
                yield Set.copyOf(both);
            }
        };
    }
}
