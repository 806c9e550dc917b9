package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.wire.MessageOutput;
import java.util.List;

/** A portal that lies in the shadow catalogue under the same name. */
final class CataloguePortal implements Portal {
    private final OpenSession session;
    private final String name;
    private final String sql;
    private boolean recorded;

    CataloguePortal(OpenSession session, String name, String sql) {
        this.session = session;
        this.name = name;
        this.sql = sql;
    }

    /** Known to the shadow only. */
    @Override
    public List<AnswerColumn> columns() {
        return List.of();
    }

    @Override
    public void describe() {
        MessageOutput out = new MessageOutput(name.length() + 16);
        out.begin('D').int8('P').string(name).end();
        session.catalogue().relay(out.drain(), session.settings());
    }

    @Override
    public void execute(int maxRows) {
        if (!recorded) {
            session.catalogue().record(sql);
            recorded = true;
        } else {
            session.checkAdmission();
        }
        MessageOutput out = new MessageOutput(name.length() + 16);
        out.begin('E').string(name).int32(maxRows).end();
        session.catalogue().relay(out.drain(), session.settings());
    }

    /** Portals of the shadow end with its transaction; a Close of the client is relayed by the extended protocol. */
    @Override
    public void close() {}
}
