package io.weir.disclosure.statistic;

import java.util.List;

/**
 * A class of statistics that share risks, checks and evidence ("statbarn").
 *
 * @param name of the class
 * @param risks what can go wrong
 * @param checks rule ids that apply
 * @param evidence what the checks need
 * @param automatic whether this library has all the checks; otherwise a person decides
 */
public record StatisticClass(
        String name, List<String> risks, List<String> checks, List<String> evidence, boolean automatic) {
    public StatisticClass {
        risks = List.copyOf(risks);
        checks = List.copyOf(checks);
        evidence = List.copyOf(evidence);
    }
}
