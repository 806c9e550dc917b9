package io.weir.policy.load;

import io.weir.policy.Profile;
import io.weir.policy.Profile.Zeros;
import io.weir.yaml.YamlSection;
import java.math.BigDecimal;

/** Reads {@code profiles/}. */
final class ProfileReader {
    private ProfileReader() {}

    static void profile(YamlSection s, Draft draft) {
        int before = s.problems().count();
        String name = s.parsed("name", "", Fields::id);
        draft.profiles.declare(name, s, "name");
        Profile profile = new Profile(
                name,
                s.parsed("family", "", Fields::id),
                s.integer("threshold", 2, 1_000),
                s.choice("zeros", Zeros.class),
                s.integer("roundingBase", 1, 1_000),
                s.integer("dominanceN", 1, 2),
                fraction(s, "dominanceK"),
                fraction(s, "pPercent"),
                s.text("marker"),
                s.flag("history", true),
                s.choice("extremes", Profile.Extremes.class, Profile.Extremes.REFUSED),
                s.text("source"));
        s.optionalText("description");
        s.end();
        if (s.problems().count() == before) {
            draft.profiles.put(name, profile, s);
        }
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
