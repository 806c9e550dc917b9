package io.weir.connector.destination;

import java.util.List;

/**
 * Proof of delivery as seen by us.
 *
 * @param locations full locations of the items on the far side, without credentials
 * @param alreadyThere whether an earlier attempt had already delivered the same bytes
 */
public record DeliveryReceipt(List<String> locations, boolean alreadyThere) {
    public DeliveryReceipt {
        locations = List.copyOf(locations);
    }
}
