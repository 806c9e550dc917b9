package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Text in the form of DateStyle; binary int64 microseconds since 2000-01-01 00:00 (timestamp.c). Infinities are sent and, as parameters, refused. */
final class TimestampCodec implements TypeCodec<LocalDateTime> {
    static final TimestampCodec INSTANCE = new TimestampCodec();
    /** 4714-11-24 BC, and the first moment of 294277 (timestamp.h, MIN_TIMESTAMP and END_TIMESTAMP). */
    private static final long FIRST = -211_813_488_000_000_000L;

    private static final long END = 9_223_371_331_200_000_000L;

    private TimestampCodec() {}

    @Override
    public int length() {
        return 8;
    }

    @Override
    public void writeText(LocalDateTime value, TextStyle style, MessageOutput out) {
        if (!infinity(value).writeText(out)) {
            DateTimeForms.writeTimestamp(value, style, out);
        }
    }

    @Override
    public void writeBinary(LocalDateTime value, MessageOutput out) {
        Infinity infinity = infinity(value);
        out.int64(infinity == Infinity.NONE ? micros(value.toInstant(ZoneOffset.UTC)) : binary(infinity));
    }

    private static Infinity infinity(LocalDateTime value) {
        return Infinity.of(value, LocalDateTime.MIN, LocalDateTime.MAX);
    }

    /** Of one of the two infinities. */
    static long binary(Infinity infinity) {
        return infinity == Infinity.POSITIVE ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    @Override
    public LocalDateTime readText(String text, TextStyle style) {
        return DateTimeText.read(text, SqlType.TIMESTAMP, style).dateTime();
    }

    @Override
    public LocalDateTime readBinary(byte[] bytes) {
        return LocalDateTime.ofInstant(instant(bytes, SqlType.TIMESTAMP), ZoneOffset.UTC);
    }

    static long micros(Instant instant) {
        long seconds = instant.getEpochSecond() - DateCodec.EPOCH_DAY * 86_400;
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), instant.getNano() / 1000);
    }

    static Instant instant(byte[] bytes, SqlType type) {
        long micros = BigEndian.of(bytes, 8, type).getLong();
        if (micros < FIRST || micros >= END) {
            throw TypeCodec.invalid(type);
        }
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L) + DateCodec.EPOCH_DAY * 86_400,
                Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
