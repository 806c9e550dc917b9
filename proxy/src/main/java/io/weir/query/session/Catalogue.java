package io.weir.query.session;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.Asker;
import io.weir.policy.Admission;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemException;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.StatementClassifier;
import io.weir.query.wire.BackendStream;
import io.weir.query.wire.MessageOutput;
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

    private final CatalogRelay relay;
    private final Admission admission;
    private final Asker asker;
    private final AuditLog audit;
    private final BackendStream stream;
    private volatile @Nullable CatalogSession shadow;
    private @Nullable SessionSettings mirrored;
    private byte @Nullable [] unnamed;
    private boolean unnamedIsThere;

    Catalogue(CatalogRelay relay, Admission admission, Asker asker, AuditLog audit, BackendStream stream) {
        this.relay = relay;
        this.admission = admission;
        this.asker = asker;
        this.audit = audit;
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
            case Outcome.Refused<StatementClassifier.Kind>(Problem problem) -> throw refused(sql, problem);
        };
    }

    /** Records a statement that is refused before the query road sees it, and refuses it. */
    ProblemException refused(String sql, Problem problem) {
        audit.append(AuditEvent.of(EventType.QUERY_REFUSED)
                .with("session", asker.session())
                .with("actor", asker.person().value())
                .with("project", asker.project().value())
                .with("agreement", asker.agreement())
                .with("decision", "refuse")
                .with("code", problem.code().name())
                .disclosing("sql", sql));
        return problem.asException();
    }

    /** One statement of the simple protocol, answered whole. */
    void query(String sql, SessionSettings settings) {
        record(sql);
        MessageOutput out = new MessageOutput(sql.length() + 16);
        out.begin('Q').string(sql).end();
        unnamedIsThere = false;
        relay(out.drain(), settings);
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

    /** Sends whole frontend messages and keeps the answers from the client. */
    CatalogSession.Reply ask(byte[] messages, SessionSettings settings) {
        CatalogSession session = session();
        mirror(session, settings);
        return session.exchange(messages).orThrow();
    }

    /** Prepares a statement. The unnamed one does not keep a backend: it is prepared again where it is missed. */
    void prepare(String name, byte[] parse, SessionSettings settings) {
        relay(parse, settings);
        if (name.isEmpty()) {
            unnamed = parse;
            unnamedIsThere = true;
        }
    }

    /** Passes on a message about a prepared statement. */
    void relayFor(String name, byte[] message, SessionSettings settings) {
        byte[] parse = unnamed;
        if (name.isEmpty() && !unnamedIsThere && parse != null) {
            CatalogSession.Reply reply = ask(parse, settings);
            if (reply.failed()) {
                stream.relay(reply.messages());
                throw new ToldException();
            }
            unnamedIsThere = true;
        }
        relay(message, settings);
    }

    /** Sends whole frontend messages and passes on the answers; a failure among them is a {@link ToldException}. */
    void relay(byte[] messages, SessionSettings settings) {
        CatalogSession.Reply reply = ask(messages, settings);
        stream.relay(reply.messages());
        if (reply.failed()) {
            throw new ToldException();
        }
    }

    /** The statement's name is free again; the client is not told. */
    void forgetStatement(String name) {
        CatalogSession session = shadow;
        if (session != null) {
            MessageOutput out = new MessageOutput(name.length() + 16);
            out.begin('C').int8('S').string(name).end();
            session.exchange(out.drain()).orThrow();
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
            unnamedIsThere = false;
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
        unnamedIsThere = false;
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
