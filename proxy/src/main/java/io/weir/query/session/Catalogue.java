package io.weir.query.session;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.policy.Admission;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.StatementClassifier;
import io.weir.query.wire.BackendStream;
import io.weir.query.wire.MessageOutput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session's way to the shadow catalogue: relays whole messages, keeps the shadow's settings in step, records what was read. Session's
 * thread, but for {@link #cancel}.
 */
final class Catalogue {
    private static final List<Setting> MIRRORED = List.of(
            Setting.DATE_STYLE,
            Setting.TIME_ZONE,
            Setting.INTERVAL_STYLE,
            Setting.BYTEA_OUTPUT,
            Setting.EXTRA_FLOAT_DIGITS,
            Setting.SEARCH_PATH,
            Setting.APPLICATION_NAME);

    /** An answer goes to the client in pieces, so that it is not copied whole once more. */
    private static final int PIECE = 64 << 10;

    private final CatalogRelay relay;
    private final Admission admission;
    private final Asker asker;
    private final AuditLog audit;
    private final RefusalLog refusals;
    private final BackendStream stream;
    private volatile @Nullable CatalogSession shadow;
    private @Nullable SessionSettings mirrored;

    Catalogue(
            CatalogRelay relay,
            Admission admission,
            Asker asker,
            AuditLog audit,
            RefusalLog refusals,
            BackendStream stream) {
        this.relay = relay;
        this.admission = admission;
        this.asker = asker;
        this.audit = audit;
        this.refusals = refusals;
        this.stream = stream;
    }

    /**
     * Whether the shadow answers the statement. A statement that mixes both kinds, or an admission that has ended since, is a problem
     * exception.
     */
    boolean answers(String sql) {
        return switch (relay.classify(admission.renew(asker).orThrow(), sql)) {
            case Outcome.Value<StatementClassifier.Kind>(StatementClassifier.Kind kind) ->
                kind == StatementClassifier.Kind.CATALOGUE;
            case Outcome.Refused<StatementClassifier.Kind>(Problem problem) -> throw refusals.refuse(sql, problem);
        };
    }

    /**
     * One statement of the simple protocol, answered whole.
     *
     * @param offset characters of the message that stand before it
     */
    void query(String sql, int offset, SessionSettings settings) {
        record(sql);
        MessageOutput out = new MessageOutput(sql.length() + 16);
        out.begin('Q').string(sql).end();
        relay(out.drain(), offset, settings);
    }

    /** Records a statement before its answer is seen. An admission that has ended since it was prepared is a problem exception. */
    void record(String sql) {
        admission.renew(asker).orThrow();
        audit.append(AuditEvent.of(EventType.CATALOG_READ)
                .with("session", asker.session())
                .with("person", asker.person().value())
                .with("project", asker.project().value())
                .disclosing("sql", sql));
    }

    /**
     * Sends whole frontend messages and keeps the answers from the client, who is going to be told of a failure among them: it is recorded. The
     * reply is to be closed.
     */
    CatalogSession.Reply ask(byte[] messages, SessionSettings settings) {
        return ask(messages, 0, settings);
    }

    private CatalogSession.Reply ask(byte[] messages, int offset, SessionSettings settings) {
        CatalogSession session = session();
        mirror(session, settings);
        CatalogSession.Reply reply = session.exchange(messages, offset).orThrow();
        if (reply.failed()) {
            refusals.relayed();
        }
        return reply;
    }

    /** Sends whole frontend messages and passes on the answers; a failure among them is a {@link ToldException}. */
    void relay(byte[] messages, SessionSettings settings) {
        relay(messages, 0, settings);
    }

    private void relay(byte[] messages, int offset, SessionSettings settings) {
        try (CatalogSession.Reply reply = ask(messages, offset, settings)) {
            byte[] answer = reply.messages();
            for (int at = 0; at < answer.length; at += PIECE) {
                stream.relay(Arrays.copyOfRange(answer, at, Math.min(at + PIECE, answer.length)));
            }
            if (reply.failed()) {
                throw new ToldException();
            }
        }
    }

    /** The statement's name is free again; the client is not told. */
    void forgetStatement(String name) {
        CatalogSession session = shadow;
        if (session != null) {
            session.forget(name);
        }
    }

    void endTransaction() {
        CatalogSession session = shadow;
        if (session != null) {
            session.endTransaction();
        }
    }

    /** Between statements: gives the backend back if nothing ties the session to it. */
    void rest() {
        CatalogSession session = shadow;
        if (session != null && !session.holdsState()) {
            session.release();
        }
    }

    /** Any thread. */
    void cancel() {
        CatalogSession session = shadow;
        if (session != null) {
            session.cancel();
        }
    }

    /** Forgets everything; the next statement starts anew. */
    void close() {
        CatalogSession session = shadow;
        shadow = null;
        mirrored = null;
        if (session != null) {
            session.close();
        }
    }

    private CatalogSession session() {
        CatalogSession session = shadow;
        if (session == null) {
            session = relay.open(asker);
            shadow = session;
        }
        return session;
    }

    private void mirror(CatalogSession session, SessionSettings settings) {
        SessionSettings before = mirrored;
        if (settings.equals(before)) {
            return;
        }
        for (Setting setting : MIRRORED) {
            String value = settings.get(setting);
            boolean asBefore = before == null
                    ? value.equals(setting.initial()) || (setting == Setting.SEARCH_PATH && settings.isReset(setting))
                    : value.equals(before.get(setting));
            if (!asBefore) {
                session.set(setting.sqlName(), value).orThrow();
            }
        }
        session.tell(settings.shown(), settings.duration(Setting.STATEMENT_TIMEOUT));
        mirrored = settings;
    }
}
