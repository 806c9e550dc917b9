package io.weir.recent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remembers the entries that were used last, up to a number of them. Thread-safe. */
public final class RecentlyUsed<K, V> {
    private final Map<K, V> entries;

    /** @param capacity number of entries; beyond it the one that was not used for longest is forgotten */
    public RecentlyUsed(int capacity) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    public synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    public synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /** The remembered value, or the one that is made now. Others wait while it is made. */
    public synchronized V computeIfAbsent(K key, Function<K, V> value) {
        return entries.computeIfAbsent(key, value);
    }
}
