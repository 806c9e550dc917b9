package io.weir.disclosure.table;

/** What a measure counts or adds up. */
public enum MeasureKind {
    /** Distinct subjects. Adds up over a margin only when each subject falls into one cell of it. */
    UNITS,
    /** Rows (events, records). Adds up over every margin. */
    ROWS,
    /** Distinct records, each of one subject. Adds up over a margin only when each record falls into one cell of it. */
    RECORDS,
    /** Sum of a numeric argument. Adds up over every margin. */
    SUM,
    /** Distinct values of a column. Never adds up. */
    DISTINCT_VALUES,
    /** Mean of the values of neighbours around a place in the order of values: a percentile. Never adds up. */
    POSITION,
    /** Any other statistic: a model's coefficient, an extreme, a mode, an index. Never adds up; judged by evidence of its own. */
    STATISTIC;

    /** Whether values are whole numbers of at least zero. */
    public boolean isCount() {
        return switch (this) {
            case UNITS, ROWS, RECORDS, DISTINCT_VALUES -> true;
            case SUM, POSITION, STATISTIC -> false;
        };
    }

    /** Whether single contributions could make up too much of it. */
    public boolean canBeDominated() {
        return switch (this) {
            case SUM, POSITION -> true;
            case UNITS, ROWS, RECORDS, DISTINCT_VALUES, STATISTIC -> false;
        };
    }

    /** Whether a margin is always the sum of its parts. */
    public boolean isAdditive() {
        return switch (this) {
            case ROWS, SUM -> true;
            case UNITS, RECORDS, DISTINCT_VALUES, POSITION, STATISTIC -> false;
        };
    }

    /** Whether what it is over a whole says something about what it is over the parts. */
    public boolean isTiedToParts() {
        return switch (this) {
            case UNITS, ROWS, RECORDS, SUM, DISTINCT_VALUES -> true;
            case POSITION, STATISTIC -> false;
        };
    }
}
