package io.weir.query.type;

/**
 * PostgreSQL's interval: three fields that are not converted into each other.
 *
 * @param months whole months, years included
 * @param days whole days
 * @param micros microseconds of the time part
 */
public record PgInterval(int months, int days, long micros) {}
