/**
 * Who is calling, and what browsers may do with replies. In: header values. Out: a {@link io.weir.identity.PersonId} or a refusal; fixed
 * response headers. Thread: the caller's; authentication blocks on the token store and fails when that does not answer.
 */
@NullMarked
package io.weir.web.security;

import org.jspecify.annotations.NullMarked;
