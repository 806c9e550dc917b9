package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.audit.format.FormatException;
import io.weir.audit.format.Leaf;
import io.weir.audit.format.SegmentLine;
import io.weir.audit.verify.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The log of a running installation, read from its files as an auditor would. */
record AuditTrail(Path directory, Path keys) {
    /** All records written so far, oldest first. */
    List<Leaf> records() {
        List<Leaf> records = new ArrayList<>();
        try (Stream<Path> segments = Files.list(directory.resolve("wal"))) {
            for (Path segment :
                    segments.filter(p -> p.toString().endsWith(".log")).sorted().toList()) {
                String text = Files.readString(segment);
                // A line that is being written has no end yet.
                for (String line :
                        text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                    records.add(Leaf.parse(SegmentLine.parse(line.getBytes(StandardCharsets.UTF_8))
                            .leaf()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
        return records;
    }

    /** The file that grows. */
    Path newestSegment() throws IOException {
        try (Stream<Path> segments = Files.list(directory.resolve("wal"))) {
            return segments.filter(p -> p.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** How many records there are: a mark for {@link #since}. */
    int size() {
        return records().size();
    }

    /** Records of this type after a mark. */
    List<Leaf> since(int mark, EventType type) {
        List<Leaf> all = records();
        return all.subList(mark, all.size()).stream()
                .filter(leaf -> leaf.type().equals(type.label()))
                .toList();
    }

    /** {@code weir audit verify} finds nothing. */
    void verifies() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int code = new VerifyCommand(Clock.systemUTC())
                .run(directory, keys, false, new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(code).as(text.toString(StandardCharsets.UTF_8)).isEqualTo(VerifyCommand.VALID);
    }
}
