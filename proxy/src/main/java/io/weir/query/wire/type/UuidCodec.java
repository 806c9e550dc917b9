package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Pattern;

/** Text lower-case with hyphens; binary 16 bytes (uuid.c). Hyphens after any group of four digits, and braces, are accepted. */
final class UuidCodec implements TypeCodec<UUID> {
    static final UuidCodec INSTANCE = new UuidCodec();
    private static final Pattern INPUT = Pattern.compile("(?:[0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}");

    private UuidCodec() {}

    @Override
    public int length() {
        return 16;
    }

    @Override
    public void writeText(UUID value, TextStyle style, MessageOutput out) {
        out.text(value.toString());
    }

    @Override
    public void writeBinary(UUID value, MessageOutput out) {
        out.int64(value.getMostSignificantBits()).int64(value.getLeastSignificantBits());
    }

    @Override
    public UUID readText(String text, TextStyle style) {
        String word = text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
        if (!INPUT.matcher(word).matches()) {
            throw TypeCodec.invalid(SqlType.UUID);
        }
        String hex = word.replace("-", "");
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    @Override
    public UUID readBinary(byte[] bytes) {
        ByteBuffer in = BigEndian.of(bytes, 16, SqlType.UUID);
        return new UUID(in.getLong(), in.getLong());
    }
}
