package io.weir.connector.sqlserver.tds;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Messages from packets: {@code byte type, byte status (bit 0: last), uint16 length with the header, uint16 spid, byte id, byte window}, big-endian
 * ([MS-TDS] 2.2.3).
 */
final class Packets {
    static final int SQL_BATCH = 0x01;
    static final int RPC = 0x03;
    static final int ATTENTION = 0x06;
    static final int TRANSACTION = 0x0E;
    static final int LOGIN = 0x10;
    static final int PRELOGIN = 0x12;

    private static final int HEADER = 8;

    private final DataInputStream in;

    Packets(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** @param body little-endian, as everything behind the header is */
    record Message(int type, ByteBuffer body) {}

    Message next() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int type;
        int status;
        do {
            type = in.readUnsignedByte();
            status = in.readUnsignedByte();
            int length = in.readUnsignedShort();
            in.readInt();
            all.write(in.readNBytes(length - HEADER));
        } while ((status & 1) == 0);
        return new Message(type, ByteBuffer.wrap(all.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
    }
}
