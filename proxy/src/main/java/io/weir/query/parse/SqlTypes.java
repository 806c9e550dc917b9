package io.weir.query.parse;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Between PostgreSQL's types and Calcite's. Conventions: bare {@code numeric} is DECIMAL(1000,20); {@code text} is VARCHAR without
 * length; bare {@code varchar} is VARCHAR(10485761), one more than PostgreSQL allows, and
 * bare {@code bpchar} CHAR(10485761); {@code timestamptz} is TIMESTAMP WITH LOCAL TIME
 * ZONE; every {@code interval} is INTERVAL DAY TO SECOND and is never computed with by Calcite; an opaque type is VARBINARY with its OID for a
 * length.
 */
public final class SqlTypes {
    /** Precision that stands for PostgreSQL's numeric without modifier. */
    public static final int BARE_NUMERIC_PRECISION = 1000;

    static final int BARE_NUMERIC_SCALE = 20;
    static final int BARE_VARCHAR = 10_485_761;
    private static final int SECOND_DIGITS = 6;

    private SqlTypes() {}

    /** PostgreSQL's type; a NULL without a type is text, as PostgreSQL resolves it at the end. */
    public static ColumnType of(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> ColumnType.of(SqlType.BOOL);
            case TINYINT, SMALLINT -> ColumnType.of(SqlType.INT2);
            case INTEGER -> ColumnType.of(SqlType.INT4);
            case BIGINT -> ColumnType.of(SqlType.INT8);
            case REAL -> ColumnType.of(SqlType.FLOAT4);
            case FLOAT, DOUBLE -> ColumnType.of(SqlType.FLOAT8);
            case DECIMAL ->
                type.getPrecision() >= BARE_NUMERIC_PRECISION || type.getPrecision() < 0
                        ? ColumnType.of(SqlType.NUMERIC)
                        : new ColumnType(SqlType.NUMERIC, (type.getPrecision() << 16 | type.getScale()) + 4);
            case CHAR ->
                type.getPrecision() >= BARE_VARCHAR
                        ? ColumnType.of(SqlType.BPCHAR)
                        : new ColumnType(SqlType.BPCHAR, Math.max(1, type.getPrecision()) + 4);
            case VARCHAR ->
                type.getPrecision() < 0
                        ? ColumnType.of(SqlType.TEXT)
                        : type.getPrecision() >= BARE_VARCHAR
                                ? ColumnType.of(SqlType.VARCHAR)
                                : new ColumnType(SqlType.VARCHAR, type.getPrecision() + 4);
            case DATE -> ColumnType.of(SqlType.DATE);
            case TIME -> fraction(SqlType.TIME, type);
            case TIMESTAMP -> fraction(SqlType.TIMESTAMP, type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> fraction(SqlType.TIMESTAMPTZ, type);
            case UUID -> ColumnType.of(SqlType.UUID);
            case VARBINARY ->
                SqlType.byOid(type.getPrecision())
                        .map(ColumnType::of)
                        .orElseThrow(() -> new IllegalArgumentException("no opaque type"));
            case NULL, UNKNOWN -> ColumnType.of(SqlType.TEXT);
            default -> {
                if (SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())) {
                    yield ColumnType.of(SqlType.INTERVAL);
                }
                throw new IllegalArgumentException("no PostgreSQL type for " + type.getSqlTypeName());
            }
        };
    }

    private static ColumnType fraction(SqlType type, RelDataType given) {
        int digits = given.getPrecision();
        return digits >= 0 && digits < SECOND_DIGITS ? new ColumnType(type, digits) : ColumnType.of(type);
    }

    /** Calcite's type. */
    public static RelDataType to(ColumnType type, boolean nullable, RelDataTypeFactory factory) {
        int typmod = type.typmod();
        RelDataType result = switch (type.type()) {
            case BOOL -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case INT2 -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INT4 -> factory.createSqlType(SqlTypeName.INTEGER);
            case INT8 -> factory.createSqlType(SqlTypeName.BIGINT);
            case FLOAT4 -> factory.createSqlType(SqlTypeName.REAL);
            case FLOAT8 -> factory.createSqlType(SqlTypeName.DOUBLE);
            case NUMERIC ->
                typmod < 4
                        ? factory.createSqlType(SqlTypeName.DECIMAL)
                        : factory.createSqlType(
                                SqlTypeName.DECIMAL, (typmod - 4) >> 16 & 0xffff, (typmod - 4) & 0xffff);
            case TEXT -> factory.createSqlType(SqlTypeName.VARCHAR);
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR, typmod < 4 ? BARE_VARCHAR : typmod - 4);
            case BPCHAR -> factory.createSqlType(SqlTypeName.CHAR, typmod < 4 ? BARE_VARCHAR : typmod - 4);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, type.fraction());
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.fraction());
            case TIMESTAMPTZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.fraction());
            case INTERVAL ->
                factory.createSqlIntervalType(
                        new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
            case UUID -> factory.createSqlType(SqlTypeName.UUID);
            default -> factory.createSqlType(SqlTypeName.VARBINARY, type.type().oid());
        };
        return factory.createTypeWithNullability(result, nullable);
    }
}
