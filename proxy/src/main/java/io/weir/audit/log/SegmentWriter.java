package io.weir.audit.log;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog.Receipt;
import io.weir.audit.EventType;
import io.weir.audit.format.Leaf;
import io.weir.audit.format.MerkleTree;
import io.weir.audit.format.SegmentLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Appends batches to the newest segment and opens the next one. Owned by the writer thread. */
final class SegmentWriter implements Closeable {
    /** A batch is at most this long; recovery never cuts more. */
    static final int MAX_BATCH_BYTES = 4 << 20;

    static final int MAX_BATCH_RECORDS = 8_000;

    private final LogDirectory directory;
    private final LogFiles files;
    private final AuditLogSettings settings;
    private final RecordEncoder encoder;
    private final DisclosureVault vault;
    private final InstantSource clock;
    private final Chain chain;
    private final ByteBuffer lines = ByteBuffer.allocateDirect(MAX_BATCH_BYTES);
    private LogFiles.AppendFile segment;
    private long segmentFirst;
    private Instant segmentStart;

    SegmentWriter(
            LogDirectory directory,
            LogFiles files,
            AuditLogSettings settings,
            RecordEncoder encoder,
            DisclosureVault vault,
            InstantSource clock,
            Recovery.Recovered recovered)
            throws IOException {
        this.directory = directory;
        this.files = files;
        this.settings = settings;
        this.encoder = encoder;
        this.vault = vault;
        this.clock = clock;
        this.chain = recovered.chain();
        this.segmentFirst = recovered.segmentFirst();
        this.segmentStart = recovered.segmentStart();
        this.segment = files.append(directory.segment(segmentFirst));
        files.forceDirectory(directory.wal());
    }

    Chain chain() {
        return chain;
    }

    /** Appends the log's own event. */
    Receipt write(AuditEvent event) throws IOException {
        return write(List.of(encoder.encode(event))).getFirst();
    }

    /**
     * Appends a batch of at most {@link #MAX_BATCH_BYTES} with one sync.
     *
     * @throws IOException when the batch may not be on stable storage; this writer must not be used again
     */
    List<Receipt> write(List<RecordEncoder.EncodedRecord> batch) throws IOException {
        List<Receipt> receipts = new ArrayList<>(batch.size());
        Instant time = chain.timeAfter(clock.instant());
        String ts = Leaf.time(time);
        lines.clear();
        for (RecordEncoder.EncodedRecord record : batch) {
            long sequence = chain.size();
            vault.append(sequence, record.texts(), time);
            byte[] leaf = Leaf.encode(record.nonce(), chain.previous(), record.json(), sequence, ts);
            byte[] hash = MerkleTree.leafHash(leaf);
            chain.append(hash, time);
            lines.put(new SegmentLine(leaf, chain.previous()).encode());
            receipts.add(new Receipt(sequence, chain.previous()));
        }
        vault.flush();
        segment.writeFully(lines.flip());
        segment.force(false);
        return receipts;
    }

    /** Seals the segment and opens the next one when it is long or old enough. Returns whether it did. */
    boolean rotateIfDue() throws IOException {
        boolean old = Duration.between(segmentStart, clock.instant()).compareTo(settings.segmentAge()) >= 0;
        if (chain.size() == segmentFirst || (!old && segment.size() < settings.segmentBytes())) {
            return false;
        }
        write(AuditEvent.of(EventType.LOG_SEALED).with("first_seq", segmentFirst));
        segment.close();
        segmentFirst = chain.size();
        segmentStart = clock.instant();
        segment = files.append(directory.segment(segmentFirst));
        files.forceDirectory(directory.wal());
        return true;
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
