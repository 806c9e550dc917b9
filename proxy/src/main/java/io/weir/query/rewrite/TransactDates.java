package io.weir.query.rewrite;

import io.weir.policy.DateUnit;
import io.weir.query.govern.plan.Expr;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Dates in Transact-SQL. As in every dialect what lies in the year 9999 counts as no date to compute with: sources write endless periods so.
 */
final class TransactDates {
    private static final String LAST = "CAST('9999-01-01' AS date)";
    /** A Monday. */
    private static final String FIRST = "CAST('0001-01-01' AS date)";

    private static final LocalDateTime EARLIEST = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final LocalDateTime LATEST = LocalDateTime.of(9999, 12, 31, 0, 0);
    private static final long MICROS_OF_A_DAY = Duration.ofDays(1).toNanos() / 1_000;
    private static final long MICROS_OF_A_SECOND = 1_000_000;

    private final SqlText out;
    private final Consumer<Expr> value;

    TransactDates(SqlText out, Consumer<Expr> value) {
        this.out = out;
        this.value = value;
    }

    private static void usable(SqlText out, Runnable date) {
        out.append("(");
        date.run();
        out.append(" < ").append(LAST).append(")");
    }

    private Runnable of(Expr expr) {
        if (expr.type() != SqlType.DATE && expr.type() != SqlType.TIMESTAMP) {
            throw new IllegalStateException("no date: " + expr.type());
        }
        return () -> value.accept(expr);
    }

    private static Runnable cast(SqlText out, Runnable date, String type) {
        return () -> {
            out.append("CAST(");
            date.run();
            out.append(" AS ").append(type).append(")");
        };
    }

    /** DATEDIFF counts midnights between two dates: the days, since both are dates. */
    void daysBetween(Expr later, Expr earlier) {
        bothUsable(later, earlier);
        out.append("DATEDIFF(day, ");
        cast(out, of(earlier), "date").run();
        out.append(", ");
        cast(out, of(later), "date").run();
        out.append(") END");
    }

    private void bothUsable(Expr a, Expr b) {
        out.append("CASE WHEN ");
        usable(out, of(a));
        out.append(" AND ");
        usable(out, of(b));
        out.append(" THEN ");
    }

    /** Year, month and day as one number: the quotient by 10000 is whole years, on 29 February too, where DATEADD would stop at the 28th. */
    void ageInYears(Expr later, Expr earlier) {
        bothUsable(later, earlier);
        out.append("((");
        digits(of(later));
        out.append(" - ");
        digits(of(earlier));
        out.append(") / 10000) END");
    }

    private void digits(Runnable date) {
        out.append("(YEAR(");
        date.run();
        out.append(") * 10000 + MONTH(");
        date.run();
        out.append(") * 100 + DAY(");
        date.run();
        out.append("))");
    }

    /** A day that the calendar of SQL Server does not have is NULL. */
    void addDays(Expr date, Expr days) {
        Runnable day = cast(out, of(date), "date");
        Runnable count = () -> {
            out.append("TRY_CAST(");
            value.accept(days);
            out.append(" AS int)");
        };
        out.append("CASE WHEN ");
        usable(out, of(date));
        out.append(" AND ");
        count.run();
        out.append(" BETWEEN DATEDIFF(day, ");
        day.run();
        out.append(", ").append(FIRST).append(") AND DATEDIFF(day, ");
        day.run();
        out.append(", ").append(LAST).append(") THEN DATEADD(day, ");
        count.run();
        out.append(", ");
        day.run();
        out.append(") END");
    }

    /** Months first, then days, then the time, as PostgreSQL; the last day of a shorter month in both. */
    void addInterval(Expr date, Expr interval) {
        if (!(interval instanceof Expr.Literal literal)) {
            throw Untranslatable.refuse("an interval that depends on a row", "Add a fixed interval, or count days.");
        }
        if (!(literal.value() instanceof PgInterval i)) {
            out.append("CAST(NULL AS datetime2(6))");
            return;
        }
        long days = i.days() + i.micros() / MICROS_OF_A_DAY;
        long rest = i.micros() % MICROS_OF_A_DAY;
        if (Math.abs(days) > Integer.MAX_VALUE) {
            throw Untranslatable.refuse("an interval of that many days", "Add fewer days.");
        }
        out.append("CASE WHEN ");
        usable(out, of(date));
        bounds(date, i);
        out.append(" THEN ");
        added(
                "microsecond",
                rest % MICROS_OF_A_SECOND,
                () -> added(
                        "second",
                        rest / MICROS_OF_A_SECOND,
                        () -> added(
                                "day", days, () -> added("month", i.months(), cast(out, of(date), "datetime2(6)")))));
        out.append(" END");
    }

    private void added(String part, long count, Runnable date) {
        if (count == 0) {
            date.run();
            return;
        }
        out.append("DATEADD(").append(part).append(", ");
        out.bind(Math.toIntExact(count), SqlType.INT4).append(", ");
        date.run();
        out.append(")");
    }

    /** So that the sum lies in the calendar, a month and some days inside it. */
    private void bounds(Expr date, PgInterval i) {
        if (i.months() < 0 || i.days() < 0 || i.micros() < 0) {
            out.append(" AND ");
            of(date).run();
            out.append(" >= ").bind(moved(EARLIEST, i, 1), SqlType.TIMESTAMP);
        }
        if (i.months() > 0 || i.days() > 0 || i.micros() > 0) {
            out.append(" AND ");
            of(date).run();
            out.append(" < ").bind(moved(LATEST, i, -1), SqlType.TIMESTAMP);
        }
    }

    private static LocalDateTime moved(LocalDateTime end, PgInterval i, int inwards) {
        LocalDateTime moved = end.minusMonths(i.months())
                .minusDays(i.days())
                .minus(i.micros(), ChronoUnit.MICROS)
                .plusMonths(inwards);
        LocalDateTime first = EARLIEST.plusMonths(1);
        LocalDateTime last = LATEST.minusMonths(1);
        return moved.isBefore(first) ? first : moved.isAfter(last) ? last : moved;
    }

    void part(String part, Expr date) {
        usableThen(date);
        out.append("DATEPART(").append(part).append(", ");
        of(date).run();
        out.append(") END");
    }

    /** Sunday is 0, whatever DATEFIRST is. */
    void dayOfWeek(Expr date) {
        usableThen(date);
        out.append("((DATEDIFF(day, ").append(FIRST).append(", ");
        of(date).run();
        out.append(") + 1) % 7) END");
    }

    /** Monday is 1, Sunday 7. */
    void isoDayOfWeek(Expr date) {
        usableThen(date);
        out.append("(DATEDIFF(day, ").append(FIRST).append(", ");
        of(date).run();
        out.append(") % 7 + 1) END");
    }

    private void usableThen(Expr date) {
        out.append("CASE WHEN ");
        usable(out, of(date));
        out.append(" THEN ");
    }

    void truncate(DateUnit unit, Expr date) {
        truncated(out, unit, of(date));
    }

    /** The midnight with which a unit begins: DATETRUNC is not there before 2022. */
    static void truncated(SqlText out, DateUnit unit, Runnable date) {
        out.append("CASE WHEN ");
        usable(out, date);
        out.append(" THEN ");
        cast(out, () -> first(out, unit, date), "datetime2(6)").run();
        out.append(" END");
    }

    private static void first(SqlText out, DateUnit unit, Runnable date) {
        switch (unit) {
            case DAY -> cast(out, date, "date").run();
            case WEEK -> {
                out.append("DATEADD(day, -(DATEDIFF(day, ").append(FIRST).append(", ");
                date.run();
                out.append(") % 7), ");
                cast(out, date, "date").run();
                out.append(")");
            }
            case MONTH -> firstOf(out, date, "MONTH(", ")");
            case QUARTER -> firstOf(out, date, "DATEPART(quarter, ", ") * 3 - 2");
            case YEAR -> {
                out.append("DATEFROMPARTS(YEAR(");
                date.run();
                out.append("), 1, 1)");
            }
        }
    }

    private static void firstOf(SqlText out, Runnable date, String before, String after) {
        out.append("DATEFROMPARTS(YEAR(");
        date.run();
        out.append("), ").append(before);
        date.run();
        out.append(after).append(", 1)");
    }

    /** Only zones that keep one offset: SQL Server has the names and rules of Windows, which are others than PostgreSQL's. */
    void atZone(Expr.AtZone at) {
        ZoneId zone = at.zone();
        if (!zone.getRules().isFixedOffset()) {
            throw Untranslatable.refuse(
                    "the local time of a zone that changes its clocks",
                    "SET TIME ZONE 'UTC', or ask by whole days of UTC.");
        }
        ZoneOffset offset = zone.getRules().getOffset(java.time.Instant.EPOCH);
        if (offset.getTotalSeconds() % 60 != 0 || Math.abs(offset.getTotalSeconds()) > 14 * 3600) {
            throw Untranslatable.refuse("a zone with such an offset", "SET TIME ZONE 'UTC'.");
        }
        boolean moment = at.argument().type() == SqlType.TIMESTAMPTZ;
        String type = moment ? "datetimeoffset(6)" : "datetime2(6)";
        out.append("CASE WHEN ");
        value.accept(at.argument());
        out.append(" >= CAST('0001-01-02' AS ").append(type).append(") AND ");
        value.accept(at.argument());
        out.append(" < CAST('9999-12-31' AS ").append(type).append(") THEN ");
        out.append(moment ? "CAST(SWITCHOFFSET(" : "TODATETIMEOFFSET(");
        value.accept(at.argument());
        out.append(", ")
                .bind(offset.getTotalSeconds() / 60, SqlType.INT4)
                .append(moment ? ") AS datetime2(6)) END" : ") END");
    }
}
