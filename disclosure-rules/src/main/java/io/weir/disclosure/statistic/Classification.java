package io.weir.disclosure.statistic;

/** How a statistic is to be judged. Every name has an answer. */
public sealed interface Classification {
    /** The checks of its class judge it. */
    record Automatic(StatisticClass statisticClass) implements Classification {}

    /**
     * A person must judge it: it is unknown, or not all checks of its class exist. Interactive answers refuse it.
     *
     * @param sentence why
     */
    record ManualReview(String sentence) implements Classification {}
}
