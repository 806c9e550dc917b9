package io.weir.disclosure.interval;

/**
 * How much arithmetic a computation may use, in touched matrix elements. It is counted, not timed, so that the same table always gets
 * the same answer. Not for use by several threads.
 */
public final class WorkBudget {
    private long left;

    public WorkBudget(long elements) {
        this.left = elements;
    }

    /** Takes {@code elements} from the budget; false once it is used up. */
    public boolean spend(long elements) {
        left -= elements;
        return left >= 0;
    }

    public boolean isSpent() {
        return left < 0;
    }
}
