package io.weir.disclosure.history;

/**
 * One number that is shown, or that can be added up from numbers that are shown. The text form prints no number.
 *
 * @param selection which rows it is about
 * @param measure what is counted or added up; only figures of one measure are compared
 * @param kind how it is counted, as people or as their rows
 * @param print what people contribute
 */
public record Figure(Selection selection, String measure, String kind, Fingerprint print) {
    /**
     * Whether it needs no comparison with the other: it is by structure about the same rows and either the same, or another way to count
     * them; or it is the same, and nothing that is asked of one and not of the other could single anybody out.
     */
    boolean repeats(Figure other) {
        return selection.isSameButPresence(other.selection) && !kind.equals(other.kind)
                || print.equals(other.print) && selection.isNextTo(other.selection);
    }

    @Override
    public String toString() {
        return "Figure[" + measure + ", ***]";
    }
}
