package io.weir.query.parse;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** The common type of moments and local times (PostgreSQL 16 manual, 10.5: timestamptz is preferred in its category). Pure. */
final class MomentTypes {
    private MomentTypes() {}

    /** Whether timestamptz stands beside date or timestamp, and beside nothing else. */
    static boolean areMixed(List<RelDataType> types) {
        return types.stream().anyMatch(t -> isMoment(t))
                && types.stream().anyMatch(t -> isLocal(t))
                && types.stream().allMatch(t -> isMoment(t) || isLocal(t) || Arithmetic.isUnknown(t));
    }

    static RelDataType common(List<RelDataType> types, RelDataTypeFactory factory) {
        return SqlTypes.to(
                ColumnType.of(SqlType.TIMESTAMPTZ),
                types.stream().anyMatch(t -> t.isNullable() || Arithmetic.isUnknown(t)),
                factory);
    }

    private static boolean isMoment(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    private static boolean isLocal(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DATE || type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
    }
}
