package io.weir.query;

import io.weir.identity.ProjectId;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.recent.RecentlyUsed;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Permits of one policy snapshot, by statement, time zone and parameters: a ruling depends on nothing else. Another snapshot, were it equal word for
 * word, makes all of them useless at once. Refusals are not remembered. Thread-safe; bounded.
 */
final class RememberedRulings {
    private static final int REMEMBERED = 500;

    /** Of all statements, and all that was written for them: permits are as large. */
    private static final long MOST_CHARACTERS = 8_000_000;

    private volatile @Nullable Generation newest;

    private record Generation(PolicySnapshot policy, RecentlyUsed<Key, Answering.Ruled> permits) {
        Generation(PolicySnapshot policy) {
            this(
                    policy,
                    new RecentlyUsed<>(
                            REMEMBERED,
                            MOST_CHARACTERS,
                            (key, ruled) -> key.statement().characters() + ruled.characters()));
        }
    }

    /**
     * @param statement the instance that {@link Statements} remembers; another one is another statement
     * @param zone of the session that asks
     * @param project decides what pseudonyms in the text stand for
     * @param parameters values, or null for the structural ruling
     */
    record Key(
            Statements.Statement statement,
            String agreement,
            ProjectId project,
            ZoneId zone,
            @Nullable List<@Nullable Object> parameters) {
        Key {
            parameters = parameters == null ? null : Collections.unmodifiableList(new ArrayList<>(parameters));
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // equal trees would have to be walked
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && statement == key.statement
                    && agreement.equals(key.agreement)
                    && project.equals(key.project)
                    && zone.equals(key.zone)
                    && Objects.equals(parameters, key.parameters);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(statement) + Objects.hashCode(parameters);
        }
    }

    /** What was ruled before, or what {@code rule} says now. */
    Outcome<Answering.Ruled> of(PolicySnapshot policy, Key key, Supplier<Outcome<Answering.Ruled>> rule) {
        Generation generation = of(policy);
        Answering.Ruled known = generation.permits().get(key);
        if (known != null) {
            return Outcome.of(known);
        }
        Outcome<Answering.Ruled> outcome = rule.get();
        if (outcome instanceof Outcome.Value<Answering.Ruled>(Answering.Ruled ruled)) {
            generation.permits().put(key, ruled);
        }
        return outcome;
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot is what was loaded at one time
    private Generation of(PolicySnapshot policy) {
        Generation current = newest;
        if (current == null || current.policy() != policy) {
            current = new Generation(policy);
            newest = current;
        }
        return current;
    }
}
