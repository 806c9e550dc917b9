package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What answers through Weir may differ in from those of an ordinary PostgreSQL, read from a file. A difference that is not in
 * the file is a failure, and so is a line of the file that nothing needs.
 *
 * <p>A line of the file is a reason ({@code # …}), or a side, a call and a line of its answer, divided by tabs; the last two are regular
 * expressions. Side {@code -} is only in PostgreSQL, {@code +} only through Weir.
 */
final class Differences {
    private record Expected(char side, Pattern call, Pattern line, String text) {}

    private final List<Expected> expected = new ArrayList<>();

    /** @param file name under {@code src/test/resources/clients} */
    Differences(String file) throws IOException {
        this(file, "");
    }

    /** @param client with which the calls begin that are compared; other lines of the file are for others */
    Differences(String file, String client) throws IOException {
        InputStream in = Differences.class.getResourceAsStream("/clients/" + file);
        if (in == null) {
            throw new IOException("no test resource clients/" + file);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            boolean reason = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    reason = line.length() > 10;
                } else if (!line.isBlank()) {
                    assertThat(reason).as("a reason stands before: " + line).isTrue();
                    String[] parts = line.split("\t", 3);
                    assertThat(parts).as(line).hasSize(3);
                    if (parts[1].startsWith(client)) {
                        expected.add(new Expected(
                                parts[0].charAt(0), Pattern.compile(parts[1]), Pattern.compile(parts[2]), line));
                    }
                } else {
                    reason = false;
                }
            }
        }
    }

    /** Compares the answers of the same calls. */
    void explain(Map<String, List<String>> plain, Map<String, List<String>> governed) {
        assertThat(governed.keySet()).isEqualTo(plain.keySet());
        List<String> unexplained = new ArrayList<>();
        Set<Expected> unused = new LinkedHashSet<>(expected);
        plain.forEach((call, lines) -> {
            List<String> others = governed.getOrDefault(call, List.of());
            List<String> left = without('-', call, lines, others, unexplained, unused);
            List<String> right = without('+', call, others, lines, unexplained, unused);
            if (!left.equals(right) && unexplained.isEmpty()) {
                unexplained.add("order\t" + call + "\t" + left + " / " + right);
            }
        });
        assertThat(unexplained).as("differences without a reason").isEmpty();
        assertThat(unused.stream().map(Expected::text))
                .as("reasons without a difference")
                .isEmpty();
    }

    /** The lines without those that the other side lacks; each of these must be expected. */
    private List<String> without(
            char side,
            String call,
            List<String> lines,
            List<String> others,
            List<String> unexplained,
            Set<Expected> unused) {
        Map<String, Integer> available = new HashMap<>();
        others.forEach(line -> available.merge(line, 1, Integer::sum));
        List<String> common = new ArrayList<>();
        for (String line : lines) {
            if (available.merge(line, -1, Integer::sum) >= 0) {
                common.add(line);
                continue;
            }
            List<Expected> matching = expected.stream()
                    .filter(entry -> entry.side() == side)
                    .filter(entry -> entry.call().matcher(call).matches())
                    .filter(entry -> entry.line().matcher(line).matches())
                    .toList();
            if (matching.isEmpty()) {
                unexplained.add(side + "\t" + call + "\t" + line);
            }
            matching.forEach(unused::remove);
        }
        return common;
    }
}
