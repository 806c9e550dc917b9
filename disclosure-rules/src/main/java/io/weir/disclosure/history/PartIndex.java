package io.weir.disclosure.history;

import java.util.Arrays;

/**
 * Numbered entries of as many parts, a number each, and for each part who has which number: a hash table with chains in arrays, because it is
 * asked millions of times. The entry that was added last can be taken out again. Not thread-safe.
 */
final class PartIndex {
    private static final int NONE = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int parts;
    private final int[][] heads;
    /** How long the chains are. */
    private final int[][] lengths;

    private long[] values = new long[0];
    private int[] next = new int[0];
    private int size;
    private int slots = 64;

    PartIndex(int parts) {
        this.parts = parts;
        this.heads = new int[parts][];
        this.lengths = new int[parts][];
        clear();
    }

    int parts() {
        return parts;
    }

    void add(long[] entry) {
        if (entry.length != parts) {
            throw new IllegalArgumentException("An entry has " + parts + " parts");
        }
        if (2 * (size + 1) > slots) {
            slots *= 2;
            clear();
            for (int place = 0; place < size; place++) {
                link(place);
            }
        }
        if ((size + 1) * parts > values.length) {
            int length = Math.max(64 * parts, 2 * values.length);
            values = Arrays.copyOf(values, length);
            next = Arrays.copyOf(next, length);
        }
        System.arraycopy(entry, 0, values, size * parts, parts);
        link(size);
        size++;
    }

    void removeLast() {
        size--;
        for (int part = 0; part < parts; part++) {
            // Chains begin with the entry that was added last.
            int slot = slot(part(size, part));
            heads[part][slot] = next[size * parts + part];
            lengths[part][slot]--;
        }
    }

    long part(int place, int part) {
        return values[place * parts + part];
    }

    /** At most so many entries have this number. */
    int most(int part, long value) {
        return lengths[part][slot(value)];
    }

    /** The last entry with this number, or a negative one. */
    int first(int part, long value) {
        return matching(part, value, heads[part][slot(value)]);
    }

    /** The entry before this one with the same number, or a negative one. */
    int following(int part, int place) {
        return matching(part, part(place, part), next[place * parts + part]);
    }

    private int matching(int part, long value, int from) {
        int place = from;
        while (place != NONE && part(place, part) != value) {
            place = next[place * parts + part];
        }
        return place;
    }

    private void link(int place) {
        for (int part = 0; part < parts; part++) {
            int slot = slot(part(place, part));
            next[place * parts + part] = heads[part][slot];
            heads[part][slot] = place;
            lengths[part][slot]++;
        }
    }

    private int slot(long value) {
        return (int) (value * MIX >>> 40) & slots - 1;
    }

    private void clear() {
        for (int part = 0; part < parts; part++) {
            heads[part] = new int[slots];
            Arrays.fill(heads[part], NONE);
            lengths[part] = new int[slots];
        }
    }
}
