package io.weir.query.parse;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/** A string literal of type text: Calcite's own are CHAR(n) and padded when they meet longer ones. */
final class TextLiteral extends SqlCharStringLiteral {
    TextLiteral(String text, SqlParserPos place) {
        super(new NlsString(text, null, null), place);
    }

    String text() {
        return ((NlsString) java.util.Objects.requireNonNull(getValue())).getValue();
    }

    @Override
    public TextLiteral clone(SqlParserPos place) {
        return new TextLiteral(text(), place);
    }

    @Override
    public RelDataType createSqlType(RelDataTypeFactory factory) {
        return factory.createTypeWithCharsetAndCollation(
                factory.createSqlType(SqlTypeName.VARCHAR),
                factory.getDefaultCharset(),
                org.apache.calcite.sql.SqlCollation.COERCIBLE);
    }
}
