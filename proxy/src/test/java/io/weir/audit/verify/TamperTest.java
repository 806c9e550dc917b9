package io.weir.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.format.Checkpoint;
import io.weir.audit.format.Leaf;
import io.weir.audit.format.MerkleTree;
import io.weir.audit.format.SegmentLine;
import io.weir.audit.format.SignerKey;
import io.weir.audit.log.AuditFixture;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.verify.Finding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tamper matrix: each attack on a closed log of a hundred events is found, and for the right reason. */
class TamperTest {
    private static final String FIRST = "wal/0000000000000000.log";

    @TempDir
    Path temp;

    private Path log = Path.of("");

    @BeforeEach
    void writeLog() {
        log = temp.resolve("audit");
        try (FileAuditLog writer = AuditFixture.open(log)) {
            for (int i = 0; i < 100; i++) {
                writer.append(AuditFixture.event(i));
            }
        }
    }

    @Test
    void untouchedLogIsValid() throws Exception {
        assertThat(AuditFixture.kinds(AuditFixture.verify(log))).isEmpty();
    }

    @Test
    void editedByteIsFound() throws Exception {
        List<String> lines = lines();
        lines.set(50, lines.get(50).replace("query.refused", "query.decided"));
        write(lines);
        Finding first = findings().getFirst();
        assertThat(first.kind()).isEqualTo(Kind.LINE_HASH);
        assertThat(first.sequence()).isEqualTo(50);
    }

    @Test
    void editedRecordWithANewHashBreaksTheChainAfterIt() throws Exception {
        List<String> lines = lines();
        lines.set(50, rehash(lines.get(50).replace("query.refused", "query.decided")));
        write(lines);
        Finding first = findings().getFirst();
        assertThat(first.kind()).isEqualTo(Kind.CHAIN);
        assertThat(first.sequence()).isEqualTo(51);
    }

    @Test
    void deletedRecordIsMissed() throws Exception {
        List<String> lines = lines();
        lines.remove(50);
        write(lines);
        assertThat(kinds()).contains(Kind.SEQUENCE, Kind.CHAIN, Kind.CUT_OFF);
        assertThat(findings().getFirst().sentence()).contains("Record 50 is expected here");
    }

    @Test
    void swappedRecordsAreFound() throws Exception {
        List<String> lines = lines();
        Collections.swap(lines, 50, 51);
        write(lines);
        assertThat(kinds()).contains(Kind.SEQUENCE, Kind.CHAIN, Kind.CHECKPOINT_ROOT);
    }

    @Test
    void truncatedTailIsFoundByTheCheckpoint() throws Exception {
        write(lines().subList(0, 92));
        assertThat(kinds()).containsExactly(Kind.CUT_OFF);
        assertThat(findings().getFirst().sentence()).contains("102 records; 92 are here");
    }

    @Test
    void truncationInsideALineIsFound() throws Exception {
        Path segment = log.resolve(FIRST);
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 10));
        assertThat(kinds()).contains(Kind.CUT_OFF);
    }

    @Test
    void appendedForgedRecordIsVouchedForByNobody() throws Exception {
        List<String> lines = lines();
        lines.add(forged(lines.getLast(), 102));
        write(lines);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
        AuditReport report = new AuditVerifier(AuditFixture.TRUSTED, later).verify(log, null);
        assertThat(AuditFixture.kinds(report)).containsExactly(Kind.UNCOVERED);
    }

    @Test
    void fullRewriteWithFreshHashesContradictsTheCheckpoint() throws Exception {
        rewrite();
        assertThat(kinds()).contains(Kind.CHECKPOINT_ROOT).doesNotContain(Kind.CHAIN, Kind.LINE_HASH);
    }

    @Test
    void fullRewriteSignedByAnotherKeyIsNotTrusted() throws Exception {
        MerkleTree tree = rewrite();
        byte[] other = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        SignerKey forger = SignerKey.of(AuditFixture.KEY.verifier().name(), other);
        String note = new Checkpoint(forger.verifier().name(), tree.size(), tree.root())
                .sign(forger)
                .encode();
        deleteNotes();
        Files.writeString(log.resolve("checkpoint"), note);
        assertThat(kinds()).contains(Kind.CHECKPOINT_SIGNATURE, Kind.NO_CHECKPOINT);
    }

    @Test
    void missingCheckpointsAreFound() throws Exception {
        deleteNotes();
        assertThat(kinds()).contains(Kind.NO_CHECKPOINT);
    }

    @Test
    void olderCopyOfTheWholeDirectoryIsFoundWithACheckpointFromElsewhere() throws Exception {
        Path copy = temp.resolve("copy");
        copy(log, copy);
        Path elsewhere = temp.resolve("note");
        try (FileAuditLog writer = AuditFixture.open(log)) {
            writer.append(AuditFixture.event(1));
            Files.writeString(elsewhere, writer.checkpoint());
        }
        AuditVerifier alone = new AuditVerifier(AuditFixture.TRUSTED, Clock.systemUTC());
        assertThat(AuditFixture.kinds(alone.verify(copy, null))).isEmpty();
        AuditVerifier anchored = new AuditVerifier(AuditFixture.TRUSTED, Clock.systemUTC());
        assertThat(AuditFixture.kinds(anchored.verify(copy, elsewhere))).containsExactly(Kind.ROLLED_BACK);
        AuditVerifier current = new AuditVerifier(AuditFixture.TRUSTED, Clock.systemUTC());
        assertThat(AuditFixture.kinds(current.verify(log, elsewhere))).isEmpty();
    }

    @Test
    void missingSegmentIsFound() throws Exception {
        Files.move(log.resolve(FIRST), log.resolve("wal/0000000000000007.log"));
        assertThat(kinds()).contains(Kind.SEGMENT);
    }

    @Test
    void backdatedRecordIsFound() throws Exception {
        List<String> lines = lines();
        String last = lines.getLast();
        lines.set(lines.size() - 1, rehash(last.replaceAll("\"ts\":\"....", "\"ts\":\"1999")));
        write(lines);
        assertThat(kinds()).contains(Kind.TIME, Kind.CHECKPOINT_ROOT);
    }

    @Test
    void recordThatIsNotCanonicalIsFound() throws Exception {
        List<String> lines = lines();
        lines.set(50, rehash(lines.get(50).replace("\"v\":1}", "\"v\":1 }")));
        write(lines);
        assertThat(kinds()).contains(Kind.NOT_CANONICAL);
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(log.resolve(FIRST)));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(log.resolve(FIRST), String.join("\n", lines) + "\n");
    }

    private List<Finding> findings() throws IOException {
        return AuditFixture.verify(log) instanceof AuditReport.Invalid invalid ? invalid.findings() : List.of();
    }

    private List<Kind> kinds() throws IOException {
        return AuditFixture.kinds(AuditFixture.verify(log));
    }

    private void deleteNotes() throws IOException {
        Files.delete(log.resolve("checkpoint"));
        try (Stream<Path> notes = Files.list(log.resolve("checkpoints"))) {
            for (Path note : notes.toList()) {
                Files.delete(note);
            }
        }
    }

    /** Gives every record a new nonce and the chain fresh hashes. */
    private MerkleTree rewrite() throws Exception {
        MerkleTree tree = new MerkleTree();
        List<String> forged = new ArrayList<>();
        String previous = Leaf.NO_PREVIOUS;
        for (String line : lines()) {
            Leaf leaf = Leaf.parse(
                    SegmentLine.parse(line.getBytes(StandardCharsets.UTF_8)).leaf());
            SegmentLine fresh =
                    SegmentLine.of(new Leaf("A".repeat(22), previous, leaf.rec(), leaf.seq(), leaf.ts()).encode());
            tree.append(fresh.leafHash());
            previous = HexFormat.of().formatHex(fresh.leafHash());
            forged.add(new String(fresh.encode(), StandardCharsets.UTF_8).strip());
        }
        write(forged);
        return tree;
    }

    private static String rehash(String line) {
        byte[] leaf = line.substring(0, line.indexOf('\t')).getBytes(StandardCharsets.UTF_8);
        return new String(SegmentLine.of(leaf).encode(), StandardCharsets.UTF_8).strip();
    }

    private static String forged(String lastLine, long sequence) throws Exception {
        SegmentLine last = SegmentLine.parse(lastLine.getBytes(StandardCharsets.UTF_8));
        Leaf leaf = Leaf.parse(last.leaf());
        TreeMap<String, Object> rec = new TreeMap<>();
        rec.put("type", "auth.ok");
        byte[] bytes = new Leaf("A".repeat(22), last.statedHash(), rec, sequence, leaf.ts()).encode();
        return new String(SegmentLine.of(bytes).encode(), StandardCharsets.UTF_8).strip();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
