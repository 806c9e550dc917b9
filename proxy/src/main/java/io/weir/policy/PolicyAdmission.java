package io.weir.policy;

import io.weir.identity.Asker;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.identity.Role;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Admission by the policy in force. Thread-safe, does not block.
 *
 * <p>Whoever is no member of a project learns nothing about it: an unknown person, an unknown project and a project of others give the
 * same answer, in the same words. A member is told in words why the agreement grants nothing.
 */
public final class PolicyAdmission implements Admission {
    private final PolicySource policy;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone in which a day begins for agreements and training */
    public PolicyAdmission(PolicySource policy, Clock clock, ZoneId zone) {
        this.policy = policy;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public Outcome<Asker> admit(PersonId person, String database, String session) {
        PolicySnapshot snapshot = policy.current();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Person known = snapshot.people().get(person);
        ProjectId project = project(snapshot, database);
        if (known == null || project == null || !known.projects().contains(project)) {
            return Outcome.refused(new Problem(
                    ProblemCode.NOT_A_MEMBER,
                    null,
                    "connect to the database that is named like one of your projects; the register of people says which those are",
                    0));
        }
        if (!known.roles().contains(Role.ANALYST)) {
            return Outcome.refused(Problem.of(
                    ProblemCode.NOT_A_MEMBER, "only analysts ask questions; this account does not have that role"));
        }
        if (today.isAfter(known.trainedUntil())) {
            return Outcome.refused(Problem.of(
                    ProblemCode.NOT_A_MEMBER,
                    "information-governance training expired on " + known.trainedUntil(),
                    "renew the training and ask the operator to update the register"));
        }
        Optional<Agreement> agreement = snapshot.agreementInForce(project, today);
        if (agreement.isEmpty()) {
            return Outcome.refused(inactive(snapshot, project, today));
        }
        Agreement a = agreement.get();
        return Outcome.of(
                new Asker(person, project, a.id(), known.organisation(), a.purpose(), known.roles(), session));
    }

    @Override
    public Outcome<Asker> renew(Asker asker) {
        return admit(asker.person(), asker.project().value(), asker.session());
    }

    private static @Nullable ProjectId project(PolicySnapshot snapshot, String database) {
        return snapshot.projects().keySet().stream()
                .filter(id -> id.value().equals(database))
                .findFirst()
                .orElse(null);
    }

    private static Problem inactive(PolicySnapshot snapshot, ProjectId project, LocalDate today) {
        String reasons = String.join(
                "; ",
                snapshot.agreements().values().stream()
                        .filter(a -> a.project().equals(project))
                        .map(a -> a.problemOn(today))
                        .filter(reason -> reason != null)
                        .sorted()
                        .toList());
        return reasons.isEmpty()
                ? Problem.of(ProblemCode.AGREEMENT_INACTIVE, "the project has no agreement")
                : Problem.of(ProblemCode.AGREEMENT_INACTIVE, reasons, "ask the information-governance lead");
    }
}
