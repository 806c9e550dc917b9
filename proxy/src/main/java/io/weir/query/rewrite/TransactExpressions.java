package io.weir.query.rewrite;

import io.weir.policy.DateUnit;
import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * Expressions in Transact-SQL. It has no values that are true or false: conditions are written where conditions stand, and as values they
 * are a {@code bit}, NULL when unknown.
 */
final class TransactExpressions implements Expressions {
    private static final int FLAT = 50;

    private final SqlText out;
    private final Relations relations;
    private final NumberShapes shapes;
    private final TransactNumbers numbers;
    private final TransactDates dates;
    private final TransactTexts texts;

    TransactExpressions(SqlText out, Relations relations) {
        this.out = out;
        this.relations = relations;
        this.shapes = new NumberShapes(relations::named);
        this.numbers = new TransactNumbers(out, shapes, this::write);
        this.dates = new TransactDates(out, this::write);
        this.texts = new TransactTexts(out, this::write);
    }

    @Override
    public void write(Expr expr) {
        if (isCondition(expr)) {
            bit(expr);
            return;
        }
        switch (expr) {
            case Expr.Column c -> out.column(c.alias(), c.name());
            case Expr.Literal l -> out.bind(l.value(), l.type());
            case Expr.Parameter p -> throw new IllegalStateException("an unbound parameter cannot be written");
            case Expr.Window w -> new TransactWindows(out, this, numbers).write(w);
            case Expr.Scalar s -> throw new IllegalStateException("a sub-query above the boundary cannot be written");
            case Expr.Exists e -> throw new IllegalStateException("a condition");
            case Expr.Cast cast -> new TransactCasts(out, this, numbers).write(cast);
            case Expr.AtZone at -> dates.atZone(at);
            case Expr.Case branches -> branches(branches);
            case Expr.Call call -> call(call);
        }
    }

    private static boolean isCondition(Expr expr) {
        return expr instanceof Expr.Exists
                || expr instanceof Expr.Call call && call.op().isCondition();
    }

    private static boolean isNeverUnknown(Expr condition) {
        return condition instanceof Expr.Exists
                || condition instanceof Expr.Call call && call.op().isNeverUnknown();
    }

    private void bit(Expr expr) {
        out.append("CAST(CASE WHEN ");
        condition(expr);
        if (isNeverUnknown(expr)) {
            out.append(" THEN 1 ELSE 0 END AS bit)");
            return;
        }
        out.append(" THEN 1 WHEN NOT ");
        condition(expr);
        out.append(" THEN 0 END AS bit)");
    }

    @Override
    public void output(Expr expr) {
        if (!expr.type().isOpaque()) {
            write(expr);
            return;
        }
        switch (expr.type()) {
            case JSON, JSONB -> {
                out.append("CAST(");
                write(expr);
                out.append(" AS nvarchar(max))");
            }
            case BYTEA -> {
                // PostgreSQL's own text: \x and small digits.
                out.append("LOWER(N'\\x' + CONVERT(nvarchar(max), ");
                write(expr);
                out.append(", 2))");
            }
            default -> throw Untranslatable.refuse("an array", "Leave the column out.");
        }
    }

    @Override
    public void flag(Expr condition) {
        if (condition.equals(Expr.always())) {
            out.append("1");
            return;
        }
        out.append("CASE WHEN ");
        condition(condition);
        out.append(" THEN 1 ELSE 0 END");
    }

    @Override
    public void numeric(Expr argument) {
        numbers.exact(argument);
    }

    @Override
    public void weighted(Expr argument, Runnable written, Runnable weight) {
        numbers.weighted(argument, written, weight);
    }

    @Override
    public void alike(Expr expr, List<Expr> column) {
        if (column.size() > 1 && NumberShape.isExact(expr.type()) && !areWholeColumns(expr.type(), column)) {
            numbers.exact(expr, joint(column));
        } else {
            write(expr);
        }
    }

    /** Whole numbers of one type need no other to be put together: a key cast to another type would be in another bucket. */
    private static boolean areWholeColumns(SqlType type, List<Expr> exprs) {
        return type.isInteger() && exprs.stream().allMatch(e -> e instanceof Expr.Column c && c.type() == type);
    }

    private NumberShape joint(List<Expr> exprs) {
        return exprs.stream().map(numbers::shape).reduce(NumberShape::or).orElseThrow();
    }

    @Override
    public void ordered(Expr key) {
        if (key.type() == SqlType.UUID) {
            // The order of a uniqueidentifier is not that of its text.
            out.append("LOWER(CONVERT(nvarchar(36), ");
            write(key);
            out.append("))").append(TransactTypes.COLLATION);
            return;
        }
        out.dialect().marked(out, key.type(), () -> write(key));
    }

    @Override
    public void average(Runnable written, Expr argument) {
        numbers.mean(written, argument, () -> {});
    }

    @Override
    public void condition(Expr expr) {
        switch (expr) {
            case Expr.Exists e -> {
                out.append("EXISTS (SELECT 1 AS [one] FROM ");
                relations.fromAndWhere(out, e.rel());
                out.append(")");
            }
            case Expr.Call call when call.op().isCondition() -> call(call);
            default -> {
                out.append("(");
                write(expr);
                out.append(" = 1)");
            }
        }
    }

    private void truth(Expr argument, String not, String expected) {
        out.append("(CASE WHEN ").append(not);
        condition(argument);
        out.append(" THEN 1 ELSE 0 END = ").append(expected).append(")");
    }

    private void compare(List<Expr> a, String operator) {
        out.append("(");
        compared(a.get(0));
        out.append(operator);
        compared(a.get(1));
        out.append(")");
    }

    private void compared(Expr side) {
        out.dialect().marked(out, side.type(), () -> write(side));
    }

    private void ordered(List<Expr> a, String operator) {
        if (a.getFirst().type() == SqlType.UUID) {
            throw Untranslatable.refuse("the order of two uuids", "Compare them for equality.");
        }
        compare(a, operator);
    }

    /** IS DISTINCT FROM is not there before 2022. */
    private void distinct(List<Expr> a, String expected) {
        out.append("(CASE WHEN ");
        compare(a, " = ");
        out.append(" THEN 0 WHEN ");
        write(a.get(0));
        out.append(" IS NULL AND ");
        write(a.get(1));
        out.append(" IS NULL THEN 0 ELSE 1 END = ").append(expected).append(")");
    }

    /** Long lists in halves: a parser reads a flat one as a tree that is as deep as it is long. */
    private void connective(List<Expr> arguments, String operator) {
        out.append("(");
        if (arguments.size() > FLAT) {
            int middle = arguments.size() / 2;
            connective(arguments.subList(0, middle), operator);
            out.append(operator);
            connective(arguments.subList(middle, arguments.size()), operator);
        } else {
            for (int i = 0; i < arguments.size(); i++) {
                out.append(i > 0 ? operator : "");
                condition(arguments.get(i));
            }
        }
        out.append(")");
    }

    /** A condition is written as one, anything else as a value. */
    private void call(Expr.Call call) {
        List<Expr> a = call.arguments();
        switch (call.op()) {
            case EQUAL -> compare(a, " = ");
            case NOT_EQUAL -> compare(a, " <> ");
            case LESS -> ordered(a, " < ");
            case LESS_OR_EQUAL -> ordered(a, " <= ");
            case GREATER -> ordered(a, " > ");
            case GREATER_OR_EQUAL -> ordered(a, " >= ");
            case IS_DISTINCT_FROM -> distinct(a, "1");
            case IS_NOT_DISTINCT_FROM -> distinct(a, "0");
            case AND -> connective(a, " AND ");
            case OR -> connective(a, " OR ");
            case NOT -> {
                out.append("(NOT ");
                condition(a.getFirst());
                out.append(")");
            }
            case IS_NULL -> around("(", a.getFirst(), " IS NULL)");
            case IS_NOT_NULL -> around("(", a.getFirst(), " IS NOT NULL)");
            case IS_TRUE -> truth(a.getFirst(), "", "1");
            case IS_NOT_TRUE -> truth(a.getFirst(), "", "0");
            case IS_FALSE -> truth(a.getFirst(), "NOT ", "1");
            case IS_NOT_FALSE -> truth(a.getFirst(), "NOT ", "0");
            case LIKE -> texts.like(a.get(0), a.get(1));
            case ADD -> numbers.sum(a, " + ");
            case SUBTRACT -> numbers.sum(a, " - ");
            case MULTIPLY -> numbers.product(a);
            case DIVIDE -> numbers.quotient(a.get(0), a.get(1));
            case INTEGER_DIVIDE -> numbers.wholeQuotient(a.get(0), a.get(1));
            case MODULO -> numbers.remainder(a.get(0), a.get(1));
            case NEGATE -> {
                out.append("(- ");
                numbers.exact(a.getFirst());
                out.append(")");
            }
            case ABSOLUTE -> numbers.called("ABS", a.getFirst());
            case SQUARE_ROOT, LOGARITHM, EXPONENTIAL ->
                throw Untranslatable.refuse(call.op() + " of reference data", "Calculate with the result.");
            case FLOOR -> numbers.called("FLOOR", a.getFirst());
            case CEILING -> numbers.called("CEILING", a.getFirst());
            case ROUND -> rounded(a);
            case ADD_PARTS -> throw new IllegalStateException("parts are added above the boundary");
            case DAYS_BETWEEN -> dates.daysBetween(a.get(0), a.get(1));
            case AGE_IN_YEARS -> dates.ageInYears(a.get(0), a.get(1));
            case ADD_DAYS -> dates.addDays(a.get(0), a.get(1));
            case ADD_INTERVAL -> dates.addInterval(a.get(0), a.get(1));
            case YEAR_OF -> dates.part("year", a.getFirst());
            case QUARTER_OF -> dates.part("quarter", a.getFirst());
            case MONTH_OF -> dates.part("month", a.getFirst());
            case ISO_WEEK_OF -> dates.part("iso_week", a.getFirst());
            case DAY_OF_WEEK -> dates.dayOfWeek(a.getFirst());
            case ISO_DAY_OF_WEEK -> dates.isoDayOfWeek(a.getFirst());
            case DAY_OF_MONTH -> dates.part("day", a.getFirst());
            case HOUR_OF -> dates.part("hour", a.getFirst());
            case TRUNCATE_YEAR -> dates.truncate(DateUnit.YEAR, a.getFirst());
            case TRUNCATE_QUARTER -> dates.truncate(DateUnit.QUARTER, a.getFirst());
            case TRUNCATE_MONTH -> dates.truncate(DateUnit.MONTH, a.getFirst());
            case TRUNCATE_WEEK -> dates.truncate(DateUnit.WEEK, a.getFirst());
            case TRUNCATE_DAY -> dates.truncate(DateUnit.DAY, a.getFirst());
            case LEFT -> texts.left(a.get(0), a.get(1));
            case UPPER -> around("UPPER(", a.getFirst(), ")");
            case LOWER -> around("LOWER(", a.getFirst(), ")");
            case LENGTH -> texts.length(a.getFirst());
            case INITIALS,
                    REPLACE,
                    RIGHT,
                    SPLIT_PART,
                    PAD_LEFT,
                    PAD_RIGHT,
                    TRIM_BOTH,
                    TRIM_LEFT,
                    TRIM_RIGHT,
                    SUBSTRING,
                    POSITION,
                    REVERSE,
                    REPEAT,
                    TRANSLATE ->
                throw Untranslatable.refuse(
                        "such a function of a text",
                        "Use left(), upper(), lower(), length() or ||, or the column itself.");
            case DATE_TEXT, NUMBER_TEXT ->
                throw Untranslatable.refuse(
                        "to_char below a grouping", "Group by date_trunc or extract, and use to_char on the result.");
            case CONCAT -> texts.concatenated(a);
            case COALESCE -> list("COALESCE(", a);
            case NULLIF -> nullif(a);
            case GREATEST -> extreme("MAX(", a);
            case LEAST -> extreme("MIN(", a);
        }
    }

    private void rounded(List<Expr> a) {
        Optional<Expr> digits = a.size() > 1 ? Optional.of(a.get(1)) : Optional.empty();
        numbers.rounded(a.getFirst(), digits);
    }

    private void branches(Expr.Case branches) {
        List<Expr> values = java.util.stream.Stream.concat(
                        branches.whens().stream().map(Expr.When::value),
                        java.util.stream.Stream.of(branches.otherwise()))
                .toList();
        out.append("CASE");
        for (Expr.When when : branches.whens()) {
            out.append(" WHEN ");
            condition(when.condition());
            out.append(" THEN ");
            alike(when.value(), values);
        }
        out.append(" ELSE ");
        alike(branches.otherwise(), values);
        out.append(" END");
    }

    private void list(String beginning, List<Expr> arguments) {
        out.append(beginning);
        for (int i = 0; i < arguments.size(); i++) {
            out.append(i > 0 ? ", " : "");
            alike(arguments.get(i), arguments);
        }
        out.append(")");
    }

    /** NULLIF compares as = does, and so without the mark. */
    private void nullif(List<Expr> a) {
        out.append("CASE WHEN ");
        compare(a, " = ");
        out.append(" THEN NULL ELSE ");
        write(a.getFirst());
        out.append(" END");
    }

    /** GREATEST and LEAST are not there before 2022; an aggregate leaves NULL out as they do in PostgreSQL. */
    private void extreme(String aggregate, List<Expr> arguments) {
        SqlType type = arguments.getFirst().type();
        if (type == SqlType.BOOL || type == SqlType.UUID) {
            throw Untranslatable.refuse("the greatest or least of such values", "Use CASE WHEN.");
        }
        out.append("(SELECT ");
        out.dialect().unmarked(out, type, () -> out.append(aggregate).append("[e].[v])"));
        out.append(" FROM (");
        for (int i = 0; i < arguments.size(); i++) {
            Expr argument = arguments.get(i);
            out.append(i > 0 ? " UNION ALL SELECT " : "SELECT ");
            out.dialect().marked(out, argument.type(), () -> alike(argument, arguments));
            out.append(" AS [v]");
        }
        out.append(") AS [e])");
    }

    void around(String before, Expr argument, String after) {
        out.append(before);
        write(argument);
        out.append(after);
    }
}
