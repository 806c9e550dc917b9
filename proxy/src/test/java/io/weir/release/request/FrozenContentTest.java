package io.weir.release.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.query.type.Bytea;
import io.weir.query.type.PgArray;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import io.weir.release.Fixtures;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FrozenContentTest {
    private static final Map<SqlType, List<Object>> VALUES = new EnumMap<>(Map.ofEntries(
            Map.entry(SqlType.BOOL, List.of(true, false)),
            Map.entry(SqlType.INT2, List.of(-32768, 7)),
            Map.entry(SqlType.INT4, List.of(Integer.MIN_VALUE, 0)),
            Map.entry(SqlType.INT8, List.of(Long.MAX_VALUE, Long.MIN_VALUE)),
            Map.entry(SqlType.FLOAT4, List.of(1.5f, Float.NaN)),
            Map.entry(SqlType.FLOAT8, List.of(0.1, 1e300, -1e-7, Double.NEGATIVE_INFINITY)),
            Map.entry(SqlType.NUMERIC, List.of(new BigDecimal("10.00"), new BigDecimal("1E+3"))),
            Map.entry(SqlType.TEXT, List.of("", "Zoë \"quoted\"\n\u0001 \uD83D\uDE00")),
            Map.entry(SqlType.VARCHAR, List.of("a", "b")),
            Map.entry(SqlType.BPCHAR, List.of("a ", "b")),
            Map.entry(SqlType.DATE, List.of(LocalDate.of(2024, 2, 29), LocalDate.of(12345, 1, 1))),
            Map.entry(SqlType.TIME, List.of(LocalTime.of(1, 2, 3, 4000), LocalTime.MIDNIGHT)),
            Map.entry(SqlType.TIMESTAMP, List.of(LocalDateTime.of(2024, 1, 1, 0, 0), LocalDateTime.of(1, 1, 1, 1, 1))),
            Map.entry(SqlType.TIMESTAMPTZ, List.of(Instant.EPOCH, Instant.parse("2024-01-01T00:00:00.000001Z"))),
            Map.entry(SqlType.INTERVAL, List.of(new PgInterval(14, -3, -1_500_000), new PgInterval(0, 0, 0))),
            Map.entry(SqlType.UUID, List.of(new UUID(1, 2), new UUID(-1, -2))),
            Map.entry(SqlType.BYTEA, List.of(Bytea.of(new byte[0]), Bytea.of(new byte[] {0, -1}))),
            Map.entry(SqlType.JSON, List.of("{\"a\":  1}", "null")),
            Map.entry(SqlType.JSONB, List.of("{\"a\": 1}", "\"\"")),
            array(SqlType.BOOL_ARRAY, true, false),
            array(SqlType.INT2_ARRAY, 1, 2),
            array(SqlType.INT4_ARRAY, 1, 2),
            array(SqlType.INT8_ARRAY, 1L, 2L),
            array(SqlType.FLOAT4_ARRAY, 1.5f, Float.NaN),
            array(SqlType.FLOAT8_ARRAY, 1e300, -1e-7),
            array(SqlType.NUMERIC_ARRAY, new BigDecimal("10.00"), new BigDecimal("0.5")),
            array(SqlType.TEXT_ARRAY, "", "a, \"b\""),
            array(SqlType.VARCHAR_ARRAY, "null", "{}"),
            array(SqlType.BPCHAR_ARRAY, "a ", "b"),
            array(SqlType.DATE_ARRAY, LocalDate.of(2024, 2, 29), LocalDate.of(12345, 1, 1)),
            array(SqlType.TIME_ARRAY, LocalTime.of(1, 2, 3, 4000), LocalTime.MIDNIGHT),
            array(SqlType.TIMESTAMP_ARRAY, LocalDateTime.of(2024, 1, 1, 0, 0), LocalDateTime.of(1, 1, 1, 1, 1)),
            array(SqlType.TIMESTAMPTZ_ARRAY, Instant.EPOCH, Instant.parse("2024-01-01T00:00:00.000001Z")),
            array(SqlType.INTERVAL_ARRAY, new PgInterval(14, -3, -1_500_000), new PgInterval(0, 0, 0)),
            array(SqlType.UUID_ARRAY, new UUID(1, 2), new UUID(-1, -2)),
            array(SqlType.BYTEA_ARRAY, Bytea.of(new byte[] {1}), Bytea.of(new byte[0])),
            array(SqlType.JSON_ARRAY, "{}", "[1]"),
            array(SqlType.JSONB_ARRAY, "{\"a\": \"b\"}", "[1, 2]")));

    private static Map.Entry<SqlType, List<Object>> array(SqlType type, Object one, Object other) {
        return Map.entry(
                type,
                List.of(
                        PgArray.of(java.util.Arrays.asList(one, null, other)),
                        new PgArray(List.of(1, 2), List.of(0, -3), List.of(other, one))));
    }

    @Test
    void everyTypeSurvivesFreezing() {
        assertThat(VALUES).containsOnlyKeys(SqlType.values());
        List<AnswerColumn> columns = new ArrayList<>();
        List<Cell> first = new ArrayList<>();
        List<Cell> second = new ArrayList<>();
        VALUES.forEach((type, values) -> {
            columns.add(Fixtures.column(type.name(), type));
            first.add(new Cell.Shown(values.getFirst(), false));
            second.add(new Cell.Shown(values.getLast(), true));
        });
        FrozenAnswer answer = Fixtures.answer("aggregate", columns, List.of(first, second));
        FrozenContent frozen = freeze(answer);
        FrozenAnswer read = FrozenContent.read(frozen.json(), frozen.digest()).answer();
        // BigDecimal 1E+3 comes back as 1000: the same number, written plainly.
        assertThat(freeze(read).json()).isEqualTo(frozen.json());
        assertThat(read.facts()).isEqualTo(answer.facts());
        assertThat(read.columns()).isEqualTo(answer.columns());
        for (SqlType type : SqlType.values()) {
            if (type != SqlType.NUMERIC) {
                int i = new ArrayList<>(VALUES.keySet()).indexOf(type);
                assertThat(read.rows().get(0).get(i))
                        .isEqualTo(answer.rows().get(0).get(i));
                assertThat(read.rows().get(1).get(i))
                        .isEqualTo(answer.rows().get(1).get(i));
            }
        }
    }

    @Test
    void nullsAndHiddenCellsSurviveAndHoldNoNumber() {
        FrozenContent frozen = freeze(Fixtures.answer());
        assertThat(FrozenContent.read(frozen.json(), frozen.digest()).answer()).isEqualTo(Fixtures.answer());
        assertThat(frozen.json()).contains("{\"h\":[\"complementary\"]}", "{\"v\":null}", "{\"r\":true,\"v\":\"120\"}");
    }

    @Test
    void theAddressDoesNotTellWhetherAGuessOfTheAnswerIsRight() {
        Random random = new Random(3);
        FrozenContent one = FrozenContent.of(Fixtures.answer(), random);
        FrozenContent again = FrozenContent.of(Fixtures.answer(), random);
        assertThat(one.nonce()).hasSize(64).isNotEqualTo(again.nonce());
        assertThat(one.digest()).isNotEqualTo(again.digest());
        assertThat(one.json()).contains(one.nonce());
        assertThat(one.json().replace(one.nonce(), again.nonce())).isEqualTo(again.json());
    }

    @Test
    void theSecretForTheBundleIsOfThisContentAndNotTheNonce() {
        FrozenContent one = freeze(Fixtures.answer());
        assertThat(one.secretFor("weir-bundle/1"))
                .hasSize(64)
                .isEqualTo(freeze(Fixtures.answer()).secretFor("weir-bundle/1"))
                .isNotEqualTo(one.nonce())
                .isNotEqualTo(one.secretFor("another"))
                .isNotEqualTo(FrozenContent.of(Fixtures.answer(), new Random(4)).secretFor("weir-bundle/1"));
    }

    @Test
    void contentWithoutANonceIsNotRead() throws Exception {
        FrozenContent frozen = freeze(Fixtures.answer());
        String old = frozen.json().replace("\"nonce\":\"" + frozen.nonce() + "\",", "");
        String address = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(old.getBytes(StandardCharsets.UTF_8)));
        assertThat(old).isNotEqualTo(frozen.json());
        assertThatThrownBy(() -> FrozenContent.read(old, address)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FrozenContent freeze(FrozenAnswer answer) {
        return FrozenContent.of(answer, new Random(1));
    }

    @Test
    void alteredBytesAreRefused() {
        FrozenContent frozen = freeze(Fixtures.answer());
        String altered = frozen.json().replace("\"120\"", "\"121\"");
        assertThat(altered).isNotEqualTo(frozen.json());
        assertThatThrownBy(() -> FrozenContent.read(altered, frozen.digest()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jsonIsCanonical() {
        Map<String, Object> unordered = new java.util.LinkedHashMap<>();
        unordered.put("b", List.of(1, "é\u007f/"));
        unordered.put("a", "\u0000\u001F\b\t\n\f\r\"\\");
        assertThat(CanonicalJson.write(unordered))
                .isEqualTo("{\"a\":\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\\",\"b\":[1,\"é\u007f/\"]}");
        assertThatThrownBy(() -> CanonicalJson.write("\uD83D")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(1L << 53)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
