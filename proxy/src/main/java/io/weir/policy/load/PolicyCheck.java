package io.weir.policy.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.policy.PolicySnapshot;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code weir policy check}: reads a directory and says what is wrong with it. */
public final class PolicyCheck {
    /** Nothing is wrong. */
    public static final int FINE = 0;

    /** There are problems. */
    public static final int PROBLEMS = 1;

    /** The directory could not be read. */
    public static final int UNREADABLE = 2;

    private PolicyCheck() {}

    /** With the environment of this process for placeholders. */
    public static int run(Path directory, boolean json, PrintStream out) {
        return run(directory, json, out, PolicyLoader.withSystemEnvironment());
    }

    static int run(Path directory, boolean json, PrintStream out, PolicyLoader loader) {
        if (!Files.isDirectory(directory)) {
            return unreadable(directory, json, out, "there is no directory " + directory);
        }
        try {
            return switch (loader.load(directory)) {
                case PolicyLoad.Loaded(PolicySnapshot snapshot) -> fine(snapshot, json, out);
                case PolicyLoad.Rejected(List<YamlProblem> problems) -> problems(problems, json, out);
            };
        } catch (IOException e) {
            return unreadable(directory, json, out, "cannot read " + e.getMessage());
        }
    }

    private static int fine(PolicySnapshot snapshot, boolean json, PrintStream out) {
        if (json) {
            print(out, Map.of("ok", true, "digest", snapshot.digest(), "problems", List.of()));
        } else {
            out.printf(
                    "policy is fine: %d datasets, %d agreements, %d people, %d destinations%ndigest %s%n",
                    snapshot.datasets().size(),
                    snapshot.agreements().size(),
                    snapshot.people().size(),
                    snapshot.destinations().size(),
                    snapshot.digest());
        }
        return FINE;
    }

    private static int problems(List<YamlProblem> problems, boolean json, PrintStream out) {
        if (json) {
            print(
                    out,
                    Map.of(
                            "ok",
                            false,
                            "problems",
                            problems.stream().map(PolicyCheck::asMap).toList()));
        } else {
            problems.forEach(out::println);
            out.printf("%d %s%n", problems.size(), problems.size() == 1 ? "problem" : "problems");
        }
        return PROBLEMS;
    }

    private static int unreadable(Path directory, boolean json, PrintStream out, String message) {
        if (json) {
            print(out, Map.of("ok", false, "unreadable", directory.toString(), "message", message));
        } else {
            out.println(message);
        }
        return UNREADABLE;
    }

    private static Map<String, Object> asMap(YamlProblem problem) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", problem.file());
        map.put("line", problem.line());
        map.put("path", problem.path());
        map.put("message", problem.message());
        map.put("remedy", problem.remedy());
        return map;
    }

    private static void print(PrintStream out, Map<String, Object> value) {
        try {
            out.println(new ObjectMapper().writeValueAsString(new java.util.TreeMap<>(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
