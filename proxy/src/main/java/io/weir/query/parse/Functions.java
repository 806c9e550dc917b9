package io.weir.query.parse;

import static org.apache.calcite.sql.type.OperandTypes.family;

import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Scalar functions with PostgreSQL's names and result types. What is not here does not exist. */
final class Functions {
    private static final SqlTypeFamily TEXT = SqlTypeFamily.CHARACTER;
    private static final SqlTypeFamily NUMBER = SqlTypeFamily.NUMERIC;
    private static final SqlTypeFamily INTEGER = SqlTypeFamily.INTEGER;
    private static final SqlTypeFamily MOMENT = SqlTypeFamily.DATETIME;
    private static final SqlTypeFamily INTERVAL = SqlTypeFamily.DATETIME_INTERVAL;

    private Functions() {}

    static List<SqlOperator> all() {
        List<SqlOperator> all = new ArrayList<>();
        conditional(all);
        text(all);
        numbers(all);
        time(all);
        rows(all);
        return all;
    }

    private static void conditional(List<SqlOperator> all) {
        SqlReturnTypeInference allNull =
                Types.common(b -> b.collectOperandTypes().stream().allMatch(RelDataType::isNullable));
        SqlOperandTypeChecker same = OperandTypes.SAME_VARIADIC;
        all.add(SqlBasicFunction.create("coalesce", SqlKind.COALESCE, allNull, same));
        all.add(SqlBasicFunction.create("greatest", SqlKind.GREATEST, allNull, same));
        all.add(SqlBasicFunction.create("least", SqlKind.LEAST, allNull, same));
        all.add(SqlBasicFunction.create(
                "nullif",
                SqlKind.NULLIF,
                Types.FIRST_NULLABLE,
                OperandTypes.COMPARABLE_UNORDERED_COMPARABLE_UNORDERED));
        all.add(function("num_nulls", Types.notNull(SqlType.INT4), OperandTypes.ONE_OR_MORE));
        all.add(function("num_nonnulls", Types.notNull(SqlType.INT4), OperandTypes.ONE_OR_MORE));
    }

    private static void text(List<SqlOperator> all) {
        for (String name : List.of("upper", "lower", "initcap", "reverse")) {
            all.add(function(name, Types.TEXT, family(TEXT)));
        }
        for (String name : List.of("length", "char_length", "character_length", "octet_length", "ascii")) {
            all.add(function(name, Types.INT4, family(TEXT)));
        }
        for (String name : List.of("btrim", "ltrim", "rtrim")) {
            all.add(function(name, Types.TEXT, family(TEXT).or(family(TEXT, TEXT))));
        }
        for (String name : List.of("left", "right", "repeat")) {
            all.add(function(name, Types.TEXT, family(TEXT, INTEGER)));
        }
        for (String name : List.of("substring", "substr")) {
            all.add(function(name, Types.TEXT, family(TEXT, INTEGER).or(family(TEXT, INTEGER, INTEGER))));
        }
        for (String name : List.of("lpad", "rpad")) {
            all.add(function(name, Types.TEXT, family(TEXT, INTEGER).or(family(TEXT, INTEGER, TEXT))));
        }
        for (String name : List.of("position", "strpos")) {
            all.add(function(name, Types.INT4, family(TEXT, TEXT)));
        }
        all.add(function("similar to", Types.BOOL, family(TEXT, TEXT, TEXT)));
        all.add(function("starts_with", Types.BOOL, family(TEXT, TEXT)));
        all.add(function("replace", Types.TEXT, family(TEXT, TEXT, TEXT)));
        all.add(function("translate", Types.TEXT, family(TEXT, TEXT, TEXT)));
        all.add(function("split_part", Types.TEXT, family(TEXT, TEXT, INTEGER)));
        all.add(function("overlay", Types.TEXT, family(TEXT, TEXT, INTEGER).or(family(TEXT, TEXT, INTEGER, INTEGER))));
        all.add(function("concat", Types.notNull(SqlType.TEXT), OperandTypes.ONE_OR_MORE));
        all.add(function("concat_ws", Types.notNull(SqlType.TEXT), OperandTypes.ONE_OR_MORE));
    }

    private static void numbers(List<SqlOperator> all) {
        all.add(function("abs", Types.FIRST, family(NUMBER)));
        for (String name : List.of("floor", "ceil", "ceiling", "sign", "sqrt", "exp", "ln", "log10")) {
            all.add(function(name, Types.NUMERIC_OR_FLOAT8, family(NUMBER)));
        }
        for (String name : List.of("round", "trunc")) {
            all.add(function(
                    name,
                    b -> b.getOperandCount() == 2
                            ? Types.NUMERIC.inferReturnType(b)
                            : Types.NUMERIC_OR_FLOAT8.inferReturnType(b),
                    family(NUMBER).or(family(NUMBER, INTEGER))));
        }
        all.add(function("log", Types.NUMERIC_OR_FLOAT8, family(NUMBER).or(family(NUMBER, NUMBER))));
        all.add(function("power", Types.NUMERIC_OR_FLOAT8, family(NUMBER, NUMBER)));
        all.add(function("pow", Types.NUMERIC_OR_FLOAT8, family(NUMBER, NUMBER)));
        all.add(function(
                "mod",
                b -> Types.nullableIf(b, b.getTypeFactory().leastRestrictive(b.collectOperandTypes())),
                OperandTypes.EXACT_NUMERIC_EXACT_NUMERIC));
        all.add(function("div", Types.NUMERIC, family(NUMBER, NUMBER)));
        all.add(function("width_bucket", Types.INT4, family(NUMBER, NUMBER, NUMBER, INTEGER)));
        for (String name : List.of("pi")) {
            all.add(function(name, Types.notNull(SqlType.FLOAT8), OperandTypes.NILADIC));
        }
        for (String name : List.of("radians", "degrees")) {
            all.add(function(name, Types.FLOAT8, family(NUMBER)));
        }
        all.add(function("to_number", Types.NUMERIC, family(TEXT, TEXT)));
    }

    private static void time(List<SqlOperator> all) {
        all.add(function("interval", Types.notNull(SqlType.INTERVAL), family(TEXT)));
        SqlOperandTypeChecker field = family(TEXT, MOMENT).or(family(TEXT, INTERVAL));
        all.add(SqlBasicFunction.create("extract", SqlKind.EXTRACT, Types.NUMERIC, field));
        all.add(function("date_part", Types.FLOAT8, field));
        all.add(function("date_trunc", b -> Types.nullableIf(b, truncated(b.getOperandType(1), b)), field));
        all.add(function("age", Types.INTERVAL, family(MOMENT).or(family(MOMENT, MOMENT))));
        all.add(function("make_date", Types.DATE, family(INTEGER, INTEGER, INTEGER)));
        all.add(function(
                "make_timestamp", Types.TIMESTAMP, family(INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, NUMBER)));
        all.add(function("to_date", Types.DATE, family(TEXT, TEXT)));
        all.add(function("to_timestamp", Types.nullable(SqlType.TIMESTAMPTZ), family(TEXT, TEXT)));
        all.add(function(
                "to_char",
                Types.TEXT,
                family(MOMENT, TEXT).or(family(INTERVAL, TEXT)).or(family(NUMBER, TEXT))));
        all.add(function("date", Types.DATE, family(MOMENT).or(family(TEXT))));
        for (String name : List.of("justify_days", "justify_hours", "justify_interval")) {
            all.add(function(name, Types.INTERVAL, family(INTERVAL)));
        }
        all.add(function(
                "overlaps",
                Types.nullable(SqlType.BOOL),
                family(MOMENT, MOMENT, MOMENT, MOMENT)
                        .or(family(MOMENT, INTERVAL, MOMENT, MOMENT))
                        .or(family(MOMENT, MOMENT, MOMENT, INTERVAL))
                        .or(family(MOMENT, INTERVAL, MOMENT, INTERVAL))));
        all.add(function("current_date", Types.notNull(SqlType.DATE), OperandTypes.NILADIC));
        for (String name : List.of("now", "current_timestamp", "transaction_timestamp", "statement_timestamp")) {
            all.add(function(name, Types.notNull(SqlType.TIMESTAMPTZ), OperandTypes.NILADIC));
        }
        all.add(function("localtimestamp", Types.notNull(SqlType.TIMESTAMP), OperandTypes.NILADIC));
    }

    /** What govern writes out as rows. {@code unnest} gets the elements of its array as arguments. */
    private static void rows(List<SqlOperator> all) {
        SqlReturnTypeInference result = b -> {
            SqlType first = SqlTypes.of(b.getOperandType(0)).type();
            SqlType second = SqlTypes.of(b.getOperandType(1)).type();
            if (first.isNumber()) {
                return b.getTypeFactory()
                        .createTypeWithNullability(b.getTypeFactory().leastRestrictive(b.collectOperandTypes()), false);
            }
            boolean local = first == SqlType.TIMESTAMP && second != SqlType.TIMESTAMPTZ
                    || first == SqlType.DATE && second == SqlType.TIMESTAMP;
            return Types.simple(b, local ? SqlType.TIMESTAMP : SqlType.TIMESTAMPTZ);
        };
        all.add(function(
                "generate_series",
                result,
                family(NUMBER, NUMBER)
                        .or(family(NUMBER, NUMBER, NUMBER))
                        .or(family(MOMENT, MOMENT, INTERVAL))
                        .or(family(MOMENT, MOMENT, TEXT))
                        .or(family(MOMENT, TEXT, INTERVAL))
                        .or(family(MOMENT, TEXT, TEXT))));
        all.add(function("unnest", Types.common(b -> true), OperandTypes.SAME_VARIADIC));
    }

    /** date_trunc of a date is a timestamptz: PostgreSQL casts the date to it. */
    private static RelDataType truncated(RelDataType type, org.apache.calcite.sql.SqlOperatorBinding b) {
        SqlType source = SqlTypes.of(type).type();
        return source == SqlType.DATE ? Types.simple(b, SqlType.TIMESTAMPTZ) : Types.simple(b, source);
    }

    private static SqlOperator function(String name, SqlReturnTypeInference result, SqlOperandTypeChecker operands) {
        return SqlBasicFunction.create(name, result, operands, SqlFunctionCategory.SYSTEM);
    }
}
