package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.respond.CopyEncoder;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.MessageOutput;
import io.weir.query.wire.copy.CopyLayout;
import io.weir.query.wire.copy.CopyOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code COPY … TO STDOUT} of a catalogue statement: the shadow runs the query, its rows are sent in COPY's form. Runs once. */
final class CatalogueCopyPortal implements Portal {
    /** A statement and portal of ours in the shadow; a client's own unnamed ones stay as they are. */
    private static final String NAME = "weir copy";

    private final OpenSession session;
    private final String sql;
    private final CopyOptions options;
    private boolean run;

    CatalogueCopyPortal(OpenSession session, String sql, CopyOptions options) {
        this.session = session;
        this.sql = sql;
        this.options = options;
    }

    /** None: it sends no rows. */
    @Override
    public List<AnswerColumn> columns() {
        return List.of();
    }

    @Override
    public void describe() {
        session.stream().send(new BackendMessage.NoData());
    }

    @Override
    public void execute(int maxRows) {
        if (run) {
            throw CopyPortal.RUN_ALREADY.asException();
        }
        run = true;
        session.catalogue().record(sql);
        CatalogSession.Reply reply = session.catalogue().ask(question(), session.settings());
        ByteBuffer in = ByteBuffer.wrap(reply.messages());
        CopyLayout layout = null;
        long rows = 0;
        while (in.hasRemaining()) {
            int start = in.position();
            int length = in.getInt(start + 1);
            char tag = (char) in.get(start);
            ByteBuffer body = in.slice(start + 5, length - 4);
            in.position(start + 1 + length);
            if (tag == 'E') {
                session.stream().relay(Arrays.copyOfRange(reply.messages(), start, in.position()));
                throw new ToldException();
            }
            if (tag == 'T') {
                layout = begin(labels(body));
            } else if (tag == 'D' && layout != null) {
                layout.row(fields(body), session.stream().output());
                session.stream().spill();
                rows++;
            }
        }
        if (layout == null) {
            throw new IllegalStateException("the shadow described no rows");
        }
        layout.finish(session.stream().output());
        session.stream().send(new BackendMessage.CopyDone());
        session.complete("COPY " + rows);
    }

    @Override
    public void close() {}

    private CopyLayout begin(List<String> labels) {
        CopyLayout layout = CopyLayout.of(options, CopyEncoder.forced(labels, options));
        session.stream().send(new BackendMessage.CopyOutResponse(options.fieldFormat(), labels.size()));
        layout.start(labels, session.stream().output());
        return layout;
    }

    private byte[] question() {
        MessageOutput out = new MessageOutput(sql.length() + 128);
        // One that failed is there still.
        out.begin('C').int8('S').string(NAME).end();
        out.begin('P').string(NAME).string(sql).int16(0).end();
        out.begin('B').string(NAME).string(NAME).int16(0).int16(0);
        out.int16(1).int16(options.fieldFormat().code()).end();
        out.begin('D').int8('P').string(NAME).end();
        out.begin('E').string(NAME).int32(0).end();
        out.begin('C').int8('P').string(NAME).end();
        out.begin('C').int8('S').string(NAME).end();
        return out.drain();
    }

    private static List<String> labels(ByteBuffer body) {
        int count = body.getShort();
        List<String> labels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int end = body.position();
            while (body.get(end) != 0) {
                end++;
            }
            byte[] label = new byte[end - body.position()];
            body.get(label);
            labels.add(new String(label, StandardCharsets.UTF_8));
            body.position(end + 19);
        }
        return labels;
    }

    private static byte[][] fields(ByteBuffer body) {
        byte[][] fields = new byte[body.getShort()][];
        for (int i = 0; i < fields.length; i++) {
            int length = body.getInt();
            if (length >= 0) {
                fields[i] = new byte[length];
                body.get(fields[i]);
            }
        }
        return fields;
    }
}
