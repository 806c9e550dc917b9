/**
 * Bytes to messages and back: PostgreSQL's frontend/backend protocol 3.0 and 3.2 (PostgreSQL 16 documentation, chapter 55).
 *
 * <p>In: bytes from a socket. Out: whole {@link io.weir.query.wire.FrontendMessage}s; and the other way round, bytes of
 * {@link io.weir.query.wire.BackendMessage}s. Pure and single-threaded: no sockets, no other stage. What may fail: a frame or message that
 * breaks the protocol or a limit throws {@link io.weir.query.wire.ProtocolViolationException}, after which the connection must close; a whole
 * frame of an authenticated client that cannot be read throws {@link io.weir.query.wire.UnreadableMessageException}.
 */
@NullMarked
package io.weir.query.wire;

import org.jspecify.annotations.NullMarked;
