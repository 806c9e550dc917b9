package io.weir.query.disclose;

import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.FigureHistory;
import io.weir.disclosure.history.Fingerprint;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was shown before, once for each audience that sees a new answer. Who is given figures of ten people sees those of twenty as well, and a new
 * figure must tell less than ten by all of them; who is only given figures of twenty must not be told of fewer by those. Not thread-safe.
 *
 * @param levels one for each threshold up to the new answer's, with everything that was shown under that threshold or a higher one
 */
record Histories(List<FigureHistory> levels) {
    Histories {
        levels = List.copyOf(levels);
    }

    /** What is added from here on may be taken out again. */
    void beginAnswer() {
        levels.forEach(FigureHistory::beginAnswer);
    }

    /** Takes out what was added since the answer began. */
    void forgetAnswer() {
        levels.forEach(FigureHistory::forgetAnswer);
    }

    /** What is added from here on is of one table, which is put together with what was shown before. */
    void beginTable() {
        levels.forEach(FigureHistory::beginTable);
    }

    /** Takes out what was added since the table began. */
    void forgetTable() {
        levels.forEach(FigureHistory::forgetTable);
    }

    void add(Figure figure) {
        levels.forEach(level -> level.add(figure));
    }

    /** Figures that are shown in one table: {@link FigureHistory#addTogether}. */
    void addTogether(List<Figure> figures) {
        levels.forEach(level -> level.addTogether(figures));
    }

    /** Whether the figure would tell one of the audiences what too few people contribute. */
    boolean isNear(Figure figure) {
        return levels.stream().anyMatch(level -> level.isNear(figure));
    }

    /** Which groups of a new table make a figure that one of the audiences was shown: {@link FigureHistory#making}. */
    List<Integer> making(List<Figure> groups) {
        return levels.stream()
                .map(level -> level.making(groups))
                .filter(Predicate.not(List::isEmpty))
                .findFirst()
                .orElse(List.of());
    }

    /** The same of a figure that is calculated from others. */
    boolean isNear(Figure sum, List<Figure> terms) {
        return levels.stream().anyMatch(level -> !level.hasAll(terms) && level.isNear(sum));
    }

    /** What each audience knows of a figure that is not shown: {@link FigureHistory#known}. One of few people is not known by another that is. */
    List<Optional<Fingerprint>> known(Figure figure) {
        return levels.stream()
                .map(level -> level.isFew(figure.print()) ? Optional.<Fingerprint>empty() : level.known(figure))
                .toList();
    }

    /** The same of the sum of hidden parts, where they have enough people to be a figure at all. */
    boolean isRestNear(Figure rest, List<Figure> terms) {
        return levels.stream()
                .anyMatch(level -> !level.isFew(rest.print()) && !level.hasAll(terms) && level.isNear(rest));
    }

    /**
     * Whether one of the audiences can take what it knows of hidden parts out of their sum, so that what few people contribute is left. A sum of few
     * people as it is is not for the history.
     *
     * @param sum of all of them
     * @param terms from which the sum is calculated
     * @param known of each part, as {@link #known} gives it
     */
    boolean tellsFew(Fingerprint sum, List<Figure> terms, List<List<Optional<Fingerprint>>> known) {
        for (int level = 0; level < levels.size(); level++) {
            FigureHistory history = levels.get(level);
            Fingerprint left = sum;
            boolean any = false;
            for (List<Optional<Fingerprint>> part : known) {
                if (part.get(level).isPresent()) {
                    left = left.minus(part.get(level).get());
                    any = true;
                }
            }
            if (any && !history.isFew(sum) && history.isFew(left) && !history.hasAll(terms)) {
                return true;
            }
        }
        return false;
    }
}
