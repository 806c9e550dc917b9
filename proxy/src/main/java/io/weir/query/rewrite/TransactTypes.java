package io.weir.query.rewrite;

import io.weir.connector.source.Bind;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Types and values of SQL Server. Texts are Unicode and compared by code unit, whatever the database's collation is; their type leaves room
 * for the mark of {@link TransactDialect#MARK}.
 */
final class TransactTypes {
    /** Compares code units: case, accents, width and kana count. */
    static final String COLLATION = " COLLATE Latin1_General_100_BIN2";

    /** The longest text of a type that is no large object, one character less. */
    static final int SHORT_TEXT = 3_999;

    /** A procedure takes 2,100 parameters; the driver needs a few. */
    private static final int MOST_BINDS = 2_000;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int SHORT_COLUMN = 64;

    private static final String TEXT = "nvarchar(max)";

    private TransactTypes() {}

    /** @throws io.weir.problem.ProblemException when there is none */
    static String name(SqlType type) {
        return switch (type) {
            case BOOL -> "bit";
            case INT2 -> "smallint";
            case INT4 -> "int";
            case INT8 -> "bigint";
            case FLOAT4 -> "real";
            case FLOAT8 -> "float(53)";
            case NUMERIC -> new NumberShape(28, 10).type();
            case TEXT, VARCHAR, BPCHAR, JSON, JSONB -> TEXT;
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "datetime2(6)";
            case TIMESTAMPTZ -> "datetimeoffset(6)";
            case UUID -> "uniqueidentifier";
            case BYTEA -> "varbinary(max)";
            case INTERVAL ->
                throw Untranslatable.refuse("an interval", "Add a fixed interval to a date, or count days.");
            case BOOL_ARRAY,
                    INT2_ARRAY,
                    INT4_ARRAY,
                    INT8_ARRAY,
                    FLOAT4_ARRAY,
                    FLOAT8_ARRAY,
                    NUMERIC_ARRAY,
                    TEXT_ARRAY,
                    VARCHAR_ARRAY,
                    BPCHAR_ARRAY,
                    DATE_ARRAY,
                    TIME_ARRAY,
                    TIMESTAMP_ARRAY,
                    TIMESTAMPTZ_ARRAY,
                    INTERVAL_ARRAY,
                    UUID_ARRAY,
                    BYTEA_ARRAY,
                    JSON_ARRAY,
                    JSONB_ARRAY -> throw Untranslatable.refuse("an array", "Write the values one by one.");
        };
    }

    static void bind(SqlText out, @Nullable Object value, SqlType type) {
        check(value);
        if (out.bindCount() >= MOST_BINDS) {
            throw Problem.of(
                            ProblemCode.STATEMENT_TOO_COMPLEX,
                            "a SQL Server source takes at most %d values in one statement".formatted(MOST_BINDS),
                            "Write a shorter list, a range, or a condition on reference data.")
                    .asException();
        }
        String name = value instanceof BigDecimal number ? decimal(number) : bound(value, type);
        out.append("CAST(");
        out.placeholder(new Bind(PostgresDialect.typeName(type), value));
        out.append(" AS ").append(name).append(")");
        if (type.isText()) {
            out.append(COLLATION);
        }
    }

    private static String decimal(BigDecimal number) {
        NumberShape shape = NumberShape.of(number);
        if (!shape.fits()) {
            throw Untranslatable.refuse(
                    "a number of more than %d digits".formatted(NumberShape.MOST_DIGITS), "Write fewer digits.");
        }
        return shape.type();
    }

    private static String bound(@Nullable Object value, SqlType type) {
        if (type.isText()) {
            return value instanceof String text && text.length() > SHORT_TEXT ? TEXT : "nvarchar(" + SHORT_TEXT + ")";
        }
        return name(type);
    }

    private static void check(@Nullable Object value) {
        boolean had = switch (value) {
            case LocalDate day -> hasYear(day.getYear());
            case LocalDateTime time -> hasYear(time.getYear());
            case Instant moment -> !moment.isBefore(FIRST) && moment.isBefore(AFTER_LAST);
            case Double number -> Double.isFinite(number);
            case Float number -> Float.isFinite(number);
            case null, default -> true;
        };
        if (!had) {
            throw Untranslatable.refuse(
                    "a date outside the years 1 to 9999, or a number that is not finite", "Leave the bound open.");
        }
    }

    private static boolean hasYear(int year) {
        return year >= 1 && year <= 9999;
    }

    /**
     * Characters for a column of a declared length: several times as many, since the server sets memory aside by what a type could hold.
     *
     * @return 0 when there is no length, or a large one
     */
    private static int room(int length) {
        int room = Math.max(SHORT_COLUMN, 4 * length);
        return length < 0 || room > SHORT_TEXT ? 0 : room;
    }

    /** What a column of a source relation is read as: its governed type, so that older types of SQL Server do not show through. */
    static void column(SqlText out, String alias, String column, ColumnType type) {
        SqlType plain = type.type();
        switch (plain) {
            case TEXT, VARCHAR, BPCHAR -> {
                int room = room(type.length());
                out.append(plain == SqlType.BPCHAR ? "RTRIM(CAST(" : "CAST(");
                out.column(alias, column);
                out.append(room > 0 ? " AS nvarchar(" + room + "))" : " AS " + TEXT + ")");
                out.append(plain == SqlType.BPCHAR ? ")" : "").append(COLLATION);
            }
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> {
                out.append("TRY_CAST(").column(alias, column);
                out.append(" AS ").append(name(plain)).append(")");
            }
            case NUMERIC -> {
                NumberShape shape =
                        NumberShape.of(type).filter(NumberShape::fits).orElse(null);
                if (shape == null) {
                    out.column(alias, column);
                } else {
                    out.append("TRY_CAST(").column(alias, column);
                    out.append(" AS ").append(shape.type()).append(")");
                }
            }
            default -> out.column(alias, column);
        }
    }
}
