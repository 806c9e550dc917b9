package io.weir.query.parse;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** Result types as PostgreSQL's function catalogue gives them. All are nullable when an argument is. */
final class Types {
    private Types() {}

    static final SqlReturnTypeInference BOOL = strict(SqlType.BOOL);
    static final SqlReturnTypeInference INT4 = strict(SqlType.INT4);
    static final SqlReturnTypeInference FLOAT8 = strict(SqlType.FLOAT8);
    static final SqlReturnTypeInference NUMERIC = strict(SqlType.NUMERIC);
    static final SqlReturnTypeInference TEXT = strict(SqlType.TEXT);
    static final SqlReturnTypeInference DATE = strict(SqlType.DATE);
    static final SqlReturnTypeInference TIMESTAMP = strict(SqlType.TIMESTAMP);
    static final SqlReturnTypeInference INTERVAL = strict(SqlType.INTERVAL);
    static final SqlReturnTypeInference FIRST = b -> nullableIf(b, b.getOperandType(0));
    /** round, floor, ceil, trunc, sign, sqrt …: numeric stays numeric, everything else is double precision. */
    static final SqlReturnTypeInference NUMERIC_OR_FLOAT8 =
            b -> nullableIf(b, simple(b, anyNumeric(b) ? SqlType.NUMERIC : SqlType.FLOAT8));
    /** Aggregates of numbers that PostgreSQL computes as numeric unless the input is floating. */
    static final SqlReturnTypeInference MOMENT =
            b -> nullable(b, simple(b, isFloat(b.getOperandType(0)) ? SqlType.FLOAT8 : SqlType.NUMERIC));

    static final SqlReturnTypeInference SUM =
            b -> nullable(b, b.getTypeFactory().getTypeSystem().deriveSumType(b.getTypeFactory(), b.getOperandType(0)));
    static final SqlReturnTypeInference AVG = b ->
            nullable(b, b.getTypeFactory().getTypeSystem().deriveAvgAggType(b.getTypeFactory(), b.getOperandType(0)));
    static final SqlReturnTypeInference FIRST_NULLABLE = b -> nullable(b, b.getOperandType(0));

    /** The common type of all arguments; NULL only if {@code nullability} says so. */
    static SqlReturnTypeInference common(Function<SqlOperatorBinding, Boolean> nullability) {
        return b -> {
            List<RelDataType> types = b.collectOperandTypes();
            RelDataType common = b.getTypeFactory().leastRestrictive(types);
            return common == null ? null : b.getTypeFactory().createTypeWithNullability(common, nullability.apply(b));
        };
    }

    static SqlReturnTypeInference strict(SqlType type) {
        return b -> nullableIf(b, simple(b, type));
    }

    static SqlReturnTypeInference notNull(SqlType type) {
        return b -> simple(b, type);
    }

    static SqlReturnTypeInference nullable(SqlType type) {
        return b -> nullable(b, simple(b, type));
    }

    static RelDataType simple(SqlOperatorBinding b, SqlType type) {
        return SqlTypes.to(ColumnType.of(type), false, b.getTypeFactory());
    }

    static RelDataType nullable(SqlOperatorBinding b, RelDataType type) {
        return b.getTypeFactory().createTypeWithNullability(type, true);
    }

    static RelDataType nullableIf(SqlOperatorBinding b, RelDataType type) {
        boolean nullable = b.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        return b.getTypeFactory().createTypeWithNullability(type, nullable);
    }

    static boolean isFloat(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case FLOAT, REAL, DOUBLE -> true;
            default -> false;
        };
    }

    static boolean anyNumeric(SqlOperatorBinding b) {
        List<RelDataType> types = b.collectOperandTypes();
        return types.stream().noneMatch(Types::isFloat)
                && types.stream().anyMatch(t -> t.getSqlTypeName() == SqlTypeName.DECIMAL);
    }
}
