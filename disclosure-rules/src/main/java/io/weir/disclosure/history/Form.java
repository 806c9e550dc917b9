package io.weir.disclosure.history;

import java.util.ArrayList;
import java.util.List;

/** What a figure is by structure: figures of selections that it is the sum of, on any data. */
public record Form(List<Term> terms) {
    public Form {
        terms = List.copyOf(terms);
    }

    /**
     * The figure of one selection, so many times.
     *
     * @param times may be negative
     * @param rows which rows it is about
     * @param counted the same with those conditions alone whose parts add up to their whole in what is counted: the others are one condition. People with a stay in May and
     *     people with one in June are not the people with one in either
     * @param additive whether each row has its part of it, so that it is the same as its rows
     */
    public record Term(int times, Selection rows, Selection counted, boolean additive) {}

    /** The figure of one selection, of something that is in one row alone, where each has one row. */
    public static Form of(Selection selection) {
        return ofRows(selection);
    }

    /** The figure of one selection, of something that each row has its part of. */
    public static Form ofRows(Selection rows) {
        return new Form(List.of(new Term(1, rows, rows, true)));
    }

    /** The figure of one selection, of something that several rows can have together. */
    public static Form of(Selection rows, Selection counted) {
        return new Form(List.of(new Term(1, rows, counted, false)));
    }

    /** This and so many times all of those. */
    public Form plus(int times, List<Form> others) {
        List<Term> all = new ArrayList<>(terms);
        others.forEach(other -> other.terms.forEach(
                term -> all.add(new Term(times * term.times(), term.rows(), term.counted(), term.additive()))));
        return new Form(all);
    }
}
