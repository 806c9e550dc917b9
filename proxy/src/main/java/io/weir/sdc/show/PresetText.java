package io.weir.sdc.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.preset.CountRounding;
import io.weir.disclosure.preset.Demand;
import io.weir.disclosure.preset.DerivedStatistics;
import io.weir.disclosure.preset.Dimension;
import io.weir.disclosure.preset.Preset;
import io.weir.disclosure.preset.Threshold;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code weir sdc presets} says.
 *
 * @param presets in the order in which they are listed
 */
public record PresetText(List<Preset> presets) {
    /** Text for people. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Preset preset : presets) {
            out.append(out.isEmpty() ? "" : System.lineSeparator());
            out.append("%s%n  %s%n  %s, %s%n".formatted(preset.name(), preset.title(), preset.source(), preset.asOf()));
            dimensions(preset)
                    .forEach((dimension, words) -> out.append("  %-19s %s%n".formatted(dimension.words(), words)));
            out.append("  %-19s %s%n".formatted("sums", sums(preset)));
            preset.demands().forEach(demand -> out.append("  %-19s %s%n".formatted("also asks for", demand.words())));
            preset.notProtected()
                    .forEach(sentence -> out.append("  %-19s %s%n".formatted("does not protect", sentence)));
        }
        return out.toString();
    }

    private static Map<Dimension, String> dimensions(Preset preset) {
        Map<Dimension, String> words = new EnumMap<>(Dimension.class);
        words.put(
                Dimension.THRESHOLD,
                switch (preset.threshold()) {
                    case Threshold.ByCount count ->
                        "counts of 1 to " + (preset.rules().threshold() - 1) + " units are hidden";
                    case Threshold.ByAssessment assessment ->
                        "counts below " + preset.rules().threshold()
                                + " are assessed by people, protected from a score of " + assessment.leastScore();
                    case Threshold.None none -> "none";
                });
        words.put(Dimension.ZEROS, preset.rules().zeros() == ZeroRule.HIDDEN ? "hidden" : "shown");
        words.put(
                Dimension.MARKER,
                preset.marker().text() + " ("
                        + switch (preset.marker().meaning()) {
                            case HIDDEN -> "hidden, whatever the reason)";
                            case BELOW_THRESHOLD -> "below the threshold)";
                            case LOOKS_LIKE_A_NUMBER -> "looks like a number)";
                        });
        words.put(Dimension.ROUNDING_BASE, base(preset.rounding()));
        words.put(
                Dimension.ROUNDING_MODE,
                switch (preset.rounding()) {
                    case CountRounding.Exact exact -> "none";
                    case CountRounding.Nearest nearest -> "to the nearest";
                    case CountRounding.Graduated graduated -> "to the nearest, graduated";
                    case CountRounding.Midpoint midpoint -> "to the midpoint";
                    case CountRounding.Random random -> "by chance";
                    case CountRounding.CellKeys keys -> "noise by cell keys";
                });
        words.put(
                Dimension.GEOGRAPHY,
                switch (preset.geography()) {
                    case EVERYWHERE -> "everywhere";
                    case BELOW_NATIONAL -> "below the national level; not exempted here";
                    case RULES_BY_AREA -> "further rules by area";
                });
        words.put(
                Dimension.DERIVED_STATISTICS,
                switch (preset.derived()) {
                    case DerivedStatistics.NotStated none -> "not stated";
                    case DerivedStatistics.FromRounded rounded -> "from rounded counts";
                    case DerivedStatistics.OfEnoughUnits enough -> "of as many units as the threshold";
                });
        return words;
    }

    private static String base(CountRounding rounding) {
        return switch (rounding) {
            case CountRounding.Exact exact -> "none";
            case CountRounding.Nearest nearest -> String.valueOf(nearest.base());
            case CountRounding.Graduated graduated ->
                String.join(
                        ", ",
                        graduated.bands().stream()
                                .map(band -> band.base() + " from " + band.from())
                                .toList());
            case CountRounding.Midpoint midpoint -> String.valueOf(midpoint.base());
            case CountRounding.Random random -> String.valueOf(random.base());
            case CountRounding.CellKeys keys -> "none";
        };
    }

    private static String sums(Preset preset) {
        List<String> rules = new ArrayList<>();
        preset.rules()
                .dominance()
                .forEach(rule -> rules.add("largest " + rule.contributors() + " below "
                        + rule.share().movePointRight(2).stripTrailingZeros().toPlainString() + " %"));
        if (preset.rules().priorPosterior() != null) {
            rules.add("p "
                    + preset.rules()
                            .priorPosterior()
                            .movePointRight(2)
                            .stripTrailingZeros()
                            .toPlainString() + " %");
        }
        return rules.isEmpty() ? "no rule: a person looks at them" : String.join(", ", rules);
    }

    /** The same as one JSON document, see docs/reference/sdc.md. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("command", "presets");
        ArrayNode all = root.putArray("presets");
        for (Preset preset : presets) {
            ObjectNode node = all.addObject()
                    .put("name", preset.name())
                    .put("title", preset.title())
                    .put("source", preset.source())
                    .put("asOf", preset.asOf());
            ObjectNode dimensions = node.putObject("dimensions");
            dimensions(preset).forEach((dimension, words) -> dimensions.put(dimension.words(), words));
            node.put("sums", sums(preset));
            preset.demands().stream().map(Demand::words).forEach(node.putArray("alsoAsksFor")::add);
            preset.notProtected().forEach(node.putArray("doesNotProtect")::add);
        }
        return root;
    }
}
