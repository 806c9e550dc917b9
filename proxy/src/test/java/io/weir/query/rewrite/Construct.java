package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * One thing that both dialects can say.
 *
 * @param name what
 * @param expr said of the columns of {@link #ROW}
 * @param rests title and section of the page of Microsoft's Transact-SQL reference that the form rests on
 * @param words why it means the same
 */
record Construct(String name, Expr expr, String rests, String words) {
    /** A relation with one column of each kind. */
    static final io.weir.query.govern.plan.Rel.Values ROW = new io.weir.query.govern.plan.Rel.Values(
            "r",
            List.of("i", "n", "s", "t", "d", "e", "ts", "tz", "b", "u", "f"),
            List.of(
                    SqlType.INT4,
                    SqlType.NUMERIC,
                    SqlType.TEXT,
                    SqlType.TEXT,
                    SqlType.DATE,
                    SqlType.DATE,
                    SqlType.TIMESTAMP,
                    SqlType.TIMESTAMPTZ,
                    SqlType.BOOL,
                    SqlType.UUID,
                    SqlType.FLOAT8),
            List.of(List.of(
                    Expr.literal(1_234_567_890, SqlType.INT4),
                    Expr.literal(new BigDecimal("12345678.90"), SqlType.NUMERIC),
                    Expr.literal("s", SqlType.TEXT),
                    Expr.literal("t", SqlType.TEXT),
                    Expr.literal(LocalDate.EPOCH, SqlType.DATE),
                    Expr.literal(LocalDate.EPOCH, SqlType.DATE),
                    Expr.literal(LocalDateTime.of(1970, 1, 1, 0, 0), SqlType.TIMESTAMP),
                    Expr.literal(Instant.EPOCH, SqlType.TIMESTAMPTZ),
                    Expr.literal(true, SqlType.BOOL),
                    Expr.literal(new UUID(0, 0), SqlType.UUID),
                    Expr.literal(1.5, SqlType.FLOAT8))));

    static final Expr I = column("i");
    static final Expr N = column("n");
    static final Expr S = column("s");
    static final Expr T = column("t");
    static final Expr D = column("d");
    static final Expr E = column("e");
    static final Expr TS = column("ts");
    static final Expr TZ = column("tz");
    static final Expr B = column("b");
    static final Expr U = column("u");
    static final Expr F = column("f");

    static Expr column(String name) {
        return new Expr.Column("r", name, ROW.types().get(ROW.names().indexOf(name)));
    }

    private static final String COMPARISON =
            "nchar and nvarchar, Remarks; COLLATE; = (Equals), comparison of strings of different length";
    private static final String DECIMALS = "Precision, scale, and length, table of operations";
    private static final String DATES = "DATEDIFF, boundaries crossed; CASE";

    private static Construct of(String name, Op op, SqlType type, String rests, String words, Expr... arguments) {
        return new Construct(name, Expr.call(op, type, arguments), rests, words);
    }

    private static Construct is(String name, Op op, String rests, String words, Expr... arguments) {
        return of(name, op, SqlType.BOOL, rests, words, arguments);
    }

    private static Expr text(String value) {
        return Expr.literal(value, SqlType.TEXT);
    }

    private static Expr number(int value) {
        return Expr.literal(value, SqlType.INT4);
    }

    static List<Construct> all() {
        List<Construct> all = new java.util.ArrayList<>();
        comparisons(all);
        conditions(all);
        numbers(all);
        dates(all);
        texts(all);
        conditionals(all);
        casts(all);
        windows(all);
        return List.copyOf(all);
    }

    private static void comparisons(List<Construct> all) {
        all.add(is("numbers are equal", Op.EQUAL, "= (Equals)", "The same.", I, number(7)));
        all.add(is(
                "texts are equal",
                Op.EQUAL,
                COMPARISON,
                "The shorter text is padded with blanks; the mark at the end makes lengths differ. Case counts by the binary collation that every text has from its scan.",
                S,
                text("a")));
        all.add(is("texts differ", Op.NOT_EQUAL, COMPARISON, "As equality.", S, T));
        all.add(is("before", Op.LESS, "date; datetime2, conversion", "The same.", D, E));
        all.add(is(
                "at most",
                Op.LESS_OR_EQUAL,
                "Data type precedence",
                "Decimals of different scales are compared exactly.",
                N,
                I));
        all.add(is(
                "after, of texts",
                Op.GREATER,
                COMPARISON,
                "By code unit, as the proxy orders texts; a beginning comes before the whole because the mark is lower than a blank.",
                S,
                T));
        all.add(is(
                "at least",
                Op.GREATER_OR_EQUAL,
                "Data type precedence",
                "The same.",
                F,
                Expr.literal(0.5, SqlType.FLOAT8)));
        all.add(is(
                "distinct from",
                Op.IS_DISTINCT_FROM,
                "IS [NOT] DISTINCT FROM, applies to (2022); CASE, order of evaluation",
                "CASE falls through an unknown comparison to the test of both for NULL.",
                S,
                T));
        all.add(is("not distinct from", Op.IS_NOT_DISTINCT_FROM, "As above", "As above.", I, number(7)));
        all.add(is(
                "LIKE",
                Op.LIKE,
                "LIKE, arguments and ESCAPE clause",
                "A bracket begins a set and has to be escaped; the escape is said, PostgreSQL's is a backslash without being said. Marks on both sides: blanks at the end count.",
                S,
                text("a[\\%c_%")));
    }

    private static void conditions(List<Construct> all) {
        Expr one = Expr.predicate(Op.EQUAL, I, number(1));
        Expr two = Expr.predicate(Op.EQUAL, S, text("a"));
        all.add(is("and", Op.AND, "AND, truth table", "The same.", one, B));
        all.add(is("or", Op.OR, "OR, truth table", "The same.", one, two));
        all.add(is("not", Op.NOT, "NOT, truth table", "The same.", two));
        all.add(is("is null", Op.IS_NULL, "IS NULL", "The same.", I));
        all.add(is(
                "a condition is unknown",
                Op.IS_NULL,
                "bit; CASE",
                "A condition as a value is a bit, NULL when unknown.",
                one));
        all.add(is("is not null", Op.IS_NOT_NULL, "IS NULL", "The same.", S));
        all.add(is("is true", Op.IS_TRUE, "CASE", "An unknown condition takes the ELSE.", one));
        all.add(is("is not true", Op.IS_NOT_TRUE, "CASE", "As above.", one));
        all.add(is("is false", Op.IS_FALSE, "CASE; NOT, truth table", "NOT of unknown is unknown.", B));
        all.add(is("is not false", Op.IS_NOT_FALSE, "CASE; NOT, truth table", "As above.", one));
    }

    private static void numbers(List<Construct> all) {
        SqlType numeric = SqlType.NUMERIC;
        all.add(of("sum of two", Op.ADD, numeric, DECIMALS, "Room for one digit more than the larger.", I, N));
        all.add(of("difference", Op.SUBTRACT, numeric, DECIMALS, "As a sum.", N, I));
        all.add(of("product", Op.MULTIPLY, numeric, DECIMALS, "Room for the digits of both, else refused.", N, I));
        all.add(of(
                "quotient",
                Op.DIVIDE,
                numeric,
                DECIMALS + "; NULLIF",
                "NULL for a divisor of zero. Sixteen decimals; PostgreSQL has sixteen significant digits or more.",
                N,
                I));
        all.add(of(
                "whole quotient",
                Op.INTEGER_DIVIDE,
                SqlType.INT4,
                "/ (Division), result types",
                "Integers give an integer, cut towards zero.",
                I,
                number(7)));
        all.add(of("remainder", Op.MODULO, SqlType.INT4, "% (Modulus)", "The sign of the dividend.", I, number(7)));
        all.add(of("negation", Op.NEGATE, numeric, "- (Negative)", "The same.", N));
        all.add(of("absolute value", Op.ABSOLUTE, numeric, "ABS", "Of a decimal it cannot overflow.", N));
        all.add(of("floor", Op.FLOOR, numeric, "FLOOR", "The same.", N));
        all.add(of("ceiling", Op.CEILING, numeric, "CEILING", "The same.", N));
        all.add(of(
                "round",
                Op.ROUND,
                numeric,
                "ROUND, return types",
                "Half away from zero. The type stays, so it gets a digit for the carry.",
                N,
                number(1)));
    }

    private static void dates(List<Construct> all) {
        SqlType numeric = SqlType.NUMERIC;
        SqlType timestamp = SqlType.TIMESTAMP;
        all.add(of(
                "days between",
                Op.DAYS_BETWEEN,
                SqlType.INT4,
                DATES,
                "Midnights between two dates are their days.",
                D,
                E));
        all.add(of(
                "age in years",
                Op.AGE_IN_YEARS,
                numeric,
                "YEAR; / (Division), result types",
                "DATEDIFF(year) counts new years. Whole years by the digits of the dates, on 29 February, too.",
                D,
                E));
        all.add(of(
                "days added",
                Op.ADD_DAYS,
                SqlType.DATE,
                "DATEADD, date and return values",
                "DATEADD fails outside the years 1 to 9999: guarded, NULL there.",
                D,
                I));
        all.add(of(
                "an interval added",
                Op.ADD_INTERVAL,
                timestamp,
                "DATEADD, month at the end of months",
                "Months, then days, then time. The guard keeps the sum inside the calendar, a month from its ends.",
                D,
                Expr.literal(new PgInterval(1, 2, 3_000_001), SqlType.INTERVAL)));
        all.add(of(
                "an interval taken away",
                Op.ADD_INTERVAL,
                timestamp,
                "DATEADD",
                "As above.",
                TS,
                Expr.literal(new PgInterval(-12, 0, 0), SqlType.INTERVAL)));
        all.add(of("year", Op.YEAR_OF, numeric, "DATEPART", "Years from 9999 are no dates, in every dialect.", D));
        all.add(of("quarter", Op.QUARTER_OF, numeric, "DATEPART", "The same.", D));
        all.add(of("month", Op.MONTH_OF, numeric, "DATEPART", "The same.", TS));
        all.add(of("week", Op.ISO_WEEK_OF, numeric, "DATEPART, iso_week", "ISO 8601, whatever DATEFIRST is.", D));
        all.add(of(
                "day of the week",
                Op.DAY_OF_WEEK,
                numeric,
                "DATEDIFF; DATEPART, weekday depends on DATEFIRST",
                "Counted from 1 January 0001, a Monday: Sunday is 0.",
                D));
        all.add(of(
                "ISO day of the week",
                Op.ISO_DAY_OF_WEEK,
                numeric,
                "DATEDIFF; DATEPART, weekday depends on DATEFIRST",
                "Counted from 1 January 0001, a Monday: Monday is 1.",
                D));
        all.add(of("day of the month", Op.DAY_OF_MONTH, numeric, "DATEPART", "The same.", D));
        all.add(of("hour", Op.HOUR_OF, numeric, "DATEPART", "The same.", TS));
        all.add(of(
                "beginning of the year",
                Op.TRUNCATE_YEAR,
                timestamp,
                "DATEFROMPARTS; DATETRUNC, applies to (2022)",
                "The same.",
                D));
        all.add(of("beginning of the quarter", Op.TRUNCATE_QUARTER, timestamp, "DATEFROMPARTS", "The same.", D));
        all.add(of("beginning of the month", Op.TRUNCATE_MONTH, timestamp, "DATEFROMPARTS", "The same.", D));
        all.add(of(
                "beginning of the week",
                Op.TRUNCATE_WEEK,
                timestamp,
                "DATEADD; DATEDIFF",
                "Monday, whatever DATEFIRST is.",
                D));
        all.add(of(
                "beginning of the day",
                Op.TRUNCATE_DAY,
                timestamp,
                "CAST and CONVERT, date and time",
                "The same.",
                TS));
        all.add(new Construct(
                "local time of a moment",
                new Expr.AtZone(TZ, ZoneOffset.UTC),
                "SWITCHOFFSET",
                "UTC and zones of one offset. AT TIME ZONE has Windows' zones and rules: other zones are refused."));
        all.add(new Construct(
                "moment of a local time", new Expr.AtZone(TS, ZoneId.of("+05:30")), "TODATETIMEOFFSET", "As above."));
    }

    private static void texts(List<Construct> all) {
        SqlType text = SqlType.TEXT;
        all.add(of("left", Op.LEFT, text, "LEFT", "Code units: characters beyond U+FFFF count as two.", S, number(3)));
        all.add(of(
                "left, all but the last",
                Op.LEFT,
                text,
                "LEFT; LEN",
                "A negative count is an error in T-SQL, so it is taken from the length.",
                S,
                number(-2)));
        all.add(of("upper", Op.UPPER, text, "UPPER", "Beyond ASCII as the source's own rules, as in PostgreSQL.", S));
        all.add(of("lower", Op.LOWER, text, "LOWER", "As above.", S));
        all.add(of(
                "concatenation",
                Op.CONCAT,
                text,
                "+ (String Concatenation), large value types; CONCAT_NULL_YIELDS_NULL",
                "NULL when a part is. As a large value, since shorter results are cut at 4,000 characters.",
                S,
                T));
        all.add(of(
                "length",
                Op.LENGTH,
                SqlType.INT4,
                "LEN, trailing spaces",
                "LEN leaves blanks at the end out: counted before a mark.",
                S));
    }

    private static void conditionals(List<Construct> all) {
        all.add(of(
                "coalesce",
                Op.COALESCE,
                SqlType.NUMERIC,
                "COALESCE; " + DECIMALS,
                "In one type with room for all.",
                N,
                I));
        all.add(of("coalesce of texts", Op.COALESCE, SqlType.TEXT, "COALESCE", "The same.", S, T));
        all.add(of(
                "nullif",
                Op.NULLIF,
                SqlType.TEXT,
                "NULLIF",
                "NULLIF compares as = does; so it is written out with marks.",
                S,
                text("x")));
        all.add(of(
                "greatest",
                Op.GREATEST,
                SqlType.NUMERIC,
                "GREATEST, applies to (2022); MAX, NULL",
                "An aggregate over the arguments leaves NULL out.",
                N,
                I,
                number(5)));
        all.add(of("least", Op.LEAST, SqlType.TEXT, "MIN", "With marks, as every order of texts.", S, T));
        all.add(new Construct(
                "case",
                new Expr.Case(
                        List.of(new Expr.When(Expr.predicate(Op.EQUAL, I, number(1)), N)),
                        Expr.literal(null, SqlType.NUMERIC),
                        SqlType.NUMERIC),
                "CASE, return types",
                "Numbers in one type with room for all."));
        all.add(new Construct(
                "case of conditions",
                new Expr.Case(
                        List.of(new Expr.When(B, Expr.predicate(Op.EQUAL, I, number(1)))),
                        Expr.literal(false, SqlType.BOOL),
                        SqlType.BOOL),
                "bit",
                "Conditions as values are bits."));
    }

    private static void casts(List<Construct> all) {
        all.add(new Construct("integer to numeric", new Expr.Cast(I, SqlType.NUMERIC), "TRY_CAST", "The same."));
        all.add(new Construct(
                "numeric to integer",
                new Expr.Cast(N, SqlType.INT4),
                "CAST and CONVERT, truncating and rounding results",
                "A cast to int cuts; one to a decimal without decimals rounds half away from zero."));
        all.add(new Construct(
                "numeric to fewer digits",
                new Expr.Cast(
                        N,
                        SqlType.NUMERIC,
                        io.weir.query.type.ColumnType.numeric(5, 1).typmod(),
                        true),
                "TRY_CAST",
                "Rounds; NULL without room."));
        all.add(new Construct("boolean to integer", new Expr.Cast(B, SqlType.INT4), "CASE", "NULL stays NULL."));
        all.add(new Construct(
                "numeric to double", new Expr.Cast(N, SqlType.FLOAT8), "float and real", "float(53) is a double."));
        all.add(new Construct("date to timestamp", new Expr.Cast(D, SqlType.TIMESTAMP), "datetime2", "Midnight."));
        all.add(new Construct(
                "timestamp to date", new Expr.Cast(TS, SqlType.DATE), "CAST and CONVERT", "The time is left out."));
        all.add(new Construct(
                "timestamp to whole seconds",
                new Expr.Cast(TS, SqlType.TIMESTAMP, 0, true),
                "datetime2, conversion to fewer digits",
                "Rounds."));
        all.add(new Construct(
                "integer to text", new Expr.Cast(I, SqlType.TEXT), "CAST and CONVERT, integers", "The same digits."));
        all.add(new Construct(
                "date to text", new Expr.Cast(D, SqlType.TEXT), "CAST and CONVERT, style 23", "ISO 8601."));
        all.add(new Construct(
                "text to char",
                new Expr.Cast(S, SqlType.BPCHAR),
                "RTRIM",
                "Blanks at the end go, as in every dialect."));
    }

    private static Expr window(Expr.Window.Function function, SqlType type, boolean ordered, Expr... arguments) {
        return new Expr.Window(
                function,
                List.of(arguments),
                List.of(I),
                ordered ? List.of(new Expr.Window.Order(D, true, true)) : List.of(),
                List.of(),
                type);
    }

    private static void windows(List<Construct> all) {
        SqlType place = SqlType.INT8;
        all.add(
                new Construct(
                        "place of a row",
                        new Expr.Window(
                                Expr.Window.Function.ROW_NUMBER,
                                List.of(),
                                List.of(I, S),
                                List.of(new Expr.Window.Order(D, false, false)),
                                List.of(D, N),
                                place),
                        "ROW_NUMBER; OVER clause; SELECT – ORDER BY, NULL values",
                        "NULL as asked for, by a key before the key; texts of a partition with their marks. No key twice, which is an error in T-SQL."));
        all.add(new Construct(
                "place of a row without an order",
                window(Expr.Window.Function.ROW_NUMBER, place, false),
                "ROW_NUMBER",
                "An order is required: the partition's own key is the same for all its rows."));
        all.add(new Construct(
                "rank", window(Expr.Window.Function.RANK, place, true), "RANK; OVER clause", "The same."));
        all.add(new Construct(
                "rank without gaps",
                window(Expr.Window.Function.DENSE_RANK, place, true),
                "DENSE_RANK; OVER clause",
                "The same."));
        all.add(new Construct(
                "the row before",
                window(Expr.Window.Function.LAG, SqlType.DATE, true, D),
                "LAG; OVER clause",
                "The same."));
        all.add(new Construct(
                "two rows further",
                window(Expr.Window.Function.LEAD, SqlType.TEXT, true, S, number(2)),
                "LEAD; OVER clause",
                "The same."));
        all.add(new Construct(
                "the first row's value",
                window(Expr.Window.Function.FIRST_VALUE, SqlType.TEXT, true, S),
                "FIRST_VALUE; OVER clause, ROWS",
                "Of the partition in both; with ROWS, since a frame of RANGE takes no large values."));
        all.add(new Construct(
                "rows of a person",
                window(Expr.Window.Function.COUNT, place, false),
                "COUNT_BIG; OVER clause",
                "The same."));
        all.add(new Construct(
                "sum up to a row",
                window(Expr.Window.Function.SUM, SqlType.NUMERIC, true, N),
                "SUM, return types; OVER clause, default frame",
                "Up to the row's peers (RANGE), as in PostgreSQL. In the order of a text it is refused."));
        all.add(new Construct(
                "mean of a person's rows",
                window(Expr.Window.Function.AVG, SqlType.NUMERIC, false, I),
                "SUM; COUNT_BIG; OVER clause",
                "As every mean: sum by count."));
        all.add(new Construct(
                "greatest text of a person's rows",
                window(Expr.Window.Function.MAX, SqlType.TEXT, false, S),
                "MAX; OVER clause",
                "With marks, as every order of texts."));
    }
}
