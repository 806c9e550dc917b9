package io.weir.web.api;

import io.weir.identity.PersonId;
import io.weir.problem.Outcome;
import io.weir.release.request.Ballot;
import io.weir.release.request.RequestSummary;
import io.weir.release.request.RequestView;
import io.weir.release.review.Remarks;
import io.weir.release.review.ReviewDesk;
import java.util.List;

/** The review stage as the API needs it. Blocks; refusals of people are already recorded. */
public interface CheckerDesk {
    /** Requests that this checker may see. */
    Outcome<List<RequestSummary>> list(PersonId checker);

    Outcome<RequestView> show(PersonId checker, String requestId);

    Outcome<RequestSummary> vote(PersonId checker, String requestId, Ballot ballot, Remarks remarks);

    static CheckerDesk of(ReviewDesk desk) {
        return new CheckerDesk() {
            @Override
            public Outcome<List<RequestSummary>> list(PersonId checker) {
                return desk.list(checker);
            }

            @Override
            public Outcome<RequestView> show(PersonId checker, String requestId) {
                return desk.show(checker, requestId);
            }

            @Override
            public Outcome<RequestSummary> vote(PersonId checker, String requestId, Ballot ballot, Remarks remarks) {
                return switch (ballot) {
                    case APPROVE -> desk.approve(checker, requestId, remarks);
                    case REJECT -> desk.reject(checker, requestId, remarks);
                    case REQUEST_CHANGES -> desk.requestChanges(checker, requestId, remarks);
                };
            }
        };
    }
}
