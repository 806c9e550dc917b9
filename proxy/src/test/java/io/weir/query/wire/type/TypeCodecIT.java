package io.weir.query.wire.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** The golden values of {@link TypeCodecTest}, asked of a real PostgreSQL 16. */
class TypeCodecIT {
    @Test
    void goldenValuesArePostgresqls() throws SQLException {
        try (Connection connection = TestPostgres.createDatabase().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Europe/London'");
            for (Arguments golden : TypeCodecTest.golden().toList()) {
                SqlType type = (SqlType) golden.get()[0];
                String text = (String) golden.get()[2];
                try (PreparedStatement ask = connection.prepareStatement("SELECT CAST(? AS text)::" + type.sqlName()
                        + "::text, encode(" + send(type) + "(CAST(? AS text)::" + type.sqlName() + "), 'hex')")) {
                    ask.setString(1, text);
                    ask.setString(2, text);
                    try (ResultSet row = ask.executeQuery()) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getString(1)).as(type + " text").isEqualTo(printed(type, text));
                        assertThat(row.getString(2))
                                .as(type + " binary of " + text)
                                .isEqualTo(golden.get()[3]);
                    }
                }
            }
        }
    }

    @Test
    void numericsOfEveryLengthAreSentAsPostgresqlSendsThem() throws SQLException {
        List<BigDecimal> numbers = TypeCodecTest.numbers(20261127, 3_000).toList();
        try (Connection connection = TestPostgres.createDatabase().connect();
                PreparedStatement ask = connection.prepareStatement(
                        "SELECT encode(numeric_send(x), 'hex') FROM unnest(CAST(? AS numeric[])) x")) {
            ask.setArray(1, connection.createArrayOf("numeric", numbers.toArray()));
            try (ResultSet rows = ask.executeQuery()) {
                for (BigDecimal number : numbers) {
                    assertThat(rows.next()).isTrue();
                    MessageOutput out = new MessageOutput(16);
                    NumericCodec.INSTANCE.writeBinary(number, out);
                    assertThat(HexFormat.of().formatHex(out.drain()))
                            .as(number.toPlainString())
                            .isEqualTo(rows.getString(1));
                }
            }
        }
    }

    /** Casting to text spells booleans out; the output function does not. */
    private static String printed(SqlType type, String text) {
        return type == SqlType.BOOL ? (text.equals("t") ? "true" : "false") : text;
    }

    private static String send(SqlType type) {
        if (type.isArray()) {
            return "array_send";
        }
        return switch (type) {
            case BOOL -> "boolsend";
            case INT2 -> "int2send";
            case INT4 -> "int4send";
            case INT8 -> "int8send";
            case FLOAT4 -> "float4send";
            case FLOAT8 -> "float8send";
            case NUMERIC -> "numeric_send";
            case TEXT -> "textsend";
            case VARCHAR -> "varcharsend";
            case BPCHAR -> "bpcharsend";
            case DATE -> "date_send";
            case TIME -> "time_send";
            case TIMESTAMP -> "timestamp_send";
            case TIMESTAMPTZ -> "timestamptz_send";
            case INTERVAL -> "interval_send";
            case UUID -> "uuid_send";
            case BYTEA -> "byteasend";
            case JSON -> "json_send";
            case JSONB -> "jsonb_send";
            default -> throw new IllegalArgumentException(type.name());
        };
    }
}
