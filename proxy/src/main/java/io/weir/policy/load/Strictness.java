package io.weir.policy.load;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.policy.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of two profiles, by which parameters one hides less than the other: agreements and releases may only tighten. */
final class Strictness {
    private Strictness() {}

    /** The keys of a profile by which it shows what the least one hides, none where it is at least as strict. */
    static List<String> loosened(Profile own, Profile least) {
        List<String> keys = new ArrayList<>(loosened(own.appetite(), least.appetite()));
        if (least.history() && !own.history()) {
            keys.add("history");
        }
        return keys;
    }

    /** The same of rules, one after the other. */
    static List<String> loosened(RiskAppetite own, RiskAppetite least) {
        Map<String, RiskAppetite> changed = new LinkedHashMap<>();
        changed.put(
                "threshold",
                new RiskAppetite(
                        own.threshold(), least.zeros(), least.countBase(), least.dominance(), least.priorPosterior()));
        changed.put(
                "zeros",
                new RiskAppetite(
                        least.threshold(), own.zeros(), least.countBase(), least.dominance(), least.priorPosterior()));
        changed.put(
                "roundingBase",
                new RiskAppetite(
                        least.threshold(), least.zeros(), own.countBase(), least.dominance(), least.priorPosterior()));
        changed.put(
                "dominanceK",
                new RiskAppetite(
                        least.threshold(), least.zeros(), least.countBase(), own.dominance(), least.priorPosterior()));
        changed.put(
                "pPercent",
                new RiskAppetite(
                        least.threshold(), least.zeros(), least.countBase(), least.dominance(), own.priorPosterior()));
        return changed.entrySet().stream()
                .filter(change -> !change.getValue().isAtLeastAsStrictAs(least))
                .map(Map.Entry::getKey)
                .toList();
    }
}
