package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./weir} finds a JDK, with homes that only say a version. */
class LauncherTest {
    @TempDir
    private Path home;

    private record Run(int code, String printed, String complained) {}

    private Run bash(Path javaHome, String script) throws Exception {
        Path errors = home.resolve("errors");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", ". \"$FIND\"; " + script);
        bash.environment().put("HOME", home.toString());
        bash.environment().put("JAVA_HOME", javaHome.toString());
        bash.environment().put("FIND", repository().resolve("scripts/find-jdk").toString());
        Process process = bash.redirectError(errors.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), printed.strip(), Files.readString(errors));
    }

    static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("weir")) ? here : here.resolve("..").normalize();
    }

    private Path jdk(String name, String version) throws IOException {
        Path javac = Files.createDirectories(home.resolve(".jdks").resolve(name).resolve("bin"))
                .resolve("javac");
        Files.writeString(javac, "#!/bin/sh\necho javac " + version + "\n");
        Files.setPosixFilePermissions(javac, PosixFilePermissions.fromString("rwx------"));
        return home.resolve(".jdks").resolve(name);
    }

    @Test
    void theNewestJdkIsTakenWhateverJavaHomeSays() throws Exception {
        Path old = jdk("old", "17.0.15");
        Path newest = jdk("newest", "9001.0.1");
        jdk("new", "9000");
        Run run = bash(old, "find_jdk");
        assertThat(run.printed()).isEqualTo(newest.toString());
        assertThat(run.code()).isZero();
    }

    @Test
    void withoutAJdkTheUserIsToldHowToGetOne() throws Exception {
        Path old = jdk("old", "17.0.15");
        // Whatever this machine has is hidden, too: every home that is found says 17.
        Run run = bash(old, "jdk_version() { echo 17; }; find_jdk");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.printed()).isEmpty();
        assertThat(run.complained()).contains("a JDK 21 or newer is needed").contains("JAVA_HOME");
    }
}
