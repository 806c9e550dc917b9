package io.weir.connector.minio;

import io.weir.connector.destination.DeliveryReceipt;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.DestinationException.Kind;
import io.weir.connector.destination.Parcel;
import io.weir.connector.destination.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket. The first delivery or {@link #probe()} finds out what the store can do. */
public final class MinioDestination implements DestinationConnector {
    private static final byte[] PROBE = "weir probes what this store can do\n".getBytes(StandardCharsets.UTF_8);

    private final MinioDestinationConfig config;
    private final ObjectStore store;
    private volatile @Nullable StoreCapabilities capabilities;

    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException when the CA file cannot be read
     */
    public MinioDestination(MinioDestinationConfig config) {
        this.config = config;
        this.store = new ObjectStore(config);
    }

    @Override
    public DeliveryReceipt deliver(Parcel parcel) throws DestinationException {
        for (Parcel.Item item : parcel.items()) {
            item.requireUnchanged();
        }
        boolean conditional = capabilities().conditionalPut();
        List<String> locations = new ArrayList<>();
        boolean allThere = true;
        for (Parcel.Item item : parcel.items()) {
            String key = key(parcel.folder(), item.name());
            allThere &= place(
                    key,
                    item.size(),
                    item.sha256(),
                    conditional,
                    onlyIfAbsent -> store.put(key, item.file(), item.size(), item.sha256(), onlyIfAbsent));
            locations.add(location(key));
        }
        byte[] marker = parcel.markerContent();
        String key = key(parcel.folder(), parcel.marker());
        allThere &= place(
                key,
                marker.length,
                Sha256.of(marker),
                conditional,
                onlyIfAbsent -> store.put(key, marker, onlyIfAbsent));
        locations.add(location(key));
        return new DeliveryReceipt(locations, allThere);
    }

    /** One put, with or without the condition. */
    @FunctionalInterface
    private interface Attempt {
        ObjectStore.Put put(boolean onlyIfAbsent) throws DestinationException;
    }

    /** Gives whether the same bytes lay there before. */
    private boolean place(String key, long size, String sha256, boolean conditional, Attempt attempt)
            throws DestinationException {
        if (!conditional && store.head(key) != null) {
            verify(key, size, sha256);
            return true;
        }
        ObjectStore.Put met = attempt.put(conditional);
        if (met == ObjectStore.Put.CONDITION_REFUSED) {
            throw new DestinationException(Kind.TRANSIENT, "the store no longer knows conditional puts");
        }
        verify(key, size, sha256);
        return met == ObjectStore.Put.EXISTS;
    }

    private void verify(String key, long size, String sha256) throws DestinationException {
        ObjectStore.Found found = store.head(key);
        if (found == null) {
            throw new DestinationException(Kind.TRANSIENT, "the store took an object and does not show it");
        }
        if (found.size() != size) {
            throw new DestinationException(Kind.CONFLICT, "an object of another size lies under our key");
        }
        String seen = found.sha256();
        if (!sha256.equals(seen == null ? store.readBack(key) : seen)) {
            throw new DestinationException(Kind.CONFLICT, "other bytes lie under our key");
        }
    }

    /** What the store was seen to do; asks it the first time. */
    public StoreCapabilities capabilities() throws DestinationException {
        StoreCapabilities known = capabilities;
        if (known == null) {
            known = find();
            capabilities = known;
        }
        return known;
    }

    @Override
    public void probe() throws DestinationException {
        capabilities = find();
    }

    /** Puts one small object twice: the second must be refused. The object stays; it is the same one every time. */
    private StoreCapabilities find() throws DestinationException {
        String key = key("weir-probe", Sha256.of(PROBE));
        ObjectStore.Put first = store.put(key, PROBE, true);
        boolean conditional = first == ObjectStore.Put.EXISTS || store.put(key, PROBE, true) == ObjectStore.Put.EXISTS;
        if (first == ObjectStore.Put.CONDITION_REFUSED) {
            store.put(key, PROBE, false);
            conditional = false;
        }
        ObjectStore.Found found = store.head(key);
        if (found == null) {
            throw new DestinationException(Kind.TRANSIENT, "the store took an object and does not show it");
        }
        String sha256 = Sha256.of(PROBE);
        if (!sha256.equals(found.sha256() == null ? store.readBack(key) : found.sha256())) {
            throw new DestinationException(Kind.CONFLICT, "other bytes lie under the key of our probe");
        }
        return new StoreCapabilities(conditional, found.sha256() != null);
    }

    private String key(String folder, String name) {
        return (config.prefix().isEmpty() ? "" : config.prefix() + "/") + folder + "/" + name;
    }

    private String location(String key) {
        return "s3://" + config.bucket() + "/" + key;
    }

    @Override
    public void close() {
        store.close();
    }
}
