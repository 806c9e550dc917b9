package io.weir.query.wire.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter of a Bind message costs what its bytes cost: no time that grows with their square, no value of a thousand times their size. */
class ParameterLimitsTest {
    private static final TextStyle STYLE = new TextStyle(ZoneId.of("UTC"), 1);
    /** As long as a Bind message may be. */
    private static final int LONG = 1_000_000;

    private static void refused(Runnable read) {
        assertThatThrownBy(read::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.INVALID_VALUE));
    }

    @ParameterizedTest
    @EnumSource(SqlType.class)
    void aLongTextIsReadOrRefusedAtOnce(SqlType type) {
        TypeCodec<?> codec = TypeCodec.of(type);
        for (String text : new String[] {
            "1".repeat(LONG) + "x",
            "1 d ".repeat(LONG / 4) + "x",
            "2024-01-01 " + "a/".repeat(LONG / 2) + "!",
            " ".repeat(LONG),
            "{".repeat(LONG),
            "[".repeat(LONG),
            "{" + "[1:1]".repeat(LONG / 5),
            "\\".repeat(LONG - 1)
        }) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                try {
                    assertThat((Object) codec.readText(text, STYLE)).isNotNull();
                } catch (ProblemException invalid) {
                    assertThat(invalid.problem().code()).isEqualTo(ProblemCode.INVALID_VALUE);
                }
            });
        }
    }

    @Test
    void aNumberStandsForNoMoreDigitsThanAFewThousand() {
        TypeCodec<?> numeric = TypeCodec.of(SqlType.NUMERIC);
        assertThat(numeric.readText("1e2000", STYLE).toString()).hasSize(2_001);
        refused(() -> numeric.readText("1e131000", STYLE));
        refused(() -> numeric.readBinary(ByteBuffer.allocate(10)
                .putShort((short) 1)
                .putShort((short) 32_767)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 1)
                .array()));
        refused(() -> TypeCodec.of(SqlType.NUMERIC_ARRAY)
                .readText("{" + String.join(",", Collections.nCopies(100, "1e131000")) + "}", STYLE));
        assertThat(numeric.readText("1".repeat(20_000), STYLE).toString()).hasSize(20_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = SqlType.class,
            names = {"JSON", "JSONB"})
    void exponentsOfADocumentAreWrittenOutToAMillionDigits(SqlType type) {
        TypeCodec<?> codec = TypeCodec.of(type);
        assertThat((Object) codec.readText("[1e5000, 1e-5000]", STYLE)).isNotNull();
        refused(() -> codec.readText("[" + String.join(",", Collections.nCopies(1_000, "1e9999")) + "]", STYLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"294277-01-01 00:00:00", "4715-01-01 00:00:00 BC", "0000-01-01 00:00:00"})
    void momentsOutOfPostgresqlsRangeAreRefused(String text) {
        refused(() -> TypeCodec.of(SqlType.TIMESTAMP).readText(text, STYLE));
        refused(() -> TypeCodec.of(SqlType.TIMESTAMPTZ).readText(text, STYLE));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -211_813_488_000_000_001L, 9_223_371_331_200_000_000L})
    void binaryMomentsOutOfPostgresqlsRangeAreRefused(long micros) {
        byte[] bytes = ByteBuffer.allocate(8).putLong(micros).array();
        refused(() -> TypeCodec.of(SqlType.TIMESTAMP).readBinary(bytes));
        refused(() -> TypeCodec.of(SqlType.TIMESTAMPTZ).readBinary(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -2_451_546, 2_145_031_949, Integer.MAX_VALUE})
    void binaryDatesOutOfPostgresqlsRangeAreRefused(int days) {
        refused(() -> TypeCodec.of(SqlType.DATE)
                .readBinary(ByteBuffer.allocate(4).putInt(days).array()));
    }

    @Test
    void theEndOfTheDayIsSentAsPostgresqlSendsIt() {
        MessageOutput text = new MessageOutput(16);
        TimeCodec.INSTANCE.writeText(LocalTime.MAX, STYLE, text);
        assertThat(new String(text.drain(), StandardCharsets.UTF_8)).isEqualTo("24:00:00");
        MessageOutput binary = new MessageOutput(16);
        TimeCodec.INSTANCE.writeBinary(LocalTime.MAX, binary);
        assertThat(ByteBuffer.wrap(binary.drain()).getLong()).isEqualTo(86_400_000_000L);
    }

    @Test
    void beforeTheFirstRailwayTimeClocksShowLocalMeanTime() {
        ZoneId zone = ZoneId.of("America/New_York");
        assertThat(ZoneAbbreviations.of(zone, Instant.parse("1850-01-01T12:00:00Z")))
                .isEqualTo("LMT");
        assertThat(ZoneAbbreviations.of(zone, Instant.parse("1884-01-01T12:00:00Z")))
                .isEqualTo("EST");
        assertThat(ZoneAbbreviations.of(ZoneId.of("UTC"), Instant.parse("1850-01-01T12:00:00Z")))
                .isEqualTo("UTC");
    }
}
