package io.weir.policy.load;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.policy.SumRules;
import io.weir.yaml.Scalars;
import io.weir.yaml.YamlSection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a profile's rules for sums: (n,k) rules, as a list or as one in two numbers, p% and (p,q). What the profile does not say it has from its
 * preset. A profile whose preset says nothing about sums needs an (n,k) rule, and one of p% and (p,q).
 */
final class SumRulesReader {
    private static final String LIST = "dominance";
    private static final String CONTRIBUTORS = "dominanceN";
    private static final String SHARE = "dominanceK";
    private static final String P_PERCENT = "pPercent";
    private static final String PRIOR_POSTERIOR = "priorPosterior";

    /** Of each sum the source is asked for the two largest contributions. */
    private static final int MOST_CONTRIBUTORS = 2;

    private final YamlSection s;
    private final @Nullable RiskAppetite base;

    private SumRulesReader(YamlSection s, @Nullable RiskAppetite base) {
        this.s = s;
        this.base = base;
    }

    static SumRules read(YamlSection s, Optional<RiskAppetite> preset) {
        return new SumRulesReader(s, preset.filter(RiskAppetite::judgesSums).orElse(null)).rules();
    }

    private SumRules rules() {
        PriorPosterior ownRatio = priorPosterior();
        PriorPosterior ratio = s.has(PRIOR_POSTERIOR) || base == null
                ? ownRatio
                : base.further().priorPosterior();
        List<Dominance> dominance = dominance();
        return new SumRules(dominance, pPercent(), ratio);
    }

    private @Nullable BigDecimal pPercent() {
        if (s.has(P_PERCENT)) {
            return s.fraction(P_PERCENT);
        }
        if (base != null) {
            return base.priorPosterior();
        }
        return s.has(PRIOR_POSTERIOR) ? null : s.fraction(P_PERCENT);
    }

    private @Nullable PriorPosterior priorPosterior() {
        Optional<YamlSection> section = s.optionalSection(PRIOR_POSTERIOR);
        if (section.isEmpty()) {
            return null;
        }
        int before = s.problems().count();
        BigDecimal p = section.get().number("p");
        BigDecimal q = section.get().number("q");
        section.get().end();
        if (s.problems().count() > before) {
            return null;
        }
        if (p.signum() <= 0 || p.compareTo(q) >= 0) {
            s.problem(PRIOR_POSTERIOR, "p lies above 0 and below q", "write {p: 0.1, q: 0.5}");
            return null;
        }
        return new PriorPosterior(p, q);
    }

    private List<Dominance> dominance() {
        boolean pair = s.has(CONTRIBUTORS) || s.has(SHARE);
        if (s.has(LIST)) {
            if (pair) {
                s.problem(
                        LIST,
                        "rules stand in '%s' and in '%s' or '%s'".formatted(LIST, CONTRIBUTORS, SHARE),
                        "write all of them in the list");
            }
            return list();
        }
        if (!pair && base != null) {
            return base.dominance();
        }
        return rule(s, CONTRIBUTORS, SHARE);
    }

    private List<Dominance> list() {
        int before = s.problems().count();
        List<Dominance> rules = new ArrayList<>();
        for (YamlSection rule : s.sections(LIST)) {
            rules.addAll(rule(rule, "contributors", "share"));
            rule.end();
        }
        if (rules.isEmpty() && s.problems().count() == before) {
            s.problem(LIST, "the list has no rule", "write one, as {contributors: 2, share: 0.85}");
        }
        return rules;
    }

    /** Both numbers of one rule; none after a problem. */
    private static List<Dominance> rule(YamlSection s, String contributorsKey, String shareKey) {
        int before = s.problems().count();
        int contributors = s.parsed(contributorsKey, 1, text -> Scalars.wholeNumber(text, 1, Integer.MAX_VALUE));
        if (contributors > MOST_CONTRIBUTORS) {
            s.problem(
                    contributorsKey,
                    "a rule about the %d largest contributions to a sum cannot be judged: %d are read"
                            .formatted(contributors, MOST_CONTRIBUTORS),
                    "write 1 or 2");
        }
        BigDecimal share = s.fraction(shareKey);
        return s.problems().count() == before ? List.of(new Dominance(contributors, share)) : List.of();
    }
}
