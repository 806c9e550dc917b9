package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.util.Arrays;

/** {@code jsonb}: one text for equal documents; binary with the version 1 in front (jsonb.c, jsonb_send). */
final class JsonbCodec implements TypeCodec<String> {
    static final JsonbCodec INSTANCE = new JsonbCodec();
    private static final int VERSION = 1;

    private JsonbCodec() {}

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
        out.int8(VERSION).text(value);
    }

    @Override
    public String readText(String text, TextStyle style) {
        return JsonText.canonical(text, SqlType.JSONB);
    }

    @Override
    public String readBinary(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw TypeCodec.invalid(SqlType.JSONB);
        }
        return JsonText.canonical(TextCodec.utf8(Arrays.copyOfRange(bytes, 1, bytes.length)), SqlType.JSONB);
    }
}
