/**
 * Release requests: what an analyst asks to take out, frozen and content-addressed.
 *
 * <p>In: an {@link io.weir.identity.Asker} and a statement, run through the {@link io.weir.query.answer.QueryDesk} port. Out: a {@link
 * io.weir.release.request.ReleaseRequest} in a {@link io.weir.release.request.RequestStore}, with its audit record, and views of it.
 * Also the life cycle as data ({@link io.weir.release.request.Transitions}) and what shows to whom ({@link
 * io.weir.release.request.Visibility}). Thread: the caller's, blocking. Fails with problems as values: store and audit log unavailable, not
 * releasable, wrong state.
 */
@NullMarked
package io.weir.release.request;

import org.jspecify.annotations.NullMarked;
