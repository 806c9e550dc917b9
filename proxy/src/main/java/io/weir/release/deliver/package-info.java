/**
 * Takes sealed bundles to their destinations: delivered once, or visibly not delivered.
 *
 * <p>In: {@link io.weir.release.bundle.SealedBundle}s that are due in the {@link io.weir.release.deliver.Outbox}. Out: verified files at the
 * destination and the state delivered, or failed with a public reason. Nothing leaves before the audit log is anchored ({@link
 * io.weir.release.deliver.AnchorBeforeRelease}). Thread: one virtual thread of the courier; several couriers may run against one store.
 */
@NullMarked
package io.weir.release.deliver;

import org.jspecify.annotations.NullMarked;
