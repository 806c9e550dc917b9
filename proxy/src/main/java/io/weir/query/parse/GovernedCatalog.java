package io.weir.query.parse;

import io.weir.query.catalog.GovernedSchema;
import io.weir.recent.RecentlyUsed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** Governed schemas as Calcite's catalogues; those that were used last are kept. Thread-safe. */
final class GovernedCatalog {
    private static final int KEPT = 64;

    private static final CalciteConnectionConfig CASE_SENSITIVE =
            CalciteConnectionConfigImpl.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "true");

    private final RecentlyUsed<String, Known> recent = new RecentlyUsed<>(KEPT);

    private record Known(GovernedSchema schema, CalciteCatalogReader reader) {}

    CalciteCatalogReader of(GovernedSchema schema) {
        Known known = recent.get(schema.fingerprint());
        // The fingerprint finds it; that it is of the same tables is not left to the fingerprint.
        if (known == null || !known.schema().equals(schema)) {
            known = new Known(schema, reader(schema));
            recent.put(schema.fingerprint(), known);
        }
        return known.reader();
    }

    private static CalciteCatalogReader reader(GovernedSchema schema) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        Map<String, Map<String, Table>> schemas = new HashMap<>();
        for (GovernedSchema.Table table : schema.tables()) {
            schemas.computeIfAbsent(table.name().schema(), s -> new HashMap<>())
                    .put(table.name().name(), new GovernedTable(table));
        }
        schemas.forEach((name, tables) -> root.add(name, new AbstractSchema() {
            @Override
            protected Map<String, Table> getTableMap() {
                return tables;
            }
        }));
        return new CalciteCatalogReader(root, List.of(), PgTypeFactory.INSTANCE, CASE_SENSITIVE);
    }

    private static final class GovernedTable extends AbstractTable {
        private final GovernedSchema.Table table;
        private final RelDataType row;

        GovernedTable(GovernedSchema.Table table) {
            this.table = table;
            RelDataTypeFactory.Builder builder = PgTypeFactory.INSTANCE.builder();
            for (GovernedSchema.Column column : table.columns()) {
                builder.add(column.name(), SqlTypes.to(column.type(), column.nullable(), PgTypeFactory.INSTANCE));
            }
            this.row = builder.build();
        }

        /** Of {@link PgTypeFactory}, the one factory that there is. */
        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            return row;
        }

        @Override
        public <C> @Nullable C unwrap(Class<C> type) {
            return type.isInstance(table) ? type.cast(table) : super.unwrap(type);
        }
    }
}
