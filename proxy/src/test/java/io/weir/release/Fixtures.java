package io.weir.release;

import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.identity.Role;
import io.weir.policy.Agreement;
import io.weir.policy.Destination;
import io.weir.policy.Person;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Project;
import io.weir.policy.SecretReference;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.query.answer.FrozenAnswer.HiddenNumber;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import io.weir.release.request.CaseDigest;
import io.weir.release.request.FrozenContent;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestId;
import io.weir.release.request.RequestState;
import io.weir.release.request.Vote;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small installation: one project with an author, a colleague who is a checker too, and checkers from elsewhere. */
public final class Fixtures {
    public static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    public static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    public static final ProjectId STROKE = new ProjectId("stroke");
    public static final PersonId AUTHOR = new PersonId("ada");
    public static final PersonId COLLEAGUE = new PersonId("colin");
    public static final PersonId CHECKER_1 = new PersonId("cleo");
    public static final PersonId CHECKER_2 = new PersonId("chen");
    public static final PersonId CHECKER_3 = new PersonId("cora");
    public static final PersonId UNTRAINED = new PersonId("una");
    public static final PersonId OPERATOR = new PersonId("otto");
    public static final String RECIPIENT = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";

    private Fixtures() {}

    public static Asker asker() {
        return new Asker(AUTHOR, STROKE, "dsa-1", "uni", "research", Set.of(Role.ANALYST), "s-1");
    }

    public static Person person(PersonId id, Set<Role> roles, Set<ProjectId> projects, LocalDate trainedUntil) {
        return new Person(id, id.value(), "uni", roles, projects, trainedUntil);
    }

    public static Map<PersonId, Person> people() {
        LocalDate trained = TODAY.plusYears(1);
        Map<PersonId, Person> people = new HashMap<>();
        List.of(
                        person(AUTHOR, Set.of(Role.ANALYST, Role.CHECKER), Set.of(STROKE), trained),
                        person(COLLEAGUE, Set.of(Role.CHECKER, Role.OPERATOR), Set.of(STROKE), trained),
                        person(CHECKER_1, Set.of(Role.CHECKER), Set.of(new ProjectId("other")), trained),
                        person(CHECKER_2, Set.of(Role.CHECKER), Set.of(), TODAY),
                        person(CHECKER_3, Set.of(Role.CHECKER), Set.of(), trained),
                        person(UNTRAINED, Set.of(Role.CHECKER), Set.of(), TODAY.minusDays(1)),
                        person(OPERATOR, Set.of(Role.OPERATOR), Set.of(), trained))
                .forEach(p -> people.put(p.id(), p));
        return people;
    }

    public static Agreement agreement() {
        return agreement(2, Set.of("trust-bucket", "uni-sftp"), false, TODAY.plusYears(1));
    }

    public static Agreement agreement(
            int reviewers, Set<String> destinations, boolean rowLevelReleasable, LocalDate until) {
        return new Agreement(
                "dsa-1",
                STROKE,
                "Stroke outcomes",
                List.of("uni"),
                "research",
                List.of(),
                Map.of(),
                List.of(),
                TODAY.minusYears(1),
                until,
                List.of(new Agreement.SignOff("uni", OPERATOR, "head", TODAY.minusYears(1))),
                List.of(),
                List.of(),
                "interactive",
                "release",
                reviewers,
                destinations,
                rowLevelReleasable,
                365);
    }

    public static Destination bucket(String recipient) {
        return new Destination.Bucket(
                "trust-bucket",
                "The trust's bucket",
                recipient,
                URI.create("https://store.example.org"),
                "eu-west-2",
                "releases",
                "",
                new SecretReference.Env("ACCESS"),
                new SecretReference.Env("SECRET"),
                null);
    }

    public static PolicySnapshot policy() {
        return policy(people(), agreement(), RECIPIENT);
    }

    public static PolicySnapshot policy(
            Map<PersonId, Person> people, @Nullable Agreement agreement, @Nullable String recipient) {
        return new PolicySnapshot(
                "ab".repeat(32),
                Map.of(),
                Map.of(),
                Map.of(),
                people,
                Map.of(STROKE, new Project(STROKE, "Stroke")),
                Map.of(),
                Map.of(),
                agreement == null ? Map.of() : Map.of(agreement.id(), agreement),
                Map.of(),
                recipient == null ? Map.of() : Map.of("trust-bucket", bucket(recipient)));
    }

    public static AnswerColumn column(String label, SqlType type) {
        return new AnswerColumn(label, ColumnType.of(type));
    }

    public static FrozenAnswer answer() {
        FrozenAnswer bare = answer(
                "aggregate",
                List.of(column("provider", SqlType.TEXT), column("n", SqlType.INT8)),
                List.of(
                        List.of(new Cell.Shown("RX1", false), new Cell.Shown(120L, true)),
                        List.of(new Cell.Shown("=RX2", false), new Cell.Hidden(List.of("minimum-frequency"))),
                        List.of(new Cell.Shown(null, false), new Cell.Hidden(List.of("complementary")))));
        return new FrozenAnswer(
                bare.sql(),
                bare.columns(),
                bare.rows(),
                bare.facts(),
                List.of(
                        new HiddenNumber(
                                "=RX2",
                                "people",
                                List.of("minimum-frequency"),
                                BigDecimal.ZERO,
                                new BigDecimal("47.5")),
                        new HiddenNumber("NULL", "people", List.of("complementary"), null, null)));
    }

    public static FrozenAnswer answer(String mode, List<AnswerColumn> columns, List<List<Cell>> rows) {
        return new FrozenAnswer(
                "SELECT provider, count(*) AS n FROM hes.admissions WHERE sex = '1' GROUP BY provider",
                columns,
                rows,
                new FrozenAnswer.Facts(
                        "stroke",
                        "dsa-1",
                        "research",
                        "ab".repeat(32),
                        "release",
                        Map.of("threshold", "10", "p_percent", "0.1"),
                        Map.of("warehouse", LocalDate.parse("2026-02-28")),
                        List.of("hes.admissions"),
                        mode,
                        List.of("counts are rounded to 5"),
                        "[c]"));
    }

    /** {@link #answer()}, with the same nonce every time. */
    public static FrozenContent frozen() {
        return FrozenContent.of(answer(), new Random(11));
    }

    public static ReleaseRequest request(RequestState state, Vote... votes) {
        FrozenContent frozen = frozen();
        ReleaseRequest request = new ReleaseRequest(
                new RequestId("req-0123456789abcdef"),
                1,
                state,
                AUTHOR,
                STROKE,
                "dsa-1",
                "Strokes by provider",
                "for the board",
                "trust-bucket",
                frozen.digest(),
                "",
                3,
                2,
                NOW,
                NOW,
                null,
                List.of(votes),
                List.of());
        return request.withCaseDigest(CaseDigest.of(request, frozen));
    }
}
