package io.weir.release.deliver;

import io.weir.release.request.RequestId;
import java.time.Instant;

/**
 * The right to attempt one delivery for a while. Its fence rises with every lease of the same delivery; a change under an older fence is
 * refused by the store.
 *
 * @param fence fencing token
 * @param attempt 1 for the first
 * @param firstDue when the delivery first became due
 */
public record Lease(RequestId request, long fence, int attempt, Instant firstDue) {}
