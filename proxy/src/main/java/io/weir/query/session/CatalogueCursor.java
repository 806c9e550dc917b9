package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.wire.Format;
import io.weir.query.wire.FrontendMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over a catalogue statement. The shadow's answer is read whole at the first FETCH, which tells the formats, and handed out by
 * and by: so it can be held beyond the transaction without a backend of the shadow.
 */
final class CatalogueCursor implements Cursor {
    private static final String NAME = "weir cursor";

    /** What the heap needs for a row beside its bytes. */
    private static final int OVERHEAD = 24;

    private final OpenSession session;
    private final String sql;
    private final List<Integer> types;
    private final FrontendMessage.@Nullable Bind bind;
    private final boolean held;
    private final byte[] description;
    private final Deque<byte[]> rows = new ArrayDeque<>();
    private List<Format> read = List.of();
    private boolean asked;
    private long passed;
    private long kept;

    /**
     * Prepares the statement, so that its errors come at once.
     *
     * @param types parameter types as the client gave them
     * @param bind where the parameters are, null when there are none
     */
    CatalogueCursor(
            OpenSession session, String sql, List<Integer> types, FrontendMessage.@Nullable Bind bind, boolean held) {
        this.session = session;
        this.sql = sql;
        this.types = List.copyOf(types);
        this.bind = bind;
        this.held = held;
        session.catalogue().record(sql);
        this.description = first('T', described(session, sql, types));
    }

    /** ParameterDescription of a catalogue statement, as a whole message. */
    static byte[] parameters(OpenSession session, String sql, List<Integer> types) {
        return first('t', described(session, sql, types));
    }

    private static List<byte[]> described(OpenSession session, String sql, List<Integer> types) {
        return answered(
                session, new ShadowStatement(session, NAME).prepare(sql, types).describeStatement());
    }

    @Override
    public List<AnswerColumn> columns() {
        return List.of();
    }

    @Override
    public void describe() {
        describe(List.of());
    }

    @Override
    public void describe(List<Format> formats) {
        session.stream().relay(inFormats(description, formats));
    }

    @Override
    public long fetch(int maxRows, List<Format> formats) {
        session.checkAdmission();
        if (!asked || !formats.equals(read)) {
            ask(formats);
        }
        return take(maxRows, true);
    }

    @Override
    public long skip(int maxRows) {
        if (!asked) {
            ask(List.of());
        }
        return take(maxRows, false);
    }

    @Override
    public boolean isHeld() {
        return held;
    }

    @Override
    public void close() {
        forget();
    }

    private void forget() {
        rows.clear();
        session.cursorMemory().drop(kept);
        kept = 0;
    }

    private void keep(byte[] row) {
        session.cursorMemory().keep(row.length + OVERHEAD);
        kept += row.length + OVERHEAD;
        rows.add(row);
    }

    private byte[] next() {
        byte[] row = rows.removeFirst();
        session.cursorMemory().drop(row.length + OVERHEAD);
        kept -= row.length + OVERHEAD;
        return row;
    }

    private long take(int maxRows, boolean send) {
        long taken = 0;
        while (!rows.isEmpty() && (maxRows == 0 || taken < maxRows)) {
            byte[] row = next();
            if (send) {
                session.stream().relay(row);
            }
            taken++;
        }
        passed += taken;
        return taken;
    }

    private void ask(List<Format> formats) {
        int columns = ByteBuffer.wrap(description).getShort(5);
        if (formats.size() > 1 && formats.size() != columns) {
            throw Problem.of(
                            ProblemCode.PROTOCOL_VIOLATION,
                            "bind message has " + formats.size() + " result formats but query has " + columns
                                    + " columns")
                    .asException();
        }
        ShadowStatement statement = new ShadowStatement(session, NAME)
                .prepare(sql, types)
                .bind(bind, formats)
                .execute();
        forget();
        asked = false;
        try {
            answered(session, statement, message -> {
                if (message[0] == 'D') {
                    keep(message);
                }
            });
            for (long i = 0; i < passed && !rows.isEmpty(); i++) {
                next();
            }
            read = List.copyOf(formats);
            asked = true;
        } finally {
            if (!asked) {
                forget();
            }
        }
    }

    private static List<byte[]> answered(OpenSession session, ShadowStatement statement) {
        List<byte[]> messages = new ArrayList<>();
        answered(session, statement, messages::add);
        return messages;
    }

    /** Hands out the shadow's messages; an error among them is told to the client. */
    private static void answered(OpenSession session, ShadowStatement statement, Consumer<byte[]> receiver) {
        try (CatalogSession.Reply reply = statement.ask()) {
            ShadowStatement.each(reply, message -> {
                if (message[0] == 'E') {
                    session.stream().relay(message);
                } else {
                    receiver.accept(message);
                }
            });
            if (reply.failed()) {
                statement.forget();
                throw new ToldException();
            }
        }
    }

    private static byte[] first(char tag, List<byte[]> messages) {
        return messages.stream()
                .filter(message -> message[0] == tag)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the shadow sent no message " + tag));
    }

    /** RowDescription with other format codes. */
    private static byte[] inFormats(byte[] description, List<Format> formats) {
        byte[] copy = description.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy);
        int columns = buffer.getShort(5);
        int at = 7;
        for (int i = 0; i < columns; i++) {
            while (copy[at] != 0) {
                at++;
            }
            at += 1 + 16;
            Format format = formats.isEmpty() ? Format.TEXT : formats.get(formats.size() == 1 ? 0 : i);
            buffer.putShort(at, (short) format.code());
            at += 2;
        }
        return copy;
    }
}
