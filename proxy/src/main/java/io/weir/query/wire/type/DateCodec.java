package io.weir.query.wire.type;

import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.time.LocalDate;

/** Text in the form of DateStyle; binary int32 days since 2000-01-01 (date.c). Infinities are sent and, as parameters, refused. */
final class DateCodec implements TypeCodec<LocalDate> {
    static final DateCodec INSTANCE = new DateCodec();
    static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    /** 4714-11-24 BC, and the day after 5874897-12-31 (timestamp.h, IS_VALID_DATE). */
    private static final int FIRST = -2_451_545;

    private static final int END = 2_145_031_949;

    private DateCodec() {}

    @Override
    public int length() {
        return 4;
    }

    @Override
    public void writeText(LocalDate value, TextStyle style, MessageOutput out) {
        if (!infinity(value).writeText(out)) {
            DateTimeForms.writeDate(value, style, out);
        }
    }

    @Override
    public void writeBinary(LocalDate value, MessageOutput out) {
        out.int32(
                switch (infinity(value)) {
                    case POSITIVE -> Integer.MAX_VALUE;
                    case NEGATIVE -> Integer.MIN_VALUE;
                    case NONE -> Math.toIntExact(value.toEpochDay() - EPOCH_DAY);
                });
    }

    private static Infinity infinity(LocalDate value) {
        return Infinity.of(value, LocalDate.MIN, LocalDate.MAX);
    }

    @Override
    public LocalDate readText(String text, TextStyle style) {
        return DateTimeText.read(text, SqlType.DATE, style).date();
    }

    @Override
    public LocalDate readBinary(byte[] bytes) {
        int days = BigEndian.of(bytes, 4, SqlType.DATE).getInt();
        if (days < FIRST || days >= END) {
            throw TypeCodec.invalid(SqlType.DATE);
        }
        return LocalDate.ofEpochDay(days + EPOCH_DAY);
    }
}
