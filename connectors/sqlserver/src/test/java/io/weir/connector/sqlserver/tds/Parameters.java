package io.weir.connector.sqlserver.tds;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of a procedure's parameters ([MS-TDS] 2.2.6.6 and 2.2.5.5). */
final class Parameters {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);

    private final ByteBuffer in;

    Parameters(ByteBuffer in) {
        this.in = in;
    }

    boolean more() {
        return in.hasRemaining();
    }

    /** Skips name and status; the order tells which is which. */
    @Nullable
    Object next() {
        bytes(2 * unsigned());
        in.get();
        int type = unsigned();
        return switch (type) {
            case 0xE7 -> text();
            case 0x26 -> integer();
            case 0x68 -> {
                in.get();
                yield unsigned() == 0 ? null : in.get() != 0;
            }
            case 0x6D -> {
                in.get();
                yield switch (unsigned()) {
                    case 0 -> null;
                    case 4 -> (Object) in.getFloat();
                    default -> (Object) in.getDouble();
                };
            }
            case 0x6A, 0x6C -> decimal();
            case 0x28 -> unsigned() == 0 ? null : date();
            case 0x29 -> {
                int scale = unsigned();
                int length = unsigned();
                yield length == 0 ? null : time(scale, length);
            }
            case 0x2A -> {
                int scale = unsigned();
                int length = unsigned();
                yield length == 0 ? null : dateTime(scale, length - 3);
            }
            case 0x2B -> {
                int scale = unsigned();
                int length = unsigned();
                yield length == 0 ? null : moment(scale, length - 5);
            }
            case 0x24 -> {
                in.get();
                yield unsigned() == 0 ? null : uuid();
            }
            default -> throw new IllegalArgumentException("parameter of type 0x" + Integer.toHexString(type));
        };
    }

    private int unsigned() {
        return in.get() & 0xff;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private @Nullable String text() {
        int most = in.getShort() & 0xffff;
        bytes(5);
        if (most != 0xffff) {
            int length = in.getShort() & 0xffff;
            return length == 0xffff ? null : new String(bytes(length), StandardCharsets.UTF_16LE);
        }
        // A large value comes in chunks.
        if (in.getLong() == -1) {
            return null;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int chunk;
        while ((chunk = in.getInt()) != 0) {
            all.writeBytes(bytes(chunk));
        }
        return all.toString(StandardCharsets.UTF_16LE);
    }

    private @Nullable Object integer() {
        in.get();
        return switch (unsigned()) {
            case 0 -> null;
            case 1 -> (Object) unsigned();
            case 2 -> (Object) (int) in.getShort();
            case 4 -> (Object) in.getInt();
            default -> (Object) in.getLong();
        };
    }

    private @Nullable BigDecimal decimal() {
        in.get();
        in.get();
        int scale = unsigned();
        int length = unsigned();
        if (length == 0) {
            return null;
        }
        int sign = unsigned() == 0 ? -1 : 1;
        byte[] magnitude = reversed(bytes(length - 1));
        return new BigDecimal(new BigInteger(1, magnitude).multiply(BigInteger.valueOf(sign)), scale);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private long little(int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (long) unsigned() << (8 * i);
        }
        return value;
    }

    private LocalDate date() {
        return FIRST.plusDays(little(3));
    }

    private LocalTime time(int scale, int length) {
        long nanos = little(length);
        for (int i = scale; i < 9; i++) {
            nanos *= 10;
        }
        return LocalTime.ofNanoOfDay(nanos);
    }

    private LocalDateTime dateTime(int scale, int length) {
        LocalTime time = time(scale, length);
        return date().atTime(time);
    }

    private Object moment(int scale, int length) {
        LocalDateTime utc = dateTime(scale, length);
        return utc.atOffset(ZoneOffset.UTC).withOffsetSameInstant(ZoneOffset.ofTotalSeconds(in.getShort() * 60));
    }

    /** The first three groups are little-endian. */
    private UUID uuid() {
        long first = in.getInt() & 0xffffffffL;
        long second = in.getShort() & 0xffffL;
        long third = in.getShort() & 0xffffL;
        return new UUID(first << 32 | second << 16 | third, Long.reverseBytes(in.getLong()));
    }
}
