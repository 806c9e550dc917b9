package io.weir.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.log.AuditFixture;
import io.weir.audit.log.FileAuditLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path temp;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path log = Path.of("");
    private Path keys = Path.of("");

    @BeforeEach
    void writeLog() throws Exception {
        log = temp.resolve("audit");
        keys = temp.resolve("keys");
        Files.writeString(
                keys, "# the demo log\nlog " + AuditFixture.KEY.verifier().encode() + "\n");
        try (FileAuditLog writer = AuditFixture.open(log)) {
            writer.append(AuditFixture.event(1));
        }
    }

    @Test
    void validLogExitsWithZero() {
        assertThat(run(log, false)).isEqualTo(VerifyCommand.VALID);
        assertThat(text()).startsWith("VALID  weir.example.org/audit\n  3 records in 1 segment, 3 vouched for");
    }

    @Test
    void logThatIsBeingWrittenIsValidToo() {
        try (FileAuditLog writer = AuditFixture.open(log)) {
            writer.append(AuditFixture.event(2));
            assertThat(run(log, false)).as(text()).isEqualTo(VerifyCommand.VALID);
        }
    }

    @Test
    void changedLogExitsWithOneAndSaysWhy() throws Exception {
        Path segment = log.resolve("wal/0000000000000000.log");
        Files.writeString(segment, Files.readString(segment).replace("q1", "q2"));
        assertThat(run(log, false)).isEqualTo(VerifyCommand.INVALID);
        assertThat(text()).contains("INVALID", "line_hash at record 1: The record was changed");
        printed.reset();
        assertThat(run(log, true)).isEqualTo(VerifyCommand.INVALID);
        assertThat(text())
                .contains("\"kind\":\"line_hash\"", "\"sequence\":1", "\"valid\":false")
                .endsWith("}\n");
    }

    @Test
    void whatCannotBeReadExitsWithTwo() throws Exception {
        assertThat(run(temp.resolve("nothing"), false)).isEqualTo(VerifyCommand.UNREADABLE);
        Files.writeString(keys, "not a key\n");
        assertThat(run(log, false)).isEqualTo(VerifyCommand.UNREADABLE);
        Files.writeString(keys, "");
        assertThat(run(log, false)).isEqualTo(VerifyCommand.UNREADABLE);
    }

    private int run(Path directory, boolean json) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new VerifyCommand(Clock.systemUTC()).run(directory, keys, json, out);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
