package io.weir.disclosure.resource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One section of a resource: a heading line {@code kind name}, then indented lines {@code key value}. The first line of a resource is
 * {@code format 1}; empty lines and lines that begin with {@code #} are comments.
 *
 * @param kind first word of the heading
 * @param name rest of the heading
 * @param entries values by key, in order
 */
public record Section(String kind, String name, Map<String, List<String>> entries) {

    /** Sections of {@code /io/weir/disclosure/<resource>}. */
    public static List<Section> read(String resource) {
        try (InputStream stream = Section.class.getResourceAsStream("/io/weir/disclosure/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("Missing resource " + resource);
            }
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Unreadable resource " + resource, e);
        }
    }

    /** @throws IllegalStateException when the text breaks the format */
    public static List<Section> parse(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty() || !lines.getFirst().equals("format 1")) {
            throw new IllegalStateException("The first line must be: format 1");
        }
        List<Section> sections = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.strip().split("\\s+", 2);
            if (words.length < 2) {
                throw new IllegalStateException("A line needs a word and a value: " + line);
            }
            if (!Character.isWhitespace(line.charAt(0))) {
                sections.add(new Section(words[0], words[1], new LinkedHashMap<>()));
            } else if (sections.isEmpty()) {
                throw new IllegalStateException("A line stands before the first heading: " + line);
            } else {
                sections.getLast()
                        .entries
                        .computeIfAbsent(words[0], key -> new ArrayList<>())
                        .add(words[1]);
            }
        }
        return List.copyOf(sections);
    }

    /** Refuses keys that nobody reads. */
    public Section onlyKeys(Set<String> allowed) {
        entries.keySet().stream()
                .filter(key -> !allowed.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalStateException("Unknown key " + key + " in " + name);
                });
        return this;
    }

    /** The only value of a key. */
    public String one(String key) {
        List<String> values = all(key);
        if (values.size() != 1) {
            throw new IllegalStateException("Exactly one " + key + " is needed in " + name);
        }
        return values.getFirst();
    }

    /** All values of a key, possibly none. */
    public List<String> all(String key) {
        return List.copyOf(entries.getOrDefault(key, List.of()));
    }
}
