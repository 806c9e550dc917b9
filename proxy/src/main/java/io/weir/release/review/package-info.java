/**
 * Output checking: distinct people decide about exactly the frozen bytes.
 *
 * <p>In: a stored {@link io.weir.release.request.ReleaseRequest}. Out: votes in the store, and the only source of {@link
 * io.weir.release.review.ApprovedRelease}, which the sealing stage takes. Who may ({@link io.weir.release.review.Permissions}), when ({@link
 * io.weir.release.review.Policies}) and what shows ({@link io.weir.release.request.Visibility}) are pure and asked by every road. Thread:
 * the caller's, blocking. Fails with problems as values.
 */
@NullMarked
package io.weir.release.review;

import org.jspecify.annotations.NullMarked;
