package io.weir.query.catalog.shadow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one message body in order; a body that is too short throws {@link java.nio.BufferUnderflowException}. */
final class MessageReader {
    private final ByteBuffer buffer;

    MessageReader(byte[] body) {
        this.buffer = ByteBuffer.wrap(body);
    }

    byte int8() {
        return buffer.get();
    }

    int int16() {
        return buffer.getShort();
    }

    /** How many follow, up to 65,535. */
    int count() {
        return buffer.getShort() & 0xffff;
    }

    int int32() {
        return buffer.getInt();
    }

    byte[] bytes(int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    byte[] rest() {
        return bytes(buffer.remaining());
    }

    /** A zero-terminated string. */
    String text() {
        int begin = buffer.position();
        while (buffer.get() != 0) {
            // looks for the end only
        }
        return new String(buffer.array(), begin, buffer.position() - begin - 1, StandardCharsets.UTF_8);
    }
}
