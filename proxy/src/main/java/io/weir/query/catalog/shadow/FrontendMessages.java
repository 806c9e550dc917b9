package io.weir.query.catalog.shadow;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Builds messages to the server (PostgreSQL 16, 55.7 "Message Formats"), one after the other, into one array. */
final class FrontendMessages {
    private static final int PROTOCOL_3_0 = 0x0003_0000;
    private static final int CANCEL_REQUEST = 80877102;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] toByteArray() {
        return out.toByteArray();
    }

    FrontendMessages startup(Map<String, String> parameters) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int32(body, PROTOCOL_3_0);
        parameters.forEach((name, value) -> {
            text(body, name);
            text(body, value);
        });
        body.write(0);
        int32(out, body.size() + 4);
        out.writeBytes(body.toByteArray());
        return this;
    }

    FrontendMessages cancel(int process, int secret) {
        int32(out, 16);
        int32(out, CANCEL_REQUEST);
        int32(out, process);
        int32(out, secret);
        return this;
    }

    FrontendMessages query(String sql) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, sql);
        return message('Q', body);
    }

    /** Parse into the unnamed statement. */
    FrontendMessages parse(String sql, List<Integer> parameterOids) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "");
        text(body, sql);
        int16(body, parameterOids.size());
        parameterOids.forEach(oid -> int32(body, oid));
        return message('P', body);
    }

    FrontendMessages describeStatement() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write('S');
        text(body, "");
        return message('D', body);
    }

    /** Binds the unnamed statement, without parameters and with text results, to the unnamed portal. */
    FrontendMessages bind() {
        return bindNulls(0);
    }

    /** The same with that many parameters, all NULL. */
    FrontendMessages bindNulls(int parameters) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "");
        text(body, "");
        int16(body, 0);
        int16(body, parameters);
        for (int i = 0; i < parameters; i++) {
            int32(body, -1);
        }
        int16(body, 0);
        return message('B', body);
    }

    FrontendMessages execute() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "");
        int32(body, 0);
        return message('E', body);
    }

    FrontendMessages closeStatement(String name) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write('S');
        text(body, name);
        return message('C', body);
    }

    FrontendMessages sync() {
        return message('S', new ByteArrayOutputStream());
    }

    FrontendMessages flush() {
        return message('H', new ByteArrayOutputStream());
    }

    FrontendMessages saslInitialResponse(String mechanism, byte[] data) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, mechanism);
        int32(body, data.length);
        body.writeBytes(data);
        return message('p', body);
    }

    FrontendMessages saslResponse(byte[] data) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(data);
        return message('p', body);
    }

    private FrontendMessages message(char type, ByteArrayOutputStream body) {
        out.write(type);
        int32(out, body.size() + 4);
        out.writeBytes(body.toByteArray());
        return this;
    }

    private static void text(ByteArrayOutputStream out, String value) {
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }

    private static void int16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    private static void int32(ByteArrayOutputStream out, int value) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
    }
}
