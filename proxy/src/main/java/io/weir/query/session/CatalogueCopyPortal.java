package io.weir.query.session;

import io.weir.query.catalog.CatalogSession;
import io.weir.query.respond.CopyEncoder;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.copy.CopyLayout;
import io.weir.query.wire.copy.CopyOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code COPY … TO STDOUT} of a catalogue statement: the shadow runs the query, its rows are sent in COPY's form. Runs once. */
final class CatalogueCopyPortal implements RowlessPortal {
    private static final String NAME = "weir copy";

    private final OpenSession session;
    private final String sql;
    private final CopyOptions options;
    private boolean run;
    private @Nullable CopyLayout layout;
    private long rows;

    CatalogueCopyPortal(OpenSession session, String sql, CopyOptions options) {
        this.session = session;
        this.sql = sql;
        this.options = options;
    }

    @Override
    public OpenSession session() {
        return session;
    }

    @Override
    public void execute(int maxRows) {
        if (run) {
            throw CopyPortal.RUN_ALREADY.asException();
        }
        run = true;
        session.catalogue().record(sql);
        ShadowStatement statement = new ShadowStatement(session, NAME)
                .prepare(sql, List.of())
                .bind(null, List.of(options.fieldFormat()))
                .describePortal()
                .execute();
        try (CatalogSession.Reply reply = statement.ask()) {
            ShadowStatement.each(reply, this::take);
            if (reply.failed()) {
                statement.forget();
                throw new ToldException();
            }
        }
        CopyLayout begun = layout;
        if (begun == null) {
            throw new IllegalStateException("the shadow described no rows");
        }
        begun.finish(session.stream().output());
        session.stream().send(new BackendMessage.CopyDone());
        session.complete("COPY " + rows);
    }

    @Override
    public void close() {}

    private void take(byte[] message) {
        ByteBuffer body = ByteBuffer.wrap(message, 5, message.length - 5).slice();
        switch (message[0]) {
            case 'E' -> session.stream().relay(message);
            case 'T' -> layout = begin(labels(body));
            case 'D' -> {
                Objects.requireNonNull(layout, "rows before their description")
                        .row(fields(body), session.stream().output());
                session.stream().spill();
                rows++;
            }
            default -> {} // what says that the steps are done
        }
    }

    private CopyLayout begin(List<String> labels) {
        CopyLayout layout = CopyLayout.of(options, CopyEncoder.forced(labels, options));
        session.stream().send(new BackendMessage.CopyOutResponse(options.fieldFormat(), labels.size()));
        layout.start(labels, session.stream().output());
        return layout;
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
