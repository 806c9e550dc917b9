package io.weir.query.parse;

import io.weir.query.catalog.GovernedSchema;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.jspecify.annotations.Nullable;

/** A governed schema as Calcite's catalogue. */
final class GovernedCatalog {
    private GovernedCatalog() {}

    static CalciteCatalogReader reader(GovernedSchema schema, RelDataTypeFactory factory) {
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
        CalciteConnectionConfig config =
                CalciteConnectionConfigImpl.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "true");
        return new CalciteCatalogReader(root, List.of(), factory, config);
    }

    static RelDataTypeFactory types() {
        return new SqlTypeFactoryImpl(new PgTypeSystem()) {
            // A moment beside dates and local times makes moments of them all, as PostgreSQL prefers it.
            @Override
            public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule mappings) {
                return MomentTypes.areMixed(types)
                        ? MomentTypes.common(types, this)
                        : super.leastRestrictive(types, mappings);
            }

            @Override
            public Charset getDefaultCharset() {
                return StandardCharsets.UTF_8;
            }
        };
    }

    private static final class GovernedTable extends AbstractTable {
        private final GovernedSchema.Table table;

        GovernedTable(GovernedSchema.Table table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            for (GovernedSchema.Column column : table.columns()) {
                row.add(column.name(), SqlTypes.to(column.type(), column.nullable(), factory));
            }
            return row.build();
        }

        @Override
        public <C> @Nullable C unwrap(Class<C> type) {
            return type.isInstance(table) ? type.cast(table) : super.unwrap(type);
        }
    }
}
