package io.weir.policy.load;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.preset.Preset;
import io.weir.policy.Profile;
import io.weir.policy.Profile.Zeros;
import io.weir.yaml.YamlSection;
import java.util.Optional;

/** Reads {@code profiles/}. What a profile that extends a preset does not say it has from the preset. */
final class ProfileReader {
    private ProfileReader() {}

    static void profile(YamlSection s, Draft draft) {
        int before = s.problems().count();
        String name = s.parsed("name", "", Fields::id);
        draft.profiles.declare(name, s, "name");
        Optional<Preset> preset = ExtendedPreset.of(s);
        Optional<RiskAppetite> rules = preset.map(Preset::rules);
        Profile profile = new Profile(
                name,
                s.parsed("family", "", Fields::id),
                given(s, "threshold", rules)
                        .map(RiskAppetite::threshold)
                        .orElseGet(() -> s.integer("threshold", 2, 1_000)),
                given(s, "zeros", rules)
                        .map(appetite -> appetite.zeros() == ZeroRule.HIDDEN ? Zeros.HIDDEN : Zeros.SHOWN)
                        .orElseGet(() -> s.choice("zeros", Zeros.class)),
                given(s, "roundingBase", rules)
                        .map(RiskAppetite::countBase)
                        .orElseGet(() -> s.integer("roundingBase", 1, 1_000)),
                SumRulesReader.read(s, rules),
                given(s, "marker", preset).map(p -> p.marker().text()).orElseGet(() -> s.text("marker")),
                s.flag("history", true),
                s.choice("extremes", Profile.Extremes.class, Profile.Extremes.REFUSED),
                given(s, "source", preset)
                        .map(p -> p.source() + ", " + p.asOf())
                        .orElseGet(() -> s.text("source")));
        s.optionalText("description");
        if (s.has("groupShare")) {
            s.problem(
                    "groupShare",
                    "nearly all of a group is not protected in answers: the few who are missing may be shown, and from another answer the total",
                    "leave it out; 'zeros: hidden' hides where all or none of a group have something");
        }
        ExtendedPreset.check(s, preset, profile);
        s.end();
        if (s.problems().count() == before) {
            draft.profiles.put(name, profile, s);
        }
    }

    /** What the preset gives, unless the profile has the key itself. */
    private static <T> Optional<T> given(YamlSection s, String key, Optional<T> fromPreset) {
        return s.has(key) ? Optional.empty() : fromPreset;
    }
}
