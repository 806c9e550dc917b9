package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.respond.RowEncoder;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import io.weir.query.wire.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SET, SHOW, RESET and the function set_config. Refusals are problem exceptions. */
final class SettingCommands {
    private static final String SHOW_ALL = "SELECT name, pg_catalog.current_setting(name), short_desc"
            + " FROM pg_catalog.pg_settings ORDER BY pg_catalog.lower(name)";
    private static final String NAME = "weir show all";

    private final OpenSession session;

    SettingCommands(OpenSession session) {
        this.session = session;
    }

    void set(SessionStatement.Set statement) {
        change(statement.name(), statement.value(), statement.local());
        session.complete("SET");
    }

    void reset(SessionStatement.Reset statement) {
        change(statement.name(), null, false);
        session.complete("RESET");
    }

    void resetAll() {
        session.settings(session.settings().resetAll());
        session.complete("RESET");
    }

    /** The value after the change, as PostgreSQL's function returns it. */
    void setConfig(SessionStatement.SetConfig statement, List<Format> formats) {
        Setting setting = Setting.named(statement.name());
        SessionSettings changed = session.settings().with(setting, statement.value());
        if (!statement.local() || session.transaction().isOpen()) {
            change(statement.name(), statement.value(), statement.local());
        }
        row(columns(statement.label()), formats, changed.get(setting));
        session.complete("SELECT 1");
    }

    void show(SessionStatement.Show statement, List<Format> formats) {
        Setting setting = Setting.named(statement.name());
        row(columns(setting.sqlName()), formats, session.settings().get(setting));
        session.complete("SHOW");
    }

    /** The catalogue has the texts that explain each setting. */
    void showAll(List<Format> formats) {
        CatalogSession.Reply reply = new ShadowStatement(session, NAME)
                .prepare(SHOW_ALL, List.of())
                .bind(null, formats)
                .execute()
                .ask();
        ShadowStatement.each(reply, message -> {
            if (message[0] == 'D' || message[0] == 'E') {
                session.stream().relay(message);
            }
        });
        if (reply.failed()) {
            throw new ToldException();
        }
        session.complete("SHOW");
    }

    /** Columns of what the statement answers; empty when it answers no rows. */
    static List<AnswerColumn> columns(SessionStatement statement) {
        return switch (statement) {
            case SessionStatement.Show(String name) ->
                columns(Setting.named(name).sqlName());
            case SessionStatement.ShowAll() -> List.of(text("name"), text("setting"), text("description"));
            case SessionStatement.SetConfig setConfig -> columns(setConfig.label());
            default -> List.of();
        };
    }

    private static List<AnswerColumn> columns(String label) {
        return List.of(text(label));
    }

    private static AnswerColumn text(String label) {
        return new AnswerColumn(label, ColumnType.of(SqlType.TEXT));
    }

    private void row(List<AnswerColumn> columns, List<Format> formats, String value) {
        new RowEncoder(columns, formats, session.settings().style())
                .row(new Object[] {value}, session.stream().output());
        session.stream().spill();
    }

    private void change(String name, @Nullable String value, boolean local) {
        Setting setting = Setting.named(name);
        SessionSettings changed = value == null
                ? session.settings().reset(setting)
                : session.settings().with(setting, value);
        if (!local) {
            session.transaction().lasting(setting);
            session.settings(changed);
        } else if (session.transaction().isOpen()) {
            session.transaction().local(setting, session.settings().get(setting));
            session.settings(changed);
        } else {
            session.problems().warning("25P01", "SET LOCAL can only be used in transaction blocks");
        }
    }
}
