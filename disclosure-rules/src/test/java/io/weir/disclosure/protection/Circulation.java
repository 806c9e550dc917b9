package io.weir.disclosure.protection;

import java.util.Arrays;

/**
 * How far each cell of a table of two dimensions with margins can move, when the others move within what is known of them: the equations of such a
 * table are a network in which rows and columns are the nodes and cells the arcs, so that the answer is a greatest flow (Cox 1995, "Network models for
 * complementary cell suppression"). Exact, and nothing of the library's linear programmes is in it.
 */
final class Circulation {
    static final long ENDLESS = Long.MAX_VALUE / 8;

    private final long[][] up;
    private final long[][] down;

    /**
     * The last row and the last column are margins.
     *
     * @param up by how much a cell may be greater than it is
     * @param down by how much it may be less
     */
    Circulation(long[][] up, long[][] down) {
        this.up = up;
        this.down = down;
    }

    /** By how much a cell can be greater. */
    long rise(int row, int column) {
        return Math.min(up[row][column], flow(head(row, column), tail(row, column), row, column));
    }

    /** By how much a cell can be less. */
    long fall(int row, int column) {
        return Math.min(down[row][column], flow(tail(row, column), head(row, column), row, column));
    }

    private boolean isMargin(int row, int column) {
        return (row == up.length - 1) != (column == up[0].length - 1);
    }

    private int tail(int row, int column) {
        return isMargin(row, column) ? up.length + column : row;
    }

    private int head(int row, int column) {
        return isMargin(row, column) ? row : up.length + column;
    }

    /** What all cells but one can carry from one node to another. */
    private long flow(int from, int to, int exceptRow, int exceptColumn) {
        int nodes = up.length + up[0].length;
        long[][] room = new long[nodes][nodes];
        for (int r = 0; r < up.length; r++) {
            for (int c = 0; c < up[0].length; c++) {
                if (r != exceptRow || c != exceptColumn) {
                    room[tail(r, c)][head(r, c)] += up[r][c];
                    room[head(r, c)][tail(r, c)] += down[r][c];
                }
            }
        }
        long flow = 0;
        for (long more = push(room, from, to); more > 0 && flow < ENDLESS / 2; more = push(room, from, to)) {
            flow += more;
        }
        return flow >= ENDLESS / 2 ? ENDLESS : flow;
    }

    /** One shortest path with room. */
    private static long push(long[][] room, int from, int to) {
        int[] before = new int[room.length];
        Arrays.fill(before, -1);
        before[from] = from;
        int[] queue = new int[room.length];
        queue[0] = from;
        int known = 1;
        for (int next = 0; next < known && before[to] < 0; next++) {
            for (int node = 0; node < room.length; node++) {
                if (before[node] < 0 && room[queue[next]][node] > 0) {
                    before[node] = queue[next];
                    queue[known++] = node;
                }
            }
        }
        if (before[to] < 0) {
            return 0;
        }
        long least = ENDLESS;
        for (int node = to; node != from; node = before[node]) {
            least = Math.min(least, room[before[node]][node]);
        }
        for (int node = to; node != from; node = before[node]) {
            room[before[node]][node] -= least;
            room[node][before[node]] += least;
        }
        return least;
    }
}
