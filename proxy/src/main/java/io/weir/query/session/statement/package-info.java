/**
 * What kind of statement a client sent: PostgreSQL-aware splitting of messages and the statements that a session answers itself.
 *
 * <p>In: SQL text. Out: {@link io.weir.query.session.statement.SessionStatement} values. Pure, any thread. It decides only who answers, never
 * what is permitted: data statements are parsed and ruled on by the query road. What may fail: text that cannot be tokenised is
 * {@code SYNTAX}.
 */
@NullMarked
package io.weir.query.session.statement;

import org.jspecify.annotations.NullMarked;
