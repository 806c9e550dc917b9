package io.weir.query.parse;

import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Every operator, function and aggregate that exists for an analyst: the allow-list by construction. There is no other table behind it;
 * a name that is not here is an unknown function. What may be applied to personal data is decided by {@code query.govern}.
 */
public final class PgOperators implements SqlOperatorTable {
    /** {@code timestamp AT TIME ZONE 'zone'}: timestamptz to timestamp and back. */
    public static final SqlBinaryOperator AT_TIME_ZONE = new SqlBinaryOperator(
            "at time zone",
            SqlKind.OTHER,
            90,
            true,
            b -> Types.nullableIf(
                    b,
                    Types.simple(
                            b,
                            SqlTypes.of(b.getOperandType(0)).type() == SqlType.TIMESTAMPTZ
                                    ? SqlType.TIMESTAMP
                                    : SqlType.TIMESTAMPTZ)),
            null,
            new Arithmetic.Checker(
                    2,
                    b -> switch (SqlTypes.of(b.getOperandType(0)).type()) {
                                case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
                                default -> false;
                            }
                            && SqlTypeUtil.inCharFamily(b.getOperandType(1))));

    /** Comparisons with any or all elements of a bound array, by name: {@code = any of}, {@code <> all of}. */
    static final List<SqlBinaryOperator> QUANTIFIED = quantified();

    private static final PgOperators INSTANCE = new PgOperators();

    private final Map<String, List<SqlOperator>> byName = new HashMap<>();
    private final List<SqlOperator> operators;

    private PgOperators() {
        List<SqlOperator> all = new ArrayList<>();
        comparisons(all);
        all.addAll(Arithmetic.OPERATORS);
        all.add(AT_TIME_ZONE);
        all.addAll(QUANTIFIED);
        all.add(concatenation());
        all.addAll(Functions.all());
        all.addAll(Aggregates.all());
        standard(all);
        operators = List.copyOf(all);
        for (SqlOperator operator : operators) {
            byName.computeIfAbsent(nameOf(operator), n -> new ArrayList<>()).add(operator);
        }
    }

    /** The table; immutable. */
    public static PgOperators table() {
        return INSTANCE;
    }

    /** Stable lower-case name: what govern, rewrite and the documentation switch on. */
    public static String nameOf(SqlOperator operator) {
        return operator.getName().toLowerCase(Locale.ROOT);
    }

    /** Ours have no consistency rule: Calcite would wrap columns into casts to a common type. */
    private static void comparisons(List<SqlOperator> all) {
        Predicate<SqlCallBinding> comparable = b -> comparable(b.getOperandType(0), b.getOperandType(1));
        Map<String, SqlKind> kinds = Map.of(
                "=", SqlKind.EQUALS,
                "<>", SqlKind.NOT_EQUALS,
                "<", SqlKind.LESS_THAN,
                "<=", SqlKind.LESS_THAN_OR_EQUAL,
                ">", SqlKind.GREATER_THAN,
                ">=", SqlKind.GREATER_THAN_OR_EQUAL);
        kinds.forEach((name, kind) -> all.add(new SqlBinaryOperator(
                name, kind, 30, true, Types.BOOL, InferTypes.FIRST_KNOWN, new Coerced(comparable))));
        all.add(new SqlBinaryOperator(
                "IS DISTINCT FROM",
                SqlKind.IS_DISTINCT_FROM,
                30,
                true,
                Types.notNull(SqlType.BOOL),
                InferTypes.FIRST_KNOWN,
                new Coerced(comparable)));
        all.add(new SqlBinaryOperator(
                "IS NOT DISTINCT FROM",
                SqlKind.IS_NOT_DISTINCT_FROM,
                30,
                true,
                Types.notNull(SqlType.BOOL),
                InferTypes.FIRST_KNOWN,
                new Coerced(comparable)));
    }

    private static List<SqlBinaryOperator> quantified() {
        List<SqlBinaryOperator> all = new ArrayList<>();
        for (String sign : List.of("=", "<>", "<", "<=", ">", ">=")) {
            for (String quantifier : List.of(" any of", " all of")) {
                all.add(new SqlBinaryOperator(
                        sign + quantifier,
                        SqlKind.OTHER,
                        30,
                        true,
                        Types.BOOL,
                        InferTypes.FIRST_KNOWN,
                        new Coerced(b -> comparable(b.getOperandType(0), b.getOperandType(1)))));
            }
        }
        return List.copyOf(all);
    }

    private static SqlOperator concatenation() {
        return new SqlBinaryOperator(
                "||",
                SqlKind.OTHER,
                60,
                true,
                Types.TEXT,
                InferTypes.RETURN_TYPE,
                new Arithmetic.Checker(
                        2,
                        b -> SqlTypeUtil.inCharFamily(b.getOperandType(0))
                                || SqlTypeUtil.inCharFamily(b.getOperandType(1))
                                || Arithmetic.isUnknown(b.getOperandType(0))
                                || Arithmetic.isUnknown(b.getOperandType(1))));
    }

    private static void standard(List<SqlOperator> all) {
        all.addAll(List.of(
                SqlStdOperatorTable.AND,
                SqlStdOperatorTable.OR,
                SqlStdOperatorTable.NOT,
                SqlStdOperatorTable.IS_NULL,
                SqlStdOperatorTable.IS_NOT_NULL,
                SqlStdOperatorTable.IS_TRUE,
                SqlStdOperatorTable.IS_NOT_TRUE,
                SqlStdOperatorTable.IS_FALSE,
                SqlStdOperatorTable.IS_NOT_FALSE,
                SqlStdOperatorTable.IS_UNKNOWN,
                SqlStdOperatorTable.IS_NOT_UNKNOWN,
                SqlStdOperatorTable.LIKE,
                SqlStdOperatorTable.NOT_LIKE,
                SqlLibraryOperators.ILIKE,
                SqlLibraryOperators.NOT_ILIKE,
                SqlStdOperatorTable.BETWEEN,
                SqlStdOperatorTable.NOT_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
                SqlStdOperatorTable.CASE,
                SqlStdOperatorTable.CAST,
                SqlLibraryOperators.INFIX_CAST));
        all.addAll(List.of(
                SqlStdOperatorTable.IN,
                SqlStdOperatorTable.NOT_IN,
                SqlStdOperatorTable.EXISTS,
                SqlStdOperatorTable.SCALAR_QUERY,
                SqlStdOperatorTable.SOME_EQ,
                SqlStdOperatorTable.SOME_NE,
                SqlStdOperatorTable.SOME_LT,
                SqlStdOperatorTable.SOME_LE,
                SqlStdOperatorTable.SOME_GT,
                SqlStdOperatorTable.SOME_GE,
                SqlStdOperatorTable.ALL_EQ,
                SqlStdOperatorTable.ALL_NE,
                SqlStdOperatorTable.ALL_LT,
                SqlStdOperatorTable.ALL_LE,
                SqlStdOperatorTable.ALL_GT,
                SqlStdOperatorTable.ALL_GE));
        all.addAll(List.of(
                SqlStdOperatorTable.ROW,
                SqlStdOperatorTable.AS,
                SqlStdOperatorTable.OVER,
                SqlStdOperatorTable.FILTER,
                SqlStdOperatorTable.WITHIN_GROUP,
                SqlStdOperatorTable.DESC,
                SqlStdOperatorTable.NULLS_FIRST,
                SqlStdOperatorTable.NULLS_LAST,
                SqlStdOperatorTable.GROUPING_SETS,
                SqlStdOperatorTable.ROLLUP,
                SqlStdOperatorTable.CUBE,
                SqlStdOperatorTable.UNION,
                SqlStdOperatorTable.UNION_ALL,
                SqlStdOperatorTable.INTERSECT,
                SqlStdOperatorTable.INTERSECT_ALL,
                SqlStdOperatorTable.EXCEPT,
                SqlStdOperatorTable.EXCEPT_ALL,
                SqlStdOperatorTable.VALUES,
                SqlStdOperatorTable.LATERAL));
    }

    /** Types that PostgreSQL compares without an explicit cast. */
    static boolean comparable(RelDataType left, RelDataType right) {
        if (left.isStruct() || right.isStruct()) {
            return false;
        }
        if (Arithmetic.isUnknown(left) || Arithmetic.isUnknown(right)) {
            return true;
        }
        SqlType type = SqlTypes.of(left).type();
        return !type.isOpaque() && family(type) == family(SqlTypes.of(right).type());
    }

    private static SqlType family(SqlType type) {
        return switch (type) {
            case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC -> SqlType.NUMERIC;
            case TEXT, VARCHAR, BPCHAR -> SqlType.TEXT;
            case DATE, TIMESTAMP, TIMESTAMPTZ -> SqlType.TIMESTAMP;
            default -> type;
        };
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (!name.isSimple()) {
            return;
        }
        for (SqlOperator operator : byName.getOrDefault(name.getSimple().toLowerCase(Locale.ROOT), List.of())) {
            if (place(operator.getSyntax()) == place(syntax)) {
                found.add(operator);
            }
        }
    }

    /** Minus is looked up by where it stands; for everything else the name suffices. */
    private static SqlSyntax place(SqlSyntax syntax) {
        return switch (syntax) {
            case BINARY, PREFIX, POSTFIX -> syntax;
            default -> SqlSyntax.FUNCTION;
        };
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators;
    }

    /** Lets string literals become the type of the other side first. */
    private record Coerced(Predicate<SqlCallBinding> fits)
            implements org.apache.calcite.sql.type.SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            if (binding.isTypeCoercionEnabled()) {
                binding.getValidator().getTypeCoercion().binaryComparisonCoercion(binding);
            }
            return new Arithmetic.Checker(2, fits).checkOperandTypes(binding, throwOnFailure);
        }

        @Override
        public org.apache.calcite.sql.SqlOperandCountRange getOperandCountRange() {
            return org.apache.calcite.sql.type.SqlOperandCountRanges.of(2);
        }

        @Override
        public String getAllowedSignatures(SqlOperator op, String opName) {
            return opName;
        }
    }
}
