package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;

/** Text decimal; binary 4 bytes, two's complement (int.c). */
final class Int4Codec implements TypeCodec<Integer> {
    static final Int4Codec INSTANCE = new Int4Codec();

    private Int4Codec() {}

    @Override
    public int length() {
        return 4;
    }

    @Override
    public void writeText(Integer value, TextStyle style, MessageOutput out) {
        out.decimal(value);
    }

    @Override
    public void writeBinary(Integer value, MessageOutput out) {
        out.int32(value);
    }

    @Override
    public Integer readText(String text, TextStyle style) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException notANumber) {
            throw TypeCodec.invalid(SqlType.INT4);
        }
    }

    @Override
    public Integer readBinary(byte[] bytes) {
        return BigEndian.of(bytes, 4, SqlType.INT4).getInt();
    }
}
