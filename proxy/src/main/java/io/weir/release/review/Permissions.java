package io.weir.release.review;

import io.weir.identity.PersonId;
import io.weir.identity.Role;
import io.weir.policy.Person;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.ReleaseRequest;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may: about people only, by the policy of this moment. Pure. A null result means yes; everything unknown means no.
 */
public final class Permissions {
    private Permissions() {}

    /** Whether a person may read this request as a checker and vote on it. */
    public static @Nullable Problem problemWithReviewing(
            PolicySnapshot policy, LocalDate today, PersonId who, ReleaseRequest request) {
        return problemWith(policy, today, who, Role.CHECKER, request);
    }

    /** Whether a person may resume this request after a failure. */
    public static @Nullable Problem problemWithResuming(
            PolicySnapshot policy, LocalDate today, PersonId who, ReleaseRequest request) {
        return problemWith(policy, today, who, Role.OPERATOR, request);
    }

    /** Whether a person holds a role now at all: known, trained, accredited. */
    public static @Nullable Problem problemWithRole(PolicySnapshot policy, LocalDate today, PersonId who, Role role) {
        Person person = policy.people().get(who);
        if (person == null || !person.roles().contains(role)) {
            return no("this needs the role %s".formatted(role.name().toLowerCase(Locale.ROOT)));
        }
        if (today.isAfter(person.trainedUntil())) {
            return no("this person's training has expired");
        }
        return null;
    }

    private static @Nullable Problem problemWith(
            PolicySnapshot policy, LocalDate today, PersonId who, Role role, ReleaseRequest request) {
        Problem problem = problemWithRole(policy, today, who, role);
        if (problem != null) {
            return problem;
        }
        if (who.equals(request.author())) {
            return no("the author never reviews the own request");
        }
        Person person = policy.people().get(who);
        if (person == null || person.projects().contains(request.project())) {
            return no("members of the author's project never review its requests");
        }
        return null;
    }

    private static Problem no(String detail) {
        return Problem.of(ProblemCode.NOT_PERMITTED, detail);
    }
}
