package io.weir.query.disclose;

import io.weir.disclosure.history.Asked;
import io.weir.disclosure.history.Asked.Domain;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Form;
import io.weir.disclosure.history.Selection;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.disclosure.history.Selection.Nature;
import io.weir.query.disclose.TableFigures.Counting;
import io.weir.query.disclose.TableFigures.Prints;
import io.weir.query.govern.plan.Texts;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rows the cells of a table are about, with what its keys can be: where that is public, and does not depend on what else is asked of the rows. Not thread-safe, nor are its
 * selections: a history is used by one at a time.
 */
final class Selections {
    private final TableFigures table;
    private final List<Prints> cells;
    private final Map<Integer, Optional<Domain>> domains = new HashMap<>();

    /** @param cells all of them */
    Selections(TableFigures table, List<Prints> cells) {
        this.table = table;
        this.cells = cells;
    }

    private Optional<Domain> domain(int key) {
        return domains.computeIfAbsent(key, own -> {
            Set<String> columns = table.keys().get(own).columns();
            return table.conditions().stream().allMatch(c -> Collections.disjoint(c.columns(), columns))
                    ? table.closed().stream()
                            .filter(set -> set.contains(own))
                            .findFirst()
                            .flatMap(set -> domain(own, set))
                    : Optional.empty();
        });
    }

    private Optional<Domain> domain(int key, Set<Integer> set) {
        Map<String, Piece> pieces = new TreeMap<>();
        boolean missing = false;
        for (Prints cell : cells) {
            if (!cell.grouped().equals(set)) {
                continue;
            }
            Object value = cell.keys().get(key);
            if (value == null) {
                missing = true;
            } else if (table.keys().get(key).is(value).asked() instanceof Asked.In in
                    && in.pieces().size() == 1) {
                pieces.put(Texts.print(value), in.pieces().getFirst());
            } else {
                return Optional.empty();
            }
        }
        return pieces.isEmpty() ? Optional.empty() : Optional.of(new Domain(List.copyOf(pieces.values()), missing));
    }

    /**
     * @param own conditions of a measure
     * @param grouped indexes of keys
     * @param values of all keys
     */
    Selection of(Set<Condition> own, Set<Integer> grouped, List<@Nullable Object> values) {
        Set<Condition> all = new HashSet<>(table.conditions());
        all.addAll(own);
        grouped.stream()
                .filter(k -> !table.keys().get(k).isConstant())
                .forEach(k -> all.add(table.keys().get(k).is(values.get(k), () -> domain(k))));
        return new Selection(table.frame(), all);
    }

    /** Conditions on a unit's own columns part what is counted; all others together choose the rows in which it is counted. */
    Form form(Counting counting, Selection rows) {
        return switch (counting) {
            case ROWS -> Form.ofRows(rows);
            case UNITS -> Form.of(rows, parted(rows, true));
            case VALUES -> Form.of(rows, parted(rows, false));
        };
    }

    /** @param byUnit whether what is counted is parted by a unit's own columns; by others it never is */
    private Selection parted(Selection rows, boolean byUnit) {
        Set<Condition> counted = new HashSet<>();
        Set<String> others = new TreeSet<>();
        for (Condition condition : rows.conditions()) {
            if (byUnit && table.isOfUnit(condition.columns()) || condition.nature() == Nature.PRESENCE) {
                counted.add(condition);
            } else {
                others.add(condition.text());
            }
        }
        if (!others.isEmpty()) {
            counted.add(new Condition("all of " + others, Set.of(), Nature.OTHER));
        }
        return new Selection(rows.frame(), counted);
    }
}
