/**
 * The writer of the audit log: a directory that one process owns.
 *
 * <p>In: events from any thread. Out: receipts after the records are on stable storage; files in the formats of
 * {@link io.weir.audit.format}. One platform thread writes, one signs checkpoints, one watches the time limit; none is ever interrupted
 * (an interrupt would close a FileChannel). The first write or sync error ends the log's life: every pending and later append fails with
 * {@link io.weir.audit.AuditUnavailableException} until the process starts again and recovery has read the disk.
 */
@NullMarked
package io.weir.audit.log;

import org.jspecify.annotations.NullMarked;
