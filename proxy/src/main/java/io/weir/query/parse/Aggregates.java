package io.weir.query.parse;

import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlWithinGroupOperator.PercentileDiscCallBinding;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Optionality;

/**
 * Aggregates with PostgreSQL's names and result types. They are our own objects, so that Calcite does not expand AVG, STDDEV or a
 * windowed SUM into other expressions; window-only functions are Calcite's.
 */
final class Aggregates {
    private static final SqlOperandTypeChecker NUMBER = OperandTypes.family(SqlTypeFamily.NUMERIC);
    private static final SqlOperandTypeChecker NUMBERS =
            OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC);
    private static final SqlOperandTypeChecker AMOUNT =
            OperandTypes.family(SqlTypeFamily.NUMERIC).or(OperandTypes.family(SqlTypeFamily.DATETIME_INTERVAL));

    private Aggregates() {}

    static List<SqlOperator> all() {
        List<SqlOperator> all = new ArrayList<>();
        all.add(SqlStdOperatorTable.COUNT);
        all.add(aggregate("sum", SqlKind.SUM, Types.SUM, AMOUNT));
        all.add(aggregate("avg", SqlKind.AVG, Types.AVG, AMOUNT));
        all.add(aggregate("min", SqlKind.MIN, Types.FIRST_NULLABLE, OperandTypes.COMPARABLE_ORDERED));
        all.add(aggregate("max", SqlKind.MAX, Types.FIRST_NULLABLE, OperandTypes.COMPARABLE_ORDERED));
        Map.of(
                        "stddev", SqlKind.STDDEV_SAMP,
                        "stddev_samp", SqlKind.STDDEV_SAMP,
                        "stddev_pop", SqlKind.STDDEV_POP,
                        "variance", SqlKind.VAR_SAMP,
                        "var_samp", SqlKind.VAR_SAMP,
                        "var_pop", SqlKind.VAR_POP)
                .forEach((name, kind) -> all.add(aggregate(name, kind, Types.MOMENT, NUMBER)));
        all.add(aggregate("covar_pop", SqlKind.COVAR_POP, Types.nullable(SqlType.FLOAT8), NUMBERS));
        all.add(aggregate("covar_samp", SqlKind.COVAR_SAMP, Types.nullable(SqlType.FLOAT8), NUMBERS));
        for (String name : List.of(
                "corr",
                "regr_slope",
                "regr_intercept",
                "regr_r2",
                "regr_avgx",
                "regr_avgy",
                "regr_sxx",
                "regr_sxy",
                "regr_syy")) {
            all.add(aggregate(name, SqlKind.OTHER_FUNCTION, Types.nullable(SqlType.FLOAT8), NUMBERS));
        }
        all.add(aggregate("regr_count", SqlKind.REGR_COUNT, Types.notNull(SqlType.INT8), NUMBERS));
        for (String name : List.of("bool_and", "bool_or", "every")) {
            all.add(aggregate(name, SqlKind.OTHER_FUNCTION, Types.nullable(SqlType.BOOL), OperandTypes.BOOLEAN));
        }
        all.add(within("percentile_cont", SqlKind.PERCENTILE_CONT, Types.nullable(SqlType.FLOAT8)));
        all.add(within("percentile_disc", SqlKind.PERCENTILE_DISC, Aggregates::ofOrder));
        all.add(aggregate("mode", SqlKind.MODE, Types.FIRST_NULLABLE, OperandTypes.COMPARABLE_ORDERED));
        windows(all);
        return all;
    }

    private static void windows(List<SqlOperator> all) {
        all.add(SqlStdOperatorTable.ROW_NUMBER);
        all.add(SqlStdOperatorTable.RANK);
        all.add(SqlStdOperatorTable.DENSE_RANK);
        all.add(SqlStdOperatorTable.PERCENT_RANK);
        all.add(SqlStdOperatorTable.CUME_DIST);
        all.add(ntile());
        all.add(SqlStdOperatorTable.LAG);
        all.add(SqlStdOperatorTable.LEAD);
        all.add(SqlStdOperatorTable.FIRST_VALUE);
        all.add(SqlStdOperatorTable.LAST_VALUE);
        all.add(SqlStdOperatorTable.NTH_VALUE);
        all.add(SqlStdOperatorTable.GROUPING);
    }

    /** Calcite's takes a literal only, PostgreSQL's any number, so that it may be a parameter. */
    private static SqlOperator ntile() {
        return new SqlAggFunction(
                "NTILE",
                null,
                SqlKind.NTILE,
                ReturnTypes.INTEGER,
                (binding, result, operands) ->
                        operands[0] = binding.getTypeFactory().createSqlType(SqlTypeName.INTEGER),
                OperandTypes.family(SqlTypeFamily.INTEGER),
                SqlFunctionCategory.NUMERIC,
                false,
                true,
                Optionality.FORBIDDEN) {
            @Override
            public boolean allowsFraming() {
                return false;
            }
        };
    }

    private static SqlOperator aggregate(
            String name, SqlKind kind, SqlReturnTypeInference result, SqlOperandTypeChecker operands) {
        return SqlBasicAggFunction.create(name, kind, result, operands).withFunctionType(SqlFunctionCategory.SYSTEM);
    }

    private static SqlOperator within(String name, SqlKind kind, SqlReturnTypeInference result) {
        return SqlBasicAggFunction.create(name, kind, result, OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
                .withFunctionType(SqlFunctionCategory.SYSTEM)
                .withGroupOrder(Optionality.MANDATORY)
                .withPercentile(true);
    }

    /**
     * The type of what is ordered. Of a percentile with FILTER the validator asks for the type a second time, without the order: it has noted the type at the call by then.
     */
    private static RelDataType ofOrder(SqlOperatorBinding binding) {
        if (binding instanceof SqlCallBinding written && !(binding instanceof PercentileDiscCallBinding)) {
            RelDataType noted = written.getValidator().getValidatedNodeTypeIfKnown(written.getCall());
            if (noted != null) {
                return binding.getTypeFactory().createTypeWithNullability(noted, true); // nobody may be left
            }
        }
        return ReturnTypes.PERCENTILE_DISC_CONT.inferReturnType(binding);
    }
}
