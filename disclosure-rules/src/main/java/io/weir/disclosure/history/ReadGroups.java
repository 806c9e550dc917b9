package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups of a table, of which those are added up that what is asked does not plainly leave out: days of a quarter, codes of a list. However many there are; what is asked in other words than a
 * plain condition on what is grouped by is not seen.
 */
final class ReadGroups {
    /** What is asked in so many ways is remembered. */
    private static final int MOST_READ = 2_000;

    private final List<Figure> groups;
    private final List<Bounds> bounds;
    private final int threshold;
    private final Map<Selection, BitSet> read = new HashMap<>();

    /** @param threshold of people in whom a figure may differ are fewer */
    ReadGroups(List<Figure> groups, int threshold) {
        this.groups = List.copyOf(groups);
        this.bounds =
                groups.stream().map(group -> new Bounds(group.selection())).toList();
        this.threshold = threshold;
    }

    /**
     * The groups that make a figure, but for fewer people than the threshold.
     *
     * @param asked what is asked of its rows
     */
    Optional<Found> making(Fingerprint print, List<Asked> asked) {
        List<Integer> inside = inside(asked);
        if (inside.isEmpty()) {
            return Optional.empty();
        }
        Fingerprint sum = sum(inside);
        int left = sum.differing(print);
        return left < threshold
                ? Optional.of(new Found(1, inside, Collections.nCopies(inside.size(), 1), left))
                : Optional.empty();
    }

    /** The groups that are not plainly outside of what is asked. */
    List<Integer> inside(List<Asked> asked) {
        List<Integer> inside = new ArrayList<>();
        for (int g = 0; g < bounds.size(); g++) {
            if (!bounds.get(g).areOutside(asked)) {
                inside.add(g);
            }
        }
        return inside;
    }

    /** The same, for many calls: not to be changed. */
    BitSet inside(Selection asked) {
        if (read.size() > MOST_READ) {
            read.clear();
        }
        return read.computeIfAbsent(asked, a -> {
            BitSet inside = new BitSet();
            inside(Bounds.asked(a)).forEach(inside::set);
            return inside;
        });
    }

    Fingerprint sum(List<Integer> some) {
        return Fingerprint.sum(some.stream().map(g -> groups.get(g).print()).toList());
    }
}
