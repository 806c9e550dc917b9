package io.weir.policy.load;

import io.weir.policy.Profile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Profiles of one family round alike and mark alike: a count that is rounded to one base in one answer and to another in the next lies where both allow, which is less room than either
 * leaves.
 */
final class FamilyRules {
    private final Draft draft;

    FamilyRules(Draft draft) {
        this.draft = draft;
    }

    void check() {
        Map<String, Profile> first = new HashMap<>();
        draft.profiles.entries().stream()
                .sorted(Comparator.comparing(
                        (Register.Entry<Profile> e) -> e.value().name()))
                .forEach(e -> check(e, first.computeIfAbsent(e.value().family(), family -> e.value())));
    }

    private static void check(Register.Entry<Profile> entry, Profile first) {
        Profile profile = entry.value();
        if (profile.roundingBase() != first.roundingBase()) {
            problem(entry, "roundingBase", String.valueOf(first.roundingBase()), first);
        }
        if (!profile.marker().equals(first.marker())) {
            problem(entry, "marker", "'" + first.marker() + "'", first);
        }
    }

    private static void problem(Register.Entry<Profile> entry, String key, String value, Profile first) {
        entry.section()
                .problem(
                        key,
                        "is %s in '%s', which is of the family '%s', too"
                                .formatted(value, first.name(), first.family()),
                        "write the same, or another family");
    }
}
