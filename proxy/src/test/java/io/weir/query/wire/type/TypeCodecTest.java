package io.weir.query.wire.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.type.Bytea;
import io.weir.query.type.PgArray;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts and bytes as PostgreSQL's own {@code value::text} and {@code type_send(value)} give them, TimeZone Europe/London. */
class TypeCodecTest {
    private static final TextStyle LONDON = new TextStyle(ZoneId.of("Europe/London"), 1);

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(SqlType.BOOL, true, "t", "01"),
                Arguments.of(SqlType.BOOL, false, "f", "00"),
                Arguments.of(SqlType.INT2, -2, "-2", "fffe"),
                Arguments.of(SqlType.INT4, 123456, "123456", "0001e240"),
                Arguments.of(SqlType.INT8, -1L, "-1", "ffffffffffffffff"),
                Arguments.of(SqlType.FLOAT4, 1.5f, "1.5", "3fc00000"),
                Arguments.of(SqlType.FLOAT4, 1e6f, "1e+06", "49742400"),
                Arguments.of(SqlType.FLOAT4, 123456f, "123456", "47f12000"),
                Arguments.of(SqlType.FLOAT8, 0.1, "0.1", "3fb999999999999a"),
                Arguments.of(SqlType.FLOAT8, 1e15, "1e+15", "430c6bf526340000"),
                Arguments.of(SqlType.FLOAT8, 1e14, "100000000000000", "42d6bcc41e900000"),
                Arguments.of(SqlType.FLOAT8, 0.0001, "0.0001", "3f1a36e2eb1c432d"),
                Arguments.of(SqlType.FLOAT8, Double.MIN_VALUE, "5e-324", "0000000000000001"),
                Arguments.of(SqlType.FLOAT8, -0.0, "-0", "8000000000000000"),
                Arguments.of(SqlType.FLOAT8, Double.NaN, "NaN", "7ff8000000000000"),
                Arguments.of(SqlType.FLOAT8, Double.NEGATIVE_INFINITY, "-Infinity", "fff0000000000000"),
                Arguments.of(SqlType.NUMERIC, new BigDecimal("0"), "0", "0000000000000000"),
                Arguments.of(SqlType.NUMERIC, new BigDecimal("0.00"), "0.00", "0000000000000002"),
                Arguments.of(SqlType.NUMERIC, new BigDecimal("10000"), "10000", "00010001000000000001"),
                Arguments.of(SqlType.NUMERIC, new BigDecimal("-12.345"), "-12.345", "0002000040000003000c0d7a"),
                Arguments.of(SqlType.NUMERIC, new BigDecimal("0.0001"), "0.0001", "0001ffff000000040001"),
                Arguments.of(
                        SqlType.NUMERIC,
                        new BigDecimal("100000000.5"),
                        "100000000.5",
                        "00040002000000010001000000001388"),
                Arguments.of(SqlType.TEXT, "Grüße", "Grüße", "4772c3bcc39f65"),
                Arguments.of(SqlType.DATE, LocalDate.of(2000, 1, 1), "2000-01-01", "00000000"),
                Arguments.of(SqlType.DATE, LocalDate.of(1999, 12, 31), "1999-12-31", "ffffffff"),
                Arguments.of(SqlType.TIME, LocalTime.of(0, 0, 1, 160_000_000), "00:00:01.16", "000000000011b340"),
                Arguments.of(
                        SqlType.TIMESTAMP,
                        LocalDateTime.of(2000, 1, 1, 0, 0, 1),
                        "2000-01-01 00:00:01",
                        "00000000000f4240"),
                Arguments.of(
                        SqlType.TIMESTAMPTZ,
                        Instant.parse("2000-01-01T00:00:01Z"),
                        "2000-01-01 00:00:01+00",
                        "00000000000f4240"),
                Arguments.of(
                        SqlType.INTERVAL,
                        new PgInterval(14, 3, 1_000_000L),
                        "1 year 2 mons 3 days 00:00:01",
                        "00000000000f4240000000030000000e"),
                Arguments.of(
                        SqlType.INTERVAL,
                        new PgInterval(-14, 3, -1_000_000L),
                        "-1 years -2 mons +3 days -00:00:01",
                        "fffffffffff0bdc000000003fffffff2"),
                Arguments.of(SqlType.INTERVAL, new PgInterval(0, 0, 0), "00:00:00", "00000000000000000000000000000000"),
                Arguments.of(
                        SqlType.UUID,
                        UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"),
                        "12345678-9abc-def0-1234-56789abcdef0",
                        "123456789abcdef0123456789abcdef0"),
                Arguments.of(SqlType.BYTEA, Bytea.of(new byte[] {0, 'a', (byte) 0xff}), "\\x0061ff", "0061ff"),
                Arguments.of(SqlType.BYTEA, Bytea.of(new byte[0]), "\\x", ""),
                Arguments.of(SqlType.JSON, "{\"b\" :1,\"b\":2}", "{\"b\" :1,\"b\":2}", "7b226222203a312c2262223a327d"),
                Arguments.of(
                        SqlType.JSONB,
                        "{\"a\": [1, null]}",
                        "{\"a\": [1, null]}",
                        "017b2261223a205b312c206e756c6c5d7d"),
                Arguments.of(SqlType.INT4_ARRAY, PgArray.of(List.of()), "{}", "000000000000000000000017"),
                Arguments.of(
                        SqlType.INT4_ARRAY,
                        PgArray.of(Arrays.asList(1, null)),
                        "{1,NULL}",
                        "000000010000000100000017000000020000000100000004" + "00000001ffffffff"),
                Arguments.of(
                        SqlType.INT2_ARRAY,
                        new PgArray(List.of(2), List.of(-1), List.of(7, -7)),
                        "[-1:0]={7,-7}",
                        "00000001000000000000001500000002ffffffff00000002000700000002fff9"),
                Arguments.of(
                        SqlType.INT8_ARRAY,
                        new PgArray(List.of(2, 1), List.of(1, 1), List.of(1L, 2L)),
                        "{{1},{2}}",
                        "000000020000000000000014000000020000000100000001000000010000000800000000000000010000000800000000"
                                + "00000002"),
                Arguments.of(
                        SqlType.TEXT_ARRAY,
                        PgArray.of(Arrays.asList("", "null", "a b", "c\"\\", "é,", null, "plain")),
                        "{\"\",\"null\",\"a b\",\"c\\\"\\\\\",\"é,\",NULL,plain}",
                        "00000001000000010000001900000007000000010000000000000004" + "6e756c6c" + "00000003612062"
                                + "0000000363225c" + "00000003c3a92c" + "ffffffff" + "00000005706c61696e"),
                Arguments.of(
                        SqlType.BOOL_ARRAY,
                        PgArray.of(List.of(true, false)),
                        "{t,f}",
                        "00000001000000000000001000000002000000010000000101" + "0000000100"),
                Arguments.of(
                        SqlType.FLOAT8_ARRAY,
                        PgArray.of(List.of(1e15, Double.NaN)),
                        "{1e+15,NaN}",
                        "0000000100000000000002bd000000020000000100000008430c6bf526340000000000087ff8000000000000"),
                Arguments.of(
                        SqlType.FLOAT4_ARRAY,
                        PgArray.of(List.of(1.5f)),
                        "{1.5}",
                        "0000000100000000000002bc0000000100000001000000043fc00000"),
                Arguments.of(
                        SqlType.NUMERIC_ARRAY,
                        PgArray.of(List.of(new BigDecimal("0.00"))),
                        "{0.00}",
                        "0000000100000000000006a40000000100000001000000080000000000000002"),
                Arguments.of(
                        SqlType.DATE_ARRAY,
                        PgArray.of(List.of(LocalDate.of(2000, 1, 1))),
                        "{2000-01-01}",
                        "00000001000000000000043a00000001000000010000000400000000"),
                Arguments.of(
                        SqlType.TIMESTAMP_ARRAY,
                        PgArray.of(List.of(LocalDateTime.of(2000, 1, 1, 0, 0, 1))),
                        "{\"2000-01-01 00:00:01\"}",
                        "00000001000000000000045a00000001000000010000000800000000000f4240"),
                Arguments.of(
                        SqlType.TIMESTAMPTZ_ARRAY,
                        PgArray.of(List.of(Instant.parse("2000-07-01T00:00:01Z"))),
                        "{\"2000-07-01 01:00:01+01\"}",
                        "0000000100000000000004a000000001000000010000000800000e4d372d8240"),
                Arguments.of(
                        SqlType.UUID_ARRAY,
                        PgArray.of(List.of(UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"))),
                        "{12345678-9abc-def0-1234-56789abcdef0}",
                        "000000010000000000000b86000000010000000100000010123456789abcdef0123456789abcdef0"),
                Arguments.of(
                        SqlType.BYTEA_ARRAY,
                        PgArray.of(List.of(Bytea.of(new byte[] {1}))),
                        "{\"\\\\x01\"}",
                        "0000000100000000000000110000000100000001" + "0000000101"),
                Arguments.of(
                        SqlType.JSONB_ARRAY,
                        PgArray.of(List.of("{\"a\": 1}")),
                        "{\"{\\\"a\\\": 1}\"}",
                        "000000010000000000000eda0000000100000001000000090" + "17b2261223a20317d"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void printsAsPostgresqlDoesAndReadsItBack(SqlType type, Object value, String text, String hex) {
        TypeCodec<?> codec = TypeCodec.of(type);
        assertThat(text(codec, value)).isEqualTo(text);
        assertThat(HexFormat.of().formatHex(binary(codec, value))).isEqualTo(hex);
        assertThat((Object) codec.readText(text, LONDON)).isEqualTo(value);
        assertThat((Object) codec.readBinary(HexFormat.of().parseHex(hex))).isEqualTo(value);
    }

    @Test
    void summerTimeHasItsOffsetAndOldYearsTheirEra() {
        assertThat(text(TypeCodec.of(SqlType.TIMESTAMPTZ), Instant.parse("2024-07-01T12:00:00.5Z")))
                .isEqualTo("2024-07-01 13:00:00.5+01");
        assertThat(text(TypeCodec.of(SqlType.DATE), LocalDate.of(-43, 3, 15))).isEqualTo("0044-03-15 BC");
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMPTZ,2024-07-01 13:00:00,2024-07-01T12:00:00Z",
        "TIMESTAMPTZ,2024-07-01 13:00:00+05:30,2024-07-01T07:30:00Z",
        "TIMESTAMPTZ,2024-07-01T12:00:00Z,2024-07-01T12:00:00Z",
        "TIMESTAMP,2024-07-01 13:00:00+05,2024-07-01T13:00",
        "DATE,2024-07-01 +00,2024-07-01",
        "BOOL,yes,true",
        "INT4,' 7 ',7",
        "NUMERIC,1e3,1000",
        "UUID,{123456789abcdef0123456789abcdef0},12345678-9abc-def0-1234-56789abcdef0"
    })
    void inputsAreReadAsLenientlyAsDriversNeed(SqlType type, String text, String expected) {
        assertThat(String.valueOf((Object) TypeCodec.of(type).readText(text, LONDON)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "P1Y2M3DT4H5M6.789S",
        "1 years 2 mons 3 days 4 hours 5 mins 6.789 secs",
        "@ 14 months 3 days 04:05:06.789"
    })
    void intervalsAreReadInAllStyles(String text) {
        assertThat((Object) TypeCodec.of(SqlType.INTERVAL).readText(text, LONDON))
                .isEqualTo(new PgInterval(14, 3, 14_706_789_000L));
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL,maybe",
        "INT2,32768",
        "INT4,1.5",
        "INT8,''",
        "FLOAT8,1e400",
        "FLOAT4,0x1p3",
        "NUMERIC,NaN",
        "NUMERIC,1e999999",
        "DATE,infinity",
        "DATE,2023-02-29",
        "TIME,25:00",
        "TIMESTAMP,-infinity",
        "TIMESTAMPTZ,2024-01-01 00:00 Mars/Base",
        "INTERVAL,soon",
        "UUID,123"
    })
    void whatCannotBeReadIsAnInvalidValue(SqlType type, String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TypeCodec.of(type).readText(text, LONDON))
                .satisfies(invalid -> assertThat(invalid.problem().code()).isEqualTo(ProblemCode.INVALID_VALUE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "INT4_ARRAY| { 1 , 2 , null } |{1,2,NULL}",
                "INT4_ARRAY|[2:3]={4,5}|[2:3]={4,5}",
                "INT4_ARRAY|[2]={4,5}|{4,5}",
                "TEXT_ARRAY|{ a b , \"c,d\" , \\null }|{\"a b\",\"c,d\",\"null\"}",
                "BYTEA|a\\000\\\\b|\\x61005c62",
                "BYTEA|\\x 61 62|\\x6162",
                "JSONB|{\"bb\":1e2,\"a\":[ ],\"bb\":-0.10,\"é\":\"\\u00e9\\/\"}|{\"a\": [], \"bb\": -0.10, \"é\": \"é/\"}",
                "JSONB| [1.0e-2 ,true,{}] |[0.010, true, {}]"
            })
    void nestedValuesAreReadAsPostgresqlReadsThem(SqlType type, String text, String printed) {
        TypeCodec<?> codec = TypeCodec.of(type);
        assertThat(text(codec, codec.readText(text, LONDON))).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "INT4_ARRAY|1,2",
                "INT4_ARRAY|{1,2",
                "INT4_ARRAY|{1,}",
                "INT4_ARRAY|{1}x",
                "INT4_ARRAY|{{1},{2,3}}",
                "INT4_ARRAY|{{{1}},{2}}",
                "INT4_ARRAY|{1,{2}}",
                "INT4_ARRAY|[1:2]={1}",
                "INT4_ARRAY|[2:1]={}",
                "INT4_ARRAY|[2147483647:2147483648]={1,2}",
                "INT4_ARRAY|{{{{{{{1}}}}}}}",
                "INT4_ARRAY|{a}",
                "TEXT_ARRAY|{\"a}",
                "BYTEA|\\x0",
                "BYTEA|\\xzz",
                "BYTEA|a\\400",
                "BYTEA|\\",
                "JSON|{\"a\":}",
                "JSON|[1,]",
                "JSON|01",
                "JSON|\"\\ud800\"",
                "JSON|{} {}",
                "JSONB|\"\\u0000\"",
                "JSONB|1e99999999"
            })
    void whatIsNoNestedValueIsInvalid(SqlType type, String text) {
        whatCannotBeReadIsAnInvalidValue(type, text);
    }

    @ParameterizedTest
    @CsvSource({
        "INT4_ARRAY,''",
        "INT4_ARRAY,000000000000000000000019",
        "INT4_ARRAY,ffffffff0000000000000017",
        "INT4_ARRAY,0000000100000000000000177fffffff00000001",
        "INT4_ARRAY,000000020000000000000017ffffffff00000001ffffffff00000001",
        "INT4_ARRAY,00000001000000000000001700000001000000010000000500000001",
        "INT4_ARRAY,000000010000000000000017000000010000000100000004000000010",
        "INT4_ARRAY,0000000100000000000000170000000200000001fffffffefffffffe",
        "INT4_ARRAY,00000001000000000000001700000002" + "7fffffff" + "ffffffffffffffff",
        "JSONB,''",
        "JSONB,027b7d",
        "JSON,ff"
    })
    void binaryFormsThatLieAreInvalid(SqlType type, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TypeCodec.of(type).readBinary(bytes));
    }

    @Test
    void infiniteDaysAndMomentsAreSentAsPostgresqlSendsThem() {
        assertThat(text(TypeCodec.of(SqlType.DATE), LocalDate.MAX)).isEqualTo("infinity");
        assertThat(text(TypeCodec.of(SqlType.TIMESTAMP), LocalDateTime.MIN)).isEqualTo("-infinity");
        assertThat(text(TypeCodec.of(SqlType.TIMESTAMPTZ), Instant.MAX)).isEqualTo("infinity");
        assertThat(binary(TypeCodec.of(SqlType.DATE), LocalDate.MAX))
                .asHexString()
                .isEqualTo("7FFFFFFF");
        assertThat(binary(TypeCodec.of(SqlType.DATE), LocalDate.MIN))
                .asHexString()
                .isEqualTo("80000000");
        assertThat(binary(TypeCodec.of(SqlType.TIMESTAMP), LocalDateTime.MAX))
                .asHexString()
                .isEqualTo("7FFFFFFFFFFFFFFF");
        assertThat(binary(TypeCodec.of(SqlType.TIMESTAMPTZ), Instant.MIN))
                .asHexString()
                .isEqualTo("8000000000000000");
    }

    @Test
    void bytesPrintInEitherForm() {
        TextStyle escape = new TextStyle(
                ZoneId.of("UTC"),
                1,
                TextStyle.Dates.ISO,
                TextStyle.DayOrder.MDY,
                TextStyle.Intervals.POSTGRES,
                TextStyle.Bytes.ESCAPE);
        MessageOutput out = new MessageOutput(16);
        ByteaCodec.INSTANCE.writeText(Bytea.of(new byte[] {0, 'a', '\\', (byte) 0xff, 0x7f}), escape, out);
        assertThat(new String(out.drain(), StandardCharsets.UTF_8)).isEqualTo("\\000a\\\\\\377\\177");
    }

    @Test
    void numericsSurviveTheBinaryForm() {
        Random random = new Random(20261125);
        TypeCodec<?> codec = TypeCodec.of(SqlType.NUMERIC);
        for (int i = 0; i < 5_000; i++) {
            BigDecimal value = new BigDecimal(new BigInteger(random.nextInt(1, 200), random), random.nextInt(40));
            BigDecimal signed = random.nextBoolean() ? value : value.negate();
            assertThat((Object) codec.readBinary(binary(codec, signed))).isEqualTo(signed);
        }
    }

    @Test
    void numericsOfEveryLengthPrintPlainly() {
        TypeCodec<?> codec = TypeCodec.of(SqlType.NUMERIC);
        numbers(20261126, 5_000).forEach(value -> {
            assertThat(text(codec, value)).isEqualTo(value.toPlainString());
            assertThat((Object) codec.readBinary(binary(codec, value))).isEqualTo(value);
        });
    }

    /** Short and long ones, so many whole groups of zeros among them. */
    static Stream<BigDecimal> numbers(long seed, int count) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(i -> {
            BigInteger digits = new BigInteger(random.nextInt(1, 70), random);
            BigDecimal value =
                    new BigDecimal(digits.multiply(BigInteger.TEN.pow(random.nextInt(9))), random.nextInt(20));
            return random.nextBoolean() ? value : value.negate();
        });
    }

    @Test
    void wholeNumbersPrintAsJavaPrintsThem() {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(text(TypeCodec.of(SqlType.INT8), value)).isEqualTo(Long.toString(value));
        }
        assertThat(text(TypeCodec.of(SqlType.INT8), Long.MIN_VALUE)).isEqualTo(Long.toString(Long.MIN_VALUE));
    }

    @Test
    void floatsReadBackExactly() {
        Random random = new Random(20261125);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(value)) {
                assertThat(Double.parseDouble(FloatText.ofDouble(value, 1))).isEqualTo(value);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static String text(TypeCodec<?> codec, Object value) {
        MessageOutput out = new MessageOutput(16);
        ((TypeCodec<Object>) codec).writeText(value, LONDON, out);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static byte[] binary(TypeCodec<?> codec, Object value) {
        MessageOutput out = new MessageOutput(16);
        ((TypeCodec<Object>) codec).writeBinary(value, out);
        return out.drain();
    }
}
