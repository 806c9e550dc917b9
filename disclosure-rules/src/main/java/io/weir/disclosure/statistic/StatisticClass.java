package io.weir.disclosure.statistic;

import io.weir.disclosure.evidence.EvidenceKind;
import io.weir.disclosure.verdict.Rule;
import java.util.List;

/**
 * A class of statistics that share risks, checks and evidence ("statbarn").
 *
 * @param name of the class
 * @param risks what can go wrong; at least one
 * @param checks that find the risks, each once
 * @param evidence that the checks need, each once
 * @param protections that the risks allow, each once
 * @param automatic whether this library's checks decide; otherwise a person does
 */
public record StatisticClass(
        String name,
        List<Risk> risks,
        List<Rule> checks,
        List<EvidenceKind> evidence,
        List<Safeguard> protections,
        boolean automatic) {
    public StatisticClass {
        risks = List.copyOf(risks);
        checks = List.copyOf(checks);
        evidence = List.copyOf(evidence);
        protections = List.copyOf(protections);
        if (risks.isEmpty()) {
            throw new IllegalArgumentException("A class has a risk: " + name);
        }
    }
}
