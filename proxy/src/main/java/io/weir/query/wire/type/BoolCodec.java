package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.util.Locale;

/** Text {@code t} or {@code f}; binary one byte 0 or 1 (bool.c). */
final class BoolCodec implements TypeCodec<Boolean> {
    static final BoolCodec INSTANCE = new BoolCodec();

    private BoolCodec() {}

    @Override
    public int length() {
        return 1;
    }

    @Override
    public void writeText(Boolean value, TextStyle style, MessageOutput out) {
        out.int8(value ? 't' : 'f');
    }

    @Override
    public void writeBinary(Boolean value, MessageOutput out) {
        out.int8(value ? 1 : 0);
    }

    @Override
    public Boolean readText(String text, TextStyle style) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (isStartOf(word, "true") || isStartOf(word, "yes") || word.equals("on") || word.equals("1")) {
            return true;
        }
        if (isStartOf(word, "false")
                || isStartOf(word, "no")
                || word.equals("off")
                || word.equals("of")
                || word.equals("0")) {
            return false;
        }
        throw TypeCodec.invalid(SqlType.BOOL);
    }

    @Override
    public Boolean readBinary(byte[] bytes) {
        return BigEndian.of(bytes, 1, SqlType.BOOL).get() != 0;
    }

    private static boolean isStartOf(String word, String whole) {
        return !word.isEmpty() && whole.startsWith(word);
    }
}
