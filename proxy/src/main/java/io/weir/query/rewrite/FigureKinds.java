package io.weir.query.rewrite;

/** How figures are counted, as {@link BlockForm.FigureForm#kind} begins. */
public final class FigureKinds {
    /** People. */
    public static final String UNITS = "units";
    /** Rows. */
    public static final String ROWS = "rows";
    /** Different records. */
    public static final String RECORDS = "records(";
    /** Amounts of rows. */
    public static final String SUM = "sum(";

    private FigureKinds() {}
}
