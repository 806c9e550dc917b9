package io.weir.disclosure.protection;

/**
 * One linear relation between cells that an attacker may know: the weighted sum of the cells is a constant, or at most a constant.
 *
 * @param cells distinct cell indices
 * @param coefficients 1 or -1 per cell
 * @param equation whether the sum is the constant; otherwise it is at most that
 * @param constant zero but for people who are in several parts of a margin
 */
record Link(int[] cells, double[] coefficients, boolean equation, double constant) {

    boolean touches(int cell) {
        for (int member : cells) {
            if (member == cell) {
                return true;
            }
        }
        return false;
    }
}
