package io.weir.sdc.describe;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.MissingRule;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.preset.CountRounding;
import io.weir.disclosure.preset.DerivedStatistics;
import io.weir.disclosure.preset.Geography;
import io.weir.disclosure.preset.Marker;
import io.weir.disclosure.preset.Preset;
import io.weir.disclosure.preset.Presets;
import io.weir.disclosure.preset.Threshold;
import io.weir.yaml.Scalars;
import io.weir.yaml.Spelling;
import io.weir.yaml.YamlProblems;
import io.weir.yaml.YamlReader;
import io.weir.yaml.YamlSection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a file of rules. What it does not say it has from the preset that it extends; without one it has to say everything. */
public final class ProfileReader {
    private static final int GREATEST_BASE = 1_000;
    private static final int GREATEST_THRESHOLD = 100_000;

    private final YamlSection s;
    private final @Nullable Preset base;

    private ProfileReader(YamlSection s) {
        this.s = s;
        this.base = s.optionalText("extends").flatMap(name -> named(s, name)).orElse(null);
    }

    /**
     * @param file name for problems
     * @return empty after adding at least one problem
     */
    public static Optional<Profile> read(String file, byte[] bytes, YamlProblems problems) {
        int before = problems.count();
        Optional<Profile> profile =
                YamlReader.read(file, bytes, problems).map(section -> new ProfileReader(section).profile());
        return problems.count() == before ? profile : Optional.empty();
    }

    private static Optional<Preset> named(YamlSection s, String name) {
        List<Preset> all = Presets.shipped().all();
        Optional<Preset> found =
                all.stream().filter(preset -> preset.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            List<String> known = all.stream().map(Preset::name).toList();
            String near = Spelling.nearest(name, known);
            s.problem(
                    "extends",
                    "'" + name + "' is no preset",
                    near == null ? "known are " + String.join(", ", known) : "did you mean '" + near + "'?");
        }
        return found;
    }

    private Profile profile() {
        String name = s.text("name");
        Rounding rounding = rounding();
        boolean none = s.optionalText("threshold")
                .map("none"::equals)
                .orElse(base != null && base.threshold() instanceof Threshold.None);
        int threshold = none ? 2 : threshold();
        RiskAppetite rules = new RiskAppetite(
                threshold,
                base == null || s.has("zeros")
                        ? s.choice("zeros", ZeroRule.class)
                        : base.rules().zeros(),
                rounding.of() instanceof CountRounding.Nearest nearest ? nearest.base() : 1,
                dominance(),
                fraction("pPercent", base == null ? null : base.rules().priorPosterior()),
                further());
        Preset preset = new Preset(
                name,
                s.optionalText("title").orElse(base == null ? name : base.title() + ", changed"),
                s.optionalText("source").orElse(base == null ? s.file() : s.file() + ", after: " + base.source()),
                base == null ? "" : base.asOf(),
                rules,
                none
                        ? new Threshold.None()
                        : base == null || s.has("threshold") ? new Threshold.ByCount() : base.threshold(),
                marker(none, threshold),
                rounding.of(),
                s.choice("geography", Geography.class, base == null ? Geography.EVERYWHERE : base.geography()),
                base == null ? new DerivedStatistics.NotStated() : base.derived(),
                notProtected());
        if (none && rules.zeros() == ZeroRule.HIDDEN) {
            s.problem(
                    "zeros",
                    "without a threshold no count is hidden, and so no zero",
                    "write zeros: shown, or a threshold");
        }
        s.end();
        return new Profile(preset, rounding.noiseTable());
    }

    private int threshold() {
        return base == null || s.has("threshold")
                ? s.parsed("threshold", 2, text -> Scalars.wholeNumber(text, 2, GREATEST_THRESHOLD))
                : base.rules().threshold();
    }

    private Marker marker(boolean none, int threshold) {
        if (base != null && !s.has("marker")) {
            if (s.has("markerMeans")) {
                s.problem("markerMeans", "there is no marker that it is said of", "name it with 'marker:'");
            }
            return base.marker();
        }
        Marker marker =
                new Marker(s.text("marker"), s.choice("markerMeans", Marker.Meaning.class, Marker.Meaning.HIDDEN));
        String text = marker.text();
        boolean below = marker.meaning() == Marker.Meaning.BELOW_THRESHOLD;
        if (MarkerText.fault(text).isPresent()) {
            s.problem("marker", MarkerText.fault(text).get(), "write [c], or another text");
        } else if (marker.meaning() == Marker.Meaning.LOOKS_LIKE_A_NUMBER) {
            s.problem("markerMeans", "a marker that looks like a number is not printed", "write hidden");
        } else if (MarkerText.hasNumber(text) && !below) {
            s.problem("marker", "'" + text + "' says more than that a number is hidden", "write [c], or another text");
        } else if (below && none) {
            s.problem("markerMeans", "there is no threshold that a number could be below", "write hidden");
        } else if (MarkerText.hasNumber(text) && MarkerText.below(text).orElse(-1) != threshold) {
            s.problem(
                    "marker",
                    "'" + text + "' does not name the threshold",
                    "write <" + threshold + ", or another text");
        }
        return marker;
    }

    private List<String> notProtected() {
        List<String> own = new ArrayList<>(s.optionalList("notProtected", text -> text));
        if (base != null) {
            own.addAll(base.notProtected());
        }
        return own.isEmpty() ? List.of("The profile does not say what it leaves open.") : own;
    }

    private record Rounding(CountRounding of, @Nullable String noiseTable) {}

    private Rounding rounding() {
        if (base != null && !s.has("rounding")) {
            return new Rounding(base.rounding(), null);
        }
        if (s.isWord("rounding")) {
            if (!s.text("rounding").equals("exact")) {
                s.problem(
                        "rounding",
                        "this is no way of rounding",
                        "write exact, {nearest: 5}, {midpoint: 6}, {random: 3} or {cellKeys: table.csv}");
            }
            return new Rounding(new CountRounding.Exact(), null);
        }
        Optional<YamlSection> section = s.section("rounding");
        Rounding found = new Rounding(new CountRounding.Exact(), null);
        if (section.isPresent()) {
            YamlSection r = section.get();
            if (r.has("nearest")) {
                found = new Rounding(new CountRounding.Nearest(base(r, "nearest")), null);
            } else if (r.has("midpoint")) {
                found = new Rounding(new CountRounding.Midpoint(base(r, "midpoint")), null);
            } else if (r.has("random")) {
                found = new Rounding(new CountRounding.Random(base(r, "random")), null);
            } else {
                found = new Rounding(new CountRounding.CellKeys(false), r.text("cellKeys"));
            }
            r.end();
        }
        return found;
    }

    private static int base(YamlSection r, String key) {
        return r.parsed(key, 2, text -> Scalars.wholeNumber(text, 2, GREATEST_BASE));
    }

    private List<Dominance> dominance() {
        if (base != null && !s.has("dominance")) {
            return base.rules().dominance();
        }
        List<Dominance> rules = new ArrayList<>();
        for (YamlSection rule : s.sections("dominance")) {
            int contributors = rule.integer("contributors", 1, 2);
            BigDecimal share = rule.fraction("share");
            rule.end();
            rules.add(new Dominance(contributors, share == null ? BigDecimal.ONE : share));
        }
        return rules;
    }

    private FurtherRules further() {
        FurtherRules rules = base == null ? FurtherRules.none() : base.rules().further();
        Optional<YamlSection> pq = s.optionalSection("priorPosterior");
        if (pq.isPresent()) {
            int before = s.problems().count();
            BigDecimal p = pq.get().number("p");
            BigDecimal q = pq.get().number("q");
            pq.get().end();
            if (p.signum() <= 0 || p.compareTo(q) >= 0) {
                s.problem("priorPosterior", "p lies above 0 and below q", "write {p: 0.1, q: 0.5}");
            }
            if (s.problems().count() == before) {
                rules = rules.with(new PriorPosterior(p, q));
            }
        }
        Optional<Integer> owners = s.optional("owners", text -> Scalars.wholeNumber(text, 2, GREATEST_THRESHOLD));
        rules = owners.isPresent() ? rules.withOwners(owners.get()) : rules;
        rules = rules.with(s.choice("missingValues", MissingRule.class, rules.missing()));
        BigDecimal group = fraction("groupShare", rules.groupShare());
        if (group != null && group.compareTo(new BigDecimal("0.5")) <= 0) {
            s.problem("groupShare", "a share of a group lies above 0.5", "write 0.9 for 90 %");
        } else if (group != null) {
            rules = rules.withGroupShare(group);
        }
        BigDecimal request = fraction("requestShare", rules.requestShare());
        return request == null ? rules : rules.withRequestShare(request);
    }

    private @Nullable BigDecimal fraction(String key, @Nullable BigDecimal fromBase) {
        return s.has(key) ? s.fraction(key) : fromBase;
    }
}
