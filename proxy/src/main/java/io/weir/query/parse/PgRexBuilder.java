package io.weir.query.parse;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Keeps every cast, also of a literal: Calcite would fold it with Java's rounding and formats. */
final class PgRexBuilder extends RexBuilder {
    private static final RelDataType TEXT = PgTypeFactory.INSTANCE.createTypeWithCharsetAndCollation(
            PgTypeFactory.INSTANCE.createSqlType(SqlTypeName.VARCHAR),
            PgTypeFactory.INSTANCE.getDefaultCharset(),
            SqlCollation.COERCIBLE);

    PgRexBuilder() {
        super(PgTypeFactory.INSTANCE);
    }

    @Override
    public RexNode makeCast(
            SqlParserPos place,
            RelDataType type,
            RexNode expression,
            boolean matchNullability,
            boolean safe,
            @Nullable RexLiteral format) {
        RelDataType from = expression.getType();
        if (SqlTypeUtil.equalSansNullability(typeFactory, from, type)) {
            return expression;
        }
        if (expression instanceof RexLiteral literal && literal.isNull()) {
            return super.makeCast(place, type, expression, matchNullability, safe, format);
        }
        RelDataType to = matchNullability ? type : typeFactory.createTypeWithNullability(type, from.isNullable());
        return makeAbstractCast(place, to, expression, safe, format);
    }

    /** Calcite gives the members of an IN list the type of what they are compared with, and so cuts or rounds them. */
    @Override
    public RexNode ensureType(RelDataType type, RexNode node, boolean matchNullability) {
        boolean numbers = Arithmetic.isNumber(type) && Arithmetic.isNumber(node.getType());
        boolean texts = SqlTypeUtil.inCharFamily(type) && SqlTypeUtil.inCharFamily(node.getType());
        return numbers || texts ? node : super.ensureType(type, node, matchNullability);
    }

    @Override
    public RexLiteral makeCharLiteral(NlsString text) {
        return makeLiteral(
                new NlsString(text.getValue(), typeFactory.getDefaultCharset().name(), SqlCollation.COERCIBLE),
                TEXT,
                SqlTypeName.CHAR);
    }
}
