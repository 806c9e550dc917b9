package io.weir.disclosure.statistic;

import io.weir.disclosure.evidence.EvidenceKind;
import io.weir.disclosure.verdict.Rule;
import java.util.List;

/**
 * What a check needs to decide.
 *
 * @param rule the check
 * @param source where it is described
 * @param evidence without which it asks for a review; at least one
 */
public record CheckNeeds(Rule rule, String source, List<EvidenceKind> evidence) {
    public CheckNeeds {
        evidence = List.copyOf(evidence);
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException("A check needs evidence: " + rule.id());
        }
    }
}
