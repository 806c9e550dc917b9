package io.weir.policy.load;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.EventType;
import io.weir.identity.PersonId;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.PolicySource;
import io.weir.policy.Source;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** What came of a reload. */
    public sealed interface Reload {
        /**
         * @param digest of the snapshot now in force
         * @param changed false when the directory says what was in force already
         */
        record InForce(String digest, boolean changed) implements Reload {}

        /** The old snapshot stays in force. */
        record Rejected(List<YamlProblem> problems) implements Reload {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * Loads again and swaps the snapshot whole. Connections to sources are made at the start, so a directory that asks for others is
     * rejected like one that has problems.
     *
     * @param actor who asked for it
     * @throws IOException when the directory cannot be read; the old snapshot stays
     * @throws io.weir.audit.AuditUnavailableException when the outcome cannot be recorded; the old snapshot stays
     */
    public synchronized Reload reload(PersonId actor) throws IOException {
        return switch (loader.load(directory)) {
            case PolicyLoad.Loaded(PolicySnapshot snapshot) -> {
                List<YamlProblem> restart = changedConnections(current, snapshot);
                if (!restart.isEmpty()) {
                    yield reject(actor, restart);
                }
                boolean changed = !snapshot.digest().equals(current.digest());
                if (changed) {
                    audit.append(
                            loaded(snapshot).with("previous", current.digest()).with("actor", actor.value()));
                    current = snapshot;
                }
                yield new Reload.InForce(snapshot.digest(), changed);
            }
            case PolicyLoad.Rejected(List<YamlProblem> problems) -> reject(actor, problems);
        };
    }

    private Reload reject(PersonId actor, List<YamlProblem> problems) {
        audit.append(rejected(problems).with("policy", current.digest()).with("actor", actor.value()));
        return new Reload.Rejected(problems);
    }

    private static List<YamlProblem> changedConnections(PolicySnapshot before, PolicySnapshot after) {
        return after.sources().values().stream()
                .filter(source -> !sameConnection(before.sources().get(source.id()), source))
                .map(source -> new YamlProblem(
                        "sources/" + source.id() + ".yaml",
                        0,
                        "",
                        "a new source, or another dialect, url, user, password or poolSize, takes effect at a start only",
                        "restart Weir, or take this change back"))
                .sorted()
                .toList();
    }

    private static boolean sameConnection(@Nullable Source before, Source after) {
        return before != null
                && before.dialect().equals(after.dialect())
                && before.url().equals(after.url())
                && before.user().equals(after.user())
                && before.password().equals(after.password())
                && before.poolSize() == after.poolSize();
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
