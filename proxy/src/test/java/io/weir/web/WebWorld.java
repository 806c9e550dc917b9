package io.weir.web;

import io.vertx.core.Vertx;
import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.identity.Role;
import io.weir.policy.Admission;
import io.weir.policy.Person;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.session.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server with TLS over desks in memory. Everybody's token is {@code token-of-} and the name. */
public final class WebWorld implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    public static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    public static final ProjectId STROKE = new ProjectId("stroke");
    public static final ProjectId ASTHMA = new ProjectId("asthma");

    /** Analyst in stroke. */
    public static final String ADA = "ada";

    /** Analyst in asthma. */
    public static final String BEN = "ben";

    /** Checker. */
    public static final String CORA = "cora";

    /** Checker, and analyst in stroke. */
    public static final String COLIN = "colin";

    /** Checker whose training has lapsed. */
    public static final String UNA = "una";

    /** Operator. */
    public static final String OTTO = "otto";

    public final Log audit = new Log();
    public final FakeRequests requests = new FakeRequests();
    public final FakeCheckers checkers = new FakeCheckers(requests);
    public final FakeOperators operators = new FakeOperators();
    public final TestCertificate certificate;
    public volatile boolean storeAnswers = true;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final AtomicInteger ids = new AtomicInteger();

    /** @param atOnce requests worked on at a time */
    public WebWorld(Path directory, int atOnce) throws IOException {
        this.certificate = TestCertificate.in(directory);
        PolicySnapshot policy = policy();
        WebPorts ports = new WebPorts(
                token -> {
                    if (!storeAnswers) {
                        throw Problem.of(ProblemCode.STORE_UNAVAILABLE).asException();
                    }
                    return policy.people().keySet().stream()
                            .filter(p -> token.reveal().equals(token(p.value())))
                            .findFirst();
                },
                () -> policy,
                new Memberships(policy),
                requests,
                checkers,
                operators,
                audit,
                () -> storeAnswers,
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> "c-" + ids.incrementAndGet());
        this.server = HttpServer.start(
                vertx,
                new WebConfig(
                        "127.0.0.1",
                        0,
                        certificate.certificate(),
                        certificate.privateKey(),
                        10_000,
                        50,
                        20,
                        atOnce,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(3)),
                ports);
    }

    public static String token(String person) {
        return "token-of-" + person;
    }

    public URI url() {
        return URI.create("https://localhost:" + server.port());
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static PolicySnapshot policy() {
        Map<PersonId, Person> people = new HashMap<>();
        LocalDate trained = TODAY.plusYears(1);
        List.of(
                        person(ADA, Set.of(Role.ANALYST), Set.of(STROKE), trained),
                        person(BEN, Set.of(Role.ANALYST), Set.of(ASTHMA), trained),
                        person(CORA, Set.of(Role.CHECKER), Set.of(), trained),
                        person(COLIN, Set.of(Role.CHECKER, Role.ANALYST), Set.of(STROKE), trained),
                        person(UNA, Set.of(Role.CHECKER), Set.of(), TODAY.minusDays(1)),
                        person(OTTO, Set.of(Role.OPERATOR), Set.of(), trained))
                .forEach(p -> people.put(p.id(), p));
        return new PolicySnapshot(
                "ab".repeat(32),
                Map.of(),
                Map.of(),
                Map.of(),
                people,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static Person person(String id, Set<Role> roles, Set<ProjectId> projects, LocalDate trainedUntil) {
        return new Person(new PersonId(id), id, "uni", roles, projects, trainedUntil);
    }

    private record Memberships(PolicySnapshot policy) implements Admission {
        @Override
        public Outcome<Asker> admit(PersonId person, String database, String session) {
            return Optional.ofNullable(policy.people().get(person))
                    .filter(p -> p.roles().contains(Role.ANALYST))
                    .filter(p -> p.projects().stream().anyMatch(id -> id.value().equals(database)))
                    .<Outcome<Asker>>map(p -> Outcome.of(
                            new Asker(person, new ProjectId(database), "dsa-1", "uni", "research", p.roles(), session)))
                    .orElseGet(() -> Outcome.refused(Problem.of(ProblemCode.NOT_A_MEMBER)));
        }

        @Override
        public Outcome<Asker> renew(Asker asker) {
            return Outcome.of(asker);
        }
    }

    /** A log in memory that can die. */
    public static final class Log implements AuditLog {
        public final List<AuditEvent> events = new CopyOnWriteArrayList<>();
        public volatile boolean dead;

        @Override
        public CompletableFuture<Receipt> submit(AuditEvent event) {
            return CompletableFuture.completedFuture(append(event));
        }

        @Override
        public Receipt append(List<AuditEvent> events) {
            return events.stream().map(this::append).toList().getLast();
        }

        @Override
        public Receipt append(AuditEvent event) {
            if (dead) {
                throw new AuditUnavailableException("dead");
            }
            events.add(event);
            return new Receipt(events.size(), "leaf");
        }

        @Override
        public boolean alive() {
            return !dead;
        }
    }
}
