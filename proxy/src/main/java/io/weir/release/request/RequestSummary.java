package io.weir.release.request;

import org.jspecify.annotations.Nullable;

/**
 * One line of a list, for SQL, CLI and HTTP. Times are ISO 8601 UTC.
 *
 * @param turn whose turn it is, in words
 * @param reason public reason of the state, or null
 */
public record RequestSummary(
        String id,
        String title,
        String state,
        String turn,
        String project,
        String author,
        String destination,
        int rows,
        int columns,
        String createdAt,
        String changedAt,
        @Nullable String reason) {
    public static RequestSummary of(ReleaseRequest request) {
        return new RequestSummary(
                request.id().value(),
                request.title(),
                request.state().label(),
                request.state().owner().label(),
                request.project().value(),
                request.author().value(),
                request.destination(),
                request.rows(),
                request.columns(),
                request.createdAt().toString(),
                request.changedAt().toString(),
                request.reason());
    }
}
