package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code serve} with a policy that has mistakes in several files. */
class InvalidPolicyIT {
    private static final DemoServers SERVERS = RunningWeir.shared().servers();

    private static void replace(Path file, String what, String by) throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains(what);
        Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(what), by));
    }

    private static int line(Path file, String text) throws Exception {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text + " is not in " + file);
    }

    @Tag("S29")
    @Test
    void serveListsAllProblemsWithFileAndLineAndDoesNotStart() throws Exception {
        Path policy = SERVERS.state().resolve("bad-policy");
        SERVERS.installPolicy(policy);
        Path patients = policy.resolve("datasets/patients.yaml");
        Path strict = policy.resolve("profiles/strict.yaml");
        Path agreement = policy.resolve("agreements/dsa-2026-001.yaml");
        Path sftp = policy.resolve("destinations/council-sftp.yaml");
        replace(patients, "class: identifier", "class: identifer");
        replace(strict, "threshold: 20", "threshold: -3");
        replace(agreement, "purpose: research-public-benefit", "purpose: world-peace");
        replace(sftp, "hostKey: ", "hostkey: ");
        Path configuration = SERVERS.state().resolve("bad.yaml");
        Files.writeString(
                configuration,
                Files.readString(SERVERS.configurationFile())
                        .replace("directory: policy", "directory: bad-policy")
                        .replace("directory: audit", "directory: bad-audit"));
        Path log = SERVERS.state().resolve("bad.log");
        Process serve = RunningWeir.serve(configuration, log);
        assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(log);
        assertThat(serve.exitValue()).as(printed).isEqualTo(2);
        assertThat(printed)
                .contains("datasets/patients.yaml:" + line(patients, "identifer"))
                .contains("profiles/strict.yaml:" + line(strict, "threshold"))
                .contains("agreements/dsa-2026-001.yaml:" + line(agreement, "world-peace"))
                .contains("destinations/council-sftp.yaml:" + line(sftp, "hostkey"))
                .doesNotContain("\tat ", "Exception", SERVERS.secret("source-password"));
        AuditTrail trail = new AuditTrail(SERVERS.state().resolve("bad-audit"), SERVERS.auditKeys());
        assertThat(trail.since(0, EventType.POLICY_REJECTED)).hasSize(1);
        assertThat(trail.since(0, EventType.POLICY_LOADED)).isEmpty();
        trail.verifies();
    }
}
