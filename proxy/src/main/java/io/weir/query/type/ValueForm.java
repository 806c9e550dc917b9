package io.weir.query.type;

/** In which form a receiver takes the values of a column. */
public enum ValueForm {
    /** In the Java class of the column's {@link SqlType}. */
    VALUE,
    /** The same, or a {@code byte[]} that is the text PostgreSQL sends under UTC, ISO dates and shortest exact floating-point numbers. */
    TEXT,
    /** The same, or a {@code byte[]} in PostgreSQL's binary form. */
    BINARY
}
