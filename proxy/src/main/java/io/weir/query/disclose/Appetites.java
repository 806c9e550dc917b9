package io.weir.query.disclose;

import io.weir.policy.Profile;
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
        parameters.put("dominance_n", String.valueOf(profile.dominanceN()));
        parameters.put("dominance_k", profile.dominanceK().toPlainString());
        parameters.put("p_percent", profile.pPercent().toPlainString());
        parameters.put("history", String.valueOf(profile.history()));
        parameters.put("source", profile.source());
        return parameters;
    }

    /** Name and parameters as one text: part of an answer's identity. */
    static String identity(Profile profile) {
        return profile.name() + " " + parameters(profile);
    }
}
