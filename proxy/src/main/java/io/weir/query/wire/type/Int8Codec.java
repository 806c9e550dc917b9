package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;

/** Text decimal; binary 8 bytes, two's complement (int8.c). */
final class Int8Codec implements TypeCodec<Long> {
    static final Int8Codec INSTANCE = new Int8Codec();

    private Int8Codec() {}

    @Override
    public int length() {
        return 8;
    }

    @Override
    public void writeText(Long value, TextStyle style, MessageOutput out) {
        out.decimal(value);
    }

    @Override
    public void writeBinary(Long value, MessageOutput out) {
        out.int64(value);
    }

    @Override
    public Long readText(String text, TextStyle style) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException notANumber) {
            throw TypeCodec.invalid(SqlType.INT8);
        }
    }

    @Override
    public Long readBinary(byte[] bytes) {
        return BigEndian.of(bytes, 8, SqlType.INT8).getLong();
    }
}
