package io.weir.query.disclose;

import io.weir.disclosure.history.FigureHistory;
import io.weir.query.disclose.PublishedAnswers.Published;
import io.weir.recent.RecentlyUsed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Histories of data kept in memory, so that each answer is read once and not for every question that comes after it. Thread-safe. */
final class KeptHistories {
    private static final int MOST = 16;

    private record Key(Set<String> snapshots, int threshold) {}

    private final RecentlyUsed<Key, Kept> byData = new RecentlyUsed<>(MOST);

    Kept of(Set<String> snapshots, int threshold) {
        return byData.computeIfAbsent(new Key(snapshots, threshold), key -> new Kept(threshold));
    }

    /** One history: what the store has, and nothing that it has not. */
    static final class Kept {
        private final int threshold;
        private FigureHistory history;
        private final Set<String> questions = new HashSet<>();

        private Kept(int threshold) {
            this.threshold = threshold;
            this.history = new FigureHistory(threshold);
        }

        /**
         * Calculates beside what was shown before. What is added to the history meanwhile is in it only when the store has it: at the next
         * question.
         */
        synchronized <T> T beside(List<Published> earlier, Function<FigureHistory, T> calculation) {
            Set<String> stored = earlier.stream().map(Published::question).collect(Collectors.toSet());
            if (!stored.containsAll(questions)) {
                history = new FigureHistory(threshold); // another store, or an emptied one
                questions.clear();
            }
            for (Published answer : earlier) {
                if (!questions.contains(answer.question())) {
                    FiguresText.read(answer.figures().get()).forEach(history::add);
                    questions.add(answer.question());
                }
            }
            history.beginAnswer();
            try {
                return calculation.apply(history);
            } finally {
                history.forgetAnswer();
            }
        }
    }
}
