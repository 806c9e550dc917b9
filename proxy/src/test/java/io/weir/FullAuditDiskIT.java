package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.audit.EventType;
import io.weir.config.Configuration;
import io.weir.connector.testkit.RequiredTool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The disk of the audit log is full: nothing is answered, nothing is lost, and a restart with space goes on where the log ended. */
class FullAuditDiskIT {
    private static final RunningWeir WEIR = RunningWeir.shared();
    private static int question = 4;

    @AfterEach
    void mend() throws Exception {
        WEIR.startAgain();
        WEIR.audit().verifies();
    }

    /** Asks until the log takes no more. Every answer that was given has its record; afterwards nobody gets anything. */
    private static void askUntilRefused(Connection connection, AuditTrail trail) throws Exception {
        int mark = trail.size();
        int answered = 0;
        while (answered < 12) {
            String sql = Asking.fresh(question++);
            try {
                Asking.answers(connection, sql);
                answered++;
            } catch (SQLException full) {
                Refusal.of(() -> {
                            throw full;
                        })
                        .is("58030", "AUDIT_UNAVAILABLE")
                        .advises("operator");
                break;
            }
        }
        assertThat(answered)
                .as("the log took records although its disk was full")
                .isLessThan(12);
        assertThat(trail.since(mark, EventType.QUERY_EXECUTED)).hasSizeGreaterThanOrEqualTo(answered);
        nobodyIsAnswered();
    }

    private static void nobodyIsAnswered() throws Exception {
        Refusal.of(() -> WEIR.connect("ada", "diabetes").close())
                .is("58030", "AUDIT_UNAVAILABLE")
                .advises("operator");
        assertThat(WEIR.health()).isEqualTo(503);
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor();
        } catch (IOException noSuchProgram) {
            return 127;
        }
    }

    @Test
    void aFullFileSystemStopsEveryAnswerUntilARestartWithSpace() throws Exception {
        Path disk = Files.createDirectories(WEIR.servers().state().resolve("audit-disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=512k,mode=0700", "tmpfs", disk.toString()) == 0,
                "no right to mount a small disk; the limit of the file size is tested instead");
        try {
            AuditTrail trail =
                    new AuditTrail(disk.resolve("audit"), WEIR.servers().auditKeys());
            Configuration config = onDisk(WEIR.configuration(), trail.directory());
            WEIR.stop();
            WEIR.start(config);
            Path filler = disk.resolve("filler");
            try (Connection connection = WEIR.connect("ada", "diabetes")) {
                Asking.answers(connection, Asking.fresh(question++));
                fill(filler);
                askUntilRefused(connection, trail);
                Files.delete(filler);
                // What is on a disk that failed once is known only after it was read again.
                nobodyIsAnswered();
                assertThatThrownBy(() -> Asking.rows(connection, Asking.fresh(question)))
                        .isInstanceOf(SQLException.class);
            }
            WEIR.stop();
            WEIR.start(config);
            try (Connection connection = WEIR.connect("ada", "diabetes")) {
                Asking.answers(connection, Asking.fresh(question++));
            }
            trail.verifies();
        } finally {
            WEIR.stop();
            assertThat(run("umount", "-l", disk.toString())).isZero();
        }
    }

    private static Configuration onDisk(Configuration c, Path directory) {
        return new Configuration(
                c.directory(),
                c.postgres(),
                c.web(),
                c.tls(),
                c.controlStore(),
                c.shadowCatalogue(),
                new Configuration.Audit(
                        directory,
                        c.audit().origin(),
                        c.audit().signingKey(),
                        c.audit().disclosureKey()),
                c.policy(),
                c.pseudonyms(),
                c.spool(),
                c.limits());
    }

    private static void fill(Path filler) {
        byte[] block = new byte[512];
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int written = 0; written < 2 << 20; written += block.length) {
                out.write(block);
            }
        } catch (IOException full) {
            return;
        }
        throw new AssertionError("the small disk is not small");
    }

    @Test
    void aFileThatMayNotGrowStopsEveryAnswerUntilARestart() throws Exception {
        String prlimit = RequiredTool.at("/usr/bin/prlimit").toString();
        String pid = "--pid=" + WEIR.fork().pid();
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            Asking.answers(connection, Asking.fresh(question++));
            // In the middle of a record to come: the next batch is cut off in its line.
            long size = Files.size(WEIR.audit().newestSegment());
            assertThat(run(prlimit, pid, "--fsize=" + (size + 700) + ":")).isZero();
            askUntilRefused(connection, WEIR.audit());
            assertThat(run(prlimit, pid, "--fsize=unlimited:")).isZero();
            nobodyIsAnswered();
        }
        WEIR.startAgain();
        assertThat(WEIR.health()).isEqualTo(200);
        try (Connection connection = WEIR.connect("ada", "diabetes")) {
            Asking.answers(connection, Asking.fresh(question++));
        }
    }
}
