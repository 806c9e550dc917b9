package io.weir.query.parse;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** Types as nodes of a syntax tree. */
final class TypeSpecs {
    private TypeSpecs() {}

    static SqlDataTypeSpec of(SqlType type, SqlParserPos place) {
        SqlTypeNameSpec spec = switch (type) {
            case BOOL -> basic(SqlTypeName.BOOLEAN, place);
            case INT2 -> basic(SqlTypeName.SMALLINT, place);
            case INT4 -> basic(SqlTypeName.INTEGER, place);
            case INT8 -> basic(SqlTypeName.BIGINT, place);
            case FLOAT4 -> basic(SqlTypeName.REAL, place);
            case FLOAT8 -> basic(SqlTypeName.DOUBLE, place);
            case NUMERIC ->
                new SqlBasicTypeNameSpec(
                        SqlTypeName.DECIMAL, SqlTypes.BARE_NUMERIC_PRECISION, SqlTypes.BARE_NUMERIC_SCALE, place);
            case TEXT, VARCHAR, BPCHAR -> basic(SqlTypeName.VARCHAR, place);
            case DATE -> basic(SqlTypeName.DATE, place);
            case TIME -> new SqlBasicTypeNameSpec(SqlTypeName.TIME, 6, place);
            case TIMESTAMP -> new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP, 6, place);
            case TIMESTAMPTZ -> new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 6, place);
            case INTERVAL -> new IntervalSpec(place);
            case UUID -> basic(SqlTypeName.UUID, place);
            default -> throw new IllegalArgumentException("nothing is cast to " + type.sqlName());
        };
        return new SqlDataTypeSpec(spec, place);
    }

    private static SqlTypeNameSpec basic(SqlTypeName name, SqlParserPos place) {
        return new SqlBasicTypeNameSpec(name, place);
    }

    /** The one interval type; Calcite's grammar of interval types is not PostgreSQL's. */
    private static final class IntervalSpec extends SqlTypeNameSpec {
        IntervalSpec(SqlParserPos place) {
            super(new SqlIdentifier("INTERVAL", place), place);
        }

        @Override
        public RelDataType deriveType(SqlValidator validator) {
            return SqlTypes.to(ColumnType.of(SqlType.INTERVAL), false, validator.getTypeFactory());
        }

        @Override
        public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
            writer.keyword("INTERVAL");
        }

        @Override
        public boolean equalsDeep(SqlTypeNameSpec that, Litmus litmus) {
            return that instanceof IntervalSpec || litmus.fail("{} != {}", this, that);
        }
    }
}
