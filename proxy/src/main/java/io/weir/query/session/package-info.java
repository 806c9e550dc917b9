/**
 * Sessions of PostgreSQL clients: the listener, TLS, authentication, the statement cycle, limits and cancellation. The door is
 * {@link io.weir.query.session.PostgresServer}.
 *
 * <p>In: connections. Out: authenticated statements, handed to {@link io.weir.query.answer.QueryDesk} or to the shadow catalogue, and their
 * answers. Event loops frame bytes and negotiate TLS; from the start-up message on one virtual thread a session runs straight-line blocking
 * code between a bounded inbox and blocking writes. What may fail: the client (its connection closes), the audit log (the session ends with
 * {@code AUDIT_UNAVAILABLE}); everything else is an ErrorResponse and the session lives on.
 */
@NullMarked
package io.weir.query.session;

import org.jspecify.annotations.NullMarked;
