package io.weir.yaml;

import io.weir.yaml.YamlValue.Mapping;
import io.weir.yaml.YamlValue.Scalar;
import io.weir.yaml.YamlValue.Sequence;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map in a file, read key by key. What is missing or wrong becomes a problem and a placeholder, so that reading goes on and finds the
 * rest; a caller uses what it read only if {@link YamlProblems#count} did not rise. Every key that is asked for is known; {@link #end}
 * reports the others.
 */
public final class YamlSection {
    private final String file;
    private final String path;
    private final Mapping mapping;
    private final YamlProblems problems;
    private final Set<String> known = new LinkedHashSet<>();

    YamlSection(String file, String path, Mapping mapping, YamlProblems problems) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The top of a file whose values were changed after reading (placeholders filled in). */
    public static YamlSection of(String file, Mapping mapping, YamlProblems problems) {
        return new YamlSection(file, "", mapping, problems);
    }

    /** Turns a scalar's text into a value. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IllegalArgumentException (or a subclass, or DateTimeException) with a message for people when it cannot */
        T parse(String text);
    }

    public String file() {
        return file;
    }

    /** The value as written. */
    public Mapping value() {
        return mapping;
    }

    public YamlProblems problems() {
        return problems;
    }

    public boolean has(String key) {
        known.add(key);
        return present(key) != null;
    }

    // --- scalars

    public String text(String key) {
        return parsed(key, "", t -> t);
    }

    public Optional<String> optionalText(String key) {
        return optional(key, t -> t);
    }

    public <T> T parsed(String key, T placeholder, Parser<T> parser) {
        known.add(key);
        YamlValue value = present(key);
        if (value == null) {
            missing(key);
            return placeholder;
        }
        return scalar(key, value, placeholder, parser);
    }

    public <T> Optional<T> optional(String key, Parser<T> parser) {
        known.add(key);
        YamlValue value = present(key);
        return value == null ? Optional.empty() : Optional.ofNullable(scalarOrNull(key, value, parser));
    }

    public int integer(String key, int min, int max) {
        return parsed(key, min, t -> Scalars.wholeNumber(t, min, max));
    }

    public int integer(String key, int min, int max, int fallback) {
        return optional(key, t -> Scalars.wholeNumber(t, min, max)).orElse(fallback);
    }

    public boolean flag(String key, boolean fallback) {
        return optional(key, Scalars::flag).orElse(fallback);
    }

    public BigDecimal number(String key) {
        return parsed(key, BigDecimal.ONE, Scalars::decimal);
    }

    /** A share of a whole. */
    public BigDecimal fraction(String key) {
        BigDecimal value = number(key);
        if (value.signum() <= 0 || value.compareTo(BigDecimal.ONE) > 0) {
            problem(
                    key,
                    "'" + value.toPlainString() + "' is not a fraction above 0 and up to 1",
                    "write 0.85 for 85 %");
            return BigDecimal.ONE;
        }
        return value;
    }

    public LocalDate date(String key) {
        return parsed(key, LocalDate.EPOCH, Scalars::date);
    }

    /** One of an enum's constants, written in lower case with underscores or hyphens. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        return parsed(key, type.getEnumConstants()[0], t -> Scalars.choice(t, type));
    }

    public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        return optional(key, t -> Scalars.choice(t, type)).orElse(fallback);
    }

    // --- lists and maps

    /** A list of scalars; missing is a problem. */
    public List<String> texts(String key) {
        return list(key, t -> t);
    }

    public <T> List<T> list(String key, Parser<T> parser) {
        known.add(key);
        if (present(key) == null) {
            missing(key);
            return List.of();
        }
        return optionalList(key, parser);
    }

    /** A list of scalars; empty when missing. */
    public <T> List<T> optionalList(String key, Parser<T> parser) {
        List<T> result = new ArrayList<>();
        int index = 0;
        for (YamlValue item : items(key)) {
            T parsed = scalarOrNull(key + "[" + index++ + "]", item, parser);
            if (parsed != null) {
                result.add(parsed);
            }
        }
        return result;
    }

    /** A list of maps; empty when missing. */
    public List<YamlSection> sections(String key) {
        List<YamlSection> result = new ArrayList<>();
        int index = 0;
        for (YamlValue item : items(key)) {
            String at = key + "[" + index++ + "]";
            if (item instanceof Mapping map) {
                result.add(new YamlSection(file, join(at), map, problems));
            } else {
                add(item.line(), at, "a map is expected here", "write 'key: value' pairs");
            }
        }
        return result;
    }

    /** A map; when it is missing, a problem and empty. */
    public Optional<YamlSection> section(String key) {
        known.add(key);
        if (present(key) == null) {
            missing(key);
            return Optional.empty();
        }
        return optionalSection(key);
    }

    public Optional<YamlSection> optionalSection(String key) {
        known.add(key);
        YamlValue value = present(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Mapping map) {
            return Optional.of(new YamlSection(file, join(key), map, problems));
        }
        add(value.line(), key, "a map is expected here", "write 'key: value' pairs below it");
        return Optional.empty();
    }

    /** Whether the value is there and a single word rather than a map or list. */
    public boolean isWord(String key) {
        known.add(key);
        return present(key) instanceof Scalar;
    }

    /** A map from words to texts; empty when missing. */
    public Map<String, String> textMap(String key) {
        Optional<YamlSection> section = optionalSection(key);
        Map<String, String> result = new LinkedHashMap<>();
        section.ifPresent(s -> {
            for (String name : s.keys()) {
                result.put(name, s.text(name));
            }
        });
        return result;
    }

    /** The keys that are there. */
    public List<String> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    // --- problems

    /** Reports a problem of a value in this map; {@code key} may be a path such as {@code columns[2].name}, or empty for the map. */
    public void problem(String key, String message, String remedy) {
        add(lineOf(key), key, message, remedy);
    }

    /** Reports keys that nobody asked for. */
    public void end() {
        for (Map.Entry<String, YamlValue> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                String near = Spelling.nearest(entry.getKey(), known);
                add(
                        entry.getValue().line(),
                        entry.getKey(),
                        "unknown key",
                        near == null ? "known here: " + String.join(", ", known) : "did you mean '" + near + "'?");
            }
        }
    }

    private int lineOf(String key) {
        YamlValue at = mapping;
        for (String step : key.split("[.\\[]")) {
            YamlValue next = switch (at) {
                case Mapping map -> map.entries().get(step);
                case Sequence list -> item(list, step);
                case Scalar scalar -> null;
            };
            if (next == null) {
                break;
            }
            at = next;
        }
        return at.line();
    }

    private static @Nullable YamlValue item(Sequence list, String step) {
        int index = Integer.parseInt(step.substring(0, step.length() - 1));
        return index < list.items().size() ? list.items().get(index) : null;
    }

    private void missing(String key) {
        add(mapping.line(), key, "'" + key + "' is missing", "add '" + key + ":'");
    }

    private void add(int line, String key, String message, String remedy) {
        problems.add(file, line, join(key), message, remedy);
    }

    private String join(String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }

    private @Nullable YamlValue present(String key) {
        YamlValue value = mapping.entries().get(key);
        return value instanceof Scalar scalar && scalar.isNull() ? null : value;
    }

    private List<YamlValue> items(String key) {
        known.add(key);
        YamlValue value = present(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Sequence list) {
            return list.items();
        }
        add(value.line(), key, "a list is expected here", "write '- item' lines or [a, b]");
        return List.of();
    }

    private <T> T scalar(String key, YamlValue value, T placeholder, Parser<T> parser) {
        T parsed = scalarOrNull(key, value, parser);
        return parsed == null ? placeholder : parsed;
    }

    private <T> @Nullable T scalarOrNull(String key, YamlValue value, Parser<T> parser) {
        if (!(value instanceof Scalar scalar) || scalar.isNull()) {
            add(value.line(), key, "a single value is expected here", "write '" + key + ": value'");
            return null;
        }
        try {
            return parser.parse(scalar.text());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            String message = e.getMessage();
            add(value.line(), key, message == null ? "the value cannot be read" : message, "");
            return null;
        }
    }
}
