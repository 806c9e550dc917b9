/**
 * The control store on PostgreSQL: adapters of the ports of the release road and of identity, and the migrations.
 *
 * <p>In: calls of the ports. Out: rows; for every change also one audit record, durable before the change is visible (decision 0005). Thread:
 * any, blocking; one connection of the pool a call. Fails with {@link io.weir.problem.ProblemException} ({@code STORE_UNAVAILABLE}) when
 * PostgreSQL does not answer and {@link io.weir.audit.AuditUnavailableException} when the log does not.
 */
@NullMarked
package io.weir.store;

import org.jspecify.annotations.NullMarked;
