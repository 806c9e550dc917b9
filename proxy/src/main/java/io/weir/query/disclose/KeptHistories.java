package io.weir.query.disclose;

import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.FigureHistory;
import io.weir.query.disclose.PublishedAnswers.Published;
import io.weir.recent.RecentlyUsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Histories of data kept in memory, so that each answer is read once and not for every question that comes after it. Thread-safe. */
final class KeptHistories {
    private static final int MOST = 16;

    private final RecentlyUsed<Set<String>, Kept> byData = new RecentlyUsed<>(MOST);

    /** @param snapshots of all data that are compared */
    Kept of(Set<String> snapshots) {
        return byData.computeIfAbsent(snapshots, key -> new Kept());
    }

    /** The history of one state of data that are compared: what the store has, and nothing that it has not. */
    static final class Kept {
        /** Under which threshold each answer was shown. */
        private final Map<String, Integer> thresholds = new HashMap<>();

        private final TreeMap<Integer, Level> levels = new TreeMap<>();

        private Kept() {}

        /**
         * Calculates beside what was shown before. What is added to the history meanwhile is in it only when the store has it: at the next
         * question.
         *
         * @param threshold of the new answer
         */
        synchronized <T> T beside(List<Published> earlier, int threshold, Function<Histories, T> calculation) {
            Set<String> stored = earlier.stream().map(Published::question).collect(Collectors.toSet());
            if (!stored.containsAll(thresholds.keySet())) {
                thresholds.clear(); // another store, or an emptied one
                levels.clear();
            }
            read(earlier);
            TreeSet<Integer> audiences = new TreeSet<>(Set.of(threshold));
            thresholds.values().stream().filter(t -> t < threshold).forEach(audiences::add);
            List<FigureHistory> seen = new ArrayList<>();
            for (int audience : audiences) {
                Level level = levels.computeIfAbsent(audience, Level::new);
                level.read(earlier, thresholds);
                seen.add(level.history);
            }
            Histories histories = new Histories(seen);
            histories.beginAnswer();
            try {
                return calculation.apply(histories);
            } finally {
                histories.forgetAnswer();
            }
        }

        /** Puts what is new into the levels that are there, so that its text is read once. */
        private void read(List<Published> earlier) {
            for (Published answer : earlier) {
                if (!thresholds.containsKey(answer.question())) {
                    FiguresText.Stored stored =
                            FiguresText.read(answer.figures().get());
                    thresholds.put(answer.question(), stored.threshold());
                    levels.headMap(stored.threshold(), true)
                            .values()
                            .forEach(level -> level.add(answer.question(), stored.tables()));
                }
            }
        }
    }

    /** What those see who are shown figures under a threshold: those of higher thresholds too. */
    private static final class Level {
        private final int threshold;
        private final FigureHistory history;
        private final Set<String> questions = new HashSet<>();

        private Level(int threshold) {
            this.threshold = threshold;
            this.history = new FigureHistory(threshold);
        }

        private void add(String question, List<List<Figure>> tables) {
            if (questions.add(question)) {
                tables.forEach(history::addTogether);
            }
        }

        private void read(List<Published> earlier, Map<String, Integer> thresholds) {
            for (Published answer : earlier) {
                if (!questions.contains(answer.question())
                        && thresholds.getOrDefault(answer.question(), Integer.MAX_VALUE) >= threshold) {
                    add(
                            answer.question(),
                            FiguresText.read(answer.figures().get()).tables());
                }
            }
        }
    }
}
