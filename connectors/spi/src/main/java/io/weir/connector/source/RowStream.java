package io.weir.connector.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one statement, forward only, one thread. Closing returns the connection, reset. */
public interface RowStream extends AutoCloseable {
    /** Column labels in order. */
    List<String> columns();

    /** Moves to the next row. */
    boolean next() throws SourceException;

    /**
     * The value of a column (0-based) of the current row in its natural Java class (Boolean, Integer, Long, Float, Double, BigDecimal, String,
     * LocalDate, LocalTime, LocalDateTime, Instant, UUID, or for intervals PostgreSQL's text), or null.
     */
    @Nullable
    Object value(int column) throws SourceException;

    @Override
    void close();
}
