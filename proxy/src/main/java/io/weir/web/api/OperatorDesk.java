package io.weir.web.api;

import io.weir.identity.PersonId;
import io.weir.policy.load.ReloadablePolicy;
import io.weir.problem.Outcome;
import io.weir.release.deliver.DeliveryDesk;
import io.weir.release.request.RequestSummary;
import java.io.IOException;
import java.util.List;

/** What operators do, as the API needs it. Blocks. */
public interface OperatorDesk {
    /** Requests that are approved, sealed or failed. Refusals of people are already recorded. */
    Outcome<List<RequestSummary>> underWay(PersonId operator);

    /** Sends a failed request back to sealing and delivery. Refusals of people are already recorded. */
    Outcome<RequestSummary> resume(PersonId operator, String requestId);

    /**
     * Reads the policy again, on behalf of somebody whose role was checked.
     *
     * @throws IOException when the directory cannot be read; the policy in force stays
     */
    ReloadablePolicy.Reload reloadPolicy(PersonId operator) throws IOException;

    static OperatorDesk of(DeliveryDesk deliveries, ReloadablePolicy policy) {
        return new OperatorDesk() {
            @Override
            public Outcome<List<RequestSummary>> underWay(PersonId operator) {
                return deliveries.underWay(operator);
            }

            @Override
            public Outcome<RequestSummary> resume(PersonId operator, String requestId) {
                return deliveries.resume(operator, requestId);
            }

            @Override
            public ReloadablePolicy.Reload reloadPolicy(PersonId operator) throws IOException {
                return policy.reload(operator);
            }
        };
    }
}
