package io.weir.query.parse;

import io.weir.query.type.SqlType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** + - * / % with PostgreSQL's result types (pg_operator): numbers, dates, times and intervals. */
final class Arithmetic {
    private Arithmetic() {}

    static final List<SqlOperator> OPERATORS = List.of(
            binary("+", SqlKind.PLUS, 40),
            binary("-", SqlKind.MINUS, 40),
            binary("*", SqlKind.TIMES, 60),
            binary("/", SqlKind.DIVIDE, 60),
            binary("%", SqlKind.MOD, 60),
            prefix("-", SqlKind.MINUS_PREFIX),
            prefix("+", SqlKind.PLUS_PREFIX));

    private static SqlOperator binary(String name, SqlKind kind, int precedence) {
        return new Binary(name, kind, precedence);
    }

    /** A class of its own: Calcite finds special conversions by class, name and kind. */
    private static final class Binary extends SqlBinaryOperator {
        Binary(String name, SqlKind kind, int precedence) {
            super(
                    name,
                    kind,
                    precedence,
                    true,
                    b -> Types.nullableIf(b, orNull(b, kind)),
                    InferTypes.FIRST_KNOWN,
                    new Checker(2, b -> result(b, kind) != null));
        }
    }

    private static SqlOperator prefix(String name, SqlKind kind) {
        return new SqlPrefixOperator(
                name,
                kind,
                80,
                Types.FIRST,
                InferTypes.RETURN_TYPE,
                new Checker(1, b -> isNumber(b.getOperandType(0)) || isInterval(b.getOperandType(0))));
    }

    private static RelDataType orNull(SqlOperatorBinding b, SqlKind kind) {
        RelDataType type = result(b, kind);
        return type == null ? b.getTypeFactory().createUnknownType() : type;
    }

    /** The result type, or null when PostgreSQL has no such operator. */
    private static @Nullable RelDataType result(SqlOperatorBinding b, SqlKind kind) {
        RelDataType left = b.getOperandType(0);
        RelDataType right = b.getOperandType(1);
        if (isUnknown(left) && isUnknown(right)) {
            return Types.simple(b, SqlType.INT4);
        }
        if (isUnknown(left)) {
            left = right;
        } else if (isUnknown(right)) {
            right = left;
        }
        if (isNumber(left) && isNumber(right)) {
            return Types.simple(b, widest(left, right));
        }
        SqlType type = temporal(kind, left, right);
        if (type == null && (kind == SqlKind.PLUS || kind == SqlKind.TIMES)) {
            type = temporal(kind, right, left);
        }
        return type == null ? null : Types.simple(b, type);
    }

    private static @Nullable SqlType temporal(SqlKind kind, RelDataType left, RelDataType right) {
        SqlType l = SqlTypes.of(left).type();
        SqlType r = SqlTypes.of(right).type();
        boolean plus = kind == SqlKind.PLUS;
        boolean minus = kind == SqlKind.MINUS;
        if (!plus && !minus) {
            boolean scales = kind == SqlKind.TIMES || kind == SqlKind.DIVIDE;
            return scales && l == SqlType.INTERVAL && r.isNumber() ? SqlType.INTERVAL : null;
        }
        return switch (l) {
            case DATE ->
                switch (r) {
                    case INT2, INT4 -> SqlType.DATE;
                    case INTERVAL -> SqlType.TIMESTAMP;
                    case TIME -> plus ? SqlType.TIMESTAMP : null;
                    case DATE -> minus ? SqlType.INT4 : null;
                    case TIMESTAMP, TIMESTAMPTZ -> minus ? SqlType.INTERVAL : null;
                    default -> null;
                };
            case TIMESTAMP, TIMESTAMPTZ ->
                switch (r) {
                    case INTERVAL -> l;
                    case DATE, TIMESTAMP, TIMESTAMPTZ -> minus ? SqlType.INTERVAL : null;
                    default -> null;
                };
            case TIME ->
                switch (r) {
                    case INTERVAL -> SqlType.TIME;
                    case TIME -> minus ? SqlType.INTERVAL : null;
                    default -> null;
                };
            case INTERVAL -> r == SqlType.INTERVAL ? SqlType.INTERVAL : null;
            default -> null;
        };
    }

    private static SqlType widest(RelDataType left, RelDataType right) {
        SqlType l = SqlTypes.of(left).type();
        SqlType r = SqlTypes.of(right).type();
        if (l == SqlType.FLOAT4 && r == SqlType.FLOAT4) {
            return SqlType.FLOAT4;
        }
        if (Types.isFloat(left) || Types.isFloat(right)) {
            return SqlType.FLOAT8;
        }
        if (l == SqlType.NUMERIC || r == SqlType.NUMERIC) {
            return SqlType.NUMERIC;
        }
        if (l == SqlType.INT8 || r == SqlType.INT8) {
            return SqlType.INT8;
        }
        return l == SqlType.INT4 || r == SqlType.INT4 ? SqlType.INT4 : SqlType.INT2;
    }

    static boolean isUnknown(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.NULL
                || type.getSqlTypeName() == SqlTypeName.UNKNOWN
                || type.getSqlTypeName() == SqlTypeName.ANY;
    }

    static boolean isNumber(RelDataType type) {
        return SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName());
    }

    static boolean isInterval(RelDataType type) {
        return SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
    }

    /** A check over the operand types as a whole. */
    record Checker(int operands, java.util.function.Predicate<SqlCallBinding> fits) implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            if (fits.test(binding)) {
                return true;
            }
            if (throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return false;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.of(operands);
        }

        @Override
        public String getAllowedSignatures(SqlOperator op, String opName) {
            return opName;
        }
    }
}
