package io.weir.query.catalog;

import io.weir.policy.DatasetName;
import io.weir.query.type.ColumnType;
import java.util.Comparator;
import java.util.List;

/**
 * What one project may see: exactly the granted datasets and columns, with governed types. Two projects with the same view share one
 * fingerprint and one shadow database.
 *
 * @param fingerprint lower-case hex SHA-256 over everything below
 * @param tables visible tables, sorted by name
 */
public record GovernedSchema(String fingerprint, List<Table> tables) {
    public GovernedSchema {
        tables = List.copyOf(tables);
    }

    /** Sorts the tables and names the whole by its content. */
    public static GovernedSchema of(List<Table> tables) {
        List<Table> sorted =
                tables.stream().sorted(Comparator.comparing(Table::name)).toList();
        return new GovernedSchema(Fingerprint.of(sorted), sorted);
    }

    /**
     * @param name schema and name
     * @param comment tells the kind and what is permitted
     * @param columns visible columns in order
     * @param primaryKey unique key if declared true and wholly visible, else empty
     * @param foreignKeys declared links whose both ends are visible
     */
    public record Table(
            DatasetName name,
            String comment,
            List<Column> columns,
            List<String> primaryKey,
            List<ForeignKey> foreignKeys) {
        public Table {
            columns = List.copyOf(columns);
            primaryKey = List.copyOf(primaryKey);
            foreignKeys = List.copyOf(foreignKeys);
        }
    }

    /**
     * @param name column name
     * @param type type shown to analysts: of the pseudonym or the generalised value
     * @param nullable whether NULL can occur
     * @param comment tells class, generalisation, permitted comparisons
     */
    public record Column(String name, ColumnType type, boolean nullable, String comment) {}

    public record ForeignKey(List<String> columns, DatasetName target, List<String> targetColumns) {
        public ForeignKey {
            columns = List.copyOf(columns);
            targetColumns = List.copyOf(targetColumns);
        }
    }
}
