package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.session.statement.SessionStatement.Fetch;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.Format;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cursor of SQL: what FETCH and MOVE do with it, as DoPortalRunFetch does (PostgreSQL 16, pquery.c). One that may go back keeps the rows that it has
 * read. One thread.
 */
final class DeclaredCursor implements Portal {
    private static final Problem FORWARD_ONLY = Problem.of(
            ProblemCode.CURSOR_FORWARD_ONLY,
            "The cursor has passed these rows.",
            "Declare it with SCROLL option to enable backward scan.");

    private final OpenSession session;
    private final Cursor source;
    private final @Nullable KeptRows kept;
    private final boolean binary;
    private final boolean fromItsStart;
    /** The row it stands on, from 1; the last one when it stands behind it, 0 before the first. */
    private long position;

    private boolean atEnd;

    private DeclaredCursor(
            OpenSession session, Cursor source, @Nullable KeptRows kept, boolean binary, boolean fromItsStart) {
        this.session = session;
        this.source = source;
        this.kept = kept;
        this.binary = binary;
        this.fromItsStart = fromItsStart;
    }

    static DeclaredCursor of(OpenSession session, Cursor source, SessionStatement.Declare declare) {
        KeptRows kept = declare.scroll() && source instanceof DataPortal data ? new KeptRows(session, data) : null;
        return new DeclaredCursor(session, source, kept, declare.binary(), true);
    }

    /** SCROLL over the catalogue is refused, before anything is read. */
    static void checkOverCatalogue(SessionStatement.Declare declare) {
        if (declare.scroll()) {
            throw Problem.of(
                            ProblemCode.UNSUPPORTED,
                            "Cursors over the catalogue only move forward.",
                            "Leave out SCROLL.")
                    .asException();
        }
    }

    /** FETCH from a portal that Bind made: it moves forward, and where it stands is not known. */
    static DeclaredCursor overPortal(OpenSession session, Cursor portal) {
        return new DeclaredCursor(session, portal, null, false, false);
    }

    boolean isBinary() {
        return binary;
    }

    /** Before anything is sent: refuses what this cursor cannot do where it stands. */
    void check(Fetch fetch) {
        if (kept == null && goesBack(fetch.direction(), fetch.count(), fetch.move())) {
            throw FORWARD_ONLY.asException();
        }
    }

    private boolean goesBack(Fetch.Direction direction, long count, boolean move) {
        boolean moved = position > 0 || atEnd;
        return switch (direction) {
            case FORWARD, RELATIVE -> count < 0 || (count == 0 && !move && position > 0 && !atEnd);
            // MOVE BACKWARD ALL rewinds, which is nothing to do at the start.
            case BACKWARD -> count == 0 ? !move : count > 0 && (moved || !move || count < Fetch.ALL);
            case ABSOLUTE -> count < 0 || !fromItsStart || (moved && rewinds(count));
        };
    }

    /** PostgreSQL counts from the start when that is nearer, which not every cursor permits. */
    private boolean rewinds(long row) {
        return row <= (atEnd ? position + 1 : position) || row - 1 <= position / 2;
    }

    /**
     * FETCH or MOVE. Sends rows and nothing else.
     *
     * @return how many
     */
    long run(Fetch fetch, List<Format> formatsOfRows) {
        check(fetch);
        long count = fetch.count();
        List<Format> formats = fetch.move() ? null : formatsOfRows;
        return switch (fetch.direction()) {
            case FORWARD -> count < 0 ? back(-count, formats) : count == 0 ? again(formats) : on(count, formats);
            case BACKWARD -> count < 0 ? on(-count, formats) : count == 0 ? again(formats) : back(count, formats);
            case ABSOLUTE -> count < 0 ? fromTheEnd(-count, formats) : absolute(count, formats);
            case RELATIVE -> count < 0 ? relative(-count, formats) : ahead(count, formats);
        };
    }

    private long absolute(long row, @Nullable List<Format> formats) {
        if (rewinds(row)) {
            position = 0;
            atEnd = false;
        }
        if (row == 0) {
            return 0;
        }
        on(row - position - 1, null);
        return on(1, formats);
    }

    private long fromTheEnd(long row, @Nullable List<Format> formats) {
        on(Fetch.ALL, null);
        back(row - 1, null);
        return back(1, formats);
    }

    private long ahead(long rows, @Nullable List<Format> formats) {
        if (rows == 0) {
            return again(formats);
        }
        on(rows - 1, null);
        return on(1, formats);
    }

    private long relative(long rowsBack, @Nullable List<Format> formats) {
        back(rowsBack - 1, null);
        return back(1, formats);
    }

    /** The row that it stands on, once more. */
    private long again(@Nullable List<Format> formats) {
        if (position == 0 || atEnd) {
            return 0;
        }
        if (formats == null) {
            return 1;
        }
        back(1, null);
        return on(1, formats);
    }

    private long on(long count, @Nullable List<Format> formats) {
        if (atEnd || count == 0) {
            return 0;
        }
        long done = kept == null ? read(count, formats) : kept.forward(position, count, formats);
        position += done;
        atEnd = done < count;
        return done;
    }

    private long read(long count, @Nullable List<Format> formats) {
        int limit = count == Fetch.ALL ? 0 : (int) Math.min(count, Integer.MAX_VALUE);
        return formats == null ? source.skip(limit) : source.fetch(limit, formats);
    }

    private long back(long count, @Nullable List<Format> formats) {
        if (count == 0 || position == 0) {
            return 0;
        }
        long before = atEnd ? position : position - 1;
        long done = Math.min(count, before);
        if (formats != null) {
            Objects.requireNonNull(kept, "checked before").backward(before, done, formats);
        }
        position = done < count ? 0 : before - done + 1;
        atEnd = false;
        return done;
    }

    @Override
    public List<AnswerColumn> columns() {
        return source.columns();
    }

    @Override
    public void describe() {
        source.describe();
    }

    /** Sends RowDescription as FETCH with these result formats sends it. */
    void describe(List<Format> formats) {
        source.describe(formats);
    }

    @Override
    public void execute(int maxRows) {
        long sent = on(maxRows == 0 ? Fetch.ALL : maxRows, List.of());
        if (atEnd) {
            if (source instanceof DataPortal data) {
                data.tellNotices();
            }
            session.complete("SELECT " + sent);
        } else {
            session.stream().send(new BackendMessage.PortalSuspended());
        }
    }

    @Override
    public boolean isHeld() {
        return source.isHeld();
    }

    @Override
    public boolean restsFrom(Duration idle) {
        return source.restsFrom(idle);
    }

    @Override
    public void close() {
        source.close();
        if (kept != null) {
            kept.close();
        }
    }
}
