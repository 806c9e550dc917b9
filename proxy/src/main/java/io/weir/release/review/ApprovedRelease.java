package io.weir.release.review;

import io.weir.policy.Agreement;
import io.weir.policy.Destination;
import io.weir.release.request.FrozenContent;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.Vote;
import java.util.List;

/**
 * Proof that enough distinct checkers approved exactly these bytes and that agreement and destination stood when it was made. Only {@link
 * ApprovalGate} makes one; it is used at once and never kept.
 */
public final class ApprovedRelease {
    private final ReleaseRequest request;
    private final FrozenContent frozen;
    private final List<Vote> approvals;
    private final Agreement agreement;
    private final Destination destination;
    private final String policyDigest;

    ApprovedRelease(
            ReleaseRequest request,
            FrozenContent frozen,
            List<Vote> approvals,
            Agreement agreement,
            Destination destination,
            String policyDigest) {
        this.request = request;
        this.frozen = frozen;
        this.approvals = List.copyOf(approvals);
        this.agreement = agreement;
        this.destination = destination;
        this.policyDigest = policyDigest;
    }

    public ReleaseRequest request() {
        return request;
    }

    public FrozenContent frozen() {
        return frozen;
    }

    /** The approvals that stood, in order of voting. */
    public List<Vote> approvals() {
        return approvals;
    }

    public Agreement agreement() {
        return agreement;
    }

    public Destination destination() {
        return destination;
    }

    /** Digest of the policy under which the proof was made. */
    public String policyDigest() {
        return policyDigest;
    }
}
