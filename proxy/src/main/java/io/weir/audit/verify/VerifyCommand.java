package io.weir.audit.verify;

import io.weir.audit.format.FormatException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What {@code weir audit verify} does. */
public final class VerifyCommand {
    /** Everything agrees. */
    public static final int VALID = 0;

    /** Something is wrong with the log. */
    public static final int INVALID = 1;

    /** The log or the keys cannot be read. */
    public static final int UNREADABLE = 2;

    private final InstantSource clock;

    public VerifyCommand(InstantSource clock) {
        this.clock = clock;
    }

    /** Verifies without a checkpoint from elsewhere. */
    public int run(Path log, Path trustedKeys, boolean json, PrintStream out) {
        return run(log, trustedKeys, null, json, out);
    }

    /**
     * Verifies and prints the report.
     *
     * @param trustedKeys the auditor's file of keys, see {@link TrustedKeys}
     * @param trustedCheckpoint a checkpoint kept elsewhere, or null
     * @return the exit code
     */
    public int run(Path log, Path trustedKeys, @Nullable Path trustedCheckpoint, boolean json, PrintStream out) {
        try {
            TrustedKeys keys = TrustedKeys.parse(Files.readString(trustedKeys));
            AuditReport report = new AuditVerifier(keys, clock).verify(log, trustedCheckpoint);
            out.print(json ? ReportWriter.json(report) : ReportWriter.text(report));
            out.flush();
            return switch (report) {
                case AuditReport.Valid valid -> VALID;
                case AuditReport.Invalid invalid -> INVALID;
            };
        } catch (IOException | FormatException e) {
            out.println("Cannot verify: " + e.getMessage());
            return UNREADABLE;
        }
    }
}
