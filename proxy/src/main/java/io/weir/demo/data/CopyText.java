package io.weir.demo.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in PostgreSQL's COPY text format (PostgreSQL 16, "COPY", File Formats): tab between columns, newline after a row, {@code \N}
 * for NULL, backslash escapes. Keeps a digest of all bytes. One thread.
 */
final class CopyText {
    private static final int FLUSH_AT = 1 << 16;

    private final OutputStream out;
    private final MessageDigest digest;
    private byte[] buffer = new byte[FLUSH_AT + (1 << 13)];
    private int length;
    private boolean first = true;
    private long rows;

    CopyText(OutputStream out) {
        this.out = out;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    CopyText nil() {
        separate();
        put((byte) '\\');
        put((byte) 'N');
        return this;
    }

    CopyText number(long value) {
        separate();
        digits(value, 1);
        return this;
    }

    /** Hundredths, written with a decimal point. */
    CopyText money(long pence) {
        separate();
        digits(pence / 100, 1);
        put((byte) '.');
        digits(pence % 100, 2);
        return this;
    }

    CopyText flag(boolean value) {
        separate();
        put((byte) (value ? 't' : 'f'));
        return this;
    }

    CopyText date(int epochDay) {
        separate();
        java.time.LocalDate date = java.time.LocalDate.ofEpochDay(epochDay);
        digits(date.getYear(), 4);
        put((byte) '-');
        digits(date.getMonthValue(), 2);
        put((byte) '-');
        digits(date.getDayOfMonth(), 2);
        return this;
    }

    CopyText text(@Nullable String value) {
        if (value == null) {
            return nil();
        }
        separate();
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            switch (b) {
                case '\t' -> escape('t');
                case '\n' -> escape('n');
                case '\r' -> escape('r');
                case '\\' -> escape('\\');
                default -> put(b);
            }
        }
        return this;
    }

    void endRow() throws IOException {
        put((byte) '\n');
        first = true;
        rows++;
        if (length >= FLUSH_AT) {
            flush();
        }
    }

    /** Writes what is left and tells what was written. */
    DemoTable finish(String name) throws IOException {
        flush();
        return new DemoTable(name, rows, HexFormat.of().formatHex(digest.digest()));
    }

    private void flush() throws IOException {
        digest.update(buffer, 0, length);
        out.write(buffer, 0, length);
        length = 0;
    }

    private void escape(char letter) {
        put((byte) '\\');
        put((byte) letter);
    }

    private void separate() {
        if (first) {
            first = false;
        } else {
            put((byte) '\t');
        }
    }

    private void digits(long value, int width) {
        String text = Long.toString(value);
        for (int i = text.length(); i < width; i++) {
            put((byte) '0');
        }
        for (int i = 0; i < text.length(); i++) {
            put((byte) text.charAt(i));
        }
    }

    private void put(byte b) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        buffer[length++] = b;
    }
}
