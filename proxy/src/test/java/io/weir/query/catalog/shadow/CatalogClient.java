package io.weir.query.catalog.shadow;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.GovernedSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks to a catalogue session as a client's session would. */
final class CatalogClient implements AutoCloseable {
    static final PersonId ADA = new PersonId("ada");

    final CatalogSession session;

    CatalogClient(ShadowCatalogue catalogue, GovernedSchema schema, String person, String project) {
        this.session = catalogue.open(schema, new PersonId(person), new ProjectId(project));
    }

    /** Rows of a simple query, as texts. */
    List<List<@Nullable String>> rows(String sql) throws IOException {
        try {
            return BackendConnection.rows(query(sql));
        } finally {
            session.endTransaction();
        }
    }

    /** First column of all rows. */
    List<@Nullable String> column(String sql) throws IOException {
        List<@Nullable String> column = new ArrayList<>();
        rows(sql).forEach(row -> column.add(row.get(0)));
        return column;
    }

    /** SQLSTATE of the error that a simple query gets, or 00000. */
    String sqlState(String sql) throws IOException {
        try {
            rows(sql);
            return "00000";
        } catch (BackendError.BackendException e) {
            return e.error().sqlState();
        }
    }

    List<BackendMessage> query(String sql) {
        return exchange(new FrontendMessages().query(sql));
    }

    List<BackendMessage> exchange(FrontendMessages messages) {
        return messages(session.exchange(messages.toByteArray()).orThrow().messages());
    }

    Problem refusal(String sql) {
        Outcome<CatalogSession.Reply> outcome =
                session.exchange(new FrontendMessages().query(sql).toByteArray());
        return switch (outcome) {
            case Outcome.Refused<CatalogSession.Reply>(Problem problem) -> problem;
            case Outcome.Value<CatalogSession.Reply> ignored -> throw new AssertionError("it was answered");
        };
    }

    static List<BackendMessage> messages(byte[] bytes) {
        List<BackendMessage> messages = new ArrayList<>();
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            byte type = buffer.get();
            byte[] body = new byte[buffer.getInt() - 4];
            buffer.get(body);
            messages.add(new BackendMessage(type, body));
        }
        return messages;
    }

    static String types(List<BackendMessage> messages) {
        StringBuilder types = new StringBuilder();
        messages.forEach(message -> types.append((char) message.type()));
        return types.toString();
    }

    @Override
    public void close() {
        session.close();
    }
}
