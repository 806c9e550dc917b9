package io.weir.query.wire.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever a client binds is a value of the parameter's type or an invalid one, and what is read can be written and read again, in both
 * formats. The first byte of an input chooses the type ('!' is the first), the rest is the parameter.
 */
class ParameterCodecsFuzzTest {
    private static final List<SqlType> TYPES = List.of(SqlType.values());
    private static final TextStyle STYLE = new TextStyle(ZoneId.of("Europe/London"), 1);

    /** What a parameter of so many bytes may make of itself. */
    private static final int GROWTH = 2_000_000;

    @FuzzTest(maxDuration = "20s")
    void anyTextIsAValueOrInvalid(byte[] data) {
        if (data.length > 0) {
            read(type(data), new String(data, 1, data.length - 1, StandardCharsets.UTF_8));
        }
    }

    @FuzzTest(maxDuration = "20s")
    void anyBytesAreAValueOrInvalid(byte[] data) {
        if (data.length > 0) {
            read(type(data), Arrays.copyOfRange(data, 1, data.length));
        }
    }

    private static SqlType type(byte[] data) {
        return TYPES.get(Math.floorMod(data[0] - '!', TYPES.size()));
    }

    private static void read(SqlType type, String text) {
        TypeCodec<?> codec = TypeCodec.of(type);
        try {
            readsAgain(codec, codec.readText(text, STYLE), text.length());
        } catch (ProblemException refused) {
            invalid(refused);
        }
    }

    private static void read(SqlType type, byte[] bytes) {
        TypeCodec<?> codec = TypeCodec.of(type);
        try {
            readsAgain(codec, codec.readBinary(bytes), bytes.length);
        } catch (ProblemException refused) {
            invalid(refused);
        }
    }

    private static void invalid(ProblemException refused) {
        assertThat(refused.problem().code()).isIn(ProblemCode.INVALID_VALUE, ProblemCode.ENCODING);
    }

    @SuppressWarnings("unchecked") // the value is the codec's own
    private static <T> void readsAgain(TypeCodec<T> codec, Object value, int length) {
        String text = text(codec, (T) value);
        assertThat(text.length()).isLessThan(GROWTH + 100 * length);
        byte[] binary = binary(codec, (T) value);
        assertThat(text(codec, codec.readText(text, STYLE))).isEqualTo(text);
        assertThat(text(codec, codec.readBinary(binary))).isEqualTo(text);
    }

    private static <T> String text(TypeCodec<T> codec, T value) {
        MessageOutput out = new MessageOutput(64);
        codec.writeText(value, STYLE, out);
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static <T> byte[] binary(TypeCodec<T> codec, T value) {
        MessageOutput out = new MessageOutput(64);
        codec.writeBinary(value, out);
        return out.drain();
    }
}
