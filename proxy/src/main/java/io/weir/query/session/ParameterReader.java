package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.SqlType;
import io.weir.query.wire.Format;
import io.weir.query.wire.FrontendMessage;
import io.weir.query.wire.type.TextStyle;
import io.weir.query.wire.type.TypeCodec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes of a Bind message to values of the types that the statement has. */
final class ParameterReader {
    private ParameterReader() {}

    static List<@Nullable Object> read(List<SqlType> types, FrontendMessage.Bind bind, TextStyle style) {
        List<byte @Nullable []> raw = bind.parameters();
        List<Format> formats = bind.parameterFormats();
        if (raw.size() != types.size()) {
            throw Problem.of(
                            ProblemCode.PARAMETER_MISSING,
                            "bind message supplies " + raw.size() + " parameters, but the statement requires "
                                    + types.size())
                    .asException();
        }
        if (formats.size() > 1 && formats.size() != raw.size()) {
            throw Problem.of(ProblemCode.PROTOCOL_VIOLATION, "bind message has the wrong number of parameter formats")
                    .asException();
        }
        List<@Nullable Object> values = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            byte[] bytes = raw.get(i);
            Format format = formats.isEmpty() ? Format.TEXT : formats.size() == 1 ? formats.getFirst() : formats.get(i);
            values.add(bytes == null ? null : value(types.get(i), bytes, format, style));
        }
        return values;
    }

    private static Object value(SqlType type, byte[] bytes, Format format, TextStyle style) {
        TypeCodec<?> codec = TypeCodec.of(type);
        return switch (format) {
            case TEXT -> codec.readText(utf8(bytes), style);
            case BINARY -> codec.readBinary(bytes);
        };
    }

    private static String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException notUtf8) {
            // Told below, as a NUL is.
        }
        throw Problem.of(ProblemCode.ENCODING).asException();
    }
}
