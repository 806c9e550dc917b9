/**
 * The shadow catalogue: a real PostgreSQL 16 that holds only empty tables in the shape of what a project may see, and answers for it.
 *
 * <p>In: a {@link io.weir.query.catalog.GovernedSchema}, statements, protocol messages. Out: descriptions, kinds of statements, answers of
 * the shadow as bytes. One database per schema fingerprint, cloned from a hardened template. Calls block on the caller's (virtual) thread;
 * a watchdog of our own ends what takes too long. A shadow that is down is a problem, never a wrong answer. Nothing here holds data or
 * knows a source.
 */
@NullMarked
package io.weir.query.catalog.shadow;

import org.jspecify.annotations.NullMarked;
