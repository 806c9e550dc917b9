package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Rows that the statement or Weir itself supplies: constants above the boundary. Refuses nothing. */
final class ConstantRows {
    private final Scope scope;
    private final RexTranslator rex;

    ConstantRows(Scope scope, RexTranslator rex) {
        this.scope = scope;
        this.rex = rex;
    }

    /** Relations that Weir itself answers are constants of this statement. */
    Translated own(TableScan scan, List<List<@Nullable Object>> rows) {
        String alias = scope.newAlias("v");
        scope.declareProtected(alias);
        List<String> names = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (RelDataTypeField field : scan.getRowType().getFieldList()) {
            SqlType type = SqlTypes.of(field.getType()).type();
            names.add("c" + names.size());
            types.add(type);
            columns.add(new Expr.Column(alias, names.getLast(), type));
        }
        List<List<Expr>> constants = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<Expr> constant = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                constant.add(Expr.literal(row.get(i), types.get(i)));
            }
            constants.add(constant);
        }
        return new Translated.Above(new Residual.Constants(alias, names, types, constants), columns);
    }

    /** The rows of VALUES. */
    Translated values(Values values) {
        return rows(values, values.getTuples());
    }

    /** The rows of VALUES of which some are calculated or bound: each is a branch. */
    Translated values(SetOp list) {
        return rows(
                list,
                list.getInputs().stream()
                        .map(input -> ((Project) input).getProjects())
                        .toList());
    }

    /** Whether every branch is one row of what the caller says. */
    static boolean isList(SetOp setOp) {
        return setOp.kind == SqlKind.UNION
                && setOp.all
                && setOp.getInputs().stream()
                        .allMatch(input -> input instanceof Project project
                                && project.getInput() instanceof Values one
                                && one.getTuples().size() == 1
                                && project.getVariablesSet().isEmpty()
                                && project.getProjects().stream().allMatch(ConstantRows::isSaid));
    }

    /** A literal or a parameter, perhaps of another type. */
    private static boolean isSaid(RexNode node) {
        return node instanceof RexLiteral
                || node instanceof RexDynamicParam
                || node.getKind() == SqlKind.CAST
                        && isSaid(((RexCall) node).getOperands().getFirst());
    }

    private Translated rows(RelNode node, List<? extends List<? extends RexNode>> tuples) {
        String alias = scope.newAlias("v");
        List<String> names = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (RelDataTypeField field : node.getRowType().getFieldList()) {
            SqlType type = SqlTypes.of(field.getType()).type();
            names.add("c" + names.size());
            types.add(type);
            columns.add(new Expr.Column(alias, names.getLast(), type));
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (List<? extends RexNode> tuple : tuples) {
            List<Expr> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                row.add(rex.moments().cast(rex.translate(tuple.get(i), List.of()), types.get(i)));
            }
            rows.add(row);
        }
        scope.declareProtected(alias);
        return new Translated.Above(new Residual.Constants(alias, names, types, rows), columns);
    }
}
