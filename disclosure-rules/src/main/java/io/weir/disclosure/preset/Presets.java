package io.weir.disclosure.preset;

import io.weir.disclosure.resource.Section;
import java.util.List;
import java.util.TreeMap;

/** The presets that ship with the library. Immutable, any thread. */
public final class Presets {
    private static final String RESOURCE = "presets-2.txt";

    private final TreeMap<String, Preset> byName = new TreeMap<>();

    private Presets(List<Section> sections) {
        for (Section section : sections) {
            if (!section.kind().equals("preset")) {
                throw new IllegalStateException("Not a preset: " + section.kind());
            }
            if (byName.put(section.name(), PresetReader.read(section)) != null) {
                throw new IllegalStateException("Two presets are called " + section.name());
            }
        }
    }

    /** The presets of this version of the library. */
    public static Presets shipped() {
        return of(Section.read(RESOURCE));
    }

    /** @throws RuntimeException when a section is no preset */
    static Presets of(List<Section> sections) {
        return new Presets(sections);
    }

    /** @throws IllegalArgumentException when no preset has this name; the message lists those that exist */
    public Preset named(String name) {
        Preset preset = byName.get(name);
        if (preset == null) {
            throw new IllegalArgumentException(
                    "Unknown preset \"" + name + "\"; known are " + String.join(", ", byName.keySet()));
        }
        return preset;
    }

    /** All presets by name. */
    public List<Preset> all() {
        return List.copyOf(byName.values());
    }
}
