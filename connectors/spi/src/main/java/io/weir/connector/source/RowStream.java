package io.weir.connector.source;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of one statement, forward only, one thread at a time. Closing returns the connection, reset. */
public interface RowStream extends AutoCloseable {
    /** Column labels in order. */
    List<String> columns();

    /**
     * Moves to the next row.
     *
     * @throws SourceException after which the stream gives nothing more; close it all the same
     */
    boolean next() throws SourceException;

    /**
     * The value of a column (0-based) of the current row in its natural Java class (Boolean, Integer, Long, Float, Double, BigDecimal, String,
     * LocalDate, LocalTime, LocalDateTime, Instant, UUID, or for intervals PostgreSQL's text), or null.
     *
     * <p>Small integers are Integer. A numeric NaN or infinity, which BigDecimal cannot hold, is null. An infinite date or timestamp is MIN or MAX
     * of its class. A column of any other type is refused when the statement is opened.
     */
    @Nullable
    Object value(int column) throws SourceException;

    /** What {@link #bytes} gives for a column (0-based); empty where only {@link #value} is to be had. The same for all rows. */
    default Optional<ColumnForm> form(int column) {
        return Optional.empty();
    }

    /**
     * The value of a column (0-based) of the current row as the bytes that PostgreSQL sends for it, without looking into them; null where
     * {@link #value} is null. The array is the caller's. Only for columns that have a {@link #form}.
     */
    default byte @Nullable [] bytes(int column) throws SourceException {
        throw new IllegalStateException("column " + (column + 1) + " has no form");
    }

    /** Gives everything back; never throws, repeatable, and does not wait for a source that hangs. */
    @Override
    void close();
}
