package io.weir.connector.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** A tool that a test cannot do without: absent, the test is skipped with its reason, but on CI it fails. */
public final class RequiredTool {
    private RequiredTool() {}

    /** Requires an executable file. */
    public static Path at(String path) {
        Path tool = Path.of(path);
        boolean there = Files.isExecutable(tool);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(path + " is missing on CI");
        }
        assumeTrue(there, path + " is not installed");
        return tool;
    }
}
