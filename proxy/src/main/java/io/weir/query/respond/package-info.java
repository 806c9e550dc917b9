/**
 * Outcomes and problems to backend messages; the only writer of errors and notices.
 *
 * <p>In: problems, columns, rows of protected values. Out: messages on a {@link io.weir.query.wire.BackendStream}. Runs on the session's
 * thread. What may fail: writing, when the client is gone.
 */
@NullMarked
package io.weir.query.respond;

import org.jspecify.annotations.NullMarked;
