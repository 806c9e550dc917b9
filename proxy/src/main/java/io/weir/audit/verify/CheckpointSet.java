package io.weir.audit.verify;

import io.weir.audit.format.Checkpoint;
import io.weir.audit.format.FormatException;
import io.weir.audit.format.SignedNote;
import io.weir.audit.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The checkpoints of a log that a trusted key signed, by size. */
final class CheckpointSet {
    private final TrustedKeys trusted;
    private final Findings findings;
    private final NavigableMap<Long, byte[]> roots = new TreeMap<>();
    private long elsewhere = -1;

    CheckpointSet(TrustedKeys trusted, Findings findings) {
        this.trusted = trusted;
        this.findings = findings;
    }

    /** Reads {@code checkpoint} and {@code checkpoints/}. */
    void read(Path log) throws IOException {
        Path newest = log.resolve("checkpoint");
        if (Files.exists(newest)) {
            add(newest);
        } else {
            findings.add(Kind.NO_CHECKPOINT, -1, "The newest checkpoint is missing.");
        }
        Path kept = log.resolve("checkpoints");
        if (!Files.isDirectory(kept)) {
            return;
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(kept, "*.note")) {
            for (Path note : notes) {
                Checkpoint checkpoint = add(note);
                if (checkpoint != null
                        && !String.format(Locale.ROOT, "%020d.note", checkpoint.size())
                                .equals(String.valueOf(note.getFileName()))) {
                    findings.add(
                            Kind.CHECKPOINT_SIGNATURE, -1, "Checkpoint " + note.getFileName() + " has another size.");
                }
            }
        }
    }

    /** Reads a checkpoint that was kept elsewhere: the log must extend it. */
    void readElsewhere(Path note) throws IOException {
        Checkpoint checkpoint = add(note);
        if (checkpoint != null) {
            elsewhere = Math.max(elsewhere, checkpoint.size());
        }
    }

    /** Compares the tree at this size. */
    void compare(long size, byte[] root) {
        byte[] expected = roots.get(size);
        if (expected != null && !Arrays.equals(expected, root)) {
            findings.add(
                    size == elsewhere ? Kind.ROLLED_BACK : Kind.CHECKPOINT_ROOT,
                    size - 1,
                    "The first " + size
                            + " records are not those that the signed checkpoint of that size vouches for.");
        }
    }

    boolean has(long size) {
        return roots.containsKey(size);
    }

    int count() {
        return roots.size();
    }

    /** Size of the newest trusted checkpoint; 0 when there is none. */
    long newest() {
        return roots.isEmpty() ? 0 : roots.lastKey();
    }

    /** Size of the newest checkpoint kept elsewhere; -1 when none was given. */
    long newestElsewhere() {
        return elsewhere;
    }

    private @Nullable Checkpoint add(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > SignedNote.MAX_BYTES) {
                throw new FormatException("too long");
            }
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(trusted.origin()) || !note.verifies(trusted.keys())) {
                findings.add(Kind.CHECKPOINT_SIGNATURE, -1, "Checkpoint " + name + " is not signed by a trusted key.");
                return null;
            }
            byte[] other = roots.put(checkpoint.size(), checkpoint.root());
            if (other != null && !Arrays.equals(other, checkpoint.root())) {
                findings.add(
                        Kind.CHECKPOINT_ROOT,
                        -1,
                        "Two signed checkpoints of size " + checkpoint.size() + " contradict each other.");
            }
            return checkpoint;
        } catch (FormatException e) {
            findings.add(Kind.CHECKPOINT_SIGNATURE, -1, "Checkpoint " + name + " cannot be read.");
            return null;
        }
    }
}
