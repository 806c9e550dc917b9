package io.weir.release;

import io.weir.connector.destination.DeliveryReceipt;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.Parcel;
import io.weir.policy.Destination;
import io.weir.release.deliver.DestinationConnectors;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A destination in memory that keeps the contract: conditional creation, marker last. Can fail, and can be killed between two files. */
public final class FakeDestination implements DestinationConnectors {
    /** The end of the process, as far as a test can play it: nothing catches it. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<String> order = new ArrayList<>();
    private final Deque<DestinationException.Kind> failures = new ArrayDeque<>();
    private int creations;
    private int crashAfterFiles = -1;
    private int anchors;
    private boolean anchorBroken;
    private @Nullable CountDownLatch reached;

    public void failWith(DestinationException.Kind... kinds) {
        failures.addAll(Arrays.asList(kinds));
    }

    public void crashAfterFiles(int count) {
        crashAfterFiles = count;
    }

    /** The next delivery hangs until it is interrupted, and swallows the interrupt, as libraries do. Counts down when it hangs. */
    public CountDownLatch hang() {
        CountDownLatch latch = new CountDownLatch(1);
        reached = latch;
        return latch;
    }

    public void breakAnchor(boolean broken) {
        anchorBroken = broken;
    }

    public void anchored() {
        if (anchorBroken) {
            throw new io.weir.audit.AuditUnavailableException("no anchor");
        }
        anchors++;
        order.add("anchor");
    }

    public int anchors() {
        return anchors;
    }

    /** By folder/name. */
    public Map<String, byte[]> files() {
        return files;
    }

    /** How many files were created, ever: each once, however often it was attempted. */
    public int creations() {
        return creations;
    }

    /** What happened, in order. */
    public List<String> order() {
        return order;
    }

    public void put(String name, byte[] content) {
        files.put(name, content);
    }

    @Override
    public DestinationConnector open(Destination destination) throws DestinationException {
        DestinationException.Kind failure = failures.poll();
        if (failure != null) {
            throw new DestinationException(failure, "failed by the test at store.example.org");
        }
        return new DestinationConnector() {
            @Override
            public DeliveryReceipt deliver(Parcel parcel) throws DestinationException {
                return put(parcel);
            }

            @Override
            public void probe() {}

            @Override
            public void close() {}
        };
    }

    private DeliveryReceipt put(Parcel parcel) throws DestinationException {
        CountDownLatch hanging = reached;
        if (hanging != null) {
            reached = null;
            hanging.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(5));
            } catch (InterruptedException swallowed) {
                throw new DestinationException(DestinationException.Kind.TRANSIENT, "interrupted", swallowed);
            }
        }
        List<String> locations = new ArrayList<>();
        boolean created = false;
        try {
            for (Parcel.Item item : parcel.items()) {
                created |= create(parcel.folder() + "/" + item.name(), Files.readAllBytes(item.file()), locations);
            }
        } catch (IOException e) {
            throw new DestinationException(DestinationException.Kind.TRANSIENT, "cannot read", e);
        }
        created |= create(parcel.folder() + "/" + parcel.marker(), parcel.markerContent(), locations);
        return new DeliveryReceipt(locations, !created);
    }

    private boolean create(String name, byte[] content, List<String> locations) throws DestinationException {
        crashIfDue();
        byte @Nullable [] there = files.get(name);
        locations.add("fake://" + name);
        if (there != null) {
            if (!Arrays.equals(there, content)) {
                throw new DestinationException(DestinationException.Kind.CONFLICT, "other bytes");
            }
            return false;
        }
        files.put(name, content);
        order.add(name);
        creations++;
        crashIfDue();
        return true;
    }

    private void crashIfDue() {
        if (crashAfterFiles == creations) {
            crashAfterFiles = -1;
            throw new Crash();
        }
    }
}
