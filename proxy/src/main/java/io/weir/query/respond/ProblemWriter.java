package io.weir.query.respond;

import io.weir.problem.Problem;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.BackendMessage.Field;
import io.weir.query.wire.BackendStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes problems of one session. The client gets the public sentence, what exactly, a hint, the stable code and a reference under which
 * the log keeps the cause. One thread.
 */
public final class ProblemWriter {
    private final BackendStream stream;
    private final String session;
    private int count;

    /** @param session correlation id of the session; references are this id and a running number */
    public ProblemWriter(BackendStream stream, String session) {
        this.stream = stream;
        this.session = session;
    }

    /** Writes an ErrorResponse after which the session lives on. Returns the reference for the log. */
    public String error(Problem problem) {
        return write("ERROR", problem, 0);
    }

    /** The same for a statement that starts {@code offset} characters into the message the client sent. */
    public String error(Problem problem, int offset) {
        return write("ERROR", problem, offset);
    }

    /** Writes an ErrorResponse after which the connection closes. Returns the reference for the log. */
    public String fatal(Problem problem) {
        return write("FATAL", problem, 0);
    }

    /** Something the client should know about a result. */
    public void notice(String text) {
        stream.send(new BackendMessage.NoticeResponse(List.of(
                new Field('S', "NOTICE"), new Field('V', "NOTICE"), new Field('C', "00000"), new Field('M', text))));
    }

    /** A statement that did nothing, as PostgreSQL warns. */
    public void warning(String sqlState, String text) {
        stream.send(new BackendMessage.NoticeResponse(List.of(
                new Field('S', "WARNING"), new Field('V', "WARNING"), new Field('C', sqlState), new Field('M', text))));
    }

    private String write(String severity, Problem problem, int offset) {
        String reference = session + "-" + ++count;
        List<Field> fields = new ArrayList<>();
        fields.add(new Field('S', severity));
        fields.add(new Field('V', severity));
        fields.add(new Field('C', problem.code().sqlState()));
        fields.add(new Field('M', clean(problem.code().sentence())));
        String marks = "code " + problem.code() + ", reference " + reference;
        String detail = problem.detail();
        fields.add(new Field('D', detail == null ? marks : clean(detail) + "\n" + marks));
        String hint = hint(problem);
        if (hint != null) {
            fields.add(new Field('H', clean(hint)));
        }
        if (problem.position() > 0) {
            fields.add(new Field('P', Integer.toString(problem.position() + offset)));
        }
        stream.send(new BackendMessage.ErrorResponse(fields));
        return reference;
    }

    /** What is not the caller's doing has one advice, unless there is a better one. */
    private static @Nullable String hint(Problem problem) {
        String hint = problem.hint();
        if (hint != null) {
            return hint;
        }
        return switch (problem.code().kind()) {
            case SOURCE, INTERNAL ->
                "Try again in a few minutes; if it stays like this, tell an operator the reference.";
            case ANALYST, POLICY, CAPACITY -> null;
        };
    }

    /** A NUL would end the field early and let the rest be read as other fields. */
    private static String clean(String text) {
        return text.replace('\0', ' ');
    }
}
