package io.weir.connector.source;

/**
 * What the bytes of a column are: the output of PostgreSQL's own function for that type, under UTC, ISO dates, shortest exact floating-point
 * numbers and UTF-8.
 *
 * @param type PostgreSQL's name of the type, such as {@code int4}
 * @param scale digits after the point of {@code numeric(p,s)}; −1 for a numeric without a scale and for every other type
 * @param binary the binary form; otherwise the text form. For texts they are the same
 */
public record ColumnForm(String type, int scale, boolean binary) {}
