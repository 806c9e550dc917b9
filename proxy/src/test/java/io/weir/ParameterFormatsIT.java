package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.session.WireClient;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter is ruled on as the literal that it is, whether it comes as text or in PostgreSQL's binary format, and though it be no number and no day. */
class ParameterFormatsIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static final int INT8 = 20;
    private static final int TEXT = 25;
    private static final int FLOAT8 = 701;
    private static final int UNKNOWN = 705;
    private static final int DATE = 1082;
    private static final int TIMESTAMP = 1114;
    private static final int NUMERIC = 1700;
    private static final byte[] SYNC = WireClient.message('S', new byte[0]);

    private static final String DEARER = "select count(*) from hospital.admissions where cost > %s";
    private static final String BEFORE = "select count(*) from hospital.admissions where admitted < %s";
    private static final String BEGINS = "select count(*) from hospital.admissions where icd10 like %s";

    /**
     * One value, three times.
     *
     * @param text as text
     * @param binary as PostgreSQL's send function writes it
     */
    record Form(String sql, String literal, int type, String text, byte[] binary) {
        @Override
        public String toString() {
            return sql.formatted(literal);
        }
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form(DEARER, "'NaN'::numeric", NUMERIC, "NaN", numeric(0, 0xC000, 0)),
                new Form(DEARER, "'Infinity'::numeric", NUMERIC, "Infinity", numeric(0, 0xD000, 0)),
                new Form(DEARER, "'-Infinity'::numeric", NUMERIC, "-Infinity", numeric(0, 0xF000, 0)),
                new Form(DEARER, "54321.09", NUMERIC, "54321.09", numeric(1, 0, 2, 5, 4321, 900)),
                new Form(DEARER, "1000", NUMERIC, "1000", numeric(0, 0, 0, 1000)),
                new Form(DEARER, "'NaN'::float8", FLOAT8, "NaN", float8(Double.NaN)),
                new Form(DEARER, "'Infinity'::float8", FLOAT8, "Infinity", float8(Double.POSITIVE_INFINITY)),
                new Form(DEARER, "54321.09::float8", FLOAT8, "54321.09", float8(54321.09)),
                new Form(DEARER, "1000::bigint", INT8, "1000", int8(1000)),
                new Form(DEARER, "1001::bigint", INT8, "1001", int8(1001)),
                new Form(BEFORE, "date 'infinity'", DATE, "infinity", int4(Integer.MAX_VALUE)),
                new Form(BEFORE, "date '-infinity'", DATE, "-infinity", int4(Integer.MIN_VALUE)),
                new Form(BEFORE, "date '2024-03-01'", DATE, "2024-03-01", day("2024-03-01")),
                new Form(BEFORE, "date '2024-03-02'", DATE, "2024-03-02", day("2024-03-02")),
                new Form(BEFORE, "timestamp 'infinity'", TIMESTAMP, "infinity", int8(Long.MAX_VALUE)),
                new Form(BEGINS, "'C%'", TEXT, "C%", utf8("C%")),
                new Form(BEGINS, "'C18%'", TEXT, "C18%", utf8("C18%")),
                new Form(BEGINS, "'C18%'", UNKNOWN, "C18%", utf8("C18%")),
                new Form(
                        "select count(*) from hospital.patients where patient_id = %s",
                        "9000010::bigint", INT8, "9000010", int8(9_000_010)),
                new Form(
                        "select sum(case when nhs_number = %s then 1 end) from hospital.patients",
                        "'0000000010'", TEXT, "0000000010", utf8("0000000010")));
    }

    @Tag("S38")
    @ParameterizedTest
    @MethodSource("forms")
    void aValueIsRuledOnAlikeInBothFormats(Form form) throws IOException {
        try (WireClient client = loggedIn()) {
            client.send(WireClient.query(form.sql().formatted(form.literal())));
            List<String> literal = said(client);
            String sql = form.sql().formatted("$1");
            bound(client, sql, form.type(), 0, utf8(form.text()));
            assertThat(said(client)).as("text").isEqualTo(literal);
            bound(client, sql, form.type(), 1, form.binary());
            assertThat(said(client)).as("binary").isEqualTo(literal);
        }
    }

    /** Types that Weir does not know, and those that nobody knows: geometry, networks, an OID of no type. */
    @Tag("S38")
    @ParameterizedTest
    @ValueSource(ints = {600, 869, 3904, 999_999})
    void aValueOfATypeThatIsNotKnownIsRefused(int type) throws IOException {
        try (WireClient client = loggedIn()) {
            bound(client, BEGINS.formatted("$1"), type, 0, utf8("C18%"));
            assertThat(said(client)).singleElement().asString().startsWith("0A000 ");
        }
    }

    private static WireClient loggedIn() throws IOException {
        WireClient client = WireClient.overTls(WEIR.postgresPort());
        assertThat(client.login("ada", "diabetes", WEIR.password("ada")).tag()).isEqualTo('Z');
        client.patience(60_000);
        return client;
    }

    private static void bound(WireClient client, String sql, int type, int format, byte[] value) throws IOException {
        client.send(
                WireClient.message(
                        'P',
                        new MessageOutput(256)
                                .string("")
                                .string(sql)
                                .int16(1)
                                .int32(type)
                                .drain()),
                WireClient.message(
                        'B',
                        new MessageOutput(256)
                                .string("")
                                .string("")
                                .int16(1)
                                .int16(format)
                                .int16(1)
                                .int32(value.length)
                                .bytes(value)
                                .int16(0)
                                .drain()),
                WireClient.message('E', new MessageOutput(8).string("").int32(0).drain()),
                SYNC);
    }

    /** Rows and refusals until the next ReadyForQuery. */
    private static List<String> said(WireClient client) throws IOException {
        List<String> said = new ArrayList<>();
        for (WireClient.Message message = client.read(); message.tag() != 'Z'; message = client.read()) {
            if (message.tag() == 'E') {
                Refusal refusal = Refusal.of(message);
                // What no type has is no value of it, said in the words of who reads it: the literal's reader or the
                // parameter's.
                said.add(
                        refusal.detail().contains("code INVALID_VALUE,")
                                ? refusal.state() + " INVALID_VALUE"
                                : refusal.state() + " " + refusal.words());
            } else if (message.tag() == 'D') {
                said.add("row " + new String(message.body(), StandardCharsets.UTF_8));
            }
        }
        return said;
    }

    private static byte[] numeric(int weight, int sign, int scale, int... digits) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 2 * digits.length)
                .putShort((short) digits.length)
                .putShort((short) weight)
                .putShort((short) sign)
                .putShort((short) scale);
        for (int digit : digits) {
            bytes.putShort((short) digit);
        }
        return bytes.array();
    }

    private static byte[] float8(double value) {
        return ByteBuffer.allocate(8).putDouble(value).array();
    }

    private static byte[] int8(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] int4(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] day(String day) {
        return int4((int) ChronoUnit.DAYS.between(LocalDate.of(2000, 1, 1), LocalDate.parse(day)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
