package io.weir.query.catalog.shadow;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
     * @param parse what it prepares
     * @param needs name of a statement that must be there
     * @param closes name of a statement that it closes
     */
    record Step(
            byte[] bytes,
            boolean silent,
            @Nullable Parse parse,
            @Nullable String needs,
            @Nullable String closes) {
        private static Step message(byte[] bytes) {
            return new Step(bytes, false, null, null, null);
        }

        private static Step needing(byte[] bytes, String statement) {
            return new Step(bytes, false, null, statement, null);
        }
    }

    /** Whether nothing is asked but to close statements. */
    boolean closesStatements() {
        return steps.stream().allMatch(step -> step.closes() != null);
    }

    /** Why a statement is prepared. */
    enum Reason {
        /** The client sent Parse. */
        CLIENT,
        /** The client sent Query, which takes the unnamed statement's place. */
        QUERY,
        /** The client did, and the backend does not have it. */
        MISSED
    }

    /**
     * What a step prepares.
     *
     * @param name of the statement
     * @param received the message as the client sent it
     */
    record Parse(Reason reason, String name, OwnNames names, byte[] received) {}

    /** The step that prepares a statement which a client prepared before. */
    static Step again(byte[] received) {
        Step first = read(received).steps().getFirst();
        Parse parse = Objects.requireNonNull(first.parse(), "it is a Parse");
        return new Step(
                first.bytes(), true, new Parse(Reason.MISSED, parse.name(), parse.names(), received), null, null);
    }

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
                byte[] whole = Arrays.copyOfRange(messages, begin, buffer.position());
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
                OwnNames names = OwnNames.in(reader.text());
                byte[] parse =
                        new FrontendMessages().parse(names.text(), List.of()).toByteArray();
                steps.add(new Step(parse, true, new Parse(Reason.QUERY, "", names, whole), null, null));
                steps.add(new Step(new FrontendMessages().bind().toByteArray(), true, null, null, null));
                steps.add(Step.message(describePortal()));
                steps.add(Step.message(new FrontendMessages().execute().toByteArray()));
            }
            case 'P' -> {
                String name = reader.text();
                OwnNames names = OwnNames.in(reader.text());
                Parse parse = new Parse(Reason.CLIENT, name, names, whole);
                steps.add(new Step(parse(whole, name, names), false, parse, null, null));
            }
            case 'C' -> {
                boolean statement = reader.int8() == 'S';
                steps.add(new Step(whole, false, null, null, statement ? reader.text() : null));
            }
            case 'B' -> {
                reader.text();
                steps.add(Step.needing(whole, reader.text()));
            }
            case 'D' -> {
                boolean statement = reader.int8() == 'S';
                steps.add(statement ? Step.needing(whole, reader.text()) : Step.message(whole));
            }
            case 'E' -> steps.add(Step.message(whole));
            case 'H', 'S' -> {
                // answers are complete without it
            }
            default -> throw new IllegalArgumentException("not a message that a catalogue session forwards");
        }
    }

    /** The message with the names of the session's database and user. */
    private static byte[] parse(byte[] whole, String name, OwnNames names) {
        if (names.keywords().isEmpty()) {
            return whole;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes((name + '\0' + names.text() + '\0').getBytes(StandardCharsets.UTF_8));
        int before = 5 + (name + '\0' + names.original() + '\0').getBytes(StandardCharsets.UTF_8).length;
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
