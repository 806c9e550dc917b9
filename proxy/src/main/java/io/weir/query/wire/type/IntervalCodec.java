package io.weir.query.wire.type;

import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.nio.ByteBuffer;

/** Text IntervalStyle postgres (datetime.c, EncodeInterval); binary {@code int64 micros | int32 days | int32 months} (timestamp.c). */
final class IntervalCodec implements TypeCodec<PgInterval> {
    static final IntervalCodec INSTANCE = new IntervalCodec();

    private IntervalCodec() {}

    @Override
    public int length() {
        return 16;
    }

    @Override
    public void writeText(PgInterval value, TextStyle style, MessageOutput out) {
        switch (style.intervals()) {
            case POSTGRES -> own(value, out);
            case POSTGRES_VERBOSE -> out.text(IntervalForms.verbose(value));
            case SQL_STANDARD -> out.text(IntervalForms.standard(value));
            case ISO_8601 -> out.text(IntervalForms.iso(value));
        }
    }

    private static void own(PgInterval value, MessageOutput out) {
        StringBuilder text = new StringBuilder();
        boolean negative = part(text, value.months() / 12, "year", false);
        negative = part(text, value.months() % 12, "mon", negative);
        negative = part(text, value.days(), "day", negative);
        out.text(text.toString());
        if (text.isEmpty() || value.micros() != 0) {
            time(value.micros(), text.isEmpty(), negative, out);
        }
    }

    @Override
    public void writeBinary(PgInterval value, MessageOutput out) {
        out.int64(value.micros()).int32(value.days()).int32(value.months());
    }

    @Override
    public PgInterval readText(String text, TextStyle style) {
        return IntervalText.read(text);
    }

    @Override
    public PgInterval readBinary(byte[] bytes) {
        ByteBuffer in = BigEndian.of(bytes, 16, SqlType.INTERVAL);
        long micros = in.getLong();
        int days = in.getInt();
        return new PgInterval(in.getInt(), days, micros);
    }

    /** A field that is not zero; a positive one after a negative one carries a plus. Tells whether the last field written was negative. */
    private static boolean part(StringBuilder text, int value, String unit, boolean afterNegative) {
        if (value == 0) {
            return afterNegative;
        }
        if (!text.isEmpty()) {
            text.append(' ');
        }
        if (afterNegative && value > 0) {
            text.append('+');
        }
        text.append(value).append(' ').append(unit);
        if (value != 1) {
            text.append('s');
        }
        return value < 0;
    }

    private static void time(long micros, boolean first, boolean afterNegative, MessageOutput out) {
        if (!first) {
            out.int8(' ');
        }
        if (micros < 0) {
            out.int8('-');
        } else if (afterNegative) {
            out.int8('+');
        }
        // Negative arithmetic avoids the overflow of Long.MIN_VALUE.
        long left = micros < 0 ? micros : -micros;
        long hours = -(left / 3_600_000_000L);
        if (hours < 10) {
            out.int8('0');
        }
        out.text(Long.toString(hours)).int8(':');
        DateTimeText.two((int) -(left / 60_000_000L % 60), out);
        out.int8(':');
        DateTimeText.two((int) -(left / 1_000_000L % 60), out);
        DateTimeText.writeFraction((int) -(left % 1_000_000L), out);
    }
}
