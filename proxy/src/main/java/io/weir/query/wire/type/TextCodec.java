package io.weir.query.wire.type;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.wire.MessageOutput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** {@code text}, {@code varchar} and {@code bpchar}: UTF-8 in both formats (varlena.c, varchar.c). */
final class TextCodec implements TypeCodec<String> {
    static final TextCodec INSTANCE = new TextCodec();

    private TextCodec() {}

    @Override
    public int length() {
        return -1;
    }

    @Override
    public void writeText(String value, TextStyle style, MessageOutput out) {
        out.text(value);
    }

    @Override
    public void writeBinary(String value, MessageOutput out) {
        out.text(value);
    }

    @Override
    public String readText(String text, TextStyle style) {
        return withoutNul(text);
    }

    @Override
    public String readBinary(byte[] bytes) {
        return withoutNul(utf8(bytes));
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw notUtf8();
        }
        return text;
    }

    /** Strict UTF-8. As in PostgreSQL a NUL is no character of a text. */
    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw notUtf8();
        }
    }

    private static ProblemException notUtf8() {
        return Problem.of(ProblemCode.ENCODING).asException();
    }
}
