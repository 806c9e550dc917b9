package io.weir.audit.log;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.audit.format.FormatException;
import io.weir.audit.format.LogDescription;
import io.weir.audit.format.SignerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;

/** The steps of opening that are neither recovery nor writing: who this log is, and the records that say it was opened. */
final class LogOpening {
    private LogOpening() {}

    /** Writes {@code log.json} of a new log; compares that of an old one. */
    static void describe(LogDirectory directory, LogFiles files, SignerKey key, InstantSource clock)
            throws IOException {
        if (!Files.exists(directory.description())) {
            if (!directory.segments().isEmpty() || Files.exists(directory.checkpoint())) {
                throw new AuditUnavailableException("The audit log refuses to start: log.json is missing");
            }
            LogDescription description = new LogDescription(key.verifier().name(), clock.instant(), key.verifier());
            files.replace(directory.description(), description.encode().getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            LogDescription description = LogDescription.parse(Files.readAllBytes(directory.description()));
            if (!description.key().equals(key.verifier())) {
                throw new AuditUnavailableException(
                        "The audit log refuses to start: it belongs to another key or origin");
            }
        } catch (FormatException e) {
            throw new AuditUnavailableException("The audit log refuses to start: log.json cannot be read", e);
        }
    }

    /** Appends {@code log.recovered} when something was cut, then {@code log.opened}. */
    static void record(SegmentWriter segments, Recovery.Recovered recovered, LogDirectory directory, LogLock lock)
            throws IOException {
        Recovery.Cut cut = recovered.cut();
        long previousSize = segments.chain().size();
        if (cut != null) {
            segments.write(AuditEvent.of(EventType.LOG_RECOVERED)
                    .with("bytes", cut.bytes())
                    .with("sha256", cut.sha256())
                    .with("first_seq", cut.firstSequence()));
        }
        AuditEvent opened =
                AuditEvent.of(EventType.LOG_OPENED).with("epoch", lock.epoch()).with("previous_size", previousSize);
        if (Files.exists(directory.checkpoint())) {
            byte[] note = Files.readAllBytes(directory.checkpoint());
            opened = opened.with("previous_checkpoint", Sha256.hex(note));
        }
        segments.write(opened);
    }
}
