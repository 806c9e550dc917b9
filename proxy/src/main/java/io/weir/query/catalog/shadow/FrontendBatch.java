package io.weir.query.catalog.shadow;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's messages, taken apart: whole messages in order, a Query turned into its extended form, so that PostgreSQL itself refuses a
 * second statement hidden in the text.
 *
 * @param steps what to send, in order
 */
record FrontendBatch(List<Step> steps) {
    FrontendBatch {
        steps = List.copyOf(steps);
    }

    /**
     * One message to send; exactly one closing answer belongs to it.
     *
     * @param bytes the whole message
     * @param silent whether its closing answer is ours, not the client's
     * @param sql the text of a Parse, else empty
     * @param prepared name of a statement that it prepares, else empty
     * @param closed name of a statement that it closes, else empty
     */
    record Step(byte[] bytes, boolean silent, String sql, String prepared, String closed) {}

    /** @throws IllegalArgumentException when these are no whole messages, or other ones than a session may forward */
    static FrontendBatch read(byte[] messages) {
        List<Step> steps = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(messages);
        try {
            while (buffer.hasRemaining()) {
                int begin = buffer.position();
                byte type = buffer.get();
                int length = buffer.getInt();
                if (length < 4 || length - 4 > buffer.remaining()) {
                    throw new IllegalArgumentException("not a whole message");
                }
                byte[] body = new byte[length - 4];
                buffer.get(body);
                byte[] whole = java.util.Arrays.copyOfRange(messages, begin, buffer.position());
                add(steps, type, body, whole);
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("not a whole message", e);
        }
        return new FrontendBatch(steps);
    }

    private static void add(List<Step> steps, byte type, byte[] body, byte[] whole) {
        MessageReader reader = new MessageReader(body);
        switch (type) {
            case 'Q' -> {
                String sql = StatementGlance.withNamesOfTheSession(reader.text());
                steps.add(new Step(new FrontendMessages().parse(sql, List.of()).toByteArray(), true, sql, "", ""));
                steps.add(new Step(new FrontendMessages().bind().toByteArray(), true, "", "", ""));
                steps.add(new Step(describePortal(), false, "", "", ""));
                steps.add(new Step(new FrontendMessages().execute().toByteArray(), false, "", "", ""));
            }
            case 'P' -> {
                String name = reader.text();
                String sql = reader.text();
                steps.add(new Step(parse(whole, name, sql), false, sql, name, ""));
            }
            case 'C' -> {
                boolean statement = reader.int8() == 'S';
                steps.add(new Step(whole, false, "", "", statement ? reader.text() : ""));
            }
            case 'B', 'D', 'E' -> steps.add(new Step(whole, false, "", "", ""));
            case 'H', 'S' -> {
                // answers are complete without it
            }
            default -> throw new IllegalArgumentException("not a message that a catalogue session forwards");
        }
    }

    /** The message with the names of the session's database and user. */
    private static byte[] parse(byte[] whole, String name, String sql) {
        String changed = StatementGlance.withNamesOfTheSession(sql);
        if (changed.equals(sql)) {
            return whole;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes((name + '\0' + changed + '\0').getBytes(StandardCharsets.UTF_8));
        int before = 5 + (name + '\0' + sql + '\0').getBytes(StandardCharsets.UTF_8).length;
        body.write(whole, before, whole.length - before);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BackendMessage((byte) 'P', body.toByteArray()).appendTo(out);
        return out.toByteArray();
    }

    private static byte[] describePortal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BackendMessage((byte) 'D', "P\0".getBytes(StandardCharsets.US_ASCII)).appendTo(out);
        return out.toByteArray();
    }
}
