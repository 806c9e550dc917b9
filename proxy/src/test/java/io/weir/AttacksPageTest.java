package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page docs/assurance/attacks.md names every family of attacks.txt, with as many statements, and tests and sequences that exist. */
class AttacksPageTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern ROW = Pattern.compile("\\| ([\\w-]+) \\| ([^|]+) \\| (\\d+) \\| ([^|]*) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:#(\\w+))?`(?: \"([^\"]+)\")?");
    private static final String LIMITS = "`known limits` \"";
    /** Of which one form is enough: too many groups are too many, however they are made. */
    private static final List<String> SINGLE = List.of("large-results");

    private record Row(String what, int statements, String tests) {
        boolean isNotTried() {
            return tests.startsWith("not tried: ");
        }

        long ways() {
            return statements
                    + TEST.matcher(tests.replaceAll(LIMITS + "[^\"]*\"", ""))
                            .results()
                            .count();
        }
    }

    @Test
    void everyFamilyIsOnThePageWithItsStatements() throws IOException {
        Map<String, Integer> counted = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/io/weir/query/attacks.txt"))) {
            if (!line.startsWith("#")) {
                counted.merge(line.substring(0, line.indexOf('|')), 1, Integer::sum);
            }
        }
        Map<String, Integer> told = new TreeMap<>();
        page().forEach((number, row) -> {
            if (row.statements() > 0) {
                told.put(number, row.statements());
            }
        });
        assertThat(told).isEqualTo(counted);
    }

    @Test
    void everyAttackIsTriedInTwoWaysOrSaysWhyNot() throws IOException {
        assertThat(page()).hasSizeGreaterThan(90).allSatisfy((number, row) -> {
            if (row.isNotTried()) {
                assertThat(row.statements()).as(number).isZero();
            } else {
                assertThat(row.ways()).as(number).isGreaterThanOrEqualTo(SINGLE.contains(number) ? 1 : 2);
            }
        });
    }

    @Test
    void testsSequencesAndLimitsExist() throws IOException {
        Map<String, String> sources = sources();
        String sequences = sources.entrySet().stream()
                .filter(source -> source.getKey().endsWith("Attacks"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
        String limits = Files.readString(REPOSITORY.resolve("docs/assurance/known-limits.md"));
        for (Map.Entry<String, Row> row : page().entrySet()) {
            String tests = row.getValue().tests();
            Matcher limit = Pattern.compile(LIMITS + "([^\"]*)\"").matcher(tests);
            while (limit.find()) {
                assertThat(limits).as(row.getKey()).contains(limit.group(1));
            }
            Matcher named = TEST.matcher(tests.replaceAll(LIMITS + "[^\"]*\"", ""));
            while (named.find()) {
                assertThat(sources).as(row.getKey()).containsKey(named.group(1));
                if (named.group(2) != null) {
                    assertThat(sources.get(named.group(1))).as(row.getKey()).contains("void " + named.group(2) + "(");
                }
                if (named.group(3) != null) {
                    assertThat(sequences).as(row.getKey()).contains("\"" + named.group(3) + "\"");
                }
            }
        }
    }

    private static Map<String, Row> page() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(REPOSITORY.resolve("docs/assurance/attacks.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Row before = rows.put(
                        row.group(1),
                        new Row(
                                row.group(2),
                                Integer.parseInt(row.group(3)),
                                row.group(4).strip()));
                assertThat(before).as("a second row " + row.group(1)).isNull();
            }
        }
        return rows;
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String root : List.of("proxy", "connectors", "disclosure-rules")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(root))) {
                for (Path file : files.filter(found -> found.toString().contains("src/test/java/")
                                && found.toString().endsWith(".java"))
                        .toList()) {
                    sources.put(String.valueOf(file.getFileName()).replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
