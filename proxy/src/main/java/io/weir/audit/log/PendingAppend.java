package io.weir.audit.log;

import io.weir.audit.AuditLog.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Records on their way, that go to the disk together.
 *
 * @param records at least one
 * @param receipt that of the last record
 * @param deadline {@link System#nanoTime} after which the caller is told no
 */
record PendingAppend(List<RecordEncoder.EncodedRecord> records, CompletableFuture<Receipt> receipt, long deadline) {
    boolean late(long nanoTime) {
        return nanoTime - deadline > 0;
    }

    /** Memory that the records hold while they wait, roughly. */
    int weight() {
        return records.stream().mapToInt(RecordEncoder.EncodedRecord::weight).sum();
    }

    int lineBytes() {
        return records.stream().mapToInt(RecordEncoder.EncodedRecord::lineBytes).sum();
    }
}
