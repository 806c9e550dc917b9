package io.weir.release.request;

import io.weir.audit.AuditEvent;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where requests lie. Thread-safe, blocking, shared by all processes of an installation.
 *
 * <p>Every change takes its audit event: implementations MUST NOT make a change visible before its record is durable, and MUST leave a
 * record of abandonment when a recorded change did not happen (decision 0005). All methods throw {@link
 * io.weir.problem.ProblemException} with {@code STORE_UNAVAILABLE} when the store does not answer, and changes throw {@link
 * io.weir.audit.AuditUnavailableException} when the log does not.
 */
public interface RequestStore {
    /** Stores a new request (revision 1, submitted) and its frozen answer, which is write-once. */
    void create(ReleaseRequest request, FrozenContent frozen, AuditEvent event);

    Optional<ReleaseRequest> find(RequestId id);

    /** An author's requests in a project, newest first. */
    List<ReleaseRequest> byAuthor(PersonId author, ProjectId project);

    /** Requests in any of these states, oldest first. */
    List<ReleaseRequest> inStates(Set<RequestState> states);

    /**
     * The frozen answer under its content address.
     *
     * @throws io.weir.problem.ProblemException with {@code INTERNAL} when the stored bytes do not hash to the address
     */
    FrozenContent frozen(String digest);

    /**
     * Applies a step to the revision it was decided on.
     *
     * @return false when the request has changed since: nothing was changed or recorded; read and decide again
     */
    boolean apply(Step step, AuditEvent event);

    /** Adds a comment without a change of state; not permitted to change a decided request's outcome, so no revision is needed. */
    void comment(RequestId id, Comment comment, AuditEvent event);
}
