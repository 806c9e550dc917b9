package io.weir.query.parse;

import io.weir.policy.DatasetName;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.GovernedSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What column names mean inside one SELECT: its range table, and the columns that an unqualified name or {@code *} can stand for (columns
 * merged by USING count once).
 */
final class NameScope {
    /**
     * @param alias name in this SELECT
     * @param table the governed table, or null for a sub-query
     */
    record Entry(String alias, List<String> columns, GovernedSchema.@Nullable Table table) {}

    /** A visible column and the expression that yields it. */
    record Visible(String name, SqlNode expression) {}

    final List<Entry> entries = new ArrayList<>();
    List<Visible> visible = new ArrayList<>();
    final @Nullable NameScope outer;

    NameScope(@Nullable NameScope outer) {
        this.outer = outer;
    }

    static NameScope of(Entry entry, @Nullable NameScope outer) {
        NameScope scope = new NameScope(outer);
        scope.entries.add(entry);
        for (String column : entry.columns()) {
            scope.visible.add(new Visible(column, qualified(entry.alias(), column, SqlParserPos.ZERO)));
        }
        return scope;
    }

    static SqlIdentifier qualified(String alias, String column, SqlParserPos place) {
        return new SqlIdentifier(List.of(alias, column), place);
    }

    /** Resolves a reference here or in an outer query. */
    SqlNode resolve(SqlIdentifier id) {
        List<String> names = id.names;
        return switch (names.size()) {
            case 1 -> unqualified(id);
            case 2 -> member(id, names.get(0), names.get(1), null);
            case 3 -> member(id, names.get(1), names.get(2), names.get(0));
            default ->
                throw new StatementException(
                        ProblemCode.UNKNOWN_COLUMN, "\"" + String.join(".", names) + "\"", id.getParserPosition());
        };
    }

    private SqlNode unqualified(SqlIdentifier id) {
        String name = id.getSimple();
        for (NameScope scope = this; scope != null; scope = scope.outer) {
            SqlNode found = scope.here(id, name);
            if (found != null) {
                return found;
            }
        }
        throw new StatementException(
                ProblemCode.UNKNOWN_COLUMN, "column \"" + name + "\" does not exist", id.getParserPosition());
    }

    /** The column of this SELECT with a name, or null; two are one too many. */
    @Nullable
    SqlNode here(SqlIdentifier id, String name) {
        Visible found = null;
        for (Visible column : visible) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw new StatementException(
                            ProblemCode.UNKNOWN_COLUMN,
                            "column reference \"" + name + "\" is ambiguous",
                            "write the table's name or alias before it",
                            id.getParserPosition());
                }
                found = column;
            }
        }
        return found == null ? null : found.expression().clone(id.getParserPosition());
    }

    private SqlNode member(SqlIdentifier id, String alias, String column, @Nullable String schema) {
        for (NameScope scope = this; scope != null; scope = scope.outer) {
            Entry entry = scope.entry(alias, schema, id);
            if (entry != null) {
                if (!entry.columns().contains(column)) {
                    throw new StatementException(
                            ProblemCode.UNKNOWN_COLUMN,
                            "column " + alias + "." + column + " does not exist",
                            id.getParserPosition());
                }
                return qualified(entry.alias(), column, id.getParserPosition());
            }
        }
        throw new StatementException(
                ProblemCode.UNKNOWN_RELATION,
                "missing FROM-clause entry for table \"" + alias + "\"",
                id.getParserPosition());
    }

    /** The entry of this SELECT with an alias (or a table's own name qualified by its schema), or null. */
    @Nullable
    Entry entry(String alias, @Nullable String schema, SqlIdentifier id) {
        Entry found = null;
        for (Entry entry : entries) {
            boolean matches = entry.alias().equals(alias)
                    && (schema == null
                            || (entry.table() != null && entry.table().name().equals(new DatasetName(schema, alias))));
            if (matches) {
                if (found != null) {
                    throw new StatementException(
                            ProblemCode.SYNTAX,
                            "table name \"" + alias + "\" specified more than once",
                            id.getParserPosition());
                }
                found = entry;
            }
        }
        return found;
    }
}
