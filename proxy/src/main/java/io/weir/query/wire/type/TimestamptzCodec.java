package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import io.weir.query.wire.MessageOutput;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Text ISO in the session's zone with its offset; binary int64 microseconds since 2000-01-01 00:00 UTC (timestamp.c). */
final class TimestamptzCodec implements TypeCodec<Instant> {
    static final TimestamptzCodec INSTANCE = new TimestamptzCodec();

    private TimestamptzCodec() {}

    @Override
    public int length() {
        return 8;
    }

    @Override
    public void writeText(Instant value, TextStyle style, MessageOutput out) {
        ZoneOffset offset = style.zone().getRules().getOffset(value);
        LocalDateTime local = LocalDateTime.ofInstant(value, offset);
        DateTimeText.writeDate(local.toLocalDate(), out);
        out.int8(' ');
        DateTimeText.writeTime(local.toLocalTime(), out);
        DateTimeText.writeOffset(offset, out);
        DateTimeText.writeEra(local.toLocalDate(), out);
    }

    @Override
    public void writeBinary(Instant value, MessageOutput out) {
        out.int64(TimestampCodec.micros(value));
    }

    @Override
    public Instant readText(String text, TextStyle style) {
        DateTimeText.Parsed parsed = DateTimeText.read(text, SqlType.TIMESTAMPTZ);
        ZoneId zone = parsed.zone();
        return TimeZones.moment(parsed.dateTime(), zone == null ? style.zone() : zone);
    }

    @Override
    public Instant readBinary(byte[] bytes) {
        return TimestampCodec.instant(bytes, SqlType.TIMESTAMPTZ);
    }
}
