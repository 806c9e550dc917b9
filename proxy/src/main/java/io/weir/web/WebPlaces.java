package io.weir.web;

import java.util.HashMap;
import java.util.Map;

/** Places of connections, of all and of one address, so that one address cannot take them all. Thread-safe. */
final class WebPlaces {
    private final int places;
    private final int placesPerAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int taken;

    WebPlaces(int places, int placesPerAddress) {
        this.places = places;
        this.placesPerAddress = placesPerAddress;
    }

    /** Whether there was room; {@link #leave} gives the place back. */
    synchronized boolean take(String address) {
        int own = byAddress.getOrDefault(address, 0);
        if (taken >= places || own >= placesPerAddress) {
            return false;
        }
        byAddress.put(address, own + 1);
        taken++;
        return true;
    }

    synchronized void leave(String address) {
        taken--;
        byAddress.computeIfPresent(address, (key, own) -> own == 1 ? null : own - 1);
    }
}
