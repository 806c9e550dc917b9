package io.weir.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {
    private static final int ROUNDS = 5;

    @TempDir
    Path temp;

    @Test
    void killedProcessLosesNothingThatWasAcknowledged() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(killAfter(1 + random.nextInt(400)));
        }
        // Opening recovers; a last checkpoint vouches for everything.
        AuditFixture.open(temp).close();
        assertThat(AuditFixture.kinds(AuditFixture.verify(temp))).isEmpty();
        List<String> lines = new ArrayList<>();
        try (Stream<Path> segments = Files.list(temp.resolve("wal"))) {
            for (Path segment : segments.sorted().toList()) {
                lines.addAll(Files.readAllLines(segment));
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS);
        for (String receipt : acknowledged) {
            String[] parts = receipt.split(" ");
            assertThat(lines.get(Integer.parseInt(parts[0]))).endsWith("\t" + parts[1]);
        }
        assertThat(DisclosureReader.read(temp, AuditFixture.KEK))
                .as("texts beside acknowledged records")
                .containsKeys(acknowledged.stream()
                        .map(receipt -> Long.valueOf(receipt.split(" ")[0]))
                        .toArray(Long[]::new));
    }

    private List<String> killAfter(int receipts) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> seen = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                seen.add(line);
                if (seen.size() == receipts) {
                    // SIGKILL on Linux; by the handle, because the process itself would close the pipe that is still to
                    // be read.
                    writer.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue()).as("killed, not ended").isEqualTo(137);
        // The pipe may break inside a line.
        seen.removeIf(line -> !line.matches("[0-9]+ [0-9a-f]{64}"));
        return seen;
    }
}
