package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Relations below the boundary: writes {@code FROM} items; columns are reached as alias and name. What a scan reads is written by
 * {@link ScanWriter}, below everything else.
 */
final class Relations {
    private final Dialect dialect;
    private final ScanWriter scans;
    private final Map<String, Set<String>> used = new HashMap<>();
    private final Map<String, Rel> byAlias = new HashMap<>();

    Relations(PolicySnapshot policy, Dialect dialect) {
        this.dialect = dialect;
        this.scans = new ScanWriter(policy);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Source relations written so far, as {@code schema.name}. */
    Set<String> relations() {
        return scans.relations();
    }

    /** Must be told every expression of the statement first, so that scans fetch only what is needed. */
    void use(Expr expr) {
        expr.walk(e -> {
            switch (e) {
                case Expr.Column c ->
                    used.computeIfAbsent(c.alias(), a -> new LinkedHashSet<>()).add(c.name());
                case Expr.Exists x -> use(x.rel());
                default -> {}
            }
        });
    }

    void use(Rel rel) {
        switch (rel) {
            case Rel.Scan s -> byAlias.put(s.alias(), s);
            case Rel.Values v -> {
                byAlias.put(v.alias(), v);
                v.rows().forEach(row -> row.forEach(this::use));
            }
            case Rel.Filter f -> {
                use(f.input());
                use(f.condition());
            }
            case Rel.Join j -> {
                use(j.left());
                use(j.right());
                use(j.condition());
            }
            case Rel.Derived d -> {
                byAlias.put(d.alias(), d);
                use(d.input());
                d.outputs().forEach(o -> use(o.expr()));
            }
            case Rel.PerSubject p -> {
                byAlias.put(p.alias(), p);
                use(p.input());
                p.keys().forEach(k -> use(k.expr()));
                p.aggregates().forEach(a -> {
                    use(a.argument());
                    use(a.filter());
                });
            }
            case Rel.UnionAll u -> {
                byAlias.put(u.alias(), u);
                u.branches().forEach(this::use);
            }
        }
    }

    /** The relation behind an alias, if it was told. */
    Optional<Rel> named(String alias) {
        return Optional.ofNullable(byAlias.get(alias));
    }

    Expressions expressions(SqlText out) {
        return dialect.expressions(out, this);
    }

    /** {@code <from items> [WHERE <conditions>]}: filters on top of the relation become the WHERE clause. */
    void fromAndWhere(SqlText out, Rel rel) {
        Rel below = rel;
        java.util.ArrayList<Expr> conditions = new java.util.ArrayList<>();
        while (below instanceof Rel.Filter f) {
            conditions.addFirst(f.condition());
            below = f.input();
        }
        from(out, below);
        Expr condition = Expr.and(conditions);
        if (!condition.equals(Expr.always())) {
            out.append(" WHERE ");
            expressions(out).condition(condition);
        }
    }

    private void from(SqlText out, Rel rel) {
        switch (rel) {
            case Rel.Scan s -> scans.write(out, s, used.getOrDefault(s.alias(), Set.of()));
            case Rel.Join j -> {
                out.append("(");
                from(out, j.left());
                out.append(
                        j.kind() == Rel.Join.Kind.LEFT
                                ? " LEFT JOIN "
                                : j.condition().equals(Expr.always()) ? " CROSS JOIN " : " INNER JOIN ");
                from(out, j.right());
                if (j.kind() == Rel.Join.Kind.LEFT || !j.condition().equals(Expr.always())) {
                    out.append(" ON ");
                    expressions(out).condition(j.condition());
                }
                out.append(")");
            }
            case Rel.Filter f -> {
                // A filter under a join: every column of its inputs stays reachable under the inputs' own aliases only
                // when it is a
                // scan, which govern guarantees by wrapping anything else into a derived table.
                throw new IllegalStateException("a filter below a join must be inside a derived table");
            }
            case Rel.Derived d -> {
                out.append("(");
                derived(out, d, List.of(d));
                out.append(") AS ").name(d.alias());
            }
            case Rel.PerSubject p -> {
                out.append("(");
                perSubject(out, p);
                out.append(") AS ").name(p.alias());
            }
            case Rel.UnionAll u -> {
                out.append("(");
                for (int i = 0; i < u.branches().size(); i++) {
                    if (i > 0) {
                        out.append(" UNION ALL ");
                    }
                    derived(out, u.branches().get(i), u.branches());
                }
                out.append(") AS ").name(u.alias());
            }
            case Rel.Values v -> values(out, v);
        }
    }

    /** @param alike the branches of a union, this one too: their columns have one type each */
    private void derived(SqlText out, Rel.Derived d, List<Rel.Derived> alike) {
        if (d.distinct()
                && d.outputs().stream().anyMatch(o -> dialect.marks(o.expr().type()))) {
            distinct(out, d.alias() + "m", d.input(), d.outputs());
            return;
        }
        out.append(d.distinct() ? "SELECT DISTINCT " : "SELECT ");
        for (int i = 0; i < d.outputs().size(); i++) {
            int column = i;
            out.append(i > 0 ? ", " : "");
            expressions(out)
                    .alike(
                            d.outputs().get(i).expr(),
                            alike.stream()
                                    .map(b -> b.outputs().get(column).expr())
                                    .toList());
            out.append(" AS ").name(d.outputs().get(i).name());
        }
        if (d.outputs().isEmpty()) {
            out.append("1 AS ").name("one");
        }
        out.append(" FROM ");
        fromAndWhere(out, d.input());
    }

    /** The distinct values of a dialect that marks texts: told apart with their marks, and given without. */
    void distinct(SqlText out, String alias, Rel input, List<Rel.Named> outputs) {
        out.append("SELECT ");
        for (int i = 0; i < outputs.size(); i++) {
            String name = outputs.get(i).name();
            out.append(i > 0 ? ", " : "");
            dialect.unmarked(out, outputs.get(i).expr().type(), () -> out.column(alias, name));
            out.append(" AS ").name(name);
        }
        out.append(" FROM (SELECT DISTINCT ");
        for (int i = 0; i < outputs.size(); i++) {
            Rel.Named output = outputs.get(i);
            out.append(i > 0 ? ", " : "");
            dialect.marked(out, output.expr().type(), () -> expressions(out).write(output.expr()));
            out.append(" AS ").name(output.name());
        }
        out.append(" FROM ");
        fromAndWhere(out, input);
        out.append(") AS ").name(alias);
    }

    private void perSubject(SqlText out, Rel.PerSubject p) {
        // Keys and arguments are computed once below and grouped by name: a bind parameter inside a key cannot then
        // differ from itself.
        out.append("SELECT ");
        String inner = p.alias() + "i";
        for (Rel.Named key : p.keys()) {
            dialect.unmarked(out, key.expr().type(), () -> out.column(inner, key.name()));
            out.append(" AS ").name(key.name()).append(", ");
        }
        for (int i = 0; i < p.aggregates().size(); i++) {
            String argument = "a" + i;
            aggregate(out, p.aggregates().get(i), () -> out.column(inner, argument));
            out.append(" AS ").name(p.aggregates().get(i).name()).append(", ");
        }
        out.append("1 AS ").name("one").append(" FROM (SELECT ");
        for (Rel.Named key : p.keys()) {
            dialect.marked(out, key.expr().type(), () -> expressions(out).write(key.expr()));
            out.append(" AS ").name(key.name()).append(", ");
        }
        for (int i = 0; i < p.aggregates().size(); i++) {
            argument(out, p.aggregates().get(i));
            out.append(" AS ").name("a" + i).append(", ");
        }
        out.append("1 AS ").name("one").append(" FROM ");
        fromAndWhere(out, p.input());
        out.append(") AS ").name(inner).append(" GROUP BY ");
        for (int i = 0; i < p.keys().size(); i++) {
            out.append(i > 0 ? ", " : "").column(inner, p.keys().get(i).name());
        }
    }

    private void aggregate(SqlText out, Rel.NamedAggregate aggregate, Runnable argument) {
        Runnable each = () -> {
            out.append(aggregate.distinct() ? "DISTINCT " : "");
            argument.run();
        };
        switch (aggregate.function()) {
            case COUNT -> called(out, dialect.count(), each);
            case SUM -> called(out, "sum(", each);
            case AVERAGE -> expressions(out).average(each, aggregate.argument());
            case MINIMUM -> dialect.unmarked(out, aggregate.argument().type(), () -> called(out, "min(", each));
            case MAXIMUM -> dialect.unmarked(out, aggregate.argument().type(), () -> called(out, "max(", each));
        }
    }

    private static void called(SqlText out, String beginning, Runnable argument) {
        out.append(beginning);
        argument.run();
        out.append(")");
    }

    private void argument(SqlText out, Rel.NamedAggregate aggregate) {
        Expr argument = aggregate.argument();
        boolean filtered = !aggregate.filter().equals(Expr.always());
        if (filtered) {
            out.append("CASE WHEN ");
            expressions(out).condition(aggregate.filter());
            out.append(" THEN ");
        }
        if (argument.type().isNumber()) {
            expressions(out).numeric(argument);
        } else {
            dialect.marked(out, argument.type(), () -> expressions(out).write(argument));
        }
        out.append(filtered ? " END" : "");
    }

    private void values(SqlText out, Rel.Values v) {
        out.append("(");
        for (int r = 0; r < v.rows().size(); r++) {
            out.append(r > 0 ? " UNION ALL SELECT " : "SELECT ");
            for (int i = 0; i < v.names().size(); i++) {
                out.append(i > 0 ? ", " : "");
                int column = i;
                expressions(out)
                        .alike(
                                v.rows().get(r).get(i),
                                v.rows().stream().map(row -> row.get(column)).toList());
                out.append(" AS ").name(v.names().get(i));
            }
        }
        out.append(") AS ").name(v.alias());
    }
}
