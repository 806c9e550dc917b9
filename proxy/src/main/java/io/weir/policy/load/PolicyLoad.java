package io.weir.policy.load;

import io.weir.policy.PolicySnapshot;
import io.weir.yaml.YamlProblem;
import java.util.List;

/** What became of a policy directory. */
public sealed interface PolicyLoad {
    /** Everything was read and checked. */
    record Loaded(PolicySnapshot snapshot) implements PolicyLoad {}

    /** At least one problem; nothing of the directory may be used. */
    record Rejected(List<YamlProblem> problems) implements PolicyLoad {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /** The snapshot, for callers that cannot go on without one. */
    default PolicySnapshot orThrow() {
        return switch (this) {
            case Loaded(PolicySnapshot snapshot) -> snapshot;
            case Rejected(List<YamlProblem> problems) ->
                throw new IllegalStateException(
                        "the policy has %d problems, first: %s".formatted(problems.size(), problems.getFirst()));
        };
    }
}
