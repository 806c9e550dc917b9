package io.weir.policy;

import java.util.Set;

/**
 * Leave to put one person's records of two sources together, by the person's key. Without it they are only aggregated, each in its source.
 *
 * @param namespace of the people
 * @param datasets whose records may be linked; all are about people of the namespace
 */
public record Linkage(String namespace, Set<DatasetName> datasets) {
    public Linkage {
        datasets = Set.copyOf(datasets);
    }
}
