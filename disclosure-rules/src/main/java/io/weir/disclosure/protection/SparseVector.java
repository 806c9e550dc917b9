package io.weir.disclosure.protection;

import java.util.Arrays;

/**
 * A sparse vector over the field of whole numbers modulo a prime: exact, without tolerances. What depends linearly in whole numbers of tables
 * does so here; the reverse can fail by chance, which hides more.
 *
 * @param indices ascending
 * @param values one per index, from 1 to the prime less one
 */
record SparseVector(int[] indices, long[] values) {
    private static final long PRIME = 2_147_483_647;
    static final SparseVector ZERO = new SparseVector(new int[0], new long[0]);

    static SparseVector unit(int index) {
        return new SparseVector(new int[] {index}, new long[] {1});
    }

    int size() {
        return indices.length;
    }

    /** The component at an index, 0 when there is none. */
    long at(int index) {
        int place = Arrays.binarySearch(indices, index);
        return place < 0 ? 0 : values[place];
    }

    /** {@code this + factor * other}; the factor may be negative. */
    SparseVector plus(long factor, SparseVector other) {
        long times = Math.floorMod(factor, PRIME);
        int[] sum = new int[indices.length + other.indices.length];
        long[] weights = new long[sum.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < indices.length || j < other.indices.length) {
            int left = i < indices.length ? indices[i] : Integer.MAX_VALUE;
            int right = j < other.indices.length ? other.indices[j] : Integer.MAX_VALUE;
            long value = left <= right ? values[i] : 0;
            if (right <= left) {
                value = (value + times * other.values[j]) % PRIME;
                j++;
            }
            i += left <= right ? 1 : 0;
            if (value != 0) {
                sum[count] = Math.min(left, right);
                weights[count++] = value;
            }
        }
        return new SparseVector(Arrays.copyOf(sum, count), Arrays.copyOf(weights, count));
    }

    /** The vector without a component. */
    SparseVector without(int index) {
        long value = at(index);
        return value == 0 ? this : plus(-value, unit(index));
    }

    /** The combination of the others that a component is when the whole is zero. */
    SparseVector solvedFor(int index) {
        long factor = PRIME - inverse(at(index));
        return ZERO.plus(factor, without(index));
    }

    boolean isMultipleOf(SparseVector other) {
        if (indices.length == 0 || !Arrays.equals(indices, other.indices)) {
            return false;
        }
        long factor = values[0] * inverse(other.values[0]) % PRIME;
        for (int i = 1; i < values.length; i++) {
            if (values[i] != factor * other.values[i] % PRIME) {
                return false;
            }
        }
        return true;
    }

    /** Fermat: the power of the prime less two. */
    private static long inverse(long value) {
        long result = 1;
        long power = value;
        for (long exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
            result = (exponent & 1) == 1 ? result * power % PRIME : result;
            power = power * power % PRIME;
        }
        return result;
    }
}
