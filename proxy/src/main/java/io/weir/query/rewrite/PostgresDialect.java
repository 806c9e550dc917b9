package io.weir.query.rewrite;

import io.weir.connector.source.Bind;
import io.weir.policy.Column;
import io.weir.policy.Generalisation;
import io.weir.query.type.ColumnType;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
record PostgresDialect() implements Dialect {
    private static final Set<String> FUNCTIONS = Set.of(
            "div",
            "mod",
            "abs",
            "floor",
            "ceil",
            "round",
            "age",
            "date_trunc",
            "isfinite",
            "timezone",
            "left",
            "rtrim",
            "upper",
            "lower",
            "length",
            "to_char",
            "initcap",
            "replace",
            "right",
            "split_part",
            "lpad",
            "rpad",
            "btrim",
            "ltrim",
            "substr",
            "strpos",
            "reverse",
            "repeat",
            "translate",
            "coalesce",
            "nullif",
            "greatest",
            "least",
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "row_number",
            "sqrt",
            "ln",
            "exp",
            "rank",
            "dense_rank",
            "lag",
            "lead",
            "first_value",
            "grouping",
            "hashtextextended");

    @Override
    public SqlDialect name() {
        return SqlDialect.POSTGRESQL;
    }

    @Override
    public Set<String> functions() {
        return FUNCTIONS;
    }

    @Override
    public String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public void bind(SqlText out, @Nullable Object value, SqlType type) {
        out.append("CAST(");
        out.placeholder(new Bind(typeName(type), value instanceof PgInterval interval ? text(interval) : value));
        out.append(" AS ").append(typeName(type)).append(")");
    }

    private static String text(PgInterval i) {
        return i.months() + " months " + i.days() + " days " + i.micros() + " microseconds";
    }

    /** A type's name without modifier; what {@link Bind} names types by in every dialect. */
    static String typeName(SqlType type) {
        return type == SqlType.BPCHAR
                ? "text"
                : type.element()
                        .map(e -> typeName(e) + "[]")
                        .orElseGet(() -> type.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void nothing(SqlText out, SqlType type) {
        out.append("CAST(NULL AS ").append(typeName(type)).append(")");
    }

    @Override
    public Expressions expressions(SqlText out, Relations relations) {
        return new PostgresExpressions(out, relations::fromAndWhere);
    }

    @Override
    public void sourceColumn(SqlText out, String alias, String column, @Nullable ColumnType type) {
        out.column(alias, column);
    }

    @Override
    public void generalised(SqlText out, String alias, Column column, Generalisation how) {
        String name = column.name();
        SqlType type = column.type().type();
        switch (how) {
            case Generalisation.None n -> out.column(alias, name);
            case Generalisation.DateGrain grain -> {
                out.append("CASE WHEN ").column(alias, name).append(" >= DATE '0001-01-01' AND ");
                out.column(alias, name).append(" < DATE '9999-01-01' THEN CAST(date_trunc('");
                out.append(grain.unit().name().toLowerCase(Locale.ROOT))
                        .append("', CAST(")
                        .column(alias, name);
                out.append(" AS timestamp)) AS ").append(typeName(type)).append(") END");
            }
            case Generalisation.Width width -> {
                String w = width.width().toPlainString();
                out.append("(floor(CAST(")
                        .column(alias, name)
                        .append(" AS numeric) / ")
                        .append(w);
                out.append(") * ").append(w).append(")");
            }
            case Generalisation.Bands bands -> bands(out, alias, name, bands.lowerBounds());
            case Generalisation.Prefix prefix ->
                out.append("left(").column(alias, name).append(", " + prefix.length() + ")");
            case Generalisation.Withhold w -> nothing(out, type);
            case Generalisation.Lookup l -> throw new IllegalStateException("a lookup is a join");
        }
    }

    private static void bands(SqlText out, String alias, String name, List<BigDecimal> bounds) {
        out.append("CASE WHEN ").column(alias, name).append(" IS NULL THEN NULL");
        for (int i = bounds.size() - 1; i > 0; i--) {
            String bound = bounds.get(i).toPlainString();
            out.append(" WHEN ").column(alias, name).append(" >= ").append(bound);
            out.append(" THEN ").append(bound);
        }
        out.append(" ELSE ").append(bounds.getFirst().toPlainString()).append(" END");
    }

    @Override
    public String always() {
        return "TRUE";
    }

    @Override
    public String count() {
        return "count(";
    }

    @Override
    public String one() {
        return "1";
    }

    @Override
    public void bucket(SqlText out, Runnable key, int buckets) {
        out.append("CAST(hashtextextended(CAST(");
        key.run();
        out.append(" AS text), 0) & ").append((buckets - 1) + " AS int4)");
    }

    @Override
    public String flagged() {
        return "";
    }

    @Override
    public String groupingSet() {
        return "GROUPING(";
    }

    @Override
    public boolean marks(SqlType type) {
        return false;
    }

    @Override
    public void marked(SqlText out, SqlType type, Runnable value) {
        value.run();
    }

    @Override
    public void unmarked(SqlText out, SqlType type, Runnable marked) {
        marked.run();
    }

    @Override
    public void sortKey(SqlText out, Runnable key, boolean descending, boolean nullsFirst) {
        key.run();
        out.append(descending ? " DESC" : " ASC").append(nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }

    @Override
    public void keyOrder(SqlText out, SqlType type, Runnable key) {
        key.run();
        out.append(type.isText() ? " COLLATE \"C\"" : "");
    }

    @Override
    public void top(SqlText out, long offset, long fetch) {
        // Rows are limited at the end.
    }

    @Override
    public void cap(SqlText out, boolean ordered, long offset, long fetch) {
        if (offset > 0) {
            out.append(" OFFSET ").bind(offset, SqlType.INT8);
        }
        if (fetch >= 0) {
            out.append(" LIMIT ").bind(fetch, SqlType.INT8);
        }
    }
}
