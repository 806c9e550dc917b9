package io.weir.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of another language that a test needs. */
final class ClientTool {
    /** Debian's, for whose modules the packages are. */
    static final String PYTHON = "/usr/bin/python3";

    private ClientTool() {}

    /** Skips the test when this command fails, except on CI, where it fails. */
    static void require(String name, Map<String, String> environment, String... command) {
        boolean works = works(environment, command);
        String advice = name + " is missing: run scripts/install-test-tools";
        if (!works && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(advice);
        }
        Assumptions.assumeTrue(works, advice);
    }

    static void require(String name, String... command) {
        require(name, Map.of(), command);
    }

    static void requirePython(String module) {
        require(module, PYTHON, "-c", "import " + module);
    }

    static void requireNode(String module) {
        require(
                "node's " + module,
                Map.of("NODE_PATH", nodeModules().toString()),
                "node",
                "-e",
                "require('" + module + "')");
    }

    private static boolean works(Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where {@code scripts/install-test-tools} puts node-pg. */
    static Path nodeModules() {
        return Path.of(System.getProperty("basedir", "proxy"), "target/node-clients/node_modules")
                .toAbsolutePath();
    }
}
