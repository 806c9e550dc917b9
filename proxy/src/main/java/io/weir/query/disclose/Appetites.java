package io.weir.query.disclose;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.policy.Profile;
import io.weir.policy.SumRules;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** A policy's profile as it is recorded. */
public final class Appetites {
    private Appetites() {}

    /** All parameters, for checkers and the release record. Confidential. */
    public static Map<String, String> parameters(Profile profile) {
        TreeMap<String, String> parameters = new TreeMap<>();
        parameters.put("threshold", String.valueOf(profile.threshold()));
        parameters.put("zeros", profile.zeros().name());
        parameters.put("rounding_base", String.valueOf(profile.roundingBase()));
        sums(profile.sums(), parameters);
        parameters.put("history", String.valueOf(profile.history()));
        parameters.put("source", profile.source());
        return parameters;
    }

    /** Further (n,k) rules are numbered from 2: the parameters of a profile with one rule are what they were when it could have one only. */
    private static void sums(SumRules rules, Map<String, String> parameters) {
        for (int i = 0; i < rules.dominance().size(); i++) {
            Dominance rule = rules.dominance().get(i);
            String number = i == 0 ? "" : "_" + (i + 1);
            parameters.put("dominance_n" + number, String.valueOf(rule.contributors()));
            parameters.put("dominance_k" + number, rule.share().toPlainString());
        }
        BigDecimal pPercent = rules.pPercent();
        if (pPercent != null) {
            parameters.put("p_percent", pPercent.toPlainString());
        }
        PriorPosterior priorPosterior = rules.priorPosterior();
        if (priorPosterior != null) {
            parameters.put("prior_posterior_p", priorPosterior.p().toPlainString());
            parameters.put("prior_posterior_q", priorPosterior.q().toPlainString());
        }
    }

    /** Name and parameters as one text: part of an answer's identity. */
    static String identity(Profile profile) {
        return profile.name() + " " + parameters(profile);
    }
}
