package io.weir.query.disclose;

import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.Fingerprint;
import io.weir.query.disclose.TableFigures.Prints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a margin tells of its hidden parts: their sum, which is the margin without the parts that are shown. In a table with margins a cell that is
 * hidden beside an earlier figure is told by that, if the other hidden parts are known as well, or nearly.
 */
final class HiddenRests {
    /** @param parts indexes of all cells that the margin adds up */
    private record Margin(int cell, List<Integer> parts) {}

    private final TableFigures table;
    private final List<Prints> truth;
    private final List<Margin> margins = new ArrayList<>();

    /** What the history knows of cells of the measure in hand: it grows between measures alone. */
    private final Map<Integer, List<Optional<Fingerprint>>> known = new HashMap<>();

    /**
     * @param truth all cells with all their prints, shown or not
     */
    HiddenRests(TableFigures table, List<Prints> truth) {
        this.table = table;
        this.truth = truth;
        Set<Set<Integer>> sets = new LinkedHashSet<>();
        truth.forEach(cell -> sets.add(cell.grouped()));
        for (Set<Integer> finer : sets) {
            for (Set<Integer> coarser : sets) {
                if (finer.size() > coarser.size() && finer.containsAll(coarser)) {
                    add(finer, coarser);
                }
            }
        }
    }

    private void add(Set<Integer> finer, Set<Integer> coarser) {
        Map<List<@Nullable Object>, List<Integer>> parts = new HashMap<>();
        for (int c = 0; c < truth.size(); c++) {
            if (truth.get(c).grouped().equals(finer)) {
                parts.computeIfAbsent(keys(c, coarser), k -> new ArrayList<>()).add(c);
            }
        }
        for (int c = 0; c < truth.size(); c++) {
            if (truth.get(c).grouped().equals(coarser)) {
                List<Integer> own = parts.get(keys(c, coarser));
                if (own != null) {
                    margins.add(new Margin(c, own));
                }
            }
        }
    }

    private List<@Nullable Object> keys(int cell, Set<Integer> kept) {
        List<@Nullable Object> values = new ArrayList<>();
        kept.stream().sorted().forEach(k -> values.add(truth.get(cell).keys().get(k)));
        return values;
    }

    /**
     * @param figure the sum of the hidden parts
     * @param terms what tells it: the margin and the shown parts
     * @param hidden indexes of the parts
     */
    private record Rest(int margin, Figure figure, List<Figure> terms, List<Integer> hidden) {}

    /** Margins that are shown and must not be: what they tell of hidden parts is about few people. */
    Set<Integer> telling(int measure, List<Prints> cells, Histories history) {
        List<Rest> rests = rests(measure, cells);
        if (rests.isEmpty()) {
            return Set.of();
        }
        Set<Integer> telling = new HashSet<>();
        List<@Nullable Figure> all = table.figures(measure, truth, List.of());
        for (Rest rest : rests) {
            List<List<Optional<Fingerprint>>> known = rest.hidden().stream()
                    .map(c -> this.known.computeIfAbsent(c, x -> history.known(Objects.requireNonNull(all.get(c)))))
                    .toList();
            if (history.isRestNear(rest.figure(), rest.terms())
                    || history.tellsFew(rest.figure().print(), rest.terms(), known)) {
                telling.add(rest.margin());
            }
        }
        return telling;
    }

    /** What the shown margins tell, to be added to the history for the measures that come after it. */
    List<Figure> shown(int measure, List<Prints> cells) {
        known.clear();
        return rests(measure, cells).stream().map(Rest::figure).toList();
    }

    private List<Rest> rests(int measure, List<Prints> cells) {
        if (margins.isEmpty()) {
            return List.of(); // most tables: nothing to calculate for them
        }
        List<Rest> rests = new ArrayList<>();
        TableSums sums = new TableSums(table, cells);
        List<@Nullable Figure> shown = table.figures(measure, cells, List.of());
        for (Margin margin : margins) {
            Figure whole = shown.get(margin.cell());
            List<Integer> parts =
                    margin.parts().stream().filter(c -> shown.get(c) != null).toList();
            if (whole == null || parts.size() == margin.parts().size()) {
                continue;
            }
            List<Figure> terms = new ArrayList<>(List.of(whole));
            Fingerprint left = whole.print();
            for (int part : parts) {
                Figure term = Objects.requireNonNull(shown.get(part));
                terms.add(term);
                left = left.minus(term.print());
            }
            List<Integer> hidden =
                    margin.parts().stream().filter(c -> shown.get(c) == null).toList();
            rests.add(new Rest(
                    margin.cell(), sums.rest(measure, margin.cell(), parts, left), List.copyOf(terms), hidden));
        }
        return rests;
    }
}
