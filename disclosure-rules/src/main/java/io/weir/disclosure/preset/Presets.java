package io.weir.disclosure.preset;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.resource.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** The presets that ship with the library: those whose rules a threshold, zeros, nearest rounding, (n,k) and p% can express. */
public final class Presets {
    private static final String RESOURCE = "presets-1.txt";
    private static final Set<String> KEYS = Set.of(
            "title",
            "source",
            "as-of",
            "marker",
            "threshold",
            "zeros",
            "count-base",
            "dominance",
            "p-percent",
            "not-protected");

    private final TreeMap<String, Preset> byName = new TreeMap<>();

    private Presets(List<Section> sections) {
        for (Section section : sections) {
            if (!section.kind().equals("preset")) {
                throw new IllegalStateException("Not a preset: " + section.kind());
            }
            if (byName.put(section.name(), preset(section.onlyKeys(KEYS))) != null) {
                throw new IllegalStateException("Two presets are called " + section.name());
            }
        }
    }

    /** The presets of this version of the library. */
    public static Presets shipped() {
        return new Presets(Section.read(RESOURCE));
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

    private static Preset preset(Section section) {
        List<Dominance> dominance = new ArrayList<>();
        for (String rule : section.all("dominance")) {
            String[] parts = rule.split("\\s+");
            if (parts.length != 2) {
                throw new IllegalStateException("A dominance rule has two numbers in " + section.name());
            }
            dominance.add(new Dominance(Integer.parseInt(parts[0]), new BigDecimal(parts[1])));
        }
        RiskAppetite appetite = new RiskAppetite(
                Integer.parseInt(section.one("threshold")),
                ZeroRule.valueOf(section.one("zeros").toUpperCase(Locale.ROOT)),
                Integer.parseInt(section.one("count-base")),
                dominance,
                section.all("p-percent").isEmpty() ? null : new BigDecimal(section.one("p-percent")));
        return new Preset(
                section.name(),
                section.one("title"),
                section.one("source"),
                section.one("as-of"),
                section.one("marker"),
                appetite,
                section.all("not-protected"));
    }
}
