package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code ./weir} builds, and what it passes on: in a tree of its own with a JDK and a Maven that only write down that they were called. */
class LauncherBuildTest {
    @TempDir
    private Path root;

    private record Run(int code, String printed) {}

    @BeforeEach
    void tree() throws IOException {
        Path repository = LauncherTest.repository();
        Files.createDirectories(root.resolve("scripts"));
        Files.copy(repository.resolve("weir"), root.resolve("weir"));
        Files.copy(repository.resolve("scripts/find-jdk"), root.resolve("scripts/find-jdk"));
        executable(
                "bin/mvn",
                "echo build >> \"%s\"; [ ! -e \"%s\" ] || { echo 'no such symbol'; exit 1; }"
                        .formatted(root.resolve("builds"), root.resolve("broken")));
        executable(".jdks/newest/bin/javac", "echo javac 9001");
        executable(
                ".jdks/newest/bin/java",
                "case \"$*\" in *showSettings*) echo ' java.specification.version = 9001' >&2;; *) shift 5; echo \"ran $*\"; exit 7;; esac");
        for (String file : new String[] {
            "pom.xml",
            "proxy/pom.xml",
            "proxy/src/main/java/A.java",
            "connectors/x/pom.xml",
            "connectors/x/src/main/java/B.java"
        }) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "text");
        }
        Files.createDirectories(root.resolve("home"));
        age();
    }

    private void executable(String file, String script) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }

    /** Everything there becomes an hour older than what comes next. */
    private void age() throws IOException {
        FileTime then = FileTime.from(Instant.now().minusSeconds(3600));
        try (var all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, then);
            }
        }
    }

    private Run weir(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = root.resolve("weir").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("HOME", root.toString());
        process.environment().put("JAVA_HOME", root.resolve(".jdks/newest").toString());
        process.environment().merge("PATH", root.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process started = process.start();
        String printed = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(started.exitValue(), printed);
    }

    private int builds() throws IOException {
        Path log = root.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void itBuildsOnceAndPassesTheCommandAndItsExitCodeOn() throws Exception {
        Run first = weir("policy", "check", "a b");
        assertThat(first.code()).isEqualTo(7);
        assertThat(first.printed()).contains("weir: building").contains("io.weir.Main policy check a b");
        assertThat(weir("--help").printed()).doesNotContain("building").contains("io.weir.Main --help");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void itBuildsAgainWhenSourcesChangeAppearOrGo() throws Exception {
        weir("--help");
        age();
        Files.writeString(root.resolve("connectors/x/src/main/java/B.java"), "changed");
        weir("--help");
        assertThat(builds()).as("changed").isEqualTo(2);
        age();
        Files.writeString(root.resolve("proxy/src/main/java/C.java"), "new");
        weir("--help");
        assertThat(builds()).as("new").isEqualTo(3);
        age();
        Files.delete(root.resolve("proxy/src/main/java/A.java"));
        weir("--help");
        assertThat(builds()).as("gone").isEqualTo(4);
        age();
        Files.writeString(root.resolve("pom.xml"), "changed");
        weir("--help");
        assertThat(builds()).as("pom").isEqualTo(5);
        age();
        weir("--help");
        assertThat(builds()).as("nothing").isEqualTo(5);
    }

    @Test
    void aFailedBuildIsShownAndNothingRuns() throws Exception {
        Files.writeString(root.resolve("broken"), "");
        Run run = weir("quickstart");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.printed())
                .contains("no such symbol")
                .contains("the build failed")
                .doesNotContain("ran ");
        Files.delete(root.resolve("broken"));
        assertThat(weir("quickstart").code()).as("built anew").isEqualTo(7);
    }
}
