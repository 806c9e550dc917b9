package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What a statement may do with values of opaque types: select the column itself, ask whether it is NULL, count it. An allow-list over the
 * tree, in every mode and of reference data too; everything else is refused. Pure.
 */
final class Opaque {
    static final String SUBSCRIPTS = "subscripts are not supported";

    static final String HINT =
            "Select the column itself where rows are granted, ask IS NULL or IS NOT NULL, or count(column). A plain column is compared with an"
                    + " array as column = ANY ($1) or column <> ALL ($1).";

    private Opaque() {}

    static Problem refusal() {
        return Problem.of(
                ProblemCode.UNSUPPORTED,
                "bytea, json, jsonb and array values are only handed on: nothing is computed, compared, ordered or cast with them",
                HINT);
    }

    static boolean is(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.VARBINARY;
    }

    /** A node of the tree, without its expressions and inputs. */
    static void check(RelNode node) {
        switch (node) {
            case Aggregate a -> {
                RelDataType row = a.getInput().getRowType();
                boolean grouped = a.getGroupSet().asList().stream()
                        .anyMatch(i -> is(row.getFieldList().get(i).getType()));
                refuse(grouped || a.getAggCallList().stream().anyMatch(c -> computes(c, row)));
            }
            case Sort s ->
                refuse(s.getCollation().getFieldCollations().stream()
                        .anyMatch(k -> is(s.getInput()
                                .getRowType()
                                .getFieldList()
                                .get(k.getFieldIndex())
                                .getType())));
            case SetOp s -> refuse(!(s instanceof Union && s.all) && anyOpaque(s.getRowType()));
            default -> {}
        }
    }

    private static boolean computes(AggregateCall call, RelDataType row) {
        boolean counts = call.getAggregation().getKind() == SqlKind.COUNT && !call.isDistinct();
        return !counts
                && call.getArgList().stream()
                        .anyMatch(i -> is(row.getFieldList().get(i).getType()));
    }

    /** A call, without its operands. */
    static void check(RexCall call) {
        boolean asksForNull = switch (call.getKind()) {
            case IS_NULL, IS_NOT_NULL -> true;
            default -> false;
        };
        boolean operand = call.getOperands().stream().anyMatch(o -> is(o.getType()));
        boolean result = is(call.getType());
        boolean window = call instanceof RexOver over
                && (over.getWindow().partitionKeys.stream().anyMatch(k -> is(k.getType()))
                        || over.getWindow().orderKeys.stream().anyMatch(k -> is(k.left.getType())));
        refuse((operand && !asksForNull) || result || window);
    }

    /** A sub-query whose values are compared, or are a value themselves. */
    static void check(RexSubQuery query) {
        refuse(query.getKind() != SqlKind.EXISTS
                && (anyOpaque(query.rel.getRowType())
                        || query.getOperands().stream().anyMatch(o -> is(o.getType()))));
    }

    private static boolean anyOpaque(RelDataType row) {
        return row.getFieldList().stream().anyMatch(f -> is(f.getType()));
    }

    private static void refuse(boolean found) {
        if (found) {
            throw refusal().asException();
        }
    }
}
