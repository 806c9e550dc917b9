package io.weir.release.request;

import io.weir.audit.AuditUnavailableException;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.util.function.Supplier;

/** At the doors of the release road, failures of store and audit log become problems as values. */
public final class Refusals {
    private Refusals() {}

    public static <T> Outcome<T> caught(Supplier<Outcome<T>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return Outcome.refused(e.problem());
        } catch (AuditUnavailableException e) {
            return Outcome.refused(Problem.of(ProblemCode.AUDIT_UNAVAILABLE));
        }
    }

    /** The same words for ids that do not exist and ids the caller may not know of. */
    public static Problem unknownRequest() {
        return Problem.of(ProblemCode.NOT_PERMITTED, "there is no such request that this person may see");
    }

    /** Too many changes of the same request at once. */
    public static Problem busy() {
        return Problem.of(ProblemCode.WRONG_STATE, "the request is being changed by others; look again and retry");
    }
}
