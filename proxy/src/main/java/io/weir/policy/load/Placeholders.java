package io.weir.policy.load;

import io.weir.yaml.YamlProblems;
import io.weir.yaml.YamlValue;
import io.weir.yaml.YamlValue.Mapping;
import io.weir.yaml.YamlValue.Scalar;
import io.weir.yaml.YamlValue.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in <code>${NAME}</code>: what differs between installations of one policy (hosts, ports, keys of test systems). Allowed in
 * {@code sources/} and {@code destinations/} only; never for secrets, which have references of their own. The digest of the policy covers
 * the values that were filled in.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]{0,127}");

    private final Function<String, Optional<String>> values;
    private final boolean allowed;
    private final String file;
    private final YamlProblems problems;

    Placeholders(Function<String, Optional<String>> values, boolean allowed, String file, YamlProblems problems) {
        this.values = values;
        this.allowed = allowed;
        this.file = file;
        this.problems = problems;
    }

    Mapping fill(Mapping mapping, String path) {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, value) -> entries.put(key, fill(value, path.isEmpty() ? key : path + "." + key)));
        return new Mapping(mapping.line(), entries);
    }

    private YamlValue fill(YamlValue value, String path) {
        return switch (value) {
            case Mapping mapping -> fill(mapping, path);
            case Sequence list ->
                new Sequence(
                        list.line(),
                        java.util.stream.IntStream.range(0, list.items().size())
                                .mapToObj(i -> fill(list.items().get(i), path + "[" + i + "]"))
                                .toList());
            case Scalar scalar -> scalar(scalar, path);
        };
    }

    private Scalar scalar(Scalar scalar, String path) {
        Matcher matcher = PLACEHOLDER.matcher(scalar.text());
        if (!matcher.find()) {
            return scalar;
        }
        if (!allowed) {
            problems.add(
                    file,
                    scalar.line(),
                    path,
                    "placeholders are allowed in sources/ and destinations/ only",
                    "write the value itself");
            return scalar;
        }
        String text = matcher.reset().replaceAll(m -> Matcher.quoteReplacement(value(m, scalar, path)));
        return new Scalar(scalar.line(), text, scalar.plain());
    }

    private String value(MatchResult match, Scalar scalar, String path) {
        String name = match.group(1);
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    file, scalar.line(), path, "'" + name + "' is not a placeholder's name", "use A-Z, 0-9 and '_'");
            return "";
        }
        Optional<String> value = values.apply(name);
        if (value.isEmpty()) {
            problems.add(
                    file, scalar.line(), path, "${" + name + "} has no value", "set the environment variable " + name);
        }
        return value.orElse("");
    }
}
