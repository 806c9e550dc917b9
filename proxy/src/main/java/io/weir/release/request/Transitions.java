package io.weir.release.request;

import static io.weir.release.request.RequestAction.APPROVE;
import static io.weir.release.request.RequestAction.DELIVER;
import static io.weir.release.request.RequestAction.FAIL;
import static io.weir.release.request.RequestAction.LAPSE;
import static io.weir.release.request.RequestAction.REJECT;
import static io.weir.release.request.RequestAction.RESUME;
import static io.weir.release.request.RequestAction.RETURN;
import static io.weir.release.request.RequestAction.SEAL;
import static io.weir.release.request.RequestAction.VOTE;
import static io.weir.release.request.RequestAction.WITHDRAW;
import static io.weir.release.request.RequestState.APPROVED;
import static io.weir.release.request.RequestState.DELIVERED;
import static io.weir.release.request.RequestState.FAILED;
import static io.weir.release.request.RequestState.PARTIALLY_REVIEWED;
import static io.weir.release.request.RequestState.REJECTED;
import static io.weir.release.request.RequestState.RETURNED;
import static io.weir.release.request.RequestState.SEALED;
import static io.weir.release.request.RequestState.SUBMITTED;
import static io.weir.release.request.RequestState.WITHDRAWN;

import java.util.List;
import java.util.Optional;

/** The life cycle of a request as data: what is not in the table cannot happen. docs/reference/request-states.md is generated from it. */
public final class Transitions {
    /** One permitted change of state. */
    public record Transition(RequestState from, RequestAction action, RequestState to) {}

    private static final List<Transition> TABLE = List.of(
            new Transition(SUBMITTED, VOTE, PARTIALLY_REVIEWED),
            new Transition(SUBMITTED, APPROVE, APPROVED),
            new Transition(SUBMITTED, REJECT, REJECTED),
            new Transition(SUBMITTED, RETURN, RETURNED),
            new Transition(SUBMITTED, WITHDRAW, WITHDRAWN),
            new Transition(PARTIALLY_REVIEWED, VOTE, PARTIALLY_REVIEWED),
            new Transition(PARTIALLY_REVIEWED, APPROVE, APPROVED),
            new Transition(PARTIALLY_REVIEWED, REJECT, REJECTED),
            new Transition(PARTIALLY_REVIEWED, RETURN, RETURNED),
            new Transition(PARTIALLY_REVIEWED, WITHDRAW, WITHDRAWN),
            new Transition(APPROVED, WITHDRAW, WITHDRAWN),
            new Transition(APPROVED, LAPSE, RETURNED),
            new Transition(APPROVED, SEAL, SEALED),
            new Transition(APPROVED, FAIL, FAILED),
            new Transition(SEALED, DELIVER, DELIVERED),
            new Transition(SEALED, FAIL, FAILED),
            new Transition(FAILED, RESUME, APPROVED));

    private Transitions() {}

    /** All permitted changes, in reading order. */
    public static List<Transition> table() {
        return TABLE;
    }

    /** Where an action leads from a state; empty when the state does not allow it. */
    public static Optional<RequestState> next(RequestState from, RequestAction action) {
        return TABLE.stream()
                .filter(t -> t.from() == from && t.action() == action)
                .map(Transition::to)
                .findFirst();
    }
}
