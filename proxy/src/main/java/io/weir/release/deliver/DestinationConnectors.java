package io.weir.release.deliver;

import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.policy.Destination;

/** Opens the connector of a destination, with secrets resolved; the caller closes it. */
@FunctionalInterface
public interface DestinationConnectors {
    DestinationConnector open(Destination destination) throws DestinationException;
}
