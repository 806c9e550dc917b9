package io.weir.query.rewrite;

import io.weir.policy.Column;
import io.weir.policy.Generalisation;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Transact-SQL, in forms that SQL Server has had since 2016. Every construct and what it rests on is in docs/reference/tsql.md; none was
 * ever run on a SQL Server.
 *
 * <p>SQL Server holds texts for equal that differ in blanks at their end, in every collation. So texts are compared, grouped and counted
 * with {@link #MARK} at their end.
 */
record TransactDialect() implements Dialect {
    /** A tab: no blank, and lower than one, so that a beginning comes before the whole. */
    static final String MARK = "N'\t'";

    private static final Set<String> FUNCTIONS = Set.of(
            "abs",
            "floor",
            "ceiling",
            "round",
            "len",
            "left",
            "rtrim",
            "upper",
            "lower",
            "coalesce",
            "nullif",
            "datediff",
            "dateadd",
            "datepart",
            "datefromparts",
            "year",
            "month",
            "day",
            "switchoffset",
            "todatetimeoffset",
            "convert",
            "count_big",
            "sum",
            "min",
            "max",
            "row_number",
            "rank",
            "dense_rank",
            "lag",
            "lead",
            "first_value",
            "grouping_id",
            "checksum");

    @Override
    public SqlDialect name() {
        return SqlDialect.SQL_SERVER;
    }

    @Override
    public Set<String> functions() {
        return FUNCTIONS;
    }

    @Override
    public String quoted(String identifier) {
        return "[" + identifier.replace("]", "]]") + "]";
    }

    @Override
    public void bind(SqlText out, @Nullable Object value, SqlType type) {
        TransactTypes.bind(out, value, type);
    }

    @Override
    public void nothing(SqlText out, SqlType type) {
        out.append("CAST(NULL AS ").append(TransactTypes.name(type)).append(")");
        out.append(type.isText() ? TransactTypes.COLLATION : "");
    }

    @Override
    public Expressions expressions(SqlText out, Relations relations) {
        return new TransactExpressions(out, relations);
    }

    @Override
    public void sourceColumn(SqlText out, String alias, String column, @Nullable ColumnType type) {
        if (type == null) {
            out.column(alias, column);
        } else {
            TransactTypes.column(out, alias, column, type);
        }
    }

    @Override
    public void generalised(SqlText out, String alias, Column column, Generalisation how) {
        ColumnType type = column.type();
        Runnable value = () -> TransactTypes.column(out, alias, column.name(), type);
        switch (how) {
            case Generalisation.None n -> value.run();
            case Generalisation.DateGrain grain -> {
                out.append("CAST(");
                TransactDates.truncated(out, grain.unit(), value);
                out.append(" AS ").append(TransactTypes.name(type.type())).append(")");
            }
            case Generalisation.Width width -> lowered(out, type, width.width(), value);
            case Generalisation.Bands bands -> bands(out, bands.lowerBounds(), value);
            case Generalisation.Prefix prefix -> {
                out.append("LEFT(");
                value.run();
                out.append(", " + prefix.length() + ")");
            }
            case Generalisation.Withhold w -> nothing(out, type.type());
            case Generalisation.Lookup l -> throw new IllegalStateException("a lookup is a join");
        }
    }

    private static void lowered(SqlText out, ColumnType type, BigDecimal width, Runnable value) {
        NumberShape shape = NumberShape.of(type)
                .orElseThrow(() -> Untranslatable.refuse(
                        "a column of numbers without declared digits in bands of a width",
                        "Ask for the column to be declared numeric(p,s) in the policy."));
        NumberShape by = NumberShape.of(width);
        if (shape.scale() + by.precision() >= NumberShapes.QUOTIENT_SCALE) {
            // A quotient is cut: one just below a whole number must stay below it.
            throw Untranslatable.refuse(
                    "a column with so many decimals in bands of a width", "Ask for fewer decimals.");
        }
        String w = width.toPlainString();
        out.append("(TRY_CAST(FLOOR(");
        TransactNumbers.quotient(out, shape, value, by, () -> out.append(w));
        out.append(") AS ")
                .append(new NumberShape(shape.digits() + by.scale(), 0).whole().type())
                .append(") * ")
                .append(w)
                .append(")");
    }

    private static void bands(SqlText out, List<BigDecimal> bounds, Runnable value) {
        out.append("CASE WHEN ");
        value.run();
        out.append(" IS NULL THEN NULL");
        for (int i = bounds.size() - 1; i > 0; i--) {
            String bound = bounds.get(i).toPlainString();
            out.append(" WHEN ");
            value.run();
            out.append(" >= ").append(bound).append(" THEN ").append(bound);
        }
        out.append(" ELSE ").append(bounds.getFirst().toPlainString()).append(" END");
    }

    @Override
    public String always() {
        return "1 = 1";
    }

    @Override
    public String count() {
        return "COUNT_BIG(";
    }

    @Override
    public String one() {
        return "CAST(1 AS bigint)";
    }

    /** CHECKSUM of equal values is equal; it may be negative, and so may its remainder, but not its last bits. */
    @Override
    public void bucket(SqlText out, Runnable key, int buckets) {
        out.append("(CHECKSUM(");
        key.run();
        out.append(") & ").append((buckets - 1) + ")");
    }

    @Override
    public String flagged() {
        return " = 1";
    }

    @Override
    public String groupingSet() {
        return "GROUPING_ID(";
    }

    @Override
    public boolean marks(SqlType type) {
        return type.isText();
    }

    @Override
    public void marked(SqlText out, SqlType type, Runnable value) {
        if (!marks(type)) {
            value.run();
            return;
        }
        out.append("(");
        value.run();
        out.append(" + ").append(MARK).append(")");
    }

    @Override
    public void unmarked(SqlText out, SqlType type, Runnable marked) {
        if (!marks(type)) {
            marked.run();
            return;
        }
        // LEN leaves blanks at the end out; a mark is none.
        out.append("LEFT(");
        marked.run();
        out.append(", LEN(");
        marked.run();
        out.append(") - 1)");
    }

    /** Neither a repeated key nor one that is the same for all rows. */
    @Override
    public List<Residual.SortKey> sortKeys(List<Residual.SortKey> keys) {
        Set<Expr> seen = new HashSet<>();
        return keys.stream()
                .filter(k -> !k.expr().isCallerValue() && seen.add(k.expr()))
                .toList();
    }

    @Override
    public void sortKey(SqlText out, Runnable key, boolean descending, boolean nullsFirst) {
        // NULL is the lowest value of all.
        if (nullsFirst == descending) {
            out.append("CASE WHEN ");
            key.run();
            out.append(nullsFirst ? " IS NULL THEN 0 ELSE 1 END, " : " IS NULL THEN 1 ELSE 0 END, ");
        }
        key.run();
        out.append(descending ? " DESC" : " ASC");
    }

    @Override
    public void keyOrder(SqlText out, SqlType type, Runnable key) {
        if (type.isText()) {
            throw new IllegalStateException("people of this dialect are not linked by texts");
        }
        key.run();
    }

    @Override
    public void top(SqlText out, long offset, long fetch) {
        if (fetch == 0) {
            // FETCH NEXT takes no zero.
            out.append("TOP (0) ");
        } else if (fetch > 0 && offset == 0) {
            out.append("TOP (").bind(fetch, SqlType.INT8).append(") ");
        }
    }

    @Override
    public void cap(SqlText out, boolean ordered, long offset, long fetch) {
        if (offset == 0 || fetch == 0) {
            return;
        }
        out.append(ordered ? "" : " ORDER BY (SELECT NULL)");
        out.append(" OFFSET ").bind(offset, SqlType.INT8).append(" ROWS");
        if (fetch > 0) {
            out.append(" FETCH NEXT ").bind(fetch, SqlType.INT8).append(" ROWS ONLY");
        }
    }
}
