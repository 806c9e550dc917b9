package io.weir.policy.load;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.preset.Preset;
import io.weir.policy.Profile;
import io.weir.policy.Profile.Zeros;
import io.weir.yaml.YamlSection;
import java.math.BigDecimal;
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
        Dominance dominance = dominance(
                s,
                rules.stream()
                        .flatMap(appetite -> appetite.dominance().stream())
                        .findFirst());
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
                dominance.contributors(),
                dominance.share(),
                given(s, "pPercent", rules.map(RiskAppetite::priorPosterior)).orElseGet(() -> fraction(s, "pPercent")),
                given(s, "marker", preset).map(p -> p.marker().text()).orElseGet(() -> s.text("marker")),
                s.flag("history", true),
                s.choice("extremes", Profile.Extremes.class, Profile.Extremes.REFUSED),
                given(s, "source", preset)
                        .map(p -> p.source() + ", " + p.asOf())
                        .orElseGet(() -> s.text("source")));
        s.optionalText("description");
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

    /** Both numbers of one rule: the profile's or the preset's. */
    private static Dominance dominance(YamlSection s, Optional<Dominance> fromPreset) {
        boolean contributorsGiven = s.has("dominanceN");
        boolean shareGiven = s.has("dominanceK");
        if (!contributorsGiven && !shareGiven && fromPreset.isPresent()) {
            return fromPreset.get();
        }
        int before = s.problems().count();
        int contributors = s.integer("dominanceN", 1, 2);
        BigDecimal share = fraction(s, "dominanceK");
        return s.problems().count() == before ? new Dominance(contributors, share) : new Dominance(1, BigDecimal.ONE);
    }

    private static BigDecimal fraction(YamlSection s, String key) {
        BigDecimal value = s.number(key);
        if (value.signum() <= 0 || value.compareTo(BigDecimal.ONE) > 0) {
            s.problem(
                    key,
                    "'" + value.toPlainString() + "' is not a fraction above 0 and up to 1",
                    "write 0.85 for 85 %");
        }
        return value;
    }
}
