package io.weir.recent;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the entries that were used last, up to a number of them and, where what is remembered is as large as its asker likes, up to a size of all together. What
 * takes more than a quarter of it for itself is not remembered. Thread-safe.
 */
public final class RecentlyUsed<K, V> {
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int capacity;
    private final long most;
    private final ToLongBiFunction<? super K, ? super V> size;
    private long together;

    /** @param capacity number of entries; beyond it the one that was not used for longest is forgotten */
    public RecentlyUsed(int capacity) {
        this(capacity, Long.MAX_VALUE, (key, value) -> 0);
    }

    /**
     * @param capacity number of entries
     * @param most size of all together; beyond either those that were not used for longest are forgotten
     * @param size of an entry, the same whenever it is asked, in characters, rows or whatever {@code most} is in
     */
    public RecentlyUsed(int capacity, long most, ToLongBiFunction<? super K, ? super V> size) {
        this.capacity = capacity;
        this.most = most;
        this.size = size;
    }

    public synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    public synchronized void put(K key, V value) {
        V before = entries.remove(key);
        if (before != null) {
            together -= size.applyAsLong(key, before);
        }
        long own = size.applyAsLong(key, value);
        if (own > most / 4) {
            return;
        }
        entries.put(key, value);
        together += own;
        forget();
    }

    /** The remembered value, or the one that is made now. Others wait while it is made. */
    public synchronized V computeIfAbsent(K key, Function<K, V> value) {
        V known = entries.get(key);
        if (known != null) {
            return known;
        }
        V made = value.apply(key);
        put(key, made);
        return made;
    }

    private void forget() {
        Iterator<Map.Entry<K, V>> eldest = entries.entrySet().iterator();
        while (entries.size() > capacity || together > most) {
            Map.Entry<K, V> entry = eldest.next();
            together -= size.applyAsLong(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }
}
