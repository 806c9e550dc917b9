package io.weir.policy.load;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.preset.Demand;
import io.weir.disclosure.preset.Preset;
import io.weir.disclosure.preset.Presets;
import io.weir.policy.Profile;
import io.weir.yaml.Spelling;
import io.weir.yaml.YamlSection;
import java.util.List;
import java.util.Optional;

/**
 * The preset of the rules library that a profile extends. A preset of which answers could only be given a part is refused with the dimensions
 * that are missing: a publisher's name must not stand on half of its rules.
 */
final class ExtendedPreset {
    private static final String KEY = "extends";
    private static final String TIGHTEN = "mayOnlyTighten";

    private ExtendedPreset() {}

    /** The preset that the profile names, also if it is refused, so that what it would give is not reported as missing. */
    static Optional<Preset> of(YamlSection s) {
        Optional<String> name = s.optionalText(KEY);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<Preset> found = Presets.shipped().all().stream()
                .filter(preset -> preset.name().equals(name.get()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known =
                    Presets.shipped().all().stream().map(Preset::name).toList();
            String near = Spelling.nearest(name.get(), known);
            s.problem(
                    KEY,
                    "'" + name.get() + "' is no preset",
                    near == null ? "known are " + String.join(", ", known) : "did you mean '" + near + "'?");
            return found;
        }
        List<String> open = notApplied(found.get());
        if (!open.isEmpty()) {
            s.problem(
                    KEY,
                    "the preset '" + name.get() + "' asks for what is not applied to answers yet: "
                            + String.join("; ", open),
                    "write a profile of your own, under a name of its own");
        }
        return found;
    }

    private static List<String> notApplied(Preset preset) {
        return preset.demands().stream()
                .filter(demand -> demand != Demand.PRIOR_POSTERIOR)
                .map(Demand::words)
                .toList();
    }

    /**
     * Where the profile says that it may only tighten its preset, reports every parameter by which it shows more. A preset without a rule for
     * sums says nothing about them.
     */
    static void check(YamlSection s, Optional<Preset> preset, Profile profile) {
        boolean onlyTighten = s.flag(TIGHTEN, false);
        if (onlyTighten && preset.isEmpty() && !s.has(KEY)) {
            s.problem(TIGHTEN, "there is nothing to tighten", "name a preset with '" + KEY + "', or leave this out");
        }
        if (!onlyTighten || preset.isEmpty()) {
            return;
        }
        RiskAppetite own = profile.appetite();
        RiskAppetite base = preset.get().rules();
        RiskAppetite least = base.judgesSums()
                ? base
                : new RiskAppetite(
                        base.threshold(),
                        base.zeros(),
                        base.countBase(),
                        own.dominance(),
                        own.priorPosterior(),
                        own.further());
        String name = preset.get().name();
        Strictness.loosened(own, least)
                .forEach(key -> s.problem(
                        key.equals("dominance") && s.has("dominanceK") ? "dominanceK" : key,
                        "hides less than the preset '" + name + "'",
                        "tighten it, or leave it to the preset"));
    }
}
