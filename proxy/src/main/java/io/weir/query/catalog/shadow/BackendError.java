package io.weir.query.catalog.shadow;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An ErrorResponse (PostgreSQL 16, 55.8 "Error and Notice Message Fields").
 *
 * @param sqlState field C
 * @param message field M
 * @param hint field H, or null
 * @param position field P: 1-based in characters, 0 when absent
 */
record BackendError(
        String sqlState, String message, @Nullable String hint, int position) {
    static BackendError read(BackendMessage message) {
        Map<Byte, String> fields = new HashMap<>();
        try {
            MessageReader reader = message.reader();
            for (byte field = reader.int8(); field != 0; field = reader.int8()) {
                fields.put(field, reader.text());
            }
        } catch (BufferUnderflowException cutShort) {
            // What was told so far counts: an error is an error.
        }
        String position = fields.getOrDefault((byte) 'P', "");
        String state = fields.getOrDefault((byte) 'C', "");
        return new BackendError(
                state.matches("[0-9A-Z]{5}") ? state : "XX000",
                fields.getOrDefault((byte) 'M', ""),
                fields.get((byte) 'H'),
                position.matches("[0-9]{1,9}") ? Integer.parseInt(position) : 0);
    }

    /** Says one field after the other in other words; a field's tag comes first. What is cut short stays as it is. */
    static BackendMessage reworded(BackendMessage message, BiFunction<Character, String, String> words) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            MessageReader reader = message.reader();
            for (byte field = reader.int8(); field != 0; field = reader.int8()) {
                body.write(field);
                body.writeBytes(words.apply((char) field, reader.text()).getBytes(StandardCharsets.UTF_8));
                body.write(0);
            }
            body.write(0);
            return new BackendMessage(message.type(), body.toByteArray());
        } catch (BufferUnderflowException cutShort) {
            return message;
        }
    }

    BackendException asException() {
        return new BackendException(this);
    }

    /** An error answer where only success was expected. For the log. */
    static final class BackendException extends java.io.IOException {
        private static final long serialVersionUID = 1L;

        private final transient BackendError error;

        BackendException(BackendError error) {
            super(error.sqlState() + " " + error.message());
            this.error = error;
        }

        BackendError error() {
            return error;
        }
    }
}
