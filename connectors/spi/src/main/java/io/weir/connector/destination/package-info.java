/**
 * What a destination of releases is, to the proxy. JDK only.
 *
 * <p>Contract, verified by {@code DestinationConnectorContract} of the test kit: delivered once or visibly not delivered; nothing is
 * overwritten; success is claimed only after the far side was read back.
 */
@NullMarked
package io.weir.connector.destination;

import org.jspecify.annotations.NullMarked;
