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
import java.util.stream.Collectors;

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
     * The data of a block: those of its source, or of both. Beside them figures of every source of this dialect are kept that has people of
     * the same namespace, and of every two of them that were linked. People are found in the same buckets there, whichever statement asks.
     * Another dialect's buckets are others.
     */
    static PublishedAnswers.Data of(PolicySnapshot policy, GovernedQuery.BlockQuery block) {
        List<Source> own = block.sources().stream()
                .map(id -> Objects.requireNonNull(policy.sources().get(id)))
                .toList();
        TreeSet<String> alike = new TreeSet<>();
        for (Dataset dataset : policy.datasets().values()) {
            Dataset.SubjectKey subject = dataset.subject();
            Source source = policy.sources().get(dataset.source());
            if (subject != null
                    && source != null
                    && subject.namespace().equals(block.block().namespace())
                    && source.dialect().equals(own.getFirst().dialect())) {
                alike.add(identity(source));
            }
        }
        TreeSet<String> compared = new TreeSet<>(alike);
        for (String one : alike) {
            alike.tailSet(one, false).forEach(other -> compared.add(together(List.of(one, other))));
        }
        return new PublishedAnswers.Data(
                together(own.stream().map(Snapshots::identity).toList()), compared);
    }

    private static String together(List<String> identities) {
        return identities.stream().sorted().collect(Collectors.joining(" "));
    }

    private static String identity(Source source) {
        return Map.of(source.id(), source.snapshot()).toString();
    }
}
