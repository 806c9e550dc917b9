package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page docs/assurance/security-cases.md and the tags in the sources of the tests say the same. */
class SecurityCasesTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final int LAST = 39;
    private static final Pattern ROW = Pattern.compile("\\| (S\\d+) \\|.*");
    private static final Pattern NAMED = Pattern.compile("`(\\w+#\\w+)`");
    private static final Pattern TAG = Pattern.compile("\\s*@Tag\\(\"(S\\d+)\"\\)");
    private static final Pattern METHOD = Pattern.compile("\\s*void (\\w+)\\(.*");

    @Test
    void thePageNamesExactlyTheTestsThatAreTagged() throws IOException {
        assertThat(page()).isEqualTo(tagged());
    }

    @Test
    void everyCaseHasATest() throws IOException {
        assertThat(page())
                .containsOnlyKeys(IntStream.rangeClosed(1, LAST)
                        .mapToObj(number -> "S" + number)
                        .toList())
                .allSatisfy((number, tests) -> assertThat(tests).as(number).isNotEmpty());
    }

    private static Map<String, Set<String>> page() throws IOException {
        Map<String, Set<String>> cases = new TreeMap<>();
        for (String line : Files.readAllLines(REPOSITORY.resolve("docs/assurance/security-cases.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> tests = cases.computeIfAbsent(row.group(1), number -> new TreeSet<>());
                NAMED.matcher(line).results().forEach(name -> tests.add(name.group(1)));
            }
        }
        return cases;
    }

    private static Map<String, Set<String>> tagged() throws IOException {
        Map<String, Set<String>> cases = new TreeMap<>();
        try (Stream<Path> proxy = Files.walk(Path.of("src/test/java"));
                Stream<Path> connectors = Files.walk(REPOSITORY.resolve("connectors"))) {
            for (Path file : Stream.concat(proxy, connectors)
                    .filter(SecurityCasesTest::isTestSource)
                    .toList()) {
                String name = String.valueOf(file.getFileName()).replace(".java", "");
                List<String> numbers = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    Matcher tag = TAG.matcher(line);
                    Matcher method = METHOD.matcher(line);
                    if (tag.matches()) {
                        numbers.add(tag.group(1));
                    } else if (method.matches()) {
                        for (String number : numbers) {
                            cases.computeIfAbsent(number, fresh -> new TreeSet<>())
                                    .add(name + "#" + method.group(1));
                        }
                        numbers.clear();
                    }
                }
            }
        }
        return cases;
    }

    private static boolean isTestSource(Path file) {
        return file.toString().contains("src/test/java/") && file.toString().endsWith(".java");
    }
}
