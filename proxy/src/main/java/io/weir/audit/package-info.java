/**
 * The port of the audit log and the events that go into it. {@code audit} knows no stage; every stage knows {@code audit}.
 *
 * <p>Durability: {@link io.weir.audit.AuditLog#append} returns only when the record is on stable storage; a failure means that nothing may
 * be answered (no audit, no answer).
 */
@NullMarked
package io.weir.audit;

import org.jspecify.annotations.NullMarked;
