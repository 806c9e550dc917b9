package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;

/** Text shortest digits that read back exactly, or fewer (see {@link FloatText}); binary IEEE 754, 8 bytes (float.c). */
final class Float8Codec implements TypeCodec<Double> {
    static final Float8Codec INSTANCE = new Float8Codec();

    private Float8Codec() {}

    @Override
    public int length() {
        return 8;
    }

    @Override
    public void writeText(Double value, TextStyle style, MessageOutput out) {
        out.text(FloatText.ofDouble(value, style.extraFloatDigits()));
    }

    @Override
    public void writeBinary(Double value, MessageOutput out) {
        out.int64(Double.doubleToLongBits(value));
    }

    @Override
    public Double readText(String text, TextStyle style) {
        return FloatText.read(text, SqlType.FLOAT8, Double::valueOf, value -> value.isInfinite());
    }

    @Override
    public Double readBinary(byte[] bytes) {
        return BigEndian.of(bytes, 8, SqlType.FLOAT8).getDouble();
    }
}
