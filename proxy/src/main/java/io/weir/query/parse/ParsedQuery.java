package io.weir.query.parse;

import io.weir.query.catalog.GovernedSchema;
import io.weir.query.type.SqlType;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * A statement as a validated relational tree. Nothing was simplified, folded, trimmed or decorrelated: the tree says what the text says.
 *
 * <p>Scans are {@link org.apache.calcite.rel.logical.LogicalTableScan} whose table's qualified name is schema and name; see {@link
 * Scans#dataset}. Sub-queries are {@link org.apache.calcite.rex.RexSubQuery} with correlation variables. Parameters are {@link
 * org.apache.calcite.rex.RexDynamicParam} with a zero-based index ($1 is 0), possibly below a CAST.
 *
 * @param tree root; its row type has one field for each label, in order, but the field names are not the labels
 * @param labels output names as PostgreSQL computes them; may repeat
 * @param parameterTypes types of $1, $2 …: as given, else inferred
 * @param schema the schema it was validated against
 */
public record ParsedQuery(RelNode tree, List<String> labels, List<SqlType> parameterTypes, GovernedSchema schema) {
    public ParsedQuery {
        labels = List.copyOf(labels);
        parameterTypes = List.copyOf(parameterTypes);
    }
}
