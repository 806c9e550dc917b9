/**
 * The HTTP door. In: HTTPS requests with a bearer token. Out: JSON over the release road's desks, a health answer and one plain page.
 *
 * <p>Thread: Vert.x event loops read requests and write replies; everything between runs on a virtual thread of its own and may block.
 * Fails with {@code application/problem+json}; what nobody expected is logged with a correlation id and told as {@code INTERNAL}.
 */
@NullMarked
package io.weir.web;

import org.jspecify.annotations.NullMarked;
