package io.weir.disclosure.protection;

import io.weir.disclosure.interval.WorkBudget;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of cells up to linear combination: each cell is a combination of free cells, and whatever becomes known (an equation, the value
 * of a cell) makes one free cell a combination of the others. Of the free cells in something known the one that comes last is replaced, so that
 * a cell depends on earlier ones alone.
 *
 * <p>Source of the idea: Langsrud, Secondary suppression by Gaussian elimination (R package SSBtools); the formulation over equations instead of
 * inner cells is this library's.
 */
final class Elimination {
    private final int[] position;
    private final @Nullable SparseVector[] dependent;
    private final int[][] users;
    private final int[] userCount;
    private final WorkBudget budget;

    /** @param position of each cell in the order in which cells are published */
    Elimination(int[] position, WorkBudget budget) {
        this.position = position;
        this.budget = budget;
        dependent = new SparseVector[position.length];
        users = new int[position.length][0];
        userCount = new int[position.length];
    }

    /** The cell as a combination of free ones; empty when it is known. */
    SparseVector of(int cell) {
        SparseVector own = dependent[cell];
        return own == null ? SparseVector.unit(cell) : own;
    }

    /** From now on a combination of free cells is known. False when there was no work left to do so. */
    boolean know(SparseVector combination) {
        if (combination.size() == 0) {
            return true;
        }
        int last = combination.indices()[0];
        for (int index : combination.indices()) {
            last = position[index] > position[last] ? index : last;
        }
        SparseVector solution = combination.solvedFor(last);
        dependent[last] = solution;
        for (int index : solution.indices()) {
            use(index, last);
        }
        for (int i = 0; i < userCount[last]; i++) {
            int user = users[last][i];
            SparseVector own = of(user);
            long factor = own.at(last);
            if (user != last && factor != 0) {
                if (!budget.spend(own.size() + solution.size())) {
                    return false;
                }
                dependent[user] = own.without(last).plus(factor, solution);
                for (int index : solution.indices()) {
                    use(index, user);
                }
            }
        }
        users[last] = new int[0];
        userCount[last] = 0;
        return true;
    }

    private void use(int index, int user) {
        if (userCount[index] == users[index].length) {
            compact(index);
            users[index] = Arrays.copyOf(users[index], 2 * userCount[index] + 4);
        }
        users[index][userCount[index]++] = user;
    }

    /** Users come again when a combination loses a cell and gets it back. */
    private void compact(int index) {
        int[] distinct = Arrays.stream(users[index], 0, userCount[index])
                .sorted()
                .distinct()
                .toArray();
        users[index] = distinct;
        userCount[index] = distinct.length;
    }

    /** Cells that may depend on a free one, some of them several times. */
    int[] usersOf(int free) {
        return Arrays.copyOf(users[free], userCount[free]);
    }
}
