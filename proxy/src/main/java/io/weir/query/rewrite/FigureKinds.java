package io.weir.query.rewrite;

import io.weir.disclosure.history.Figure;

/** Of which measure figures are, and how they are counted, as {@link BlockForm.FigureForm#kind} begins. */
public final class FigureKinds {
    /** People. */
    public static final String UNITS = "units";
    /** Rows. */
    public static final String ROWS = "rows";
    /** Different records. */
    public static final String RECORDS = "records(";
    /** Amounts of rows. */
    public static final String SUM = "sum(";

    /** The measure of all that is added up. */
    public static final String NUMBERS = "numbers";
    /** The measure of numbers of different values. */
    public static final String VALUES = Figure.VALUES;
    /** The measure of one place in an order of values begins so. */
    public static final String POSITION = "position ";

    private FigureKinds() {}
}
