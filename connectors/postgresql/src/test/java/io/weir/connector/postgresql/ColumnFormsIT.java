package io.weir.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.ColumnForm;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.source.Transfer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of a column as the server's own functions make them. */
class ColumnFormsIT extends OnTestServer {
    private PostgresSourceConnector connector;

    @BeforeEach
    void connect() {
        connector = new PostgresSourceConnector(server.config());
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private RowStream open(String sql, Transfer transfer) throws SourceException {
        return connector.open(new SourceStatement("p", "", sql, List.of(), 100, Duration.ofSeconds(20), transfer));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bool        | boolsend        | t~f
            int2        | int2send        | -32768~0~32767
            int4        | int4send        | -2147483648~0~2147483647
            int8        | int8send        | -9223372036854775808~0~9223372036854775807
            float4      | float4send      | 1.5~-0~NaN~Infinity~1e+20~3.4028235e+38
            float8      | float8send      | 0.1~-0~NaN~-Infinity~1e-07~2.2250738585072014e-308
            numeric     | numeric_send    | 0~-12.3450~0.000000000000000000000000012300~123456789012345678901234567890.10~-1000000
            text        | textsend        | plain~日本 🎈~a "b"
            varchar     | varcharsend     | plain~日本 🎈
            date        | date_send       | 2024-02-29~0044-03-15 BC~12345-01-01~infinity~-infinity
            time        | time_send       | 00:00:00~23:59:59.999999~01:02:03.1
            timestamp   | timestamp_send  | 2024-02-29 13:14:15.123456~0044-03-15 01:02:03 BC~infinity
            timestamptz | timestamptz_send| 2024-07-01 10:00:00.5+00~12345-01-01 00:00:00+00~-infinity
            uuid        | uuid_send       | 12345678-9abc-def0-1234-56789abcdef0
            """)
    void bytesAreWhatTheServerSends(String type, String send, String values) throws Exception {
        String sql = "SELECT v, encode(" + send + "(v), 'hex'), t FROM (SELECT t, t::" + type
                + " AS v FROM unnest(string_to_array('" + values
                + "', '~') || NULL::text) WITH ORDINALITY u(t, o) ORDER BY o) s";
        for (Transfer transfer :
                List.of(Transfer.TEXT, Transfer.BINARY, Transfer.ANY, Transfer.TEXT, Transfer.BINARY)) {
            try (RowStream rows = open(sql, transfer)) {
                ColumnForm form = rows.form(0).orElseThrow();
                assertThat(form.type()).isEqualTo(type);
                assertThat(form.scale()).isEqualTo(-1);
                int count = 0;
                while (rows.next()) {
                    byte[] bytes = rows.bytes(0);
                    String expected = (String) rows.value(form.binary() ? 1 : 2);
                    assertThat(
                                    bytes == null
                                            ? null
                                            : form.binary() ? HexFormat.of().formatHex(bytes) : text(bytes))
                            .as(transfer + " " + form)
                            .isEqualTo(expected);
                    count++;
                }
                assertThat(count).isEqualTo(values.split("~").length + 1);
            }
        }
    }

    @Test
    void theWishIsMetOnAFreshConnection() throws Exception {
        String sql = "SELECT 1::int4, 1.5::numeric(6,2), current_date, 'x'::text";
        for (Transfer transfer : List.of(Transfer.TEXT, Transfer.BINARY)) {
            connector.close();
            connector = new PostgresSourceConnector(server.config());
            try (RowStream rows = open(sql, transfer)) {
                boolean binary = transfer == Transfer.BINARY;
                assertThat(rows.form(0)).contains(new ColumnForm("int4", -1, binary));
                assertThat(rows.form(1)).contains(new ColumnForm("numeric", 2, binary));
                assertThat(rows.form(2)).contains(new ColumnForm("date", -1, binary));
                assertThat(rows.form(3)).contains(new ColumnForm("text", -1, false));
            }
        }
    }

    /** As {@link RowStream#value} has it. */
    @Test
    void aNumericThatIsNoNumberIsNull() throws Exception {
        String sql = "SELECT v FROM unnest('{NaN,Infinity,-Infinity,1}'::numeric[]) v";
        for (Transfer transfer : List.of(Transfer.TEXT, Transfer.BINARY)) {
            try (RowStream rows = open(sql, transfer)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.bytes(0)).isNull();
                    assertThat(rows.value(0)).isNull();
                }
                assertThat(rows.next()).isTrue();
                assertThat(rows.bytes(0)).isNotNull();
            }
        }
    }

    @Test
    void whatIsCutPaddedOrStyledHasNoForm() throws Exception {
        try (RowStream rows = open("SELECT 'a'::char(3), '1 day'::interval, 'a'::name, 1::oid", Transfer.TEXT)) {
            for (int i = 0; i < 4; i++) {
                int column = i;
                assertThat(rows.form(column)).isEmpty();
                assertThat(rows.next() || column > 0).isTrue();
                assertThatThrownBy(() -> rows.bytes(column)).isInstanceOf(IllegalStateException.class);
            }
        }
    }
}
