package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.ColumnClass;
import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Grant;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.parse.Scans;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * What a scanned table is to the asker: rows of known units with the granted columns, or reference data. Refuses what is not granted, and
 * data about people that lead to no subject.
 */
final class ScanTranslator {
    private final Scope scope;
    private final Ruling ruling;
    private final ConstantRows constants;
    private final boolean rowView;

    ScanTranslator(Scope scope, Ruling ruling, ConstantRows constants, boolean rowView) {
        this.scope = scope;
        this.ruling = ruling;
        this.constants = constants;
        this.rowView = rowView;
    }

    Translated translate(TableScan scan) {
        DatasetName name = Scans.dataset(scan);
        List<List<@Nullable Object>> own = ruling.own().get(name);
        if (own != null) {
            return constants.own(scan, own);
        }
        Dataset dataset = ruling.policy().datasets().get(name);
        Grant grant = ruling.grants().get(name);
        if (dataset == null || grant == null) {
            throw refuse(ProblemCode.UNKNOWN_RELATION, name.toString());
        }
        String alias = scope.newAlias("s");
        Rel.Scan rel = new Rel.Scan(alias, dataset, grant, rowView);
        Map<String, ColumnInfo> infos = new LinkedHashMap<>();
        List<Expr> columns = new ArrayList<>();
        for (RelDataTypeField field : scan.getRowType().getFieldList()) {
            io.weir.policy.Column column = dataset.column(field.getName())
                    .filter(c -> grant.columns().contains(c.name()))
                    .orElseThrow(() -> refuse(ProblemCode.UNKNOWN_COLUMN, field.getName()));
            infos.put(column.name(), ColumnInfo.of(dataset, column, ruling.policy()));
            // Identifiers are computed with as they lie in the source, whatever type their pseudonyms are shown as.
            SqlType type = column.columnClass() == ColumnClass.IDENTIFIER
                    ? column.type().type()
                    : SqlTypes.of(field.getType()).type();
            columns.add(new Expr.Column(alias, column.name(), type));
        }
        List<UnitRows.Unit> units = List.of();
        if (rel.personal()) {
            Dataset.SubjectKey key = subjectKey(dataset);
            infos.put(Rel.SUBJECT, ColumnInfo.subjectKey(key.namespace()));
            SqlType type = subjectType(dataset);
            units = List.of(new UnitRows.Unit(alias, Scope.subjectOf(alias, type), key.namespace()));
        }
        scope.declareScan(rel, infos);
        return new UnitRows(rel, columns, units, null);
    }

    /** The key at the end of the chain of carrying links. */
    private Dataset.SubjectKey subjectKey(Dataset dataset) {
        return Objects.requireNonNull(holder(dataset).subject());
    }

    private SqlType subjectType(Dataset dataset) {
        Dataset holder = holder(dataset);
        String column = Objects.requireNonNull(holder.subject()).column();
        return holder.column(column).map(c -> c.type().type()).orElse(SqlType.TEXT);
    }

    /** The dataset that has the subject key. */
    private Dataset holder(Dataset dataset) {
        Dataset at = dataset;
        while (at.subject() == null) {
            at = at.subjectLink()
                    .map(l -> ruling.policy().datasets().get(l.target()))
                    .orElseThrow(() -> refuse(
                            ProblemCode.SHAPE,
                            "%s has no subject".formatted(dataset.name()),
                            "Ask the operator for a link that leads to the person."));
        }
        return at;
    }
}
