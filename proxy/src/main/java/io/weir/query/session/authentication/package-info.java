/**
 * Who is there: SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, the server's side (RFC 5802, RFC 7677, RFC 5929 section 4).
 *
 * <p>In: SASL messages and stored verifiers. Out: SASL answers and whether the proof holds. Pure; one exchange belongs to one thread. What may
 * fail: a message that breaks the grammar is a protocol violation; a wrong proof is a value.
 */
@NullMarked
package io.weir.query.session.authentication;

import org.jspecify.annotations.NullMarked;
