package io.weir.disclosure.history;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One number that is shown, or that can be added up from numbers that are shown. The text form prints no number.
 *
 * @param selection which rows it is about
 * @param measure what is counted or added up; only figures of one measure are compared
 * @param kind how it is counted, as people or as their rows
 * @param print what people contribute
 * @param halves wholes of which this is, on any data, one of two halves that are both shown
 * @param form what it is the sum of, on any data
 */
public record Figure(Selection selection, String measure, String kind, Fingerprint print, Set<Half> halves, Form form) {
    /** How the name of a measure of numbers of different values ends: two of them are not parts of each other. */
    public static final String VALUES = "values";

    public Figure {
        halves = Set.copyOf(halves);
    }

    /**
     * @param whole what the two add up to
     * @param by how it is halved: two halves by the same are the two
     */
    public record Half(Selection whole, String by) {}

    /** A figure that is no half. */
    public Figure(Selection selection, String measure, String kind, Fingerprint print) {
        this(selection, measure, kind, print, Set.of(), Form.of(selection));
    }

    /** The same figure, of which it is known what it is the sum of. */
    public Figure as(Form sum) {
        return new Figure(selection, measure, kind, print, halves, sum);
    }

    /** The same figure, as half of these. */
    public Figure halving(Set<Half> wholes) {
        return wholes.isEmpty() ? this : new Figure(selection, measure, kind, print, wholes, form);
    }

    /** The same figure, as half of nothing. */
    Figure whole() {
        return halves.isEmpty() ? this : new Figure(selection, measure, kind, print, Set.of(), form);
    }

    /** Whether this and the other are by structure the two halves of the whole. */
    boolean halvesWith(Figure other, Figure whole) {
        return halves.stream()
                .anyMatch(half -> other.halves.contains(half) && half.whole().isSameButPresence(whole.selection));
    }

    /**
     * Whether it needs no comparison with the other: it is the same, but for conditions that a value is there, which nobody lacks then; or the two are numbers of different values of the same
     * people. People and their rows are compared: who has two rows can be few, and be chosen.
     */
    boolean repeats(Figure other) {
        return print.equals(other.print)
                && selection.isSameButPresence(other.selection)
                && (kind.equals(other.kind) || isOfValues() && other.isOfValues());
    }

    private boolean isOfValues() {
        return measure.endsWith(VALUES);
    }

    /** Whether it is the very number that the other is: beside it, it tells nothing more. */
    boolean isAgain(Figure other) {
        return kind.equals(other.kind) && isSameNumber(other);
    }

    /** The same, however it is counted: with any third it tells nothing that the other does not tell. */
    boolean isSameNumber(Figure other) {
        return print.equals(other.print) && repeats(other);
    }

    /** Whether it is another number of the same rows: what the two differ in (second records, say) is a figure, too. */
    boolean countsDifferently(Figure other) {
        return selection.equals(other.selection) && !kind.equals(other.kind) && !print.equals(other.print);
    }

    /** Whether it is of the same rows, whatever is added up of them. */
    boolean isOfSameRows(Figure other) {
        return selection.isOfSameRows(other.selection);
    }

    /** What this has more than another number of the same rows. */
    Figure beyond(Figure other) {
        return new Figure(
                selection,
                measure,
                kind + " beyond " + other.kind,
                print.minus(other.print),
                Set.of(),
                form.plus(-1, List.of(other.form)));
    }

    /** What it is the sum of follows from the rest. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Figure f
                && selection.equals(f.selection)
                && measure.equals(f.measure)
                && kind.equals(f.kind)
                && print.equals(f.print)
                && halves.equals(f.halves);
    }

    @Override
    public int hashCode() {
        return Objects.hash(selection, measure, kind, print, halves);
    }

    @Override
    public String toString() {
        return "Figure[" + measure + ", ***]";
    }
}
