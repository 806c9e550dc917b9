package io.weir.query.catalog;

import io.weir.problem.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client session's place in the shadow catalogue: protocol messages of catalogue statements go in as the client sent them, the
 * shadow's answers come out as they are, so that types, binary formats and errors are exact.
 *
 * <p>Everything runs as the analyst's own role in a READ ONLY transaction that the first exchange opens and {@link #endTransaction}
 * ends. A backend is taken on the first exchange only. One thread at a time, except {@link #cancel}. Calls block.
 *
 * <p>The caller forwards only statements that {@link StatementClassifier} found to be {@code CATALOGUE}; BEGIN, COMMIT, SET and the like
 * are never forwarded but told through the methods here.
 */
public interface CatalogSession extends AutoCloseable {
    /**
     * Sends whole frontend messages (type byte, length, body): any number of Parse, Bind, Describe, Execute, Close, or one Query; Flush
     * and Sync may be there but are not needed, for the answers are complete anyway.
     *
     * <p>A statement stays until it is closed, whatever becomes of the backend that it was prepared in: another one prepares it when it is
     * missed. Portals end with their backend.
     *
     * @param offset characters that stand before the statement in what the client sent: positions of errors count them
     * @return the answers; or {@link io.weir.problem.ProblemCode#CATALOGUE_UNAVAILABLE} when the shadow is gone, {@link
     *     io.weir.problem.ProblemCode#CATALOGUE_FULL} when too many answers wait for their clients
     */
    Outcome<Reply> exchange(byte[] messages, int offset);

    default Outcome<Reply> exchange(byte[] messages) {
        return exchange(messages, 0);
    }

    /** Closes a statement, and tells nobody. Never fails. */
    void forget(String statement);

    /**
     * @param messages whole backend messages to pass on unchanged: no ReadyForQuery, no ParameterStatus
     * @param failed whether an ErrorResponse is among them; what followed it in the same call was not executed
     * @param room where they are counted until the reply is closed; at the session's next call it is closed anyway
     */
    record Reply(byte[] messages, boolean failed, AnswerMemory.@Nullable Room room) implements AutoCloseable {
        @Override
        public void close() {
            if (room != null) {
                room.close();
            }
        }
    }

    /**
     * The session's setting of DateStyle, TimeZone, IntervalStyle, bytea_output, extra_float_digits, client_encoding, search_path or
     * application_name, for this and every later backend.
     *
     * @return the value as PostgreSQL writes it ({@code iso} becomes {@code ISO, MDY}), or a problem when it is none
     */
    Outcome<String> set(String name, String value);

    /**
     * What {@code current_setting}, {@code pg_settings} and {@code SHOW ALL} tell from now on: these and nothing else.
     *
     * @param limit the session's own statement time-out; zero for none
     */
    void tell(List<ShownSetting> settings, Duration limit);

    /**
     * A setting of the session, for show.
     *
     * @param name as PostgreSQL writes it
     * @param value as SHOW prints it
     * @param reset what RESET would make of it
     * @param initial what it is when nobody says anything
     */
    record ShownSetting(String name, String value, String reset, String initial) {}

    /** The client's transaction (or its implicit one, at Sync) has ended: portals are gone, statements stay. */
    void endTransaction();

    /** Whether an open transaction ties this session to its backend, or named statements while there are backends enough. */
    boolean holdsState();

    /** Gives the backend back if nothing ties the session to it; the next exchange takes another. */
    void release();

    /** Cancels what runs at this moment; from any thread. */
    void cancel();

    /** Gives everything back. Never throws. */
    @Override
    void close();
}
