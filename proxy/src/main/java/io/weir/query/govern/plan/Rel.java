package io.weir.query.govern.plan;

import io.weir.policy.Dataset;
import io.weir.policy.Grant;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

        /** Of the alias alone, which is unique: a dataset's columns would be gone through each time. */
        @Override
        public int hashCode() {
            return alias.hashCode();
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
        inputs().forEach(input -> input.walk(visitor));
        expressions().forEach(e -> enter(e, visitor));
    }

    /** The relations that it is made of, but for those inside EXISTS. */
    default List<Rel> inputs() {
        return switch (this) {
            case Scan s -> List.of();
            case Values v -> List.of();
            case Filter f -> List.of(f.input());
            case Join j -> List.of(j.left(), j.right());
            case Derived d -> List.of(d.input());
            case PerSubject p -> List.of(p.input());
            case UnionAll u -> List.copyOf(u.branches());
        };
    }

    /** What it computes of its inputs' columns, and asks of them. */
    default List<Expr> expressions() {
        return switch (this) {
            case Scan s -> List.of();
            case Values v -> List.of();
            case Filter f -> List.of(f.condition());
            case Join j -> List.of(j.condition());
            case Derived d -> d.outputs().stream().map(Named::expr).toList();
            case PerSubject p ->
                Stream.concat(
                                p.keys().stream().map(Named::expr),
                                p.aggregates().stream().flatMap(a -> Stream.of(a.argument(), a.filter())))
                        .toList();
            case UnionAll u -> List.of();
        };
    }

    /** Id of the source that it reads; empty when it reads none. Of what becomes one text there is one only. */
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
                // One set for a chain of joins, which can be long.
                Set<String> aliases = new HashSet<>();
                addAliases(j, aliases);
                yield Set.copyOf(aliases);
            }
        };
    }

    private static void addAliases(Rel rel, Set<String> aliases) {
        switch (rel) {
            case Filter f -> addAliases(f.input(), aliases);
            case Join j -> {
                addAliases(j.left(), aliases);
                addAliases(j.right(), aliases);
            }
            case Scan s -> aliases.add(s.alias());
            case Values v -> aliases.add(v.alias());
            case Derived d -> aliases.add(d.alias());
            case PerSubject p -> aliases.add(p.alias());
            case UnionAll u -> aliases.add(u.alias());
        }
    }
}
