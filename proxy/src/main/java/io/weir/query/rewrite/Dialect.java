package io.weir.query.rewrite;

import io.weir.policy.Column;
import io.weir.policy.Generalisation;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one dialect spells what is written alike in all of them. The structure of a generated statement, which is what protects, is written
 * once, by {@link BlockWriter}, {@link Relations} and {@link ScanWriter}. Stateless.
 */
sealed interface Dialect permits PostgresDialect, TransactDialect {
    static Dialect of(SqlDialect name) {
        return switch (name) {
            case POSTGRESQL -> new PostgresDialect();
            case SQL_SERVER -> new TransactDialect();
        };
    }

    SqlDialect name();

    /** Names of functions that it may write, in lower case: the egress guard's list. */
    Set<String> functions();

    String quoted(String identifier);

    /**
     * Adds a placeholder with its type, such as {@code CAST(? AS int4)}.
     *
     * @throws io.weir.problem.ProblemException when the source has no such value
     */
    void bind(SqlText out, @Nullable Object value, SqlType type);

    /** NULL of a type. */
    void nothing(SqlText out, SqlType type);

    Expressions expressions(SqlText out, Relations relations);

    /** A column of a source relation as it lies there, in its governed type; null when the column is not governed. */
    void sourceColumn(SqlText out, String alias, String column, @Nullable ColumnType type);

    /** The same, where it is compared for equality. */
    default void comparedColumn(SqlText out, String alias, String column, @Nullable ColumnType type) {
        if (type == null) {
            out.column(alias, column);
        } else {
            marked(out, type.type(), () -> sourceColumn(out, alias, column, type));
        }
    }

    /** A column coarsened, but for lookups, which are joins. */
    void generalised(SqlText out, String alias, Column column, Generalisation how);

    /** A condition that holds for every row. */
    String always();

    /** The beginning of a count, as far as the opening parenthesis. */
    String count();

    /** What a counted row adds to a sum. */
    String one();

    /**
     * The number of a key's bucket, from 0, as an {@code int4}. Which it is does not matter, as long as it is always the same.
     *
     * @param key marked, see {@link #marked}
     * @param buckets a power of two
     */
    void bucket(SqlText out, Runnable key, int buckets);

    /** What follows the name of a column that {@link Expressions#flag} wrote, to make it a condition. */
    String flagged();

    /** The function of several keys that tells the grouping set. */
    String groupingSet();

    /**
     * Whether texts must be marked at their end before they are compared, grouped or counted, because the dialect holds texts for equal
     * that differ.
     */
    boolean marks(SqlType type);

    /** A value as it is compared, grouped or counted. */
    void marked(SqlText out, SqlType type, Runnable value);

    /** The value behind a marked one, which is written twice. */
    void unmarked(SqlText out, SqlType type, Runnable marked);

    /** The keys of an order that the dialect takes: those that change nothing may be left out. */
    default List<Residual.SortKey> sortKeys(List<Residual.SortKey> keys) {
        return keys;
    }

    void sortKey(SqlText out, Runnable key, boolean descending, boolean nullsFirst);

    /** What people's keys are ordered by, so that it is the order of their numbers, or of their texts' code points, in every source. */
    void keyOrder(SqlText out, SqlType type, Runnable key);

    /** What limits the rows, after {@code SELECT}. */
    void top(SqlText out, long offset, long fetch);

    /** What limits the rows, at the end. */
    void cap(SqlText out, boolean ordered, long offset, long fetch);
}
