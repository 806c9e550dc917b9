package io.weir.connector.destination;

/** One destination. Thread-safe; calls block. Idempotent by content-addressed names: repeating a delivery that succeeded succeeds. */
public interface DestinationConnector extends AutoCloseable {
    /**
     * Puts the parcel and verifies it on the far side.
     *
     * @throws DestinationException when it is not certain that exactly these bytes lie there
     */
    DeliveryReceipt deliver(Parcel parcel) throws DestinationException;

    /** Checks that the destination answers, is who it should be and can be written to. */
    void probe() throws DestinationException;

    @Override
    void close();
}
