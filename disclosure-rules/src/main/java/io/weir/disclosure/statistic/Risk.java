package io.weir.disclosure.statistic;

import io.weir.disclosure.verdict.Rule;
import java.util.List;

/**
 * One way in which a figure can tell about somebody.
 *
 * @param id of the ontology
 * @param sentence what can go wrong
 * @param checks what finds it; at least one
 * @param protections what is done about it; at least one
 */
public record Risk(String id, String sentence, List<Rule> checks, List<Safeguard> protections) {
    public Risk {
        checks = List.copyOf(checks);
        protections = List.copyOf(protections);
        if (checks.isEmpty() || protections.isEmpty()) {
            throw new IllegalArgumentException("A risk has checks and protections: " + id);
        }
    }
}
