package io.weir.query.catalog.shadow;

import java.io.ByteArrayOutputStream;

/**
 * One message of the server: {@code Byte1 type, Int32 length, body}.
 *
 * @param type the type byte
 * @param body what follows the length; not copied, nobody writes to it
 */
record BackendMessage(byte type, byte[] body) {
    static final byte AUTHENTICATION = 'R';
    static final byte BIND_COMPLETE = '2';
    static final byte BACKEND_KEY_DATA = 'K';
    static final byte CLOSE_COMPLETE = '3';
    static final byte COMMAND_COMPLETE = 'C';
    static final byte DATA_ROW = 'D';
    static final byte EMPTY_QUERY_RESPONSE = 'I';
    static final byte ERROR_RESPONSE = 'E';
    static final byte NO_DATA = 'n';
    static final byte NOTICE = 'N';
    static final byte NOTIFICATION = 'A';
    static final byte PARAMETER_DESCRIPTION = 't';
    static final byte PARAMETER_STATUS = 'S';
    static final byte PARSE_COMPLETE = '1';
    static final byte PORTAL_SUSPENDED = 's';
    static final byte READY_FOR_QUERY = 'Z';
    static final byte ROW_DESCRIPTION = 'T';

    MessageReader reader() {
        return new MessageReader(body);
    }

    void appendTo(ByteArrayOutputStream out) {
        int length = body.length + 4;
        out.write(type);
        out.write(length >>> 24);
        out.write(length >>> 16);
        out.write(length >>> 8);
        out.write(length);
        out.writeBytes(body);
    }
}
