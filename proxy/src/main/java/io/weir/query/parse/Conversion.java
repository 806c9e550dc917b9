package io.weir.query.parse;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.util.List;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** Validation and conversion with everything off that would compute, simplify, reorder or expand. */
final class Conversion {
    private static final RexExecutor NEVER = (builder, expressions, reduced) -> reduced.addAll(expressions);

    private static final SqlValidator.Config VALIDATOR = SqlValidator.Config.DEFAULT
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(PgCoercion::new)
            .withCallRewrite(false)
            .withConformance(PgConformance.INSTANCE);

    private static final SqlToRelConverter.Config CONVERTER = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRemoveSortInSubQuery(false)
            .withDecorrelationEnabled(false)
            .withRelBuilderConfigTransform(c -> c.withSimplify(false)
                    .withSimplifyValues(false)
                    .withSimplifyLimit(false)
                    .withPruneInputOfAggregate(false)
                    .withRemoveRedundantDistinct(false)
                    .withPushJoinCondition(false)
                    .withBloat(-1)
                    .withAggregateUnique(true));

    private Conversion() {}

    static RelNode convert(SqlNode statement, CalciteCatalogReader catalog) {
        Validator validator = new Validator(PgOperators.table(), catalog, PgTypeFactory.INSTANCE);
        SqlNode validated = validator.validate(statement);
        HepPlanner planner = new HepPlanner(HepProgram.builder().build());
        planner.setExecutor(NEVER);
        RelOptCluster cluster = RelOptCluster.create(planner, new PgRexBuilder());
        SqlToRelConverter converter = new SqlToRelConverter(
                (rowType, query, path, view) -> {
                    throw new UnsupportedOperationException("there are no views");
                },
                validator,
                catalog,
                cluster,
                StandardConvertletTable.INSTANCE,
                CONVERTER);
        return CorrelatedScalars.joined(
                converter.convertQuery(validated, false, true).project());
    }

    private static final class Validator extends SqlValidatorImpl {
        Validator(SqlOperatorTable operators, CalciteCatalogReader catalog, RelDataTypeFactory types) {
            super(operators, catalog, types, VALIDATOR);
        }

        /** Calcite tells parameters of OFFSET and LIMIT their type only where they stand beside an ORDER BY that is not yet part of a SELECT. */
        @Override
        protected void validateSelect(SqlSelect select, RelDataType target) {
            limit(select.getOffset());
            limit(select.getFetch());
            super.validateSelect(select, target);
        }

        private void limit(@Nullable SqlNode node) {
            if (node instanceof SqlDynamicParam) {
                setValidatedNodeType(node, SqlTypes.to(ColumnType.of(SqlType.INT8), true, getTypeFactory()));
            }
        }
    }

    static List<String> fields(RelNode tree) {
        return tree.getRowType().getFieldNames();
    }
}
