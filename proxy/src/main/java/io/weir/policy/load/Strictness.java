package io.weir.policy.load;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.policy.Profile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        int threshold = least.threshold();
        ZeroRule zeros = least.zeros();
        int base = least.countBase();
        List<Dominance> dominance = least.dominance();
        @Nullable BigDecimal p = least.priorPosterior();
        FurtherRules further = least.further();
        Map<String, RiskAppetite> changed = new LinkedHashMap<>();
        changed.put("threshold", new RiskAppetite(own.threshold(), zeros, base, dominance, p, further));
        changed.put("zeros", new RiskAppetite(threshold, own.zeros(), base, dominance, p, further));
        changed.put("roundingBase", new RiskAppetite(threshold, zeros, own.countBase(), dominance, p, further));
        changed.put("dominance", new RiskAppetite(threshold, zeros, base, own.dominance(), p, further));
        changed.put("pPercent", new RiskAppetite(threshold, zeros, base, dominance, own.priorPosterior(), further));
        changed.put("priorPosterior", new RiskAppetite(threshold, zeros, base, dominance, p, own.further()));
        return changed.entrySet().stream()
                .filter(change -> !change.getValue().isAtLeastAsStrictAs(least))
                .map(Map.Entry::getKey)
                .toList();
    }
}
