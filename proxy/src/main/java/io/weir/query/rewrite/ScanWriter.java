package io.weir.query.rewrite;

import io.weir.policy.Column;
import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Domain;
import io.weir.policy.Generalisation;
import io.weir.policy.Link;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.RowFilter;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a governed table reads from its source. Row scope, opt-out and generalisation are written into each scan, below everything else.
 * Remembers the relations it wrote.
 */
final class ScanWriter {
    private static final int MAXIMUM_LINK_DEPTH = 8;

    /** A day inside the calendar of every dialect, so that no zone leads out of it. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2, 1, 1);

    private static final LocalDate LAST_DAY = LocalDate.of(9998, 1, 1);

    private final PolicySnapshot policy;
    private final Set<String> relations = new LinkedHashSet<>();

    ScanWriter(PolicySnapshot policy) {
        this.policy = policy;
    }

    /** Source relations written so far, as {@code schema.name}. */
    Set<String> relations() {
        return Set.copyOf(relations);
    }

    /**
     * One scan with its alias.
     *
     * @param columns names of what is wanted
     */
    void write(SqlText out, Rel.Scan s, Set<String> columns) {
        Dataset dataset = s.dataset();
        String t = s.alias() + "t";
        out.append("(SELECT ");
        boolean first = true;
        for (String name : columns) {
            out.append(first ? "" : ", ");
            first = false;
            if (name.equals(Rel.SUBJECT)) {
                subject(out, dataset, t);
            } else {
                boolean raw = name.startsWith(Rel.RAW);
                String governed = raw ? name.substring(Rel.RAW.length()) : name;
                Column column = dataset.column(governed)
                        .filter(c -> s.grant().columns().contains(c.name()))
                        .orElseThrow(
                                () -> new IllegalStateException("a column that is not granted reached the writer"));
                if (raw && !s.rowView() && column.columnClass() != ColumnClass.TEXT) {
                    out.dialect().sourceColumn(out, t, governed, column.type());
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
        joinCarriers(out, dataset, t);
        out.append(" WHERE ");
        if (s.personal()) {
            // A row without a subject belongs to no known unit: it counts for nothing.
            subject(out, dataset, t);
            out.append(" IS NOT NULL");
        } else {
            out.append(out.dialect().always());
        }
        filters(out, dataset.optOut(), dataset, t);
        filters(out, s.grant().rowScope(), dataset, t);
        periods(out, dataset, t);
        wholeParts(out, dataset, t);
        optedOutElsewhere(out, dataset, t, 0);
        out.append(") AS ").name(s.alias());
    }

    private SqlText relation(SqlText out, Dataset dataset) {
        relations.add(dataset.relationSchema() + "." + dataset.relationName());
        return out.name(dataset.relationSchema()).append(".").name(dataset.relationName());
    }

    /** Joins the datasets between this one and the subject key, each by its key, so that no row is repeated. */
    private void joinCarriers(SqlText out, Dataset dataset, String t) {
        Dataset at = dataset;
        String alias = t;
        while (at.kind() == Dataset.Kind.PERSONAL && at.subject() == null) {
            Link link = carrier(at);
            if (holdsSubject(link)) {
                return;
            }
            Dataset parent = dataset(link.target());
            out.append(" INNER JOIN ");
            relation(out, parent).append(" AS ").name(alias + "p").append(" ON ");
            linkCondition(out, link, at, alias, alias + "p");
            alias += "p";
            at = parent;
        }
    }

    private static Link carrier(Dataset dataset) {
        return dataset.subjectLink()
                .orElseThrow(() -> new IllegalStateException("a personal dataset without a subject"));
    }

    private void linkCondition(SqlText out, Link link, Dataset dataset, String child, String parent) {
        Dataset target = dataset(link.target());
        for (int i = 0; i < link.columns().size(); i++) {
            out.append(i > 0 ? " AND " : "");
            compared(out, dataset, child, link.columns().get(i)).append(" = ");
            compared(out, target, parent, link.targetColumns().get(i));
        }
    }

    private void subject(SqlText out, Dataset dataset, String t) {
        Dataset at = dataset;
        String alias = t;
        while (true) {
            Dataset.SubjectKey own = at.subject();
            if (own != null) {
                subjectColumn(out, at, alias, own.column());
                return;
            }
            Link link = carrier(at);
            if (holdsSubject(link)) {
                subjectColumn(out, at, alias, link.columns().getFirst());
                return;
            }
            at = dataset(link.target());
            alias += "p";
        }
    }

    private static void subjectColumn(SqlText out, Dataset dataset, String t, String column) {
        out.dialect().sourceColumn(out, t, column, type(dataset, column));
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
                linkCondition(out, link, dataset, t, p);
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

    /** Records outside a declared period are not there, whatever is asked of them. */
    private static void periods(SqlText out, Dataset dataset, String t) {
        for (Column column : dataset.columns()) {
            if (column.domain() instanceof Domain.Period(LocalDate from, LocalDate until)) {
                SqlType type = column.type().type();
                out.append(" AND (");
                if (column.nullable()) {
                    out.column(t, column.name()).append(" IS NULL OR ");
                }
                compared(out, dataset, t, column.name()).append(" >= ").bind(from, type);
                out.append(" AND ");
                compared(out, dataset, t, column.name()).append(" < ").bind(until, type);
                out.append(")");
            }
        }
    }

    /** Records whose day has no parts, the infinite ones and those of endless periods, are not there where parts are granted. */
    private static void wholeParts(SqlText out, Dataset dataset, String t) {
        for (Column column : dataset.columns()) {
            if (!column.parts().isEmpty() && !(column.domain() instanceof Domain.Period)) {
                SqlType type = column.type().type();
                out.append(" AND (");
                if (column.nullable()) {
                    out.column(t, column.name()).append(" IS NULL OR ");
                }
                compared(out, dataset, t, column.name()).append(" >= ").bind(moment(FIRST_DAY, type), type);
                out.append(" AND ");
                compared(out, dataset, t, column.name()).append(" < ").bind(moment(LAST_DAY, type), type);
                out.append(")");
            }
        }
    }

    private static Object moment(LocalDate day, SqlType type) {
        return switch (type) {
            case TIMESTAMP -> day.atStartOfDay();
            case TIMESTAMPTZ -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> day;
        };
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
                        Object value = Texts.read(in.values().get(i), type);
                        out.append(i > 0 ? " OR " : "");
                        compared(out, dataset, t, in.column()).append(" = ");
                        out.dialect().marked(out, type, () -> out.bind(value, type));
                    }
                    out.append(")");
                }
                case RowFilter.Condition.Range range -> {
                    out.append("(").column(t, range.column()).append(" IS NOT NULL");
                    String from = range.from();
                    if (from != null) {
                        out.append(" AND ");
                        compared(out, dataset, t, range.column()).append(" >= ");
                        out.dialect().marked(out, type, () -> out.bind(Texts.read(from, type), type));
                    }
                    String until = range.until();
                    if (until != null) {
                        out.append(" AND ");
                        compared(out, dataset, t, range.column()).append(" < ");
                        out.dialect().marked(out, type, () -> out.bind(Texts.read(until, type), type));
                    }
                    out.append(")");
                }
            }
        }
    }

    private void generalised(SqlText out, Column column, String t, boolean rowView) {
        if (column.columnClass() == ColumnClass.TEXT) {
            out.dialect().nothing(out, column.type().type());
            return;
        }
        Generalisation how = rowView ? column.rowView() : column.aggregateView();
        if (how instanceof Generalisation.Lookup lookup) {
            lookup(out, column, t, lookup);
        } else {
            out.dialect().generalised(out, t, column, how);
        }
    }

    private void lookup(SqlText out, Column column, String t, Generalisation.Lookup lookup) {
        Dataset reference = dataset(lookup.dataset());
        String g = t + "g";
        out.append("(SELECT max(");
        out.dialect().sourceColumn(out, g, lookup.to(), type(reference, lookup.to()));
        out.append(") FROM ");
        relation(out, reference).append(" AS ").name(g).append(" WHERE ");
        compared(out, reference, g, lookup.from()).append(" = ");
        out.dialect().comparedColumn(out, t, column.name(), column.type());
        out.append(")");
    }

    /** A column of a source relation where it is compared for equality. */
    private static SqlText compared(SqlText out, Dataset dataset, String t, String column) {
        out.dialect().comparedColumn(out, t, column, type(dataset, column));
        return out;
    }

    private static @Nullable ColumnType type(Dataset dataset, String column) {
        return dataset.column(column).map(Column::type).orElse(null);
    }

    private Dataset dataset(DatasetName name) {
        Dataset dataset = policy.datasets().get(name);
        if (dataset == null) {
            throw new IllegalStateException("the policy lost dataset " + name);
        }
        return dataset;
    }
}
