package io.weir.query.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one message body. Every read is checked against what is left: what does not fit is an {@link UnreadableMessageException}.
 * Integers are big-endian, strings UTF-8 and NUL-terminated.
 */
final class MessageInput {
    private final byte[] body;
    private int at;

    MessageInput(byte[] body) {
        this.body = body;
    }

    int int8() {
        need(1);
        return body[at++] & 0xff;
    }

    int int16() {
        need(2);
        int value = (body[at] & 0xff) << 8 | (body[at + 1] & 0xff);
        at += 2;
        return value;
    }

    int int32() {
        need(4);
        int value = (body[at] & 0xff) << 24
                | (body[at + 1] & 0xff) << 16
                | (body[at + 2] & 0xff) << 8
                | (body[at + 3] & 0xff);
        at += 4;
        return value;
    }

    /** A count that promises at least {@code bytesEach} bytes an entry: a lie is refused before anything is allocated. */
    int count16(int bytesEach) {
        int count = int16();
        if ((long) count * bytesEach > remaining()) {
            throw new InvalidMessageException("insufficient data left in message");
        }
        return count;
    }

    String string() {
        int terminator = at;
        while (terminator < body.length && body[terminator] != 0) {
            terminator++;
        }
        if (terminator == body.length) {
            throw new InvalidMessageException("invalid string in message");
        }
        String value = utf8(at, terminator);
        at = terminator + 1;
        return value;
    }

    byte[] bytes(int length) {
        if (length < 0) {
            throw new InvalidMessageException("insufficient data left in message");
        }
        need(length);
        byte[] value = Arrays.copyOfRange(body, at, at + length);
        at += length;
        return value;
    }

    /** int32 length and bytes; −1 is NULL. */
    byte @Nullable [] nullableBytes() {
        int length = int32();
        return length == -1 ? null : bytes(length);
    }

    byte[] rest() {
        return bytes(remaining());
    }

    int remaining() {
        return body.length - at;
    }

    void nothingLeft() {
        if (at != body.length) {
            throw new InvalidMessageException("invalid message format");
        }
    }

    private String utf8(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidTextException();
        }
    }

    private void need(int bytes) {
        if (body.length - at < bytes) {
            throw new InvalidMessageException("insufficient data left in message");
        }
    }
}
