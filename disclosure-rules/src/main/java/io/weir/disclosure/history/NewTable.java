package io.weir.disclosure.history;

import io.weir.disclosure.history.SparseCombination.Found;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The groups of a table that is about to be shown, beside what was shown before: which of them make a figure, alone or together with groups of other tables. Not thread-safe. */
final class NewTable {
    private final FigureHistory history;
    private final Published published;
    private final List<Figure> groups;
    private final int threshold;
    private final @Nullable GroupSpan span;
    /** Figures that groups make on the nose, in any words. */
    private final BitSet made = new BitSet();

    private @Nullable ReadGroups read;

    /** @param groups at least one, of one measure, counted in one way */
    NewTable(FigureHistory history, Published published, List<Figure> groups, int threshold) {
        this.history = history;
        this.published = published;
        this.groups = groups;
        this.threshold = threshold;
        this.span = span(groups, threshold);
    }

    /** Null where the groups are too many, or one is too large. */
    private static @Nullable GroupSpan span(List<Figure> groups, int threshold) {
        if (groups.size() > GroupSpan.MOST_GROUPS) {
            return null;
        }
        List<Vector> vectors = groups.stream()
                .flatMap(group -> Vector.of(group.print()).stream())
                .toList();
        return vectors.size() < groups.size() ? null : new GroupSpan(vectors, threshold);
    }

    /** Their indexes, none where no figure is made. */
    List<Integer> making() {
        List<Integer> making = groups.size() < 2 ? List.of() : alone();
        making = making.isEmpty() ? besideOthers() : making;
        making = making.isEmpty() && groups.size() > 1 ? besideTwo() : making;
        return making.isEmpty() ? tiling() : making;
    }

    private List<Integer> alone() {
        for (int g = 0; g < published.figures.size(); g++) {
            Figure before = published.figures.get(g);
            Optional<Found> found = history.isFew(before.print()) ? Optional.empty() : makingOne(g);
            made.set(g, span != null && found.filter(f -> f.left() == 0).isPresent());
            if (found.isPresent() && found.get().columns().size() > 1) {
                List<Figure> parts =
                        found.get().columns().stream().map(groups::get).toList();
                if (!history.hasAll(parts) && !new Combination(before, found.get(), parts).isFree()) {
                    return found.get().columns();
                }
            }
        }
        return List.of();
    }

    /** Which of the groups make a figure that was published. */
    private Optional<Found> makingOne(int figure) {
        Vector vector = published.columns.get(figure);
        if (span != null && vector != null) {
            return span.making(vector);
        }
        Figure before = published.figures.get(figure);
        return history.mayLookUp(groups.size())
                ? read().making(before.print(), Bounds.asked(before.selection()))
                : Optional.empty();
    }

    private ReadGroups read() {
        if (read == null) {
            read = new ReadGroups(groups, threshold);
        }
        return read;
    }

    /** Which of the groups make a figure from before, together with others that were published. */
    private List<Integer> besideOthers() {
        for (int g = 0; g < published.figures.size(); g++) {
            Figure whole = published.figures.get(g);
            Vector vector = published.columns.get(g);
            if (vector != null
                    && whole.kind().equals(groups.getFirst().kind())
                    && !history.isFew(whole.print())
                    && published.mosaic.mayLook(groups.size())) {
                List<Integer> inside = read().inside(Bounds.asked(whole.selection()));
                if (makeWithOthers(inside, whole, vector)) {
                    return inside;
                }
            }
        }
        return List.of();
    }

    private boolean makeWithOthers(List<Integer> inside, Figure whole, Vector vector) {
        Fingerprint sum = read().sum(inside);
        Fingerprint left = whole.print().minus(sum);
        List<Figure> parts = inside.stream().map(groups::get).toList();
        boolean isPart = !inside.isEmpty()
                && Vector.of(sum).filter(part -> part.isPart(vector, threshold)).isPresent();
        return isPart
                && !history.isFew(left)
                && !history.hasAll(parts)
                && published
                        .mosaic
                        .making(whole, left, published.figures.size())
                        .filter(found -> !makeItAlone(whole, found))
                        .filter(found -> !Combination.of(whole, parts, found, published.figures)
                                .isFree())
                        .isPresent();
    }

    /** Which of the groups two figures from before make together. */
    private List<Integer> besideTwo() {
        Vector total = Vector.of(
                        Fingerprint.sum(groups.stream().map(Figure::print).toList()))
                .orElse(null);
        return published
                .pairs
                .ofNewTable(
                        new TableBesideTwo(total, span, this::read, threshold),
                        groups,
                        made::get,
                        pair -> !pair.combination().isFree()
                                && !history.hasAll(
                                        pair.groups().stream().map(groups::get).toList()))
                .map(PairsBeside.Made::groups)
                .orElse(List.of());
    }

    /** Which of the groups are, with others that were published, the rows of one. */
    private List<Integer> tiling() {
        return published
                .tiling
                .ofNewTable(
                        groups,
                        tiles -> !tiles.combination().isFree()
                                && tiles.own().stream().map(groups::get).anyMatch(this::isNew))
                .map(Tiling.Made::own)
                .orElse(List.of());
    }

    /** Whether it was not shown, nor follows on any data from what was. */
    private boolean isNew(Figure group) {
        return !history.hasAll(List.of(group))
                && published
                        .tiling
                        .ofNewFigure(group, published.figures.size(), Combination::isFree)
                        .isEmpty();
    }

    /** Whether the others make the figure without any of the groups: what is left is the groups themselves then, which are in few buckets. */
    private boolean makeItAlone(Figure whole, Found others) {
        return Combination.of(whole, List.of(), others, published.figures)
                .known()
                .equals(whole.print());
    }
}
