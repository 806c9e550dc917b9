import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs JUnit classes named in a file and writes one line a test: outcome, name, SQLSTATE, message. */
public final class SuiteRunner {
    private static final Pattern SEGMENT = Pattern.compile("\\[([a-z-]+):([^\\]]+?)(?:\\(.*?\\))?\\]");

    private SuiteRunner() {}

    public static void main(String[] arguments) throws IOException {
        List<DiscoverySelector> classes = Files.readAllLines(Path.of(arguments[0])).stream()
                .<DiscoverySelector>map(DiscoverySelectors::selectClass)
                .toList();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes)
                .configurationParameter("junit.jupiter.execution.timeout.default", "20 s")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        try (PrintStream out = new PrintStream(Path.of(arguments[1]).toFile(), StandardCharsets.UTF_8)) {
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    Throwable thrown = result.getThrowable().orElse(null);
                    if (test.isTest() || thrown != null) {
                        out.println(String.join("\t", outcome(test, result), name(test), state(thrown), message(thrown)));
                        out.flush();
                    }
                }
            });
        }
        // Tests that timed out leave threads behind.
        System.exit(0);
    }

    private static String outcome(TestIdentifier test, TestExecutionResult result) {
        String word = switch (result.getStatus()) {
            case SUCCESSFUL -> "PASS";
            case ABORTED -> "SKIP";
            case FAILED -> "FAIL";
        };
        return test.isTest() ? word : "ALL-" + word;
    }

    private static String name(TestIdentifier test) {
        StringBuilder name = new StringBuilder();
        Matcher segments = SEGMENT.matcher(test.getUniqueId());
        while (segments.find()) {
            String value = segments.group(2);
            switch (segments.group(1)) {
                case "class", "class-template", "nested-class" -> name.append(value.replaceAll(".*\\.", ""));
                case "method", "test-template" -> name.append('#').append(value.replaceAll("\\(.*", ""));
                case "class-template-invocation", "test-template-invocation" -> name.append(' ').append(value);
                default -> {}
            }
        }
        return name.toString();
    }

    private static String state(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return String.valueOf(sql.getSQLState());
            }
        }
        return "";
    }

    private static String message(Throwable thrown) {
        String text = String.valueOf(thrown).replaceAll("\\s+", " ").replaceAll("reference [0-9a-f]{16}-\\d+", "reference");
        return text.substring(0, Math.min(200, text.length()));
    }
}
