package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.time.LocalTime;

/** Text ISO; binary int64 microseconds since midnight (date.c). 24:00:00 has no {@link LocalTime} and is refused. */
final class TimeCodec implements TypeCodec<LocalTime> {
    static final TimeCodec INSTANCE = new TimeCodec();

    private TimeCodec() {}

    @Override
    public int length() {
        return 8;
    }

    @Override
    public void writeText(LocalTime value, TextStyle style, MessageOutput out) {
        DateTimeText.writeTime(value, out);
    }

    @Override
    public void writeBinary(LocalTime value, MessageOutput out) {
        out.int64(value.toNanoOfDay() / 1000);
    }

    @Override
    public LocalTime readText(String text, TextStyle style) {
        return DateTimeText.readTime(text);
    }

    @Override
    public LocalTime readBinary(byte[] bytes) {
        long micros = BigEndian.of(bytes, 8, SqlType.TIME).getLong();
        if (micros < 0 || micros >= 86_400_000_000L) {
            throw TypeCodec.invalid(SqlType.TIME);
        }
        return LocalTime.ofNanoOfDay(micros * 1000);
    }
}
