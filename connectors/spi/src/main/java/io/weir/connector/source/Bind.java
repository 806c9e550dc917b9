package io.weir.connector.source;

import org.jspecify.annotations.Nullable;

/**
 * A value that travels beside the text.
 *
 * @param type JDBC type name it is sent as, lower-case PostgreSQL spelling: {@code int4}, {@code text}, {@code date} …
 * @param value null, or an instance of the natural Java class (Boolean, Integer, Long, Float, Double, BigDecimal, String, LocalDate, LocalTime,
 *     LocalDateTime, Instant, UUID)
 */
public record Bind(String type, @Nullable Object value) {}
