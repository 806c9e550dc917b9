package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.RunningWeir;
import io.weir.embedded.TestPostgres;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;

/**
 * The checks of one client library, written in its own language, run against the running Weir. The program under
 * {@code src/test/resources/clients} prints one line of JSON a check; each becomes a test.
 */
final class ClientProgram {
    private static final int MINUTES = 3;

    private ClientProgram() {}

    static List<DynamicTest> python(String program) {
        return run(Map.of(), ClientTool.PYTHON, "-B", resource(program));
    }

    static List<DynamicTest> rscript(String program) {
        return run(Map.of("LC_ALL", "C.UTF-8"), "Rscript", "--vanilla", resource(program));
    }

    static List<DynamicTest> node(String program) {
        return run(Map.of("NODE_PATH", ClientTool.nodeModules().toString()), "node", resource(program));
    }

    private static List<DynamicTest> run(Map<String, String> environment, String... command) {
        try {
            return tests(lines(RunningWeir.shared().postgresPort(), environment, command));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What a program prints that connects to this port; it must end well. */
    static List<String> lines(int port, Map<String, String> environment, String... command) {
        RunningWeir weir = RunningWeir.shared();
        Path directory = TestPostgres.temporaryDirectory();
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("WEIR_PORT", Integer.toString(port));
        builder.environment().put("WEIR_CA", weir.certificate().toString());
        builder.environment().put("WEIR_PASSWORD", weir.password("ada"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + MINUTES + " minutes: " + Files.readString(out));
            }
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
            return Files.readAllLines(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<DynamicTest> tests(List<String> lines) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            JsonNode result = mapper.readTree(line);
            tests.add(DynamicTest.dynamicTest(result.path("check").asText().replace('_', ' '), () -> {
                if (!result.path("failure").isNull()) {
                    throw new AssertionError(result.path("failure").asText());
                }
            }));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    /** Path of a file under {@code src/test/resources/clients}. */
    static String resource(String program) {
        URL url = ClientProgram.class.getResource("/clients/" + program);
        if (url == null) {
            throw new AssertionError("no test resource clients/" + program);
        }
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
