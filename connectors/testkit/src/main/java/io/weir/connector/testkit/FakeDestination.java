package io.weir.connector.testkit;

import io.weir.connector.destination.DeliveryReceipt;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.DestinationException.Kind;
import io.weir.connector.destination.Parcel;
import io.weir.connector.destination.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A destination in memory with a script of failures. Keeps the contract otherwise. Thread-safe. */
public final class FakeDestination implements DestinationConnector {
    /** How it behaves from now on. */
    public sealed interface Mood {
        /** Takes and keeps. */
        record Well() implements Mood {}

        /** Throws before anything is written. */
        record Failing(Kind kind) implements Mood {}

        /** Writes so many files, then is gone. */
        record GoneAfter(int files) implements Mood {}

        /** Takes its time. */
        record Slow(Duration pause) implements Mood {}

        /** Keeps other bytes than it was given: what is read back differs. */
        record Lying() implements Mood {}

        /** Keeps everything, then the answer is lost: TRANSIENT although all lies there. */
        record AnswerLost() implements Mood {}
    }

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private Mood mood = new Mood.Well();

    /** Changes the behaviour. */
    public synchronized FakeDestination mood(Mood next) {
        mood = next;
        return this;
    }

    /** What lies there, by {@code folder/name}, sorted. */
    public synchronized Map<String, byte[]> files() {
        return new TreeMap<>(files);
    }

    /** Names in the order they were written. */
    public synchronized List<String> order() {
        return List.copyOf(files.keySet());
    }

    /** Puts a file there behind everybody's back. */
    public synchronized void plant(String name, byte[] content) {
        files.put(name, content.clone());
    }

    @Override
    public synchronized DeliveryReceipt deliver(Parcel parcel) throws DestinationException {
        for (Parcel.Item item : parcel.items()) {
            item.requireUnchanged();
        }
        int room = Integer.MAX_VALUE;
        switch (mood) {
            case Mood.Failing failing -> throw new DestinationException(failing.kind(), "as scripted");
            case Mood.GoneAfter gone -> room = gone.files();
            case Mood.Slow slow -> pause(slow.pause());
            case Mood.Well well -> room = Integer.MAX_VALUE;
            case Mood.Lying lying -> room = Integer.MAX_VALUE;
            case Mood.AnswerLost lost -> room = Integer.MAX_VALUE;
        }
        List<String> locations = new ArrayList<>();
        boolean allThere = true;
        for (Parcel.Item item : parcel.items()) {
            if (room-- <= 0) {
                throw new DestinationException(Kind.TRANSIENT, "as scripted");
            }
            allThere &= place(parcel.folder() + "/" + item.name(), read(item), item.sha256(), locations);
        }
        if (room <= 0) {
            throw new DestinationException(Kind.TRANSIENT, "as scripted");
        }
        byte[] marker = parcel.markerContent();
        allThere &= place(parcel.folder() + "/" + parcel.marker(), marker, Sha256.of(marker), locations);
        if (mood instanceof Mood.AnswerLost) {
            throw new DestinationException(Kind.TRANSIENT, "as scripted");
        }
        return new DeliveryReceipt(locations, allThere);
    }

    private boolean place(String name, byte[] content, String sha256, List<String> locations)
            throws DestinationException {
        boolean there = files.containsKey(name);
        if (!there) {
            byte[] kept = content.clone();
            if (mood instanceof Mood.Lying && kept.length > 0) {
                kept[0] ^= 1;
            }
            files.put(name, kept);
        }
        if (!Sha256.of(files.getOrDefault(name, new byte[0])).equals(sha256)) {
            throw new DestinationException(Kind.CONFLICT, "other bytes lie under our name");
        }
        locations.add("fake://" + name);
        return there;
    }

    private static byte[] read(Parcel.Item item) throws DestinationException {
        try {
            return Files.readAllBytes(item.file());
        } catch (IOException e) {
            throw new DestinationException(Kind.TRANSIENT, "the file to deliver cannot be read", e);
        }
    }

    private static void pause(Duration time) throws DestinationException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DestinationException(Kind.TRANSIENT, "interrupted", e);
        }
    }

    @Override
    public synchronized void probe() throws DestinationException {
        if (mood instanceof Mood.Failing(Kind kind)) {
            throw new DestinationException(kind, "as scripted");
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
