package io.weir.query.rewrite;

/** The SQL dialects that sources are asked in. */
public enum SqlDialect {
    POSTGRESQL("postgresql"),
    /** Transact-SQL of SQL Server. */
    SQL_SERVER("sqlserver");

    private final String text;

    SqlDialect(String text) {
        this.text = text;
    }

    /** As the policy names it. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static SqlDialect named(String text) {
        for (SqlDialect dialect : values()) {
            if (dialect.text.equals(text)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("no dialect is called " + text);
    }
}
