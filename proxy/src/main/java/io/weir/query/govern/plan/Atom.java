package io.weir.query.govern.plan;

import io.weir.query.type.SqlType;
import java.math.BigDecimal;

/**
 * The smallest things a boundary computes. Every permitted aggregate is a formula over atoms, so that each arm of a conditional is judged
 * by its own contributors.
 */
public sealed interface Atom {
    /** Rows that contribute: TRUE is all rows of the cell. */
    Expr filter();

    /** 1-2-5 step (or base multiple) the value is rounded to. */
    BigDecimal step();

    /** Number of distinct subjects with a contributing row. */
    record Units(Expr filter, BigDecimal step) implements Atom {}

    /** Number of contributing rows. */
    record Rows(Expr filter, BigDecimal step) implements Atom {}

    /**
     * Number of different records of people in contributing rows, each counted for its person: joins may repeat a record.
     *
     * @param record the record's own key, or the foreign key that leads to a record of the same person
     */
    record Records(Expr record, Expr filter, BigDecimal step) implements Atom {}

    /** Sum of an argument over contributing rows; NULL without one. The filter includes that the argument is not NULL. */
    record Sum(Expr argument, Expr filter, BigDecimal step) implements Atom {}

    /** Number of distinct values that at least the threshold of subjects have. The filter includes that there is a value, where one can lack. */
    record DistinctValues(Expr argument, Expr filter, BigDecimal step) implements Atom {}

    /**
     * Mean of the values around a place in the order of an argument over contributing rows: a percentile. The filter includes that the argument
     * is not NULL. Nobody is told by it whom the count of the same rows would not tell of: whoever shows it shows that count as well.
     *
     * @param place which
     * @param step to which sums of the argument are rounded
     */
    record Position(Expr argument, Place place, Expr filter, BigDecimal step) implements Atom {}

    /** The type its protected value has above the boundary. */
    default SqlType type() {
        return switch (this) {
            case Units u -> SqlType.INT8;
            case Rows r -> SqlType.INT8;
            case Records r -> SqlType.INT8;
            case DistinctValues d -> SqlType.INT8;
            case Sum s -> SqlType.NUMERIC;
            case Position p -> SqlType.NUMERIC;
        };
    }
}
