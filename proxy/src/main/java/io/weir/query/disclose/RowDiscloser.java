package io.weir.query.disclose;

import io.weir.query.execute.Executor;
import io.weir.query.execute.RawRows;
import io.weir.query.rewrite.GovernedQuery;
import io.weir.query.type.ColumnType;
import io.weir.query.type.ValueForm;
import java.util.List;

/** The stage's door for row_level answers: opens the raw stream and hands on protected rows only. */
public final class RowDiscloser {
    private final Executor executor;

    public RowDiscloser(Executor executor) {
        this.executor = executor;
    }

    /**
     * What is asked for.
     *
     * @param types of the columns as analysts see them
     * @param forms that the receiver takes the columns in; none is values for all
     */
    public record Wanted(List<ColumnType> types, List<ValueForm> forms) {
        public Wanted {
            types = List.copyOf(types);
            forms = List.copyOf(forms);
        }
    }

    /** Blocks until the source answers. The caller closes the rows. */
    public ProtectedRows open(
            GovernedQuery.Rows query, Wanted wanted, ProtectedRows.Namespaces namespaces, Executor.Context context) {
        RawRows raw = executor.rows(query, wanted.types(), wanted.forms(), context);
        try {
            return ProtectedRows.of(raw, wanted.types(), namespaces);
        } catch (RuntimeException failed) {
            raw.close();
            throw failed;
        }
    }
}
