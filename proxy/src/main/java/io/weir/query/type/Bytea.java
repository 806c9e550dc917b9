package io.weir.query.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A value of {@code bytea}: bytes that do not change. Prints their number only. */
public final class Bytea {
    private final byte[] bytes;

    private Bytea(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies. */
    public static Bytea of(byte[] bytes) {
        return new Bytea(bytes.clone());
    }

    /**
     * Reads either of PostgreSQL's two forms (varlena.c, byteain).
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Bytea parse(String text) {
        return text.startsWith("\\x") ? new Bytea(hex(text)) : new Bytea(escaped(text));
    }

    private static byte[] hex(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 2; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean between = digits.length() % 2 == 0;
            if (!(between && (c == ' ' || c == '\n' || c == '\t' || c == '\r'))) {
                digits.append(c);
            }
        }
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] escaped(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[utf8.length];
        int size = 0;
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] != '\\') {
                out[size++] = utf8[i];
            } else if (i + 1 < utf8.length && utf8[i + 1] == '\\') {
                out[size++] = '\\';
                i++;
            } else if (i + 3 < utf8.length && utf8[i + 1] >= '0' && utf8[i + 1] <= '3') {
                out[size++] = (byte) (octal(utf8[i + 1]) << 6 | octal(utf8[i + 2]) << 3 | octal(utf8[i + 3]));
                i += 3;
            } else {
                throw new IllegalArgumentException("a backslash that escapes nothing");
            }
        }
        return Arrays.copyOf(out, size);
    }

    private static int octal(byte digit) {
        if (digit < '0' || digit > '7') {
            throw new IllegalArgumentException("not an octal digit");
        }
        return digit - '0';
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** {@code \x6162}: bytea_output hex. */
    public String hex() {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    /** {@code a\000b}: bytea_output escape. */
    public String escape() {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b == '\\') {
                text.append("\\\\");
            } else if (b >= 0x20 && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append('\\')
                        .append((char) ('0' + ((b & 0xff) >> 6)))
                        .append((char) ('0' + (b >> 3 & 7)))
                        .append((char) ('0' + (b & 7)));
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytea that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Bytea[" + bytes.length + "]";
    }
}
