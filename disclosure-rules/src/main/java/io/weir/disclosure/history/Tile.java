package io.weir.disclosure.history;

import java.util.List;
import java.util.Set;

/**
 * A figure as a part of the rows of others: between which values its rows are, as far as its conditions say so plainly.
 */
final class Tile {
    /** The place of one that was not shown. */
    static final int NEW = -1;

    private final Figure figure;
    private final int place;
    private final Vector vector;
    private final Bounds bounds;
    private final List<Selection.Condition> conditions;
    private final List<Asked> asked;
    private final double size;

    /** @param place among the figures that were shown */
    Tile(Figure figure, Vector vector, int place) {
        this.figure = figure;
        this.place = place;
        this.vector = vector;
        this.bounds = new Bounds(figure.selection());
        this.conditions = List.copyOf(figure.selection().conditions());
        this.asked = conditions.stream().map(Selection.Condition::asked).toList();
        double sum = 0;
        for (double bucket : vector.numbers()) {
            sum += Math.abs(bucket);
        }
        this.size = sum;
    }

    Figure figure() {
        return figure;
    }

    int place() {
        return place;
    }

    Vector vector() {
        return vector;
    }

    /** Of its rows. */
    List<Selection.Condition> conditions() {
        return conditions;
    }

    /** What each of the conditions asks: read out of texts, once. */
    List<Asked> asked() {
        return asked;
    }

    /** What it is, about. */
    double size() {
        return size;
    }

    /** What its rows are chosen by. */
    Set<String> subjects() {
        return bounds.subjects();
    }

    /** Whether no row is in both, as far as their conditions say so plainly. */
    boolean isApart(Tile other) {
        return bounds.areOutside(other.asked) || other.bounds.areOutside(asked);
    }

    /** How the rows of a tile are to what a condition asks, as far as it is plain. */
    enum Side {
        INSIDE,
        BOTH,
        OUTSIDE
    }

    /** What leaves some out in words that do not say which, and alternatives, is taken to leave nobody out who is not plainly out. */
    Side side(Selection.Condition condition, Asked of) {
        if (bounds.isOutside(of)) {
            return Side.OUTSIDE;
        }
        boolean inside = !(of instanceof Asked.In)
                || bounds.isInside(of)
                || figure.selection().conditions().contains(condition);
        return inside ? Side.INSIDE : Side.BOTH;
    }
}
