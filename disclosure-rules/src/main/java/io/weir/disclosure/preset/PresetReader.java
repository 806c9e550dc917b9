package io.weir.disclosure.preset;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.preset.CountRounding.Band;
import io.weir.disclosure.resource.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One preset from its section. Everything that is not read is an error. */
final class PresetReader {
    private static final Set<String> KEYS = Set.of(
            "title",
            "source",
            "as-of",
            "threshold",
            "least-score",
            "zeros",
            "marker",
            "marker-means",
            "rounding",
            "band",
            "significant-digits",
            "geography",
            "derived",
            "decimal-from",
            "models",
            "dominance",
            "p-percent",
            "group-share",
            "degrees-of-freedom",
            "leverage",
            "at-risk",
            "not-protected");

    private final Section section;

    private PresetReader(Section section) {
        this.section = section.onlyKeys(KEYS);
    }

    static Preset read(Section section) {
        return new PresetReader(section).preset();
    }

    private Preset preset() {
        CountRounding rounding = rounding();
        boolean none = section.one("threshold").equals("none");
        RiskAppetite rules = new RiskAppetite(
                none ? 2 : number("threshold"),
                choice("zeros", ZeroRule.class),
                rounding instanceof CountRounding.Nearest nearest ? nearest.base() : 1,
                dominance(),
                fraction("p-percent"),
                further());
        return new Preset(
                section.name(),
                section.one("title"),
                section.one("source"),
                section.one("as-of"),
                rules,
                none ? new Threshold.None() : threshold(),
                new Marker(section.one("marker"), choice("marker-means", Marker.Meaning.class)),
                rounding,
                choice("geography", Geography.class),
                derived(),
                section.all("not-protected"));
    }

    private Threshold threshold() {
        Integer score = optional("least-score");
        return score == null ? new Threshold.ByCount() : new Threshold.ByAssessment(score);
    }

    private CountRounding rounding() {
        String[] words = section.one("rounding").split("\\s+");
        int base = words.length == 2 ? Integer.parseInt(words[1]) : 0;
        return switch (words[0]) {
            case "exact" -> new CountRounding.Exact();
            case "nearest" -> new CountRounding.Nearest(base);
            case "midpoint" -> new CountRounding.Midpoint(base);
            case "random" -> new CountRounding.Random(base);
            case "cell-keys" -> new CountRounding.CellKeys(false);
            case "cell-keys-zeros-too" -> new CountRounding.CellKeys(true);
            case "graduated" -> new CountRounding.Graduated(bands(), optional("significant-digits"));
            default -> throw new IllegalStateException("Unknown rounding in " + section.name());
        };
    }

    private List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (String band : section.all("band")) {
            String[] parts = pair(band);
            bands.add(new Band(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
        }
        return bands;
    }

    private DerivedStatistics derived() {
        return switch (section.one("derived")) {
            case "not-stated" -> new DerivedStatistics.NotStated();
            case "of-enough-units" -> new DerivedStatistics.OfEnoughUnits();
            case "from-rounded" ->
                new DerivedStatistics.FromRounded(
                        optional("decimal-from"),
                        section.all("models").contains("exempt"),
                        optional("significant-digits"));
            default -> throw new IllegalStateException("Unknown derived statistics in " + section.name());
        };
    }

    private List<Dominance> dominance() {
        List<Dominance> dominance = new ArrayList<>();
        for (String rule : section.all("dominance")) {
            String[] parts = pair(rule);
            dominance.add(new Dominance(Integer.parseInt(parts[0]), new BigDecimal(parts[1])));
        }
        return dominance;
    }

    private FurtherRules further() {
        FurtherRules none = FurtherRules.none();
        return new FurtherRules(
                none.priorPosterior(),
                none.owners(),
                none.missing(),
                fraction("group-share"),
                none.requestShare(),
                optional("degrees-of-freedom"),
                fraction("leverage"),
                optional("at-risk"));
    }

    private String[] pair(String text) {
        String[] parts = text.split("\\s+");
        if (parts.length != 2) {
            throw new IllegalStateException("Two numbers are needed in " + section.name() + ": " + text);
        }
        return parts;
    }

    private int number(String key) {
        return Integer.parseInt(section.one(key));
    }

    private @Nullable Integer optional(String key) {
        return section.all(key).isEmpty() ? null : Integer.valueOf(number(key));
    }

    private @Nullable BigDecimal fraction(String key) {
        return section.all(key).isEmpty() ? null : new BigDecimal(section.one(key));
    }

    private <E extends Enum<E>> E choice(String key, Class<E> type) {
        return Enum.valueOf(type, section.one(key).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
