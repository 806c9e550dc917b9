package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;

/** Text decimal; binary 2 bytes, two's complement (int.c). */
final class Int2Codec implements TypeCodec<Integer> {
    static final Int2Codec INSTANCE = new Int2Codec();

    private Int2Codec() {}

    @Override
    public int length() {
        return 2;
    }

    @Override
    public void writeText(Integer value, TextStyle style, MessageOutput out) {
        out.decimal(value);
    }

    @Override
    public void writeBinary(Integer value, MessageOutput out) {
        out.int16(value);
    }

    @Override
    public Integer readText(String text, TextStyle style) {
        try {
            return (int) Short.parseShort(text.strip());
        } catch (NumberFormatException notANumber) {
            throw TypeCodec.invalid(SqlType.INT2);
        }
    }

    @Override
    public Integer readBinary(byte[] bytes) {
        return (int) BigEndian.of(bytes, 2, SqlType.INT2).getShort();
    }
}
