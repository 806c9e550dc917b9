package io.weir.query;

import io.weir.policy.Dataset;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Source;
import io.weir.query.disclose.PublishedAnswers;
import io.weir.query.rewrite.GovernedQuery;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which data a question is asked of, and which other data tell of the same people. Pure. */
final class Snapshots {
    private Snapshots() {}

    /** Days of the sources that the datasets lie in, by source. */
    static Map<String, LocalDate> days(PolicySnapshot policy, List<String> datasets) {
        Map<String, LocalDate> days = new TreeMap<>();
        policy.datasets().values().stream()
                .filter(d -> datasets.contains(d.name().toString()))
                .forEach(d -> {
                    Source source = policy.sources().get(d.source());
                    if (source != null) {
                        days.put(source.id(), source.snapshot());
                    }
                });
        return days;
    }

    /**
     * The data of a block: those of its own source, beside which figures of every source of this dialect are kept that has people of the same namespace. They are
     * found in the same buckets there, whichever statement asks. Another dialect's buckets are others.
     */
    static PublishedAnswers.Data of(PolicySnapshot policy, GovernedQuery.BlockQuery block) {
        Source own = Objects.requireNonNull(policy.sources().get(block.source()));
        TreeSet<String> compared = new TreeSet<>();
        for (Dataset dataset : policy.datasets().values()) {
            Dataset.SubjectKey subject = dataset.subject();
            Source source = policy.sources().get(dataset.source());
            if (subject != null
                    && source != null
                    && subject.namespace().equals(block.block().namespace())
                    && source.dialect().equals(own.dialect())) {
                compared.add(identity(source));
            }
        }
        return new PublishedAnswers.Data(identity(own), compared);
    }

    private static String identity(Source source) {
        return Map.of(source.id(), source.snapshot()).toString();
    }
}
