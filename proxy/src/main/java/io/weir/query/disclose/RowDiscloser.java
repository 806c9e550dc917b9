package io.weir.query.disclose;

import io.weir.query.execute.Executor;
import io.weir.query.rewrite.GovernedQuery;
import io.weir.query.type.ColumnType;
import java.util.List;

/** The stage's door for row_level answers: opens the raw stream and hands on protected rows only. */
public final class RowDiscloser {
    private final Executor executor;

    public RowDiscloser(Executor executor) {
        this.executor = executor;
    }

    /** Blocks until the source answers. The caller closes the rows. */
    public ProtectedRows open(
            GovernedQuery.Rows query,
            List<ColumnType> types,
            ProtectedRows.Namespaces namespaces,
            Executor.Context context) {
        return ProtectedRows.of(executor.rows(query, context), types, namespaces);
    }
}
