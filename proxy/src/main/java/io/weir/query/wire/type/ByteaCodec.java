package io.weir.query.wire.type;

import io.weir.query.type.Bytea;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;

/** Text in the form of bytea_output, read in both; binary the bytes themselves (varlena.c). */
final class ByteaCodec implements TypeCodec<Bytea> {
    static final ByteaCodec INSTANCE = new ByteaCodec();

    private ByteaCodec() {}

    @Override
    public int length() {
        return -1;
    }

    @Override
    public void writeText(Bytea value, TextStyle style, MessageOutput out) {
        out.text(
                switch (style.bytes()) {
                    case HEX -> value.hex();
                    case ESCAPE -> value.escape();
                });
    }

    @Override
    public void writeBinary(Bytea value, MessageOutput out) {
        out.bytes(value.bytes());
    }

    @Override
    public Bytea readText(String text, TextStyle style) {
        try {
            return Bytea.parse(text);
        } catch (IllegalArgumentException neither) {
            throw TypeCodec.invalid(SqlType.BYTEA);
        }
    }

    @Override
    public Bytea readBinary(byte[] bytes) {
        return Bytea.of(bytes);
    }
}
