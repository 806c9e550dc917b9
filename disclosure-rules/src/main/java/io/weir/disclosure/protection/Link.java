package io.weir.disclosure.protection;

/**
 * One linear relation between cells that an attacker may know: the weighted sum of the cells is zero, or at most zero.
 *
 * @param cells distinct cell indices
 * @param coefficients 1 or -1 per cell
 * @param equation whether the sum is zero; otherwise it is at most zero
 */
record Link(int[] cells, double[] coefficients, boolean equation) {

    boolean touches(int cell) {
        for (int member : cells) {
            if (member == cell) {
                return true;
            }
        }
        return false;
    }
}
