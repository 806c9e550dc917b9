package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import io.weir.query.type.TimeZones;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Expressions in PostgreSQL's SQL, each in a total form: no value of a row can raise an error, so that no error can tell something about a
 * row. Integers are computed as numeric; dates outside years 1 to 9999 (and infinity) give NULL.
 */
final class PostgresExpressions implements Expressions {
    /** Well inside what PostgreSQL can hold, in every zone. */
    private static final String EARLIEST = "4000-01-01 00:00:00+00 BC";

    private static final String LATEST = "99999-01-01 00:00:00+00";

    private static final int FLAT = 50;

    private final SqlText out;
    private final BiConsumer<SqlText, Rel> exists;
    private final PostgresDates dates;

    PostgresExpressions(SqlText out, BiConsumer<SqlText, Rel> exists) {
        this.out = out;
        this.exists = exists;
        this.dates = new PostgresDates(out, this::write);
    }

    @Override
    public void write(Expr expr) {
        switch (expr) {
            case Expr.Column c -> out.column(c.alias(), c.name());
            case Expr.Literal l -> out.bind(l.value(), l.type());
            case Expr.Parameter p -> throw new IllegalStateException("an unbound parameter cannot be written");
            case Expr.Window w -> window(w);
            case Expr.Scalar s -> throw new IllegalStateException("a sub-query above the boundary cannot be written");
            case Expr.Exists e -> {
                out.append("EXISTS (SELECT 1 FROM ");
                exists.accept(out, e.rel());
                out.append(")");
            }
            case Expr.Cast cast -> cast(cast);
            case Expr.AtZone at -> atZone(at);
            case Expr.Case branches -> {
                out.append("CASE");
                for (Expr.When when : branches.whens()) {
                    out.append(" WHEN ");
                    write(when.condition());
                    out.append(" THEN ");
                    write(when.value());
                }
                out.append(" ELSE ");
                write(branches.otherwise());
                out.append(" END");
            }
            case Expr.Call call -> call(call);
        }
    }

    @Override
    public void output(Expr expr) {
        // The source's own text of such a value is read exactly by the proxy; no driver's class for it is.
        out.append(expr.type().isOpaque() ? "CAST(" : "");
        write(expr);
        out.append(expr.type().isOpaque() ? " AS text)" : "");
    }

    @Override
    public void condition(Expr expr) {
        write(expr);
    }

    @Override
    public void flag(Expr condition) {
        if (condition.equals(Expr.always())) {
            out.append("TRUE");
        } else {
            write(condition);
        }
    }

    @Override
    public void alike(Expr expr, List<Expr> column) {
        write(expr);
    }

    @Override
    public void ordered(Expr key) {
        write(key);
    }

    @Override
    public void average(Runnable written, Expr argument) {
        out.append("avg(");
        written.run();
        out.append(")");
    }

    private void atZone(Expr.AtZone at) {
        Expr argument = at.argument();
        if (!isColumnLike(argument)) {
            zoned(at);
            return;
        }
        out.append("CASE WHEN isfinite(");
        write(argument);
        out.append(") IS NOT TRUE OR ");
        write(argument);
        out.append(" >= ").append(bound(EARLIEST, argument)).append(" AND ");
        write(argument);
        out.append(" < ").append(bound(LATEST, argument)).append(" THEN ");
        zoned(at);
        out.append(" END");
    }

    /** PostgreSQL's own function behind AT TIME ZONE. */
    private void zoned(Expr.AtZone at) {
        out.append("timezone(");
        out.bind(TimeZones.postgres(at.zone()), SqlType.TEXT);
        out.append(", ");
        write(at.argument());
        out.append(")");
    }

    /** Whether it may hold anything that a column may: what was computed with a date is within bounds already. */
    private static boolean isColumnLike(Expr argument) {
        return switch (argument) {
            case Expr.Call call ->
                switch (call.op()) {
                    case ADD_INTERVAL, TRUNCATE_YEAR, TRUNCATE_QUARTER, TRUNCATE_MONTH, TRUNCATE_WEEK, TRUNCATE_DAY ->
                        false;
                    default -> true;
                };
            case Expr.Literal l -> false;
            case Expr.AtZone at -> false;
            default -> true;
        };
    }

    private static String bound(String moment, Expr argument) {
        return "CAST('" + moment + "' AS " + PostgresDialect.typeName(argument.type()) + ")";
    }

    private void window(Expr.Window w) {
        out.append(w.function().name().toLowerCase(Locale.ROOT)).append("(");
        if (w.function() == Expr.Window.Function.COUNT && w.arguments().isEmpty()) {
            out.append("*");
        }
        for (int i = 0; i < w.arguments().size(); i++) {
            out.append(i > 0 ? ", " : "");
            Expr argument = w.arguments().get(i);
            if (i > 0 && argument instanceof Expr.Literal places && places.value() instanceof Number n) {
                out.append(Integer.toString(n.intValue())); // a checked number of ours
            } else if (w.type().isNumber() && argument.type().isNumber()) {
                numeric(argument);
            } else {
                write(argument);
            }
        }
        out.append(") OVER (");
        for (int i = 0; i < w.partition().size(); i++) {
            out.append(i > 0 ? ", " : "PARTITION BY ");
            write(w.partition().get(i));
        }
        for (int i = 0; i < w.order().size(); i++) {
            Expr.Window.Order order = w.order().get(i);
            out.append(i > 0 ? ", " : " ORDER BY ");
            write(order.expr());
            out.append(order.descending() ? " DESC" : " ASC")
                    .append(order.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
        }
        for (int i = 0; i < w.ties().size(); i++) {
            out.append(w.order().isEmpty() && i == 0 ? " ORDER BY " : ", ");
            write(w.ties().get(i));
            out.append(" ASC NULLS LAST");
        }
        out.append(")");
    }

    private void cast(Expr.Cast cast) {
        SqlType from = cast.argument().type();
        if ((from == SqlType.TIMESTAMPTZ) != (cast.type() == SqlType.TIMESTAMPTZ)
                && !from.isText()
                && !cast.type().isText()) {
            throw new IllegalStateException("a cast that depends on the time zone of the source's session");
        }
        if (from == SqlType.BOOL && cast.type().isNumber()) {
            out.append("CASE WHEN ");
            write(cast.argument());
            out.append(" THEN 1 WHEN NOT ");
            write(cast.argument());
            out.append(" THEN 0 END");
            return;
        }
        SqlType target = cast.type().isNumber() && cast.type() != SqlType.FLOAT8 ? SqlType.NUMERIC : cast.type();
        if (from.isText() && target.isText()) {
            if (target == SqlType.BPCHAR && from != SqlType.BPCHAR) {
                around("rtrim(", cast.argument(), ")");
            } else {
                write(cast.argument());
            }
            return;
        }
        if (cast.cuts() && target == SqlType.NUMERIC) {
            rounded(cast);
            return;
        }
        if (cast.type().isInteger() && !from.isInteger() && from.isNumber()) {
            out.append("round(");
            numeric(cast.argument());
            out.append(")");
            return;
        }
        if (cast.cuts()) {
            out.append("CAST(");
            write(cast.argument());
            out.append(" AS ").append(PostgresDialect.typeName(target)).append("(" + cast.typmod() + "))");
            return;
        }
        out.append("CAST(");
        write(cast.argument());
        out.append(" AS ").append(PostgresDialect.typeName(target)).append(")");
    }

    /** numeric(p,s): a number that has no room is NULL, where PostgreSQL would end the statement. */
    private void rounded(Expr.Cast cast) {
        int scale = cast.target().scale();
        String room = java.math.BigDecimal.ONE
                .scaleByPowerOfTen(cast.target().integerDigits())
                .toPlainString();
        out.append("CASE WHEN abs(round(");
        numeric(cast.argument());
        out.append(", " + scale + ")) < " + room + " THEN round(");
        numeric(cast.argument());
        out.append(", " + scale + ") END");
    }

    /** A function of a number, NULL outside its domain. */
    private void within(Expr argument, String domain, String function) {
        out.append("CASE WHEN ");
        numeric(argument);
        out.append(domain).append(" THEN ").append(function).append("(");
        numeric(argument);
        out.append(") END");
    }

    private void call(Expr.Call call) {
        List<Expr> a = call.arguments();
        switch (call.op()) {
            case EQUAL -> infix(a, " = ");
            case NOT_EQUAL -> infix(a, " <> ");
            case LESS -> infix(a, " < ");
            case LESS_OR_EQUAL -> infix(a, " <= ");
            case GREATER -> infix(a, " > ");
            case GREATER_OR_EQUAL -> infix(a, " >= ");
            case IS_DISTINCT_FROM -> infix(a, " IS DISTINCT FROM ");
            case IS_NOT_DISTINCT_FROM -> infix(a, " IS NOT DISTINCT FROM ");
            case AND -> infix(a, " AND ");
            case OR -> alternatives(a);
            case LIKE -> infix(a, " LIKE ");
            case NOT -> around("(NOT ", a.getFirst(), ")");
            case IS_NULL -> test(a.getFirst(), " IS NULL)");
            case IS_NOT_NULL -> test(a.getFirst(), " IS NOT NULL)");
            case IS_TRUE -> test(a.getFirst(), " IS TRUE)");
            case IS_NOT_TRUE -> test(a.getFirst(), " IS NOT TRUE)");
            case IS_FALSE -> test(a.getFirst(), " IS FALSE)");
            case IS_NOT_FALSE -> test(a.getFirst(), " IS NOT FALSE)");
            case ADD -> arithmetic(a, " + ");
            case SUBTRACT -> arithmetic(a, " - ");
            case MULTIPLY -> arithmetic(a, " * ");
            case DIVIDE -> {
                out.append("(");
                numeric(a.get(0));
                out.append(" / NULLIF(");
                numeric(a.get(1));
                out.append(", 0))");
            }
            case INTEGER_DIVIDE -> guardedDivision("div(", a);
            case MODULO -> guardedDivision("mod(", a);
            case NEGATE -> {
                out.append("(- ");
                numeric(a.getFirst());
                out.append(")");
            }
            case ABSOLUTE -> function("abs", a.getFirst());
            case SQUARE_ROOT -> within(a.getFirst(), " >= 0", "sqrt");
            case LOGARITHM -> within(a.getFirst(), " > 0", "ln");
            case EXPONENTIAL -> within(a.getFirst(), " BETWEEN -700 AND 700", "exp");
            case FLOOR -> function("floor", a.getFirst());
            case CEILING -> function("ceil", a.getFirst());
            case ROUND -> {
                out.append("round(");
                numeric(a.getFirst());
                if (a.size() > 1) {
                    out.append(", ");
                    write(a.get(1));
                }
                out.append(")");
            }
            case ADD_PARTS -> throw new IllegalStateException("parts are added above the boundary");
            case DAYS_BETWEEN -> {
                out.append("CASE WHEN ");
                dates.usable(a.get(0));
                out.append(" AND ");
                dates.usable(a.get(1));
                out.append(" THEN (");
                dates.date(a.get(0));
                out.append(" - ");
                dates.date(a.get(1));
                out.append(") END");
            }
            case AGE_IN_YEARS -> {
                out.append("CASE WHEN ");
                dates.usable(a.get(0));
                out.append(" AND ");
                dates.usable(a.get(1));
                out.append(" THEN EXTRACT(YEAR FROM age(");
                dates.timestamp(a.get(0));
                out.append(", ");
                dates.timestamp(a.get(1));
                out.append(")) END");
            }
            case ADD_DAYS -> {
                out.append("CASE WHEN ");
                dates.usable(a.get(0));
                out.append(" THEN (");
                dates.date(a.get(0));
                out.append(" + ");
                write(a.get(1));
                out.append(") END");
            }
            case ADD_INTERVAL -> {
                out.append("CASE WHEN ");
                dates.usable(a.get(0));
                out.append(" THEN (");
                dates.timestamp(a.get(0));
                out.append(" + ");
                write(a.get(1));
                out.append(") END");
            }
            case YEAR_OF -> dates.part("YEAR", a.getFirst());
            case QUARTER_OF -> dates.part("QUARTER", a.getFirst());
            case MONTH_OF -> dates.part("MONTH", a.getFirst());
            case ISO_WEEK_OF -> dates.part("WEEK", a.getFirst());
            case DAY_OF_WEEK -> dates.part("DOW", a.getFirst());
            case ISO_DAY_OF_WEEK -> dates.part("ISODOW", a.getFirst());
            case DAY_OF_MONTH -> dates.part("DAY", a.getFirst());
            case HOUR_OF -> dates.part("HOUR", a.getFirst());
            case TRUNCATE_YEAR -> dates.truncate("year", a.getFirst());
            case TRUNCATE_QUARTER -> dates.truncate("quarter", a.getFirst());
            case TRUNCATE_MONTH -> dates.truncate("month", a.getFirst());
            case TRUNCATE_WEEK -> dates.truncate("week", a.getFirst());
            case TRUNCATE_DAY -> dates.truncate("day", a.getFirst());
            case LEFT -> list("left", a);
            case UPPER -> list("upper", a);
            case LOWER -> list("lower", a);
            case LENGTH -> list("length", a);
            case INITIALS -> list("initcap", a);
            case REPLACE -> list("replace", a);
            case RIGHT -> list("right", a);
            case SPLIT_PART -> list("split_part", a);
            case PAD_LEFT -> list("lpad", a);
            case PAD_RIGHT -> list("rpad", a);
            case TRIM_BOTH -> list("btrim", a);
            case TRIM_LEFT -> list("ltrim", a);
            case TRIM_RIGHT -> list("rtrim", a);
            case SUBSTRING -> list("substr", a);
            case POSITION -> list("strpos", a);
            case REVERSE -> list("reverse", a);
            case REPEAT -> list("repeat", a);
            case TRANSLATE -> list("translate", a);
            case DATE_TEXT -> dates.text(a.get(0), a.get(1));
            case NUMBER_TEXT -> {
                out.append("to_char(");
                numeric(a.get(0));
                out.append(", ");
                write(a.get(1));
                out.append(")");
            }
            case CONCAT -> infix(a, " || ");
            case COALESCE -> list("COALESCE", a);
            case NULLIF -> list("NULLIF", a);
            case GREATEST -> list("GREATEST", a);
            case LEAST -> list("LEAST", a);
        }
    }

    /** Long lists in halves: a parser reads a flat one as a tree that is as deep as it is long. */
    private void alternatives(List<Expr> arguments) {
        if (arguments.size() <= FLAT) {
            infix(arguments, " OR ");
            return;
        }
        int middle = arguments.size() / 2;
        out.append("(");
        alternatives(arguments.subList(0, middle));
        out.append(" OR ");
        alternatives(arguments.subList(middle, arguments.size()));
        out.append(")");
    }

    private void infix(List<Expr> arguments, String operator) {
        out.append("(");
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                out.append(operator);
            }
            write(arguments.get(i));
        }
        out.append(")");
    }

    /** The guard's parser takes EXISTS for a whole condition where it stands without brackets. */
    private void test(Expr argument, String test) {
        if (argument instanceof Expr.Exists) {
            around("((", argument, ")" + test);
        } else {
            around("(", argument, test);
        }
    }

    private void around(String before, Expr argument, String after) {
        out.append(before);
        write(argument);
        out.append(after);
    }

    private void list(String function, List<Expr> arguments) {
        out.append(function).append("(");
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            write(arguments.get(i));
        }
        out.append(")");
    }

    private void function(String name, Expr argument) {
        out.append(name).append("(");
        numeric(argument);
        out.append(")");
    }

    private void arithmetic(List<Expr> arguments, String operator) {
        out.append("(");
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0) {
                out.append(operator);
            }
            numeric(arguments.get(i));
        }
        out.append(")");
    }

    private void guardedDivision(String function, List<Expr> arguments) {
        out.append(function);
        numeric(arguments.get(0));
        out.append(", NULLIF(");
        numeric(arguments.get(1));
        out.append(", 0))");
    }

    @Override
    public void numeric(Expr argument) {
        out.append("CAST(");
        write(argument);
        out.append(" AS numeric)");
    }

    @Override
    public void weighted(Expr argument, Runnable written, Runnable weight) {
        written.run();
        out.append(" * ");
        weight.run();
    }
}
