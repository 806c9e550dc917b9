package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Residual;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;
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
        String alias = scope.newAlias("v");
        List<String> names = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (RelDataTypeField field : values.getRowType().getFieldList()) {
            SqlType type = SqlTypes.of(field.getType()).type();
            names.add("c" + names.size());
            types.add(type);
            columns.add(new Expr.Column(alias, names.getLast(), type));
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
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
