package io.weir.query.parse;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;

public final class PgOperators {
    public static final SqlBinaryOperator AT_TIME_ZONE =
            new SqlBinaryOperator("at time zone", SqlKind.OTHER, 90, true, null, null, null);

    private PgOperators() {}
}
