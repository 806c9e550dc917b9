package io.weir.query.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of whole outgoing messages. Integers are big-endian, strings UTF-8 and NUL-terminated. Not thread-safe.
 *
 * <p>A message is written between {@link #begin} and {@link #end}, which fills in its length; nested lengths (values of a row) are
 * written with {@link #beginLength} and {@link #endLength}.
 */
public final class MessageOutput {
    private byte[] buffer;
    private int size;
    private int messageStart = -1;

    public MessageOutput(int capacity) {
        buffer = new byte[capacity];
    }

    public MessageOutput begin(char tag) {
        if (messageStart >= 0) {
            throw new IllegalStateException("a message is open");
        }
        int8(tag);
        messageStart = size;
        return int32(0);
    }

    public void end() {
        patch(messageStart, size - messageStart);
        messageStart = -1;
    }

    /** Forgets the open message, if any: nothing of it is sent. */
    public void abandon() {
        if (messageStart >= 0) {
            size = messageStart - 1;
            messageStart = -1;
        }
    }

    /** Reserves an int32 for the length of what follows; hand the result to {@link #endLength}. */
    public int beginLength() {
        int32(0);
        return size;
    }

    public void endLength(int mark) {
        patch(mark - 4, size - mark);
    }

    public MessageOutput int8(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public MessageOutput int16(int value) {
        ensure(2);
        buffer[size++] = (byte) (value >> 8);
        buffer[size++] = (byte) value;
        return this;
    }

    public MessageOutput int32(int value) {
        ensure(4);
        patch(size, value);
        size += 4;
        return this;
    }

    public MessageOutput int64(long value) {
        return int32((int) (value >> 32)).int32((int) value);
    }

    public MessageOutput bytes(byte[] value) {
        return bytes(value, 0, value.length);
    }

    public MessageOutput bytes(byte[] value, int from, int length) {
        ensure(length);
        System.arraycopy(value, from, buffer, size, length);
        size += length;
        return this;
    }

    /** UTF-8 without terminator. */
    public MessageOutput text(String value) {
        int length = value.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return bytes(value.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            buffer[size++] = (byte) c;
        }
        return this;
    }

    /** Decimal digits of a number that is not negative, with zeros before them up to a width. */
    public MessageOutput digits(long value, int width) {
        int count = 1;
        for (long left = value; left >= 10; left /= 10) {
            count++;
        }
        int all = Math.max(count, width);
        ensure(all);
        long left = value;
        for (int at = size + all - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        size += all;
        return this;
    }

    /** A whole number as PostgreSQL prints it. */
    public MessageOutput decimal(long value) {
        if (value >= 0) {
            return digits(value, 1);
        }
        return value == Long.MIN_VALUE ? text(Long.toString(value)) : int8('-').digits(-value, 1);
    }

    public MessageOutput string(String value) {
        return text(value).int8(0);
    }

    public int size() {
        return size;
    }

    /** Hands over everything written and starts anew. */
    public byte[] drain() {
        if (messageStart >= 0) {
            throw new IllegalStateException("a message is open");
        }
        byte[] drained = Arrays.copyOf(buffer, size);
        size = 0;
        return drained;
    }

    private void patch(int at, int value) {
        buffer[at] = (byte) (value >> 24);
        buffer[at + 1] = (byte) (value >> 16);
        buffer[at + 2] = (byte) (value >> 8);
        buffer[at + 3] = (byte) value;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
        }
    }
}
