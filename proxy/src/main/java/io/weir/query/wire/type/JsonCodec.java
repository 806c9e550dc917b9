package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;

/** {@code json}: the text as it was written, in both formats (json.c). What is no JSON is refused. */
final class JsonCodec implements TypeCodec<String> {
    static final JsonCodec INSTANCE = new JsonCodec();

    private JsonCodec() {}

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
        out.text(value);
    }

    @Override
    public String readText(String text, TextStyle style) {
        JsonText.check(text, SqlType.JSON);
        return text;
    }

    @Override
    public String readBinary(byte[] bytes) {
        String text = TextCodec.utf8(bytes);
        JsonText.check(text, SqlType.JSON);
        return text;
    }
}
