package io.weir.release.request;

import io.weir.identity.PersonId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decided change of one request: applied to exactly the revision it was decided on. Cannot be built against the table of {@link
 * Transitions}.
 *
 * @param seen the request the decision was made on
 * @param action what happens
 * @param by who does it; null is Weir itself
 * @param at when
 * @param reason public reason to show with the new state, or null
 * @param vote a new vote, or null
 * @param comments new comments
 */
public record Step(
        ReleaseRequest seen,
        RequestAction action,
        @Nullable PersonId by,
        Instant at,
        @Nullable String reason,
        @Nullable Vote vote,
        List<Comment> comments) {
    public Step {
        comments = List.copyOf(comments);
        if (Transitions.next(seen.state(), action).isEmpty()) {
            throw new IllegalArgumentException(action.label() + " is not permitted in state "
                    + seen.state().label());
        }
    }

    /** A step without words or votes. */
    public static Step of(ReleaseRequest seen, RequestAction action, @Nullable PersonId by, Instant at) {
        return new Step(seen, action, by, at, null, null, List.of());
    }

    public Step because(String publicReason) {
        return new Step(seen, action, by, at, publicReason, vote, comments);
    }

    /** The state it leads to. */
    public RequestState to() {
        return Transitions.next(seen.state(), action).orElseThrow();
    }
}
