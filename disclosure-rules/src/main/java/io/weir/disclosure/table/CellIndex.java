package io.weir.disclosure.table;

import java.util.Arrays;

/** Numbers of rows by cell, without an object for each: tables have millions of them. Cells are kept in the order in which they came. */
final class CellIndex {
    private static final int NONE = -1;

    private long[] cells;
    private int[] values;
    private int[] slots;
    private int size;

    /** @param expected how many cells will come, about */
    CellIndex(int expected) {
        cells = new long[Math.max(1, expected)];
        values = new int[cells.length];
        slots = emptySlots(cells.length);
    }

    int size() {
        return size;
    }

    /** The cell that came as the given one, from 0. */
    long cell(int index) {
        return cells[index];
    }

    /** All cells in the order in which they came. */
    long[] cells() {
        return Arrays.copyOf(cells, size);
    }

    /** The value of a cell; -1 if it has none. */
    int get(long cell) {
        int index = slots[slot(cell)];
        return index == NONE ? NONE : values[index];
    }

    /** The value that the cell has now. */
    int putIfAbsent(long cell, int value) {
        int slot = slot(cell);
        if (slots[slot] != NONE) {
            return values[slots[slot]];
        }
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            slots = emptySlots(cells.length);
            for (int index = 0; index < size; index++) {
                slots[slot(cells[index])] = index;
            }
            slot = slot(cell);
        }
        cells[size] = cell;
        values[size] = value;
        slots[slot] = size++;
        return value;
    }

    /** Where the cell is, or would be. */
    private int slot(long cell) {
        long mixed = cell * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (slots.length - 1);
        while (slots[slot] != NONE && cells[slots[slot]] != cell) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** At least twice as many as there are cells, a power of two. */
    private static int[] emptySlots(int cells) {
        int[] slots = new int[Math.max(2, Integer.highestOneBit(cells) << 2)];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
