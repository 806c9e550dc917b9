package io.weir.release.request;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as stored at one revision. Immutable; the frozen answer lies apart, under its content address.
 *
 * @param id its name
 * @param revision rises by one with every change; a change is applied only to the revision it was decided on
 * @param state where it stands
 * @param author who asked
 * @param project the author's project
 * @param agreement agreement in force when it was asked
 * @param title the author's words
 * @param purposeNote why it is needed, the author's words
 * @param destination id of a destination of the agreement
 * @param digest lower-case hex SHA-256 of the frozen answer's canonical bytes: its content address
 * @param caseDigest lower-case hex {@link CaseDigest} of all of the above but revision and state: what checkers approve
 * @param rows rows frozen
 * @param columns columns frozen
 * @param createdAt when it was asked
 * @param changedAt when it last changed
 * @param reason public reason of the state (failed, returned by lapse), or null
 * @param votes in order
 * @param comments in order
 */
public record ReleaseRequest(
        RequestId id,
        int revision,
        RequestState state,
        PersonId author,
        ProjectId project,
        String agreement,
        String title,
        String purposeNote,
        String destination,
        String digest,
        String caseDigest,
        int rows,
        int columns,
        Instant createdAt,
        Instant changedAt,
        @Nullable String reason,
        List<Vote> votes,
        List<Comment> comments) {
    public ReleaseRequest {
        votes = List.copyOf(votes);
        comments = List.copyOf(comments);
    }

    /** The same request under this case digest. */
    public ReleaseRequest withCaseDigest(String computed) {
        return new ReleaseRequest(
                id,
                revision,
                state,
                author,
                project,
                agreement,
                title,
                purposeNote,
                destination,
                digest,
                computed,
                rows,
                columns,
                createdAt,
                changedAt,
                reason,
                votes,
                comments);
    }
}
