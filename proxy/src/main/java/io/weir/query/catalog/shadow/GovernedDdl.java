package io.weir.query.catalog.shadow;

import io.weir.policy.DatasetName;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.GovernedSchema.Column;
import io.weir.query.catalog.GovernedSchema.ForeignKey;
import io.weir.query.catalog.GovernedSchema.Table;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns a governed schema into statements that create its empty tables. Keys and NOT NULL appear only as the schema declares them, for
 * PostgreSQL's planner believes them.
 */
final class GovernedDdl {
    private final Map<DatasetName, Table> tables = new HashMap<>();
    private final Map<DatasetName, Set<Set<String>>> uniqueKeys = new HashMap<>();
    private final List<String> statements = new ArrayList<>();

    private GovernedDdl() {}

    static List<String> statements(GovernedSchema schema) {
        GovernedDdl ddl = new GovernedDdl();
        ddl.write(schema);
        return List.copyOf(ddl.statements);
    }

    /** The schemas in which unqualified names are looked up. Our own come last: a project's table of the same name wins. */
    static List<String> searchPath(GovernedSchema schema) {
        Set<String> names = new TreeSet<>();
        schema.tables().forEach(table -> names.add(table.name().schema()));
        boolean own = names.remove(ShadowCatalogue.OWN_SCHEMA);
        Set<String> path = new LinkedHashSet<>(names);
        path.add("public");
        if (own) {
            path.add(ShadowCatalogue.OWN_SCHEMA);
        }
        return List.copyOf(path);
    }

    private void write(GovernedSchema schema) {
        for (String name : new TreeSet<>(searchPath(schema))) {
            if (!name.equals("public")) {
                statements.add("CREATE SCHEMA " + Sql.identifier(name));
                statements.add("GRANT USAGE ON SCHEMA " + Sql.identifier(name) + " TO PUBLIC");
            }
        }
        for (Table table : schema.tables()) {
            tables.put(table.name(), table);
            create(table);
        }
        for (Table table : schema.tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                link(table, key);
            }
        }
    }

    private void create(Table table) {
        String name = name(table.name());
        String columns = table.columns().stream()
                .map(column -> Sql.identifier(column.name()) + " " + Sql.type(column.type())
                        + (column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        statements.add("CREATE TABLE " + name + " (" + columns + ")");
        statements.add("GRANT SELECT ON " + name + " TO PUBLIC");
        statements.add("COMMENT ON TABLE " + name + " IS " + Sql.literal(table.comment()));
        for (Column column : table.columns()) {
            statements.add("COMMENT ON COLUMN " + name + "." + Sql.identifier(column.name()) + " IS "
                    + Sql.literal(column.comment()));
        }
        Set<Set<String>> unique = new HashSet<>();
        uniqueKeys.put(table.name(), unique);
        if (!table.primaryKey().isEmpty()) {
            boolean neverNull = table.columns().stream()
                    .filter(column -> table.primaryKey().contains(column.name()))
                    .noneMatch(Column::nullable);
            statements.add("ALTER TABLE " + name + " ADD " + (neverNull ? "PRIMARY KEY" : "UNIQUE")
                    + list(table.primaryKey()));
            unique.add(Set.copyOf(table.primaryKey()));
        }
    }

    private void link(Table table, ForeignKey key) {
        Table target = tables.get(key.target());
        if (target == null || !comparable(table, key, target)) {
            return;
        }
        Set<Set<String>> unique = uniqueKeys.getOrDefault(target.name(), Set.of());
        if (unique.add(Set.copyOf(key.targetColumns()))) {
            statements.add("ALTER TABLE " + name(target.name()) + " ADD UNIQUE" + list(key.targetColumns()));
        }
        statements.add("ALTER TABLE " + name(table.name()) + " ADD FOREIGN KEY" + list(key.columns()) + " REFERENCES "
                + name(target.name()) + list(key.targetColumns()));
    }

    /** PostgreSQL refuses a key between types without a common equality; a view may have generalised one end only. */
    private static boolean comparable(Table table, ForeignKey key, Table target) {
        for (int i = 0; i < key.columns().size(); i++) {
            SqlType from = type(table, key.columns().get(i));
            SqlType to = type(target, key.targetColumns().get(i));
            boolean same = from == to || (from.isText() && to.isText()) || (from.isInteger() && to.isInteger());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static SqlType type(Table table, String column) {
        return table.columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a key names a column that is not visible"))
                .type()
                .type();
    }

    private static String name(DatasetName name) {
        return Sql.identifier(name.schema()) + "." + Sql.identifier(name.name());
    }

    private static String list(List<String> columns) {
        return columns.stream().map(Sql::identifier).collect(Collectors.joining(", ", " (", ")"));
    }
}
