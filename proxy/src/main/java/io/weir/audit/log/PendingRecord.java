package io.weir.audit.log;

import io.weir.audit.AuditLog.Receipt;
import java.util.concurrent.CompletableFuture;

/**
 * A record on its way.
 *
 * @param deadline {@link System#nanoTime} after which the caller is told no
 */
record PendingRecord(RecordEncoder.EncodedRecord record, CompletableFuture<Receipt> receipt, long deadline) {
    boolean late(long nanoTime) {
        return nanoTime - deadline > 0;
    }
}
