package io.weir.query.rewrite;

import io.weir.connector.source.Bind;
import java.util.List;
import java.util.Set;

/**
 * One generated SELECT. Only {@code rewrite} can make one.
 */
public final class GeneratedSelect {
    private final SqlDialect dialect;
    private final String sql;
    private final List<Bind> binds;
    private final List<OutputColumn> outputs;
    private final Set<String> relations;
    private final boolean capped;

    /** Of all rows. */
    GeneratedSelect(
            SqlDialect dialect, String sql, List<Bind> binds, List<OutputColumn> outputs, Set<String> relations) {
        this(dialect, sql, binds, outputs, relations, false);
    }

    GeneratedSelect(
            SqlDialect dialect,
            String sql,
            List<Bind> binds,
            List<OutputColumn> outputs,
            Set<String> relations,
            boolean capped) {
        this.capped = capped;
        this.dialect = dialect;
        this.sql = sql;
        this.binds = List.copyOf(binds);
        this.outputs = List.copyOf(outputs);
        this.relations = Set.copyOf(relations);
    }

    public SqlDialect dialect() {
        return dialect;
    }

    public String sql() {
        return sql;
    }

    public List<Bind> binds() {
        return binds;
    }

    /** The output plan: the outermost select list must be exactly this. */
    public List<OutputColumn> outputs() {
        return outputs;
    }

    /** Source relations it may read, as {@code schema.name}. */
    public Set<String> relations() {
        return relations;
    }

    /** Whether it must say how many rows it gives at most. */
    public boolean capped() {
        return capped;
    }
}
