package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;

/** Text shortest digits that read back exactly, or fewer (see {@link FloatText}); binary IEEE 754, 4 bytes (float.c). */
final class Float4Codec implements TypeCodec<Float> {
    static final Float4Codec INSTANCE = new Float4Codec();

    private Float4Codec() {}

    @Override
    public int length() {
        return 4;
    }

    @Override
    public void writeText(Float value, TextStyle style, MessageOutput out) {
        out.text(FloatText.ofFloat(value, style.extraFloatDigits()));
    }

    @Override
    public void writeBinary(Float value, MessageOutput out) {
        out.int32(Float.floatToIntBits(value));
    }

    @Override
    public Float readText(String text, TextStyle style) {
        return FloatText.read(text, SqlType.FLOAT4, Float::valueOf, value -> value.isInfinite());
    }

    @Override
    public Float readBinary(byte[] bytes) {
        return BigEndian.of(bytes, 4, SqlType.FLOAT4).getFloat();
    }
}
