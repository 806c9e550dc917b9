package io.weir.audit.log;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a log is written.
 *
 * @param directory the log's own directory
 * @param appendLimit an append that takes longer fails
 * @param queueRecords appends that may wait; more fail at once
 * @param segmentBytes a segment is sealed when it reaches this length
 * @param segmentAge a segment is sealed at this age
 * @param checkpointEvery a log that grew gets a signed checkpoint this often
 * @param checkpointRecords and after this many records
 */
public record AuditLogSettings(
        Path directory,
        Duration appendLimit,
        int queueRecords,
        long segmentBytes,
        Duration segmentAge,
        Duration checkpointEvery,
        int checkpointRecords) {
    public AuditLogSettings {
        if (appendLimit.toMillis() < 1
                || queueRecords < 1
                || segmentBytes < 1
                || segmentAge.toMillis() < 1
                || checkpointEvery.toMillis() < 1
                || checkpointRecords < 1) {
            throw new IllegalArgumentException("limits of the audit log must be positive");
        }
    }

    /** The usual settings: 10 s, 16,384 records, 64 MiB, 24 h, 1 s, 1,000 records. */
    public static AuditLogSettings at(Path directory) {
        return new AuditLogSettings(
                directory,
                Duration.ofSeconds(10),
                16_384,
                64L << 20,
                Duration.ofHours(24),
                Duration.ofSeconds(1),
                1_000);
    }
}
