package io.weir.policy.load;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The policy in force, reloadable. {@link #current} never blocks; reloads exclude each other.
 *
 * <p>A snapshot takes effect only after its audit record is durable. A directory that has problems, or cannot be read, changes nothing:
 * the old snapshot stays in force.
 */
public final class ReloadablePolicy implements PolicySource {
    private final Path directory;
    private final PolicyLoader loader;
    private final AuditLog audit;
    private volatile PolicySnapshot current;

    private ReloadablePolicy(Path directory, PolicyLoader loader, AuditLog audit, PolicySnapshot first) {
        this.directory = directory;
        this.loader = loader;
        this.audit = audit;
        this.current = first;
    }

    /** What came of opening: a policy, or the problems for which there is none. */
    public sealed interface Opening {
        record Opened(ReloadablePolicy policy) implements Opening {}

        record Refused(List<YamlProblem> problems) implements Opening {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * Loads for the first time.
     *
     * @throws IOException when the directory cannot be read
     * @throws io.weir.audit.AuditUnavailableException when the outcome cannot be recorded
     */
    public static Opening open(Path directory, PolicyLoader loader, AuditLog audit) throws IOException {
        return switch (loader.load(directory)) {
            case PolicyLoad.Loaded(PolicySnapshot snapshot) -> {
                audit.append(loaded(snapshot));
                yield new Opening.Opened(new ReloadablePolicy(directory, loader, audit, snapshot));
            }
            case PolicyLoad.Rejected(List<YamlProblem> problems) -> {
                audit.append(rejected(problems));
                yield new Opening.Refused(problems);
            }
        };
    }

    @Override
    public PolicySnapshot current() {
        return current;
    }

    /**
     * Loads again and swaps the snapshot whole.
     *
     * @return the problems; empty when the new snapshot is in force (or equals the old one)
     * @throws IOException when the directory cannot be read; the old snapshot stays
     */
    public synchronized List<YamlProblem> reload() throws IOException {
        return switch (loader.load(directory)) {
            case PolicyLoad.Loaded(PolicySnapshot snapshot) -> {
                if (!snapshot.digest().equals(current.digest())) {
                    audit.append(loaded(snapshot).with("previous", current.digest()));
                    current = snapshot;
                }
                yield List.of();
            }
            case PolicyLoad.Rejected(List<YamlProblem> problems) -> {
                audit.append(rejected(problems).with("policy", current.digest()));
                yield problems;
            }
        };
    }

    private static AuditEvent loaded(PolicySnapshot snapshot) {
        return AuditEvent.of(EventType.POLICY_LOADED)
                .with("policy", snapshot.digest())
                .with("datasets", snapshot.datasets().size())
                .with("agreements", snapshot.agreements().size())
                .with("people", snapshot.people().size());
    }

    private static AuditEvent rejected(List<YamlProblem> problems) {
        return AuditEvent.of(EventType.POLICY_REJECTED)
                .with("problems", problems.size())
                .with(
                        "first",
                        problems.getFirst().file() + ":" + problems.getFirst().line());
    }
}
