package io.weir.query.parse;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's numbers, lengths and aggregate types in Calcite's terms. */
final class PgTypeSystem extends RelDataTypeSystemImpl {
    private static final int SUB_SECOND = 6;
    private static final int INTERVAL_PRECISION = 9;

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> SqlTypes.BARE_NUMERIC_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> SUB_SECOND;
            case CHAR, VARCHAR -> RelDataType.PRECISION_NOT_SPECIFIED;
            default -> super.getDefaultPrecision(type);
        };
    }

    @Override
    public int getDefaultScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? SqlTypes.BARE_NUMERIC_SCALE : super.getDefaultScale(type);
    }

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> SqlTypes.BARE_NUMERIC_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> SUB_SECOND;
            case CHAR, VARCHAR, VARBINARY -> SqlTypes.BARE_VARCHAR;
            default -> SqlTypeName.INTERVAL_TYPES.contains(type) ? INTERVAL_PRECISION : super.getMaxPrecision(type);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? SqlTypes.BARE_NUMERIC_PRECISION : super.getMaxScale(type);
    }

    @Override
    public RoundingMode roundingMode() {
        return RoundingMode.HALF_UP;
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
        SqlType sum = switch (SqlTypes.of(argument).type()) {
            case INT2, INT4 -> SqlType.INT8;
            case INT8, NUMERIC -> SqlType.NUMERIC;
            case FLOAT4 -> SqlType.FLOAT4;
            case FLOAT8 -> SqlType.FLOAT8;
            case INTERVAL -> SqlType.INTERVAL;
            default -> SqlType.NUMERIC;
        };
        return SqlTypes.to(ColumnType.of(sum), argument.isNullable(), factory);
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
        SqlType average = switch (SqlTypes.of(argument).type()) {
            case FLOAT4, FLOAT8 -> SqlType.FLOAT8;
            case INTERVAL -> SqlType.INTERVAL;
            default -> SqlType.NUMERIC;
        };
        return SqlTypes.to(ColumnType.of(average), argument.isNullable(), factory);
    }

    @Override
    public RelDataType deriveFractionalRankType(RelDataTypeFactory factory) {
        return factory.createSqlType(SqlTypeName.DOUBLE);
    }

    @Override
    public @Nullable RelDataType deriveDecimalPlusType(RelDataTypeFactory factory, RelDataType a, RelDataType b) {
        return null;
    }
}
