package io.weir.query.wire.type;

import io.weir.query.type.ArrayText;
import io.weir.query.type.PgArray;
import io.weir.query.type.SqlType;
import io.weir.query.wire.MessageOutput;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of a type. Binary (arrayfuncs.c, array_send):
 *
 * <pre>
 * int32 dimensions | int32 whether an element is NULL | int32 OID of the elements | (int32 length | int32 lower bound) × dimensions
 *   | (int32 length or −1 | bytes) × elements
 * </pre>
 */
final class ArrayCodec<T> implements TypeCodec<PgArray> {
    private final SqlType type;
    private final SqlType elementType;
    private final Class<T> elementClass;
    private final TypeCodec<T> element;

    private ArrayCodec(SqlType type, SqlType elementType, Class<T> elementClass, TypeCodec<T> element) {
        this.type = type;
        this.elementType = elementType;
        this.elementClass = elementClass;
        this.element = element;
    }

    @SuppressWarnings("unchecked") // SqlType says which class its codec carries; cast() checks every element.
    static ArrayCodec<?> of(SqlType type) {
        SqlType element = type.element().orElseThrow();
        return new ArrayCodec<>(
                type, element, (Class<Object>) element.javaClass(), (TypeCodec<Object>) TypeCodec.of(element));
    }

    @Override
    public int length() {
        return -1;
    }

    @Override
    public void writeText(PgArray value, TextStyle style, MessageOutput out) {
        MessageOutput one = new MessageOutput(32);
        out.text(ArrayText.print(value, e -> {
            element.writeText(elementClass.cast(e), style, one);
            return new String(one.drain(), StandardCharsets.UTF_8);
        }));
    }

    @Override
    public void writeBinary(PgArray value, MessageOutput out) {
        boolean nulls = value.elements().stream().anyMatch(e -> e == null);
        out.int32(value.lengths().size()).int32(nulls ? 1 : 0).int32(elementType.oid());
        for (int i = 0; i < value.lengths().size(); i++) {
            out.int32(value.lengths().get(i)).int32(value.lowerBounds().get(i));
        }
        for (Object e : value.elements()) {
            if (e == null) {
                out.int32(-1);
            } else {
                int mark = out.beginLength();
                element.writeBinary(elementClass.cast(e), out);
                out.endLength(mark);
            }
        }
    }

    @Override
    public PgArray readText(String text, TextStyle style) {
        try {
            return ArrayText.parse(text, e -> element.readText(e, style));
        } catch (IllegalArgumentException malformed) {
            throw TypeCodec.invalid(type);
        }
    }

    @Override
    public PgArray readBinary(byte[] bytes) {
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (IllegalArgumentException | BufferUnderflowException malformed) {
            throw TypeCodec.invalid(type);
        }
    }

    private PgArray read(ByteBuffer in) {
        int dimensions = in.getInt();
        int flags = in.getInt();
        if (dimensions < 0
                || dimensions > PgArray.MOST_DIMENSIONS
                || (flags != 0 && flags != 1)
                || in.getInt() != elementType.oid()) {
            throw TypeCodec.invalid(type);
        }
        List<Integer> lengths = new ArrayList<>();
        List<Integer> bounds = new ArrayList<>();
        long count = dimensions == 0 ? 0 : 1;
        for (int i = 0; i < dimensions; i++) {
            int length = in.getInt();
            if (length < 0) {
                throw TypeCodec.invalid(type);
            }
            lengths.add(length);
            bounds.add(in.getInt());
            count = Math.min(count * length, Integer.MAX_VALUE);
        }
        // Each element takes four bytes at least: no room is made for more than were sent.
        if (count > in.remaining() / 4) {
            throw TypeCodec.invalid(type);
        }
        if (count == 0) {
            lengths.clear();
            bounds.clear();
        }
        List<@Nullable Object> elements = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            int length = in.getInt();
            if (length < -1 || length > in.remaining()) {
                throw TypeCodec.invalid(type);
            }
            elements.add(length < 0 ? null : one(in, length));
        }
        if (in.hasRemaining()) {
            throw TypeCodec.invalid(type);
        }
        return new PgArray(lengths, bounds, elements);
    }

    private Object one(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return elementClass.cast(element.readBinary(bytes));
    }
}
