package io.weir.query.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.BasicSqlType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The one factory of types. Immutable: types without modifiers are made once. */
final class PgTypeFactory extends SqlTypeFactoryImpl {
    static final RelDataTypeFactory INSTANCE = new PgTypeFactory();

    private final Map<SqlTypeName, RelDataType> plain;

    private PgTypeFactory() {
        super(new PgTypeSystem());
        Map<SqlTypeName, RelDataType> made = new EnumMap<>(SqlTypeName.class);
        for (SqlTypeName name : List.of(
                SqlTypeName.BOOLEAN,
                SqlTypeName.SMALLINT,
                SqlTypeName.INTEGER,
                SqlTypeName.BIGINT,
                SqlTypeName.DECIMAL,
                SqlTypeName.REAL,
                SqlTypeName.DOUBLE,
                SqlTypeName.VARCHAR,
                SqlTypeName.DATE,
                SqlTypeName.UUID,
                SqlTypeName.NULL,
                SqlTypeName.UNKNOWN)) {
            made.put(name, super.createSqlType(name));
        }
        plain = made;
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name) {
        // There is no map while this is made.
        RelDataType known = plain == null ? null : plain.get(name);
        return known == null ? super.createSqlType(name) : known;
    }

    /** Most types are as nullable as they have to be. */
    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        return type instanceof BasicSqlType && type.isNullable() == nullable
                ? type
                : super.createTypeWithNullability(type, nullable);
    }

    /** Asked for every reference to a column of text, which has both. Equal collations may differ in how much they count. */
    @Override
    public RelDataType createTypeWithCharsetAndCollation(RelDataType type, Charset charset, SqlCollation collation) {
        SqlCollation own = type.getCollation();
        boolean same = type instanceof BasicSqlType
                && charset.equals(type.getCharset())
                && own != null
                && own.equals(collation)
                && own.getCoercibility() == collation.getCoercibility();
        return same ? type : super.createTypeWithCharsetAndCollation(type, charset, collation);
    }

    // A moment beside dates and local times makes moments of them all, as PostgreSQL prefers it.
    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule mappings) {
        return MomentTypes.areMixed(types) ? MomentTypes.common(types, this) : super.leastRestrictive(types, mappings);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }
}
