/**
 * PostgreSQL as a source of rows.
 *
 * <p>In: a {@link io.weir.connector.source.SourceStatement}, its values beside the text. Out: a stream of rows in natural Java classes. Runs on the
 * caller's thread; one watching thread a connector cancels what is interrupted or late. Fails with a classified
 * {@link io.weir.connector.source.SourceException} and in no other way.
 *
 * <p>Every statement runs in an explicit {@code READ ONLY} transaction that is always rolled back. The rollback is the session reset: a
 * {@code set_config} of the statement, a cursor or a temporary object ends with it, and we set nothing outside the moment of connecting.
 * {@code DISCARD ALL} would do no more for a generated SELECT, costs a further round trip and throws away the prepared statements. A connection
 * to which a cancel request was sent, or that failed in any way but a plain SQL error, is closed and not used again.
 */
@NullMarked
package io.weir.connector.postgresql;

import org.jspecify.annotations.NullMarked;
