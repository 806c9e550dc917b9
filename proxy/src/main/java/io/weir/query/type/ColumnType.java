package io.weir.query.type;

/**
 * A type with PostgreSQL's type modifier.
 *
 * @param type the type
 * @param typmod PostgreSQL's atttypmod: -1 when there is none; varchar(n) and char(n) are n + 4; numeric(p,s) is (p &lt;&lt; 16 | s) + 4
 */
public record ColumnType(SqlType type, int typmod) {
    public static ColumnType of(SqlType type) {
        return new ColumnType(type, -1);
    }
}
