package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.time.LocalTime;

/** Text ISO; binary int64 microseconds since midnight (date.c). A source's 24:00:00 is carried as {@link LocalTime#MAX}; as a parameter it is refused. */
final class TimeCodec implements TypeCodec<LocalTime> {
    static final TimeCodec INSTANCE = new TimeCodec();
    private static final long DAY = 86_400_000_000L;

    private TimeCodec() {}

    @Override
    public int length() {
        return 8;
    }

    @Override
    public void writeText(LocalTime value, TextStyle style, MessageOutput out) {
        if (value.equals(LocalTime.MAX)) {
            out.text("24:00:00");
        } else {
            DateTimeText.writeTime(value, out);
        }
    }

    @Override
    public void writeBinary(LocalTime value, MessageOutput out) {
        out.int64(value.equals(LocalTime.MAX) ? DAY : value.toNanoOfDay() / 1000);
    }

    @Override
    public LocalTime readText(String text, TextStyle style) {
        return DateTimeText.readTime(text);
    }

    @Override
    public LocalTime readBinary(byte[] bytes) {
        long micros = BigEndian.of(bytes, 8, SqlType.TIME).getLong();
        if (micros < 0 || micros >= DAY) {
            throw TypeCodec.invalid(SqlType.TIME);
        }
        return LocalTime.ofNanoOfDay(micros * 1000);
    }
}
