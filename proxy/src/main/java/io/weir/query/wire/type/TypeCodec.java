package io.weir.query.wire.type;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.type.SqlType;
import io.weir.query.type.Written;
import io.weir.query.wire.MessageOutput;

/**
 * One type on the wire.
 *
 * @param <T> the Java class of {@link SqlType#javaClass()}
 */
public interface TypeCodec<T> {
    /** Bytes of the binary form as pg_type.typlen has it; −1 when variable. */
    int length();

    /** Appends the text form, without a length. */
    void writeText(T value, TextStyle style, MessageOutput out);

    /** Appends the binary form, without a length. */
    void writeBinary(T value, MessageOutput out);

    /** Reads a parameter's text form. */
    T readText(String text, TextStyle style);

    /** Reads a parameter's binary form. */
    T readBinary(byte[] bytes);

    /** The codec of a type. */
    static TypeCodec<?> of(SqlType type) {
        return switch (type) {
            case BOOL -> BoolCodec.INSTANCE;
            case INT2 -> Int2Codec.INSTANCE;
            case INT4 -> Int4Codec.INSTANCE;
            case INT8 -> Int8Codec.INSTANCE;
            case FLOAT4 -> Float4Codec.INSTANCE;
            case FLOAT8 -> Float8Codec.INSTANCE;
            case NUMERIC -> NumericCodec.INSTANCE;
            case TEXT, VARCHAR, BPCHAR -> TextCodec.INSTANCE;
            case DATE -> DateCodec.INSTANCE;
            case TIME -> TimeCodec.INSTANCE;
            case TIMESTAMP -> TimestampCodec.INSTANCE;
            case TIMESTAMPTZ -> TimestamptzCodec.INSTANCE;
            case INTERVAL -> IntervalCodec.INSTANCE;
            case UUID -> UuidCodec.INSTANCE;
            case BYTEA -> ByteaCodec.INSTANCE;
            case JSON -> JsonCodec.INSTANCE;
            case JSONB -> JsonbCodec.INSTANCE;
            case BOOL_ARRAY, INT2_ARRAY, INT4_ARRAY, INT8_ARRAY, FLOAT4_ARRAY, FLOAT8_ARRAY, NUMERIC_ARRAY ->
                ArrayCodec.of(type);
            case TEXT_ARRAY, VARCHAR_ARRAY, BPCHAR_ARRAY, UUID_ARRAY, BYTEA_ARRAY, JSON_ARRAY, JSONB_ARRAY ->
                ArrayCodec.of(type);
            case DATE_ARRAY, TIME_ARRAY, TIMESTAMP_ARRAY, TIMESTAMPTZ_ARRAY, INTERVAL_ARRAY -> ArrayCodec.of(type);
        };
    }

    /** The refusal of a parameter; quotes nothing, because the value may be long or personal. */
    static ProblemException invalid(SqlType type) {
        return Problem.of(ProblemCode.INVALID_VALUE, "invalid input for type " + type.sqlName(), Written.hint(type))
                .asException();
    }
}
