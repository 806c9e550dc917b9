package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import io.weir.query.wire.MessageOutput;
import java.time.Instant;
import java.time.ZoneId;

/** Text in the session's zone, with its offset or abbreviation as DateStyle asks; binary int64 microseconds since 2000-01-01 00:00 UTC (timestamp.c). */
final class TimestamptzCodec implements TypeCodec<Instant> {
    static final TimestamptzCodec INSTANCE = new TimestamptzCodec();

    private TimestamptzCodec() {}

    @Override
    public int length() {
        return 8;
    }

    @Override
    public void writeText(Instant value, TextStyle style, MessageOutput out) {
        if (!infinity(value).writeText(out)) {
            DateTimeForms.writeTimestamptz(value, style, out);
        }
    }

    @Override
    public void writeBinary(Instant value, MessageOutput out) {
        Infinity infinity = infinity(value);
        out.int64(infinity == Infinity.NONE ? TimestampCodec.micros(value) : TimestampCodec.binary(infinity));
    }

    private static Infinity infinity(Instant value) {
        return Infinity.of(value, Instant.MIN, Instant.MAX);
    }

    @Override
    public Instant readText(String text, TextStyle style) {
        DateTimeText.Parsed parsed = DateTimeText.read(text, SqlType.TIMESTAMPTZ, style);
        ZoneId zone = parsed.zone();
        return TimeZones.moment(parsed.dateTime(), zone == null ? style.zone() : zone);
    }

    @Override
    public Instant readBinary(byte[] bytes) {
        return TimestampCodec.instant(bytes, SqlType.TIMESTAMPTZ);
    }
}
