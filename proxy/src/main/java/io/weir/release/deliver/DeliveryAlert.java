package io.weir.release.deliver;

import io.weir.release.request.RequestId;

/** Calls an operator. Must not throw. */
@FunctionalInterface
public interface DeliveryAlert {
    /** @param reason public words */
    void raise(RequestId request, String reason);
}
