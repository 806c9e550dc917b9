package io.weir.query.respond;

import io.weir.query.type.SqlType;
import io.weir.query.wire.Format;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.type.TextStyle;
import io.weir.query.wire.type.TypeCodec;

/** Appends a value of one column, which is not null, without a length. Immutable. */
interface ColumnWriter {
    void write(Object value, MessageOutput out);

    static ColumnWriter of(SqlType type, Format format, TextStyle style) {
        return bind(TypeCodec.of(type), type.javaClass(), format, style);
    }

    @SuppressWarnings("unchecked") // SqlType says which class its codec carries; cast() checks every value.
    private static <T> ColumnWriter bind(TypeCodec<?> codec, Class<T> javaClass, Format format, TextStyle style) {
        TypeCodec<T> typed = (TypeCodec<T>) codec;
        return switch (format) {
            case TEXT -> (value, out) -> typed.writeText(javaClass.cast(value), style, out);
            case BINARY -> (value, out) -> typed.writeBinary(javaClass.cast(value), out);
        };
    }
}
