package io.weir.query.parse;

import io.weir.policy.DatasetName;
import io.weir.query.catalog.GovernedSchema;
import java.util.List;
import org.apache.calcite.rel.core.TableScan;

/** Which governed table a scan reads. */
public final class Scans {
    private Scans() {}

    public static DatasetName dataset(TableScan scan) {
        List<String> names = scan.getTable().getQualifiedName();
        return new DatasetName(names.get(names.size() - 2), names.get(names.size() - 1));
    }

    /** The table with its columns, which are the fields of the scan in the same order. */
    public static GovernedSchema.Table table(TableScan scan) {
        return scan.getTable().unwrapOrThrow(GovernedSchema.Table.class);
    }
}
