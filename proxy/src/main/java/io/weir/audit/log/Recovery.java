package io.weir.audit.log;

import io.weir.audit.AuditUnavailableException;
import io.weir.audit.format.Checkpoint;
import io.weir.audit.format.FormatException;
import io.weir.audit.format.Leaf;
import io.weir.audit.format.SegmentLine;
import io.weir.audit.format.SegmentReader;
import io.weir.audit.format.SignedNote;
import io.weir.audit.format.VerifierKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole log at start and decides whether it may be continued.
 *
 * <p>Bad bytes at the end are cut only if they reach the end of the last segment, hold no complete line, are not longer than one batch and
 * no checkpoint vouches for a record in them: then they are a torn write that was never acknowledged. They are kept in quarantine. Anything
 * else is corruption, tampering or a rollback, and the log refuses to start.
 */
final class Recovery {
    private final LogDirectory directory;
    private final LogFiles files;
    private final VerifierKey key;
    private final Chain chain = new Chain();
    private final Map<Long, byte[]> expectedRoots = new HashMap<>();
    private long expectedSize;
    private Instant segmentStart;

    /**
     * @param chain the head to continue from
     * @param segmentFirst first sequence number of the segment to continue
     * @param segmentStart when that segment began
     * @param cut what was cut from its end, or null
     */
    record Recovered(
            Chain chain,
            long segmentFirst,
            Instant segmentStart,
            @Nullable Cut cut) {}

    /** @param sha256 of the bytes, which lie in quarantine */
    record Cut(long bytes, String sha256, long firstSequence) {}

    Recovery(LogDirectory directory, LogFiles files, VerifierKey key, Instant now) {
        this.directory = directory;
        this.files = files;
        this.key = key;
        this.segmentStart = now;
    }

    /** @throws AuditUnavailableException when the log may not be continued */
    Recovered run() throws IOException {
        readCheckpoints();
        compareRoot();
        List<Path> segments = directory.segments();
        long first = 0;
        Cut cut = null;
        for (int i = 0; i < segments.size(); i++) {
            first = chain.size();
            Path segment = segments.get(i);
            if (!segment.equals(directory.segment(first))) {
                throw refuse("a segment is missing or misnamed: "
                        + directory.segment(first).getFileName() + " expected, " + segment.getFileName() + " found");
            }
            long bad = scan(segment);
            if (bad >= 0) {
                if (i < segments.size() - 1) {
                    throw refuse("damaged before the last segment, at record " + chain.size());
                }
                cut = cut(segment, bad);
            }
        }
        if (chain.size() < expectedSize) {
            throw refuse("rolled back or cut off: a checkpoint vouches for " + expectedSize + " records, "
                    + chain.size() + " are there");
        }
        if (expectedSize == 0 && chain.size() > 1) {
            throw refuse("its checkpoints are missing");
        }
        return new Recovered(chain, first, segmentStart, cut);
    }

    /** Appends the good lines to the chain. Returns the offset of the first bad byte, or -1. */
    private long scan(Path segment) throws IOException {
        boolean atStart = true;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(segment), 1 << 16)) {
            SegmentReader reader = new SegmentReader(in);
            for (SegmentReader.Piece piece = reader.next(); piece != null; piece = reader.next()) {
                if (!(piece instanceof SegmentReader.Line line) || !append(line.bytes())) {
                    return piece.offset();
                }
                if (atStart) {
                    segmentStart = chain.lastTime();
                    atStart = false;
                }
                compareRoot();
            }
        }
        return -1;
    }

    private boolean append(byte[] bytes) {
        try {
            SegmentLine line = SegmentLine.parse(bytes);
            byte[] hash = line.leafHash();
            Leaf leaf = Leaf.parse(line.leaf());
            if (!HexFormat.of().formatHex(hash).equals(line.statedHash())
                    || leaf.seq() != chain.size()
                    || !leaf.prev().equals(chain.previous())
                    || leaf.ts().isBefore(chain.lastTime())) {
                return false;
            }
            chain.append(hash, leaf.ts());
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    private Cut cut(Path segment, long from) throws IOException {
        long length = Files.size(segment) - from;
        if (length > SegmentWriter.MAX_BATCH_BYTES) {
            throw refuse("damaged at record " + chain.size() + ", too long for a torn write");
        }
        byte[] tail;
        try (InputStream in = Files.newInputStream(segment)) {
            in.skipNBytes(from);
            tail = in.readAllBytes();
        }
        if (holdsLine(tail)) {
            throw refuse("damaged at record " + chain.size() + " with complete lines after it: not a torn write");
        }
        if (chain.size() < expectedSize) {
            throw refuse("damaged at record " + chain.size() + ", which a checkpoint vouches for");
        }
        String sha256 = Sha256.hex(tail);
        files.replace(directory.quarantine().resolve(chain.size() + "-" + sha256.substring(0, 16) + ".tail"), tail);
        try (LogFiles.AppendFile file = files.append(segment)) {
            file.truncate(from);
            file.force(true);
        }
        return new Cut(tail.length, sha256, chain.size());
    }

    /** Whether a piece has the form of a whole line: then it was written whole, whatever its hash says. */
    private static boolean holdsLine(byte[] tail) {
        int start = 0;
        for (int i = 0; i < tail.length; i++) {
            if (tail[i] == '\n') {
                try {
                    SegmentLine.parse(Arrays.copyOfRange(tail, start, i));
                    return true;
                } catch (FormatException e) {
                    start = i + 1;
                }
            }
        }
        return false;
    }

    private void readCheckpoints() throws IOException {
        if (Files.exists(directory.checkpoint())) {
            readCheckpoint(directory.checkpoint());
        }
        for (Path note : directory.archivedCheckpoints()) {
            readCheckpoint(note);
        }
    }

    private void readCheckpoint(Path file) throws IOException {
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!note.verifies(List.of(key)) || !checkpoint.origin().equals(key.name())) {
                throw refuse("a checkpoint is not signed by this log's key: " + file.getFileName());
            }
            byte[] other = expectedRoots.put(checkpoint.size(), checkpoint.root());
            if (other != null && !Arrays.equals(other, checkpoint.root())) {
                throw refuse("two checkpoints of size " + checkpoint.size() + " contradict each other");
            }
            expectedSize = Math.max(expectedSize, checkpoint.size());
        } catch (FormatException e) {
            throw new AuditUnavailableException(
                    "The audit log refuses to start: a checkpoint cannot be read: " + file.getFileName(), e);
        }
    }

    private void compareRoot() {
        byte[] expected = expectedRoots.get(chain.size());
        if (expected != null && !Arrays.equals(expected, chain.head().root())) {
            throw refuse("its records are not those that the checkpoint of size " + chain.size() + " vouches for");
        }
    }

    private static AuditUnavailableException refuse(String why) {
        return new AuditUnavailableException("The audit log refuses to start: " + why);
    }
}
