package io.weir.query.type;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types that a governed schema, a parameter or a result can have, with PostgreSQL's OIDs. The Java class carries the value; NULL is
 * null. The types behind {@code UUID} are <em>opaque</em>: their values are handed on and asked for NULL, and nothing else is done with
 * them.
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
    UUID(2950, "uuid", java.util.UUID.class),
    BYTEA(17, "bytea", Bytea.class),
    /** As it was written. */
    JSON(114, "json", String.class),
    /** In the one form that PostgreSQL prints. */
    JSONB(3802, "jsonb", String.class),
    BOOL_ARRAY(1000, BOOL),
    INT2_ARRAY(1005, INT2),
    INT4_ARRAY(1007, INT4),
    INT8_ARRAY(1016, INT8),
    FLOAT4_ARRAY(1021, FLOAT4),
    FLOAT8_ARRAY(1022, FLOAT8),
    NUMERIC_ARRAY(1231, NUMERIC),
    TEXT_ARRAY(1009, TEXT),
    VARCHAR_ARRAY(1015, VARCHAR),
    BPCHAR_ARRAY(1014, BPCHAR),
    DATE_ARRAY(1182, DATE),
    TIME_ARRAY(1183, TIME),
    TIMESTAMP_ARRAY(1115, TIMESTAMP),
    TIMESTAMPTZ_ARRAY(1185, TIMESTAMPTZ),
    INTERVAL_ARRAY(1187, INTERVAL),
    UUID_ARRAY(2951, UUID),
    BYTEA_ARRAY(1001, BYTEA),
    JSON_ARRAY(199, JSON),
    JSONB_ARRAY(3807, JSONB);

    private final int oid;
    private final String sqlName;
    private final Class<?> javaClass;
    private final @Nullable SqlType element;

    SqlType(int oid, String sqlName, Class<?> javaClass) {
        this.oid = oid;
        this.sqlName = sqlName;
        this.javaClass = javaClass;
        this.element = null;
    }

    SqlType(int oid, SqlType element) {
        this.oid = oid;
        this.sqlName = element.sqlName + "[]";
        this.javaClass = PgArray.class;
        this.element = element;
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

    /** The type of an array's elements; empty when it is no array. */
    public Optional<SqlType> element() {
        return Optional.ofNullable(element);
    }

    public boolean isArray() {
        return element != null;
    }

    /** Whether values are only handed on: never compared, computed with, ordered or cast. */
    public boolean isOpaque() {
        return isArray() || this == BYTEA || this == JSON || this == JSONB;
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

    /** The type of arrays of a type; empty for arrays, whose own arrays have the same type. */
    public static Optional<SqlType> arrayOf(SqlType element) {
        for (SqlType type : values()) {
            if (type.element == element) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a type name as written in policy or SQL (without modifier): {@code int4}, {@code integer}, {@code varchar}, {@code integer[]},
     * {@code _int4} and so on.
     */
    public static Optional<SqlType> byName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).trim();
        if (plain.endsWith("[]")) {
            return scalar(plain.substring(0, plain.length() - 2).trim()).flatMap(SqlType::arrayOf);
        }
        if (plain.startsWith("_")) {
            return scalar(plain.substring(1)).flatMap(SqlType::arrayOf);
        }
        return scalar(plain);
    }

    private static Optional<SqlType> scalar(String name) {
        return Optional.ofNullable(
                switch (name) {
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
                    case "bytea" -> BYTEA;
                    case "json" -> JSON;
                    case "jsonb" -> JSONB;
                    default -> null;
                });
    }
}
