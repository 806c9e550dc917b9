package io.weir.connector.sqlserver.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An answer as a stream of tokens, little-endian, in packets of the negotiated size; {@link #end} sends the last one ([MS-TDS] 2.2.7). */
final class Tokens {
    static final int DONE = 0xFD;
    static final int DONE_PROC = 0xFE;
    static final int DONE_IN_PROC = 0xFF;

    static final int ERROR_BIT = 0x02;
    static final int COUNT_BIT = 0x10;
    static final int MORE_BIT = 0x01;
    static final int ATTENTION_BIT = 0x20;

    private static final int PACKET = 4096;
    private static final int HEADER = 8;
    private static final int TABULAR_RESULT = 4;

    private final OutputStream out;
    private final byte[] packet = new byte[PACKET];
    private int length = HEADER;
    private int id = 1;

    Tokens(OutputStream out) {
        this.out = out;
    }

    Tokens int8(int value) throws IOException {
        if (length == PACKET) {
            send(false);
        }
        packet[length++] = (byte) value;
        return this;
    }

    Tokens int16(int value) throws IOException {
        return int8(value).int8(value >> 8);
    }

    Tokens int32(int value) throws IOException {
        return int16(value).int16(value >> 16);
    }

    Tokens int64(long value) throws IOException {
        return int32((int) value).int32((int) (value >> 32));
    }

    Tokens bytes(byte[] value) throws IOException {
        for (byte b : value) {
            int8(b);
        }
        return this;
    }

    /** Length in characters as one byte, then UTF-16. */
    Tokens shortText(String text) throws IOException {
        return int8(text.length()).bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Length in characters as two bytes, then UTF-16. */
    Tokens text(String text) throws IOException {
        return int16(text.length()).bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** ENVCHANGE of a text value. */
    Tokens environment(int kind, String now, String before) throws IOException {
        return int8(0xE3)
                .int16(3 + 2 * now.length() + 2 * before.length())
                .int8(kind)
                .shortText(now)
                .shortText(before);
    }

    Tokens done(int token, int status, long rows) throws IOException {
        return int8(token).int16(status).int16(0xC1).int64(rows);
    }

    Tokens error(int number, int severity, String message) throws IOException {
        String cut = message.substring(0, Math.min(message.length(), 1_000));
        return int8(0xAA)
                .int16(4 + 1 + 1 + 2 + 2 * cut.length() + 1 + 2 * "RESPONDER".length() + 1 + 4)
                .int32(number)
                .int8(1)
                .int8(severity)
                .text(cut)
                .shortText("RESPONDER")
                .shortText("")
                .int32(1);
    }

    Tokens returnStatus(int status) throws IOException {
        return int8(0x79).int32(status);
    }

    /** RETURNVALUE of an integer output parameter: the handle of a prepared statement. */
    Tokens handle(int handle) throws IOException {
        return int8(0xAC)
                .int16(0)
                .shortText("")
                .int8(1)
                .int32(0)
                .int16(0)
                .int8(0x26)
                .int8(4)
                .int8(4)
                .int32(handle);
    }

    void end() throws IOException {
        send(true);
        out.flush();
        id = 1;
    }

    private void send(boolean last) throws IOException {
        packet[0] = TABULAR_RESULT;
        packet[1] = (byte) (last ? 1 : 0);
        packet[2] = (byte) (length >> 8);
        packet[3] = (byte) length;
        packet[6] = (byte) id++;
        out.write(packet, 0, length);
        length = HEADER;
    }
}
