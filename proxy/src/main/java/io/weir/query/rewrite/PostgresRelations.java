package io.weir.query.rewrite;

import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.DateUnit;
import io.weir.policy.Generalisation;
import io.weir.policy.Link;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.RowFilter;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Relations below the boundary in PostgreSQL's SQL. Row scope, opt-out and generalisation are written into each scan, below everything
 * else. Writes {@code FROM} items; columns are reached as alias and name.
 */
final class PostgresRelations {
    /** Name of the subject key in a scan; never a governed column's name. */
    static final String SUBJECT = Rel.SUBJECT;

    private static final int MAXIMUM_LINK_DEPTH = 8;

    private final PolicySnapshot policy;
    private final Map<String, Set<String>> used = new HashMap<>();
    private final Set<String> relations = new LinkedHashSet<>();

    PostgresRelations(PolicySnapshot policy) {
        this.policy = policy;
    }

    /** Source relations written so far, as {@code schema.name}. */
    Set<String> relations() {
        return Set.copyOf(relations);
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
            case Rel.Scan s -> {}
            case Rel.Values v -> v.rows().forEach(row -> row.forEach(this::use));
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
                use(d.input());
                d.outputs().forEach(o -> use(o.expr()));
            }
            case Rel.PerSubject p -> {
                use(p.input());
                p.keys().forEach(k -> use(k.expr()));
                p.aggregates().forEach(a -> {
                    use(a.argument());
                    use(a.filter());
                });
            }
            case Rel.UnionAll u -> u.branches().forEach(this::use);
        }
    }

    PostgresExpressions expressions(SqlText out) {
        return new PostgresExpressions(out, this::fromAndWhere);
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
            expressions(out).write(condition);
        }
    }

    private void from(SqlText out, Rel rel) {
        switch (rel) {
            case Rel.Scan s -> scan(out, s);
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
                    expressions(out).write(j.condition());
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
                derived(out, d);
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
                    derived(out, u.branches().get(i));
                }
                out.append(") AS ").name(u.alias());
            }
            case Rel.Values v -> values(out, v);
        }
    }

    private void derived(SqlText out, Rel.Derived d) {
        out.append(d.distinct() ? "SELECT DISTINCT " : "SELECT ");
        for (int i = 0; i < d.outputs().size(); i++) {
            out.append(i > 0 ? ", " : "");
            expressions(out).write(d.outputs().get(i).expr());
            out.append(" AS ").name(d.outputs().get(i).name());
        }
        if (d.outputs().isEmpty()) {
            out.append("1 AS ").name("one");
        }
        out.append(" FROM ");
        fromAndWhere(out, d.input());
    }

    private void perSubject(SqlText out, Rel.PerSubject p) {
        // Keys and arguments are computed once below and grouped by name: a bind parameter inside a key cannot then
        // differ from itself.
        out.append("SELECT ");
        String inner = p.alias() + "i";
        for (Rel.Named key : p.keys()) {
            out.column(inner, key.name()).append(" AS ").name(key.name()).append(", ");
        }
        for (int i = 0; i < p.aggregates().size(); i++) {
            Rel.NamedAggregate aggregate = p.aggregates().get(i);
            out.append(
                    switch (aggregate.function()) {
                        case COUNT -> "count(";
                        case SUM -> "sum(";
                        case AVERAGE -> "avg(";
                        case MINIMUM -> "min(";
                        case MAXIMUM -> "max(";
                    });
            out.append(aggregate.distinct() ? "DISTINCT " : "");
            out.column(inner, "a" + i).append(") AS ").name(aggregate.name()).append(", ");
        }
        out.append("1 AS ").name("one").append(" FROM (SELECT ");
        for (Rel.Named key : p.keys()) {
            expressions(out).write(key.expr());
            out.append(" AS ").name(key.name()).append(", ");
        }
        for (int i = 0; i < p.aggregates().size(); i++) {
            Rel.NamedAggregate aggregate = p.aggregates().get(i);
            boolean filtered = !aggregate.filter().equals(Expr.always());
            if (filtered) {
                out.append("CASE WHEN ");
                expressions(out).write(aggregate.filter());
                out.append(" THEN ");
            }
            boolean numeric = aggregate.argument().type().isNumber();
            if (numeric) {
                expressions(out).numeric(aggregate.argument());
            } else {
                expressions(out).write(aggregate.argument());
            }
            out.append(filtered ? " END" : "").append(" AS ").name("a" + i).append(", ");
        }
        out.append("1 AS ").name("one").append(" FROM ");
        fromAndWhere(out, p.input());
        out.append(") AS ").name(inner).append(" GROUP BY ");
        for (int i = 0; i < p.keys().size(); i++) {
            out.append(i > 0 ? ", " : "").column(inner, p.keys().get(i).name());
        }
    }

    private void values(SqlText out, Rel.Values v) {
        out.append("(");
        for (int r = 0; r < v.rows().size(); r++) {
            out.append(r > 0 ? " UNION ALL SELECT " : "SELECT ");
            for (int i = 0; i < v.names().size(); i++) {
                out.append(i > 0 ? ", " : "");
                expressions(out).write(v.rows().get(r).get(i));
                out.append(" AS ").name(v.names().get(i));
            }
        }
        out.append(") AS ").name(v.alias());
    }

    private void scan(SqlText out, Rel.Scan s) {
        Dataset dataset = s.dataset();
        String t = s.alias() + "t";
        out.append("(SELECT ");
        boolean first = true;
        for (String name : used.getOrDefault(s.alias(), Set.of())) {
            out.append(first ? "" : ", ");
            first = false;
            if (name.equals(SUBJECT)) {
                subject(out, dataset, t);
            } else {
                boolean raw = name.startsWith(Rel.RAW);
                String governed = raw ? name.substring(Rel.RAW.length()) : name;
                io.weir.policy.Column column = dataset.column(governed)
                        .filter(c -> s.grant().columns().contains(c.name()))
                        .orElseThrow(
                                () -> new IllegalStateException("a column that is not granted reached the writer"));
                if (raw && !s.rowView() && column.columnClass() != ColumnClass.TEXT) {
                    out.column(t, governed);
                } else {
                    generalised(out, column, t, s.rowView());
                }
            }
            out.append(" AS ").name(name);
        }
        if (first) {
            out.append("1 AS ").name("one");
        }
        out.append(" FROM ");
        relation(out, dataset).append(" AS ").name(t);
        Optional<Link> carrier = dataset.subject() == null ? dataset.subjectLink() : Optional.empty();
        carrier.filter(link -> !holdsSubject(link)).ifPresent(link -> joinCarrier(out, link, t));
        out.append(" WHERE ");
        if (s.personal()) {
            // A row without a subject belongs to no known unit: it counts for nothing.
            subject(out, dataset, t);
            out.append(" IS NOT NULL");
        } else {
            out.append("TRUE");
        }
        filters(out, dataset.optOut(), dataset, t);
        filters(out, s.grant().rowScope(), dataset, t);
        optedOutElsewhere(out, dataset, t, 0);
        out.append(") AS ").name(s.alias());
    }

    private SqlText relation(SqlText out, Dataset dataset) {
        relations.add(dataset.relationSchema() + "." + dataset.relationName());
        return out.name(dataset.relationSchema()).append(".").name(dataset.relationName());
    }

    private void joinCarrier(SqlText out, Link link, String t) {
        Dataset parent = dataset(link.target());
        out.append(" INNER JOIN ");
        relation(out, parent).append(" AS ").name(t + "p").append(" ON ");
        linkCondition(out, link, t, t + "p");
    }

    private void linkCondition(SqlText out, Link link, String child, String parent) {
        for (int i = 0; i < link.columns().size(); i++) {
            out.append(i > 0 ? " AND " : "");
            out.column(child, link.columns().get(i))
                    .append(" = ")
                    .column(parent, link.targetColumns().get(i));
        }
    }

    private void subject(SqlText out, Dataset dataset, String t) {
        Dataset.SubjectKey own = dataset.subject();
        if (own != null) {
            out.column(t, own.column());
            return;
        }
        Link link = dataset.subjectLink()
                .orElseThrow(() -> new IllegalStateException("a personal dataset without a subject"));
        if (holdsSubject(link)) {
            out.column(t, link.columns().getFirst());
            return;
        }
        Dataset.SubjectKey carried = dataset(link.target()).subject();
        if (carried == null) {
            throw new IllegalStateException("the subject must be carried by a dataset that has it");
        }
        out.column(t + "p", carried.column());
    }

    /** Whether the foreign key is the subject key itself, so that the carrier need not be joined. */
    private boolean holdsSubject(Link link) {
        Dataset.SubjectKey carried = dataset(link.target()).subject();
        return carried != null && link.targetColumns().equals(java.util.List.of(carried.column()));
    }

    /** Opt-outs of the dataset that holds the subject apply to every dataset about that subject, however far the link goes. */
    private void optedOutElsewhere(SqlText out, Dataset dataset, String t, int depth) {
        if (dataset.kind() != Dataset.Kind.PERSONAL) {
            return;
        }
        int number = 0;
        for (Link link : dataset.links()) {
            Dataset target = dataset(link.target());
            if (optOutReachable(target, depth)) {
                String p = t + "o" + number++;
                out.append(" AND EXISTS (SELECT 1 FROM ");
                relation(out, target).append(" AS ").name(p).append(" WHERE ");
                linkCondition(out, link, t, p);
                filters(out, target.optOut(), target, p);
                optedOutElsewhere(out, target, p, depth + 1);
                out.append(")");
            }
        }
    }

    private boolean optOutReachable(Dataset dataset, int depth) {
        return dataset.kind() == Dataset.Kind.PERSONAL
                && (dataset.optOut() != null
                        || depth < MAXIMUM_LINK_DEPTH
                                && dataset.links().stream()
                                        .anyMatch(l -> optOutReachable(dataset(l.target()), depth + 1)));
    }

    private static void filters(SqlText out, @Nullable RowFilter filter, Dataset dataset, String t) {
        if (filter == null) {
            return;
        }
        for (RowFilter.Condition condition : filter.conditions()) {
            SqlType type =
                    dataset.column(condition.column()).map(c -> c.type().type()).orElse(SqlType.TEXT);
            out.append(" AND ");
            switch (condition) {
                case RowFilter.Condition.In in -> {
                    out.append("(");
                    for (int i = 0; i < in.values().size(); i++) {
                        out.append(i > 0 ? " OR " : "").column(t, in.column()).append(" = ");
                        out.bind(Texts.read(in.values().get(i), type), type);
                    }
                    out.append(")");
                }
                case RowFilter.Condition.Range range -> {
                    out.append("(").column(t, range.column()).append(" IS NOT NULL");
                    String from = range.from();
                    if (from != null) {
                        out.append(" AND ").column(t, range.column()).append(" >= ");
                        out.bind(Texts.read(from, type), type);
                    }
                    String until = range.until();
                    if (until != null) {
                        out.append(" AND ").column(t, range.column()).append(" < ");
                        out.bind(Texts.read(until, type), type);
                    }
                    out.append(")");
                }
            }
        }
    }

    private void generalised(SqlText out, io.weir.policy.Column column, String t, boolean rowView) {
        if (column.columnClass() == ColumnClass.TEXT) {
            out.append("CAST(NULL AS ")
                    .append(SqlText.typeName(column.type().type()))
                    .append(")");
            return;
        }
        switch (rowView ? column.rowView() : column.aggregateView()) {
            case Generalisation.None n -> out.column(t, column.name());
            case Generalisation.DateGrain grain -> {
                out.append("CASE WHEN ").column(t, column.name()).append(" >= DATE '0001-01-01' AND ");
                out.column(t, column.name()).append(" < DATE '9999-01-01' THEN CAST(date_trunc('");
                out.append(unit(grain.unit())).append("', CAST(").column(t, column.name());
                out.append(" AS timestamp)) AS ")
                        .append(SqlText.typeName(column.type().type()))
                        .append(") END");
            }
            case Generalisation.Width width -> {
                String w = width.width().toPlainString();
                out.append("(floor(CAST(")
                        .column(t, column.name())
                        .append(" AS numeric) / ")
                        .append(w);
                out.append(") * ").append(w).append(")");
            }
            case Generalisation.Bands bands -> {
                out.append("CASE WHEN ").column(t, column.name()).append(" IS NULL THEN NULL");
                for (int i = bands.lowerBounds().size() - 1; i > 0; i--) {
                    String bound = bands.lowerBounds().get(i).toPlainString();
                    out.append(" WHEN ").column(t, column.name()).append(" >= ").append(bound);
                    out.append(" THEN ").append(bound);
                }
                out.append(" ELSE ")
                        .append(bands.lowerBounds().getFirst().toPlainString())
                        .append(" END");
            }
            case Generalisation.Prefix prefix ->
                out.append("left(").column(t, column.name()).append(", " + prefix.length() + ")");
            case Generalisation.Lookup lookup -> {
                String g = t + "g";
                out.append("(SELECT max(").column(g, lookup.to()).append(") FROM ");
                relation(out, dataset(lookup.dataset())).append(" AS ").name(g).append(" WHERE ");
                out.column(g, lookup.from())
                        .append(" = ")
                        .column(t, column.name())
                        .append(")");
            }
            case Generalisation.Withhold w ->
                out.append("CAST(NULL AS ")
                        .append(SqlText.typeName(column.type().type()))
                        .append(")");
        }
    }

    private static String unit(DateUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private Dataset dataset(DatasetName name) {
        Dataset dataset = policy.datasets().get(name);
        if (dataset == null) {
            throw new IllegalStateException("the policy lost dataset " + name);
        }
        return dataset;
    }
}
