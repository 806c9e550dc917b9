package io.weir.query.govern.plan;

/**
 * The registered operators and functions: the whole list. Each has one total source translation per dialect ({@code rewrite}) and one
 * evaluation in the proxy ({@link Evaluator}); an operator without both does not exist for Weir.
 */
public enum Op {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IS_DISTINCT_FROM,
    IS_NOT_DISTINCT_FROM,
    AND,
    OR,
    NOT,
    IS_NULL,
    IS_NOT_NULL,
    IS_TRUE,
    IS_NOT_TRUE,
    IS_FALSE,
    IS_NOT_FALSE,
    /** text LIKE pattern; the pattern is always a constant. */
    LIKE,
    /** Numeric addition; integers are added as numeric, so that no row can overflow. */
    ADD,
    SUBTRACT,
    MULTIPLY,
    /** NULL when the divisor is zero below the boundary; PostgreSQL's division by zero error cannot depend on a row. */
    DIVIDE,
    /** Integer division, truncating, NULL when the divisor is zero. */
    INTEGER_DIVIDE,
    MODULO,
    NEGATE,
    ABSOLUTE,
    FLOOR,
    CEILING,
    /** round(x, digits): the digits are a constant. */
    ROUND,
    /** Square root, NULL of negative numbers. */
    SQUARE_ROOT,
    /** Natural logarithm, NULL of what is not positive. */
    LOGARITHM,
    /** e to a power, NULL where the result has no room. */
    EXPONENTIAL,
    /** Null-ignoring sum of parts: NULL when all are NULL. Above the boundary only. */
    ADD_PARTS,
    /** Days between two dates. */
    DAYS_BETWEEN,
    /** Whole years from the second date to the first, as extract(year from age(a, b)). */
    AGE_IN_YEARS,
    /** date + integer days. */
    ADD_DAYS,
    /** date or timestamp + a constant interval; the result is a timestamp, as in PostgreSQL. */
    ADD_INTERVAL,
    YEAR_OF,
    QUARTER_OF,
    MONTH_OF,
    ISO_WEEK_OF,
    /** Sunday is 0. */
    DAY_OF_WEEK,
    /** Monday is 1, Sunday 7. */
    ISO_DAY_OF_WEEK,
    DAY_OF_MONTH,
    /** Hour of the day of a timestamp, 0 to 23. */
    HOUR_OF,
    /** Truncation to a unit, result timestamp. */
    TRUNCATE_YEAR,
    TRUNCATE_QUARTER,
    TRUNCATE_MONTH,
    TRUNCATE_WEEK,
    TRUNCATE_DAY,
    /** left(text, n): n is a constant. */
    LEFT,
    UPPER,
    LOWER,
    CONCAT,
    LENGTH,
    /** initcap(text). */
    INITIALS,
    REPLACE,
    /** right(text, n), and what follows: lengths, places and characters are constants. */
    RIGHT,
    SPLIT_PART,
    PAD_LEFT,
    PAD_RIGHT,
    TRIM_BOTH,
    TRIM_LEFT,
    TRIM_RIGHT,
    SUBSTRING,
    /** strpos(text, searched). */
    POSITION,
    REVERSE,
    REPEAT,
    TRANSLATE,
    /** to_char(date or timestamp, pattern): the pattern is a constant that {@link DateFormat} understands. */
    DATE_TEXT,
    /** to_char(number, pattern): the pattern is a constant that {@link NumberFormat} understands. */
    NUMBER_TEXT,
    COALESCE,
    NULLIF,
    GREATEST,
    LEAST;

    /** Whether it gives the midnight with which a unit of days begins. */
    public boolean isTruncation() {
        return switch (this) {
            case TRUNCATE_YEAR, TRUNCATE_QUARTER, TRUNCATE_MONTH, TRUNCATE_WEEK, TRUNCATE_DAY -> true;
            default -> false;
        };
    }

    /** Whether it gives a part of a date or of a time, as a whole number. */
    public boolean isPartOfDate() {
        return switch (this) {
            case YEAR_OF, QUARTER_OF, MONTH_OF, ISO_WEEK_OF, DAY_OF_WEEK, ISO_DAY_OF_WEEK, DAY_OF_MONTH, HOUR_OF ->
                true;
            default -> false;
        };
    }

    /** Whether it is true, false or unknown. */
    public boolean isCondition() {
        return switch (this) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, AND, OR, NOT, LIKE -> true;
            default -> isNeverUnknown();
        };
    }

    /** Whether it is true or false whatever its arguments are. */
    public boolean isNeverUnknown() {
        return switch (this) {
            case IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM,
                    IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE -> true;
            default -> false;
        };
    }
}
