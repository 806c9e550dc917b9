/**
 * The HTTP API, without HTTP's machinery. In: a {@link io.weir.web.api.Call} and who makes it. Out: a {@link io.weir.web.api.Reply}. The
 * contract for clients is the resource {@code web/openapi.yaml}.
 *
 * <p>Thread: the caller's, blocking. Fails with {@link io.weir.web.api.HttpProblemException}; unknown and foreign request ids are refused
 * in the same words.
 */
@NullMarked
package io.weir.web.api;

import org.jspecify.annotations.NullMarked;
