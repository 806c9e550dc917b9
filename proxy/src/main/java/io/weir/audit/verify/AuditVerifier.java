package io.weir.audit.verify;

import io.weir.audit.EventType;
import io.weir.audit.format.FormatException;
import io.weir.audit.format.Leaf;
import io.weir.audit.format.LogDescription;
import io.weir.audit.format.MerkleTree;
import io.weir.audit.format.SegmentLine;
import io.weir.audit.format.SegmentReader;
import io.weir.audit.verify.Finding.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log or a copy of one, also while it is being written. Each verifier reads once; not thread-safe.
 *
 * <p>Checked: every line's form and hash, canonical form, the chain, sequence numbers, order of time, every checkpoint's signature and
 * root, that no vouched-for record is missing, and the meaning of queries and releases.
 */
public final class AuditVerifier {
    /** More findings than this are not collected. */
    public static final int MAX_FINDINGS = 100;

    /** How long records may wait for their checkpoint while the log is written. */
    public static final Duration CHECKPOINT_GRACE = Duration.ofSeconds(10);

    private static final Map<String, EventType> TYPES = types();

    private final TrustedKeys trusted;
    private final InstantSource clock;
    private final Findings findings = new Findings();
    private final CheckpointSet checkpoints;
    private final MeaningCheck meaning = new MeaningCheck(findings);
    private final MerkleTree tree = new MerkleTree();
    private String previous = Leaf.NO_PREVIOUS;
    private Instant lastTime = Instant.EPOCH;
    private long nextSequence;

    /** @param clock tells whether records without a checkpoint are fresh */
    public AuditVerifier(TrustedKeys trusted, InstantSource clock) {
        this.trusted = trusted;
        this.clock = clock;
        this.checkpoints = new CheckpointSet(trusted, findings);
    }

    /**
     * Verifies.
     *
     * @param log directory of the log
     * @param elsewhere a checkpoint that was kept out of reach of the log's host, or null
     * @throws IOException when the directory is no log or a file cannot be read
     */
    public AuditReport verify(Path log, @Nullable Path elsewhere) throws IOException {
        Path wal = log.resolve("wal");
        if (!Files.isDirectory(wal)) {
            throw new NoSuchFileException(log.toString(), null, "holds no audit log");
        }
        describe(log.resolve("log.json"));
        // Checkpoints before segments: then a log that grows meanwhile only has more records than they say.
        checkpoints.read(log);
        if (elsewhere != null) {
            checkpoints.readElsewhere(elsewhere);
        }
        checkpoints.compare(0, tree.root());
        List<Path> segments = segments(wal);
        for (int i = 0; i < segments.size(); i++) {
            read(segments.get(i), i == segments.size() - 1);
        }
        conclude();
        AuditReport.Extent extent = new AuditReport.Extent(
                trusted.origin(),
                segments.size(),
                tree.size(),
                Math.min(checkpoints.newest(), tree.size()),
                checkpoints.count(),
                previous,
                HexFormat.of().formatHex(tree.root()));
        return findings.list().isEmpty()
                ? new AuditReport.Valid(extent)
                : new AuditReport.Invalid(extent, findings.list());
    }

    private void describe(Path file) throws IOException {
        if (!Files.exists(file)) {
            findings.add(Kind.DESCRIPTION, -1, "log.json is missing.");
            return;
        }
        try {
            LogDescription description = LogDescription.parse(Files.readAllBytes(file));
            if (!trusted.keys().contains(description.key())) {
                findings.add(Kind.DESCRIPTION, -1, "log.json names a key that is not trusted.");
            }
        } catch (FormatException e) {
            findings.add(Kind.DESCRIPTION, -1, "log.json cannot be read.");
        }
    }

    private void read(Path segment, boolean last) throws IOException {
        String expected = String.format(Locale.ROOT, "%016d.log", nextSequence);
        if (!expected.equals(String.valueOf(segment.getFileName()))) {
            findings.add(
                    Kind.SEGMENT,
                    nextSequence,
                    "Segment " + expected + " is missing: " + segment.getFileName() + " is there.");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(segment), 1 << 16)) {
            SegmentReader reader = new SegmentReader(in);
            for (SegmentReader.Piece piece = reader.next(); piece != null; piece = reader.next()) {
                switch (piece) {
                    case SegmentReader.Line(long offset, byte[] bytes) -> line(bytes);
                    case SegmentReader.Unfinished(long offset, byte[] bytes) -> unfinished(segment, last);
                    case SegmentReader.Overlong(long offset) -> {
                        findings.add(
                                Kind.NOT_A_LINE, nextSequence, "Bytes after this record are not lines of a segment.");
                        return;
                    }
                }
            }
        }
    }

    /** A torn last line is normal while a writer is at work, and no record in any case. */
    private void unfinished(Path segment, boolean last) throws IOException {
        Instant changed = Files.getLastModifiedTime(segment).toInstant();
        if (!last || changed.isBefore(clock.instant().minus(CHECKPOINT_GRACE))) {
            findings.add(Kind.NOT_A_LINE, nextSequence, "The segment ends in the middle of a line.");
        }
    }

    private void line(byte[] bytes) {
        SegmentLine line;
        try {
            line = SegmentLine.parse(bytes);
        } catch (FormatException e) {
            findings.add(Kind.NOT_A_LINE, nextSequence, "Something that is no line of a segment stands here.");
            return;
        }
        byte[] hash = line.leafHash();
        boolean intact = HexFormat.of().formatHex(hash).equals(line.statedHash());
        if (!intact) {
            findings.add(Kind.LINE_HASH, nextSequence, "The record was changed: its hash is not the stated one.");
        }
        try {
            Leaf leaf = Leaf.parse(line.leaf());
            if (!Arrays.equals(leaf.encode(), line.leaf())) {
                findings.add(Kind.NOT_CANONICAL, nextSequence, "The record is not in canonical form.");
            }
            compare(leaf);
        } catch (FormatException e) {
            findings.add(Kind.NOT_CANONICAL, nextSequence, "The record is not in canonical form.");
            nextSequence++;
        }
        tree.append(hash);
        // After a changed line the chain goes on from what it states: the change is reported once.
        previous = line.statedHash();
        if (checkpoints.has(tree.size())) {
            checkpoints.compare(tree.size(), tree.root());
        }
    }

    private void compare(Leaf leaf) {
        if (leaf.seq() != nextSequence) {
            findings.add(
                    Kind.SEQUENCE,
                    leaf.seq(),
                    "Record " + nextSequence + " is expected here, record " + leaf.seq() + " stands here.");
        }
        if (!leaf.prev().equals(previous)) {
            findings.add(Kind.CHAIN, leaf.seq(), "The record does not follow from the one before it.");
        }
        if (leaf.ts().isBefore(lastTime)) {
            findings.add(Kind.TIME, leaf.seq(), "The record is earlier than the one before it.");
        }
        EventType type = TYPES.get(leaf.type());
        if (type == null) {
            findings.add(Kind.UNKNOWN_EVENT, leaf.seq(), "The event of the record is not known.");
        } else {
            meaning.read(type, leaf);
        }
        nextSequence = leaf.seq() + 1;
        lastTime = leaf.ts();
    }

    private void conclude() {
        long records = tree.size();
        long newest = checkpoints.newest();
        if (checkpoints.count() == 0 && findings.list().stream().noneMatch(f -> f.kind() == Kind.NO_CHECKPOINT)) {
            findings.add(Kind.NO_CHECKPOINT, -1, "No checkpoint of a trusted key is there.");
        }
        if (checkpoints.newestElsewhere() > records) {
            findings.add(
                    Kind.ROLLED_BACK,
                    records,
                    "A checkpoint kept elsewhere vouches for " + checkpoints.newestElsewhere() + " records; " + records
                            + " are here.");
        } else if (newest > records) {
            findings.add(
                    Kind.CUT_OFF,
                    records,
                    "The newest checkpoint vouches for " + newest + " records; " + records + " are here.");
        }
        boolean fresh = !lastTime.isBefore(clock.instant().minus(CHECKPOINT_GRACE))
                && !lastTime.isAfter(clock.instant().plus(CHECKPOINT_GRACE));
        if (records > newest && !fresh) {
            findings.add(
                    Kind.UNCOVERED,
                    newest,
                    (records - newest) + " records after the newest checkpoint are vouched for by no signature: the log"
                            + " was not closed, or somebody else appended them.");
        }
    }

    private static List<Path> segments(Path wal) throws IOException {
        List<Path> segments = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(wal, "*.log")) {
            files.forEach(segments::add);
        }
        Collections.sort(segments);
        return segments;
    }

    private static Map<String, EventType> types() {
        Map<String, EventType> types = new HashMap<>();
        for (EventType type : EventType.values()) {
            types.put(type.label(), type);
        }
        return Map.copyOf(types);
    }
}
