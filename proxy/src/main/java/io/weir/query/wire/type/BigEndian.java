package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import java.nio.ByteBuffer;

/** Reads a binary parameter of a fixed length. */
final class BigEndian {
    private BigEndian() {}

    static ByteBuffer of(byte[] bytes, int length, SqlType type) {
        if (bytes.length != length) {
            throw TypeCodec.invalid(type);
        }
        return ByteBuffer.wrap(bytes);
    }
}
