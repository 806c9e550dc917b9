package io.weir.query.type;

import java.util.Locale;
import java.util.Optional;

/**
 * The types that a governed schema, a parameter or a result can have, with PostgreSQL's OIDs. The Java class carries the value; NULL is
 * null.
 */
public enum SqlType {
    BOOL(16, "boolean", Boolean.class),
    INT2(21, "smallint", Integer.class),
    INT4(23, "integer", Integer.class),
    INT8(20, "bigint", Long.class),
    FLOAT4(700, "real", Float.class),
    FLOAT8(701, "double precision", Double.class),
    NUMERIC(1700, "numeric", java.math.BigDecimal.class),
    TEXT(25, "text", String.class),
    VARCHAR(1043, "character varying", String.class),
    BPCHAR(1042, "character", String.class),
    DATE(1082, "date", java.time.LocalDate.class),
    TIME(1083, "time without time zone", java.time.LocalTime.class),
    TIMESTAMP(1114, "timestamp without time zone", java.time.LocalDateTime.class),
    TIMESTAMPTZ(1184, "timestamp with time zone", java.time.Instant.class),
    INTERVAL(1186, "interval", PgInterval.class),
    UUID(2950, "uuid", java.util.UUID.class);

    private final int oid;
    private final String sqlName;
    private final Class<?> javaClass;

    SqlType(int oid, String sqlName, Class<?> javaClass) {
        this.oid = oid;
        this.sqlName = sqlName;
        this.javaClass = javaClass;
    }

    public int oid() {
        return oid;
    }

    /** The name that PostgreSQL's format_type prints, without modifier. */
    public String sqlName() {
        return sqlName;
    }

    /** Values of this type are instances of this class. */
    public Class<?> javaClass() {
        return javaClass;
    }

    public boolean isText() {
        return this == TEXT || this == VARCHAR || this == BPCHAR;
    }

    public boolean isNumber() {
        return switch (this) {
            case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC -> true;
            default -> false;
        };
    }

    public boolean isInteger() {
        return this == INT2 || this == INT4 || this == INT8;
    }

    public static Optional<SqlType> byOid(int oid) {
        for (SqlType type : values()) {
            if (type.oid == oid) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Reads a type name as written in policy or SQL (without modifier): {@code int4}, {@code integer}, {@code varchar} and so on. */
    public static Optional<SqlType> byName(String name) {
        return Optional.ofNullable(
                switch (name.toLowerCase(Locale.ROOT).trim()) {
                    case "bool", "boolean" -> BOOL;
                    case "int2", "smallint" -> INT2;
                    case "int", "int4", "integer" -> INT4;
                    case "int8", "bigint" -> INT8;
                    case "float4", "real" -> FLOAT4;
                    case "float8", "double precision", "float" -> FLOAT8;
                    case "numeric", "decimal" -> NUMERIC;
                    case "text" -> TEXT;
                    case "varchar", "character varying" -> VARCHAR;
                    case "char", "bpchar", "character" -> BPCHAR;
                    case "date" -> DATE;
                    case "time", "time without time zone" -> TIME;
                    case "timestamp", "timestamp without time zone" -> TIMESTAMP;
                    case "timestamptz", "timestamp with time zone" -> TIMESTAMPTZ;
                    case "interval" -> INTERVAL;
                    case "uuid" -> UUID;
                    default -> null;
                });
    }
}
