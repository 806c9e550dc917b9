package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.ColumnClass;
import io.weir.policy.DateUnit;
import io.weir.policy.Grid;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be done with columns below the boundary (design/query.md "From SQL to a ruling" 4). An allow-list over the registered
 * operators: predicates, values, and where comparisons may cut. Refuses by exception, caught at the stage's door.
 */
final class Rules {
    private final Scope scope;
    private final LocalDate snapshot;
    private final boolean rowLevel;

    /** @param rowLevel whether every scanned personal dataset is granted row_level, so that pseudonyms may be compared */
    Rules(Scope scope, LocalDate snapshot, boolean rowLevel) {
        this.scope = scope;
        this.snapshot = snapshot;
        this.rowLevel = rowLevel;
    }

    /** A condition over rows of known units. */
    void predicate(Expr condition) {
        switch (condition) {
            case Expr.Literal l -> {}
            case Expr.Parameter p -> {}
            case Expr.Exists e -> coarseningHolds(e.rel());
            case Expr.Scalar s ->
                throw refuse(
                        ProblemCode.SHAPE,
                        "a sub-query's aggregate is compared with rows about people",
                        "Ask for both aggregates in one SELECT and compare them there.");
            case Expr.Column c -> use(c);
            case Expr.Cast c -> value(c);
            case Expr.Case c -> value(c);
            case Expr.Call call -> {
                List<Expr> a = call.arguments();
                switch (call.op()) {
                    case AND, OR, NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> a.forEach(this::predicate);
                    case IS_NULL, IS_NOT_NULL -> {
                        if (a.getFirst() instanceof Expr.Column c) {
                            notText(c);
                        } else {
                            value(a.getFirst());
                        }
                    }
                    case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> {
                        if (!scope.isExactLink(call)) {
                            comparison(call.op(), strip(a.get(0)), strip(a.get(1)), false);
                        }
                    }
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                        comparison(call.op(), strip(a.get(0)), strip(a.get(1)), true);
                    case LIKE -> like(a);
                    default -> value(call);
                }
            }
        }
    }

    /** Casts that keep the order of values are looked through: date to timestamp, integer to numeric, text to text. */
    private Expr strip(Expr expr) {
        if (expr instanceof Expr.Cast(Expr argument, SqlType target, int typmod, boolean cuts) && !cuts) {
            boolean identifier =
                    argument instanceof Expr.Column c && scope.info(c).columnClass() == ColumnClass.IDENTIFIER;
            boolean order = identifier
                    || argument.type().isNumber() && target.isNumber()
                    || argument.type() == SqlType.DATE && (target == SqlType.TIMESTAMP || target == SqlType.TIMESTAMPTZ)
                    || argument.type() == SqlType.TIMESTAMP && target == SqlType.TIMESTAMPTZ
                    || argument.type() == SqlType.TIMESTAMP && target == SqlType.DATE && isTruncated(argument)
                    || argument.type().isText() && target.isText();
            return order ? strip(argument) : expr;
        }
        return expr;
    }

    /** Midnight of some day: its date says as much. */
    private static boolean isTruncated(Expr moment) {
        return moment instanceof Expr.Call call
                && switch (call.op()) {
                    case TRUNCATE_YEAR, TRUNCATE_QUARTER, TRUNCATE_MONTH, TRUNCATE_WEEK, TRUNCATE_DAY -> true;
                    default -> false;
                };
    }

    private void comparison(Op op, Expr left, Expr right, boolean range) {
        if (left.isCallerValue() && right.isCallerValue()) {
            return;
        }
        if (left.isCallerValue()) {
            withCallerValue(right, left, range);
        } else if (right.isCallerValue()) {
            withCallerValue(left, right, range);
        } else {
            ofOneSubject(op, left, right);
        }
    }

    /** A column or derived attribute against a value of the caller. */
    private void withCallerValue(Expr own, Expr bound, boolean range) {
        if (own instanceof Expr.Column c && scope.info(c).columnClass() == ColumnClass.IDENTIFIER) {
            if (scope.info(c).reference()) {
                return;
            }
            if (rowLevel && !range) {
                return;
            }
            throw refuse(
                    ProblemCode.IDENTIFIER_USE,
                    "%s is an identifier and is compared with a value".formatted(name(c)),
                    "Describe the people by their attributes instead, or ask for a registered cohort.");
        }
        comparable(own);
        if (isReference(own)) {
            return;
        }
        Grid grid = grid(own);
        boolean date =
                own.type() == SqlType.DATE || own.type() == SqlType.TIMESTAMP || own.type() == SqlType.TIMESTAMPTZ;
        boolean dateCut = grid instanceof Grid.Dates(DateUnit unit) && unit != DateUnit.DAY
                || date && grid instanceof Grid.NoRanges && !(own instanceof Expr.Column);
        if (!range && !dateCut) {
            return;
        }
        if (!(bound instanceof Expr.Literal literal)) {
            return; // an open parameter: ruled on when it is bound
        }
        Object value = literal.value();
        if (value == null || isSnapshot(value)) {
            return;
        }
        String suggestion = suggestionOrMismatch(grid, value);
        if (suggestion != null) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "a bound on %s lies between the permitted ones".formatted(nameOf(own)),
                    suggestion);
        }
    }

    private static @Nullable String suggestionOrMismatch(Grid grid, Object value) {
        try {
            return Grids.suggestion(grid, value);
        } catch (IllegalArgumentException mismatch) {
            throw refuse(ProblemCode.TYPE_MISMATCH, "the bound has another type than the column");
        }
    }

    /**
     * A bound that takes a whole last day in, as the bound on the grid that says the same: {@code <= 31 December} is
     * {@code < 1 January}. Only for dates, which have nothing between one day and the next.
     */
    Expr onGrid(Expr.Call comparison) {
        Expr left = comparison.arguments().get(0);
        Expr right = comparison.arguments().get(1);
        boolean swapped = left instanceof Expr.Literal;
        if (!((swapped ? right : left) instanceof Expr.Column own)
                || !((swapped ? left : right) instanceof Expr.Literal bound)
                || own.type() != SqlType.DATE
                || !(bound.value() instanceof LocalDate day)
                || scope.isProtected(own)
                || scope.info(own).reference()
                || !(scope.info(own).grid() instanceof Grid.Dates grid)
                || isSnapshot(day)
                || Grids.suggestion(grid, day) == null
                || Grids.suggestion(grid, day.plusDays(1)) != null) {
            return comparison;
        }
        Op exclusive = switch (comparison.op()) {
            case LESS_OR_EQUAL -> swapped ? null : Op.LESS;
            case GREATER -> swapped ? null : Op.GREATER_OR_EQUAL;
            case LESS -> swapped ? Op.LESS_OR_EQUAL : null;
            case GREATER_OR_EQUAL -> swapped ? Op.GREATER : null;
            default -> null;
        };
        if (exclusive == null) {
            return comparison;
        }
        Expr next = Expr.literal(day.plusDays(1), SqlType.DATE);
        return Expr.predicate(exclusive, swapped ? next : own, swapped ? own : next);
    }

    private boolean isSnapshot(Object value) {
        return value.equals(snapshot) || value.equals(snapshot.atStartOfDay());
    }

    /**
     * Two columns of the same subject: a new attribute, ruled by nobody's grid. That they are of one subject is {@link Linking}'s to see,
     * which rules on every relation as a whole.
     */
    private void ofOneSubject(Op op, Expr left, Expr right) {
        if (left instanceof Expr.Column a && right instanceof Expr.Column b) {
            ColumnInfo x = scope.info(a);
            ColumnInfo y = scope.info(b);
            boolean identifiers =
                    x.columnClass() == ColumnClass.IDENTIFIER || y.columnClass() == ColumnClass.IDENTIFIER;
            if (identifiers) {
                boolean permitted = x.columnClass() == y.columnClass()
                        && x.namespace() != null
                        && x.namespace().equals(y.namespace())
                        && (op == Op.EQUAL || op == Op.NOT_EQUAL || op == Op.IS_DISTINCT_FROM);
                if (!permitted) {
                    throw refuse(
                            ProblemCode.IDENTIFIER_USE,
                            "%s and %s are not identifiers of one kind".formatted(name(a), name(b)),
                            "Join along the declared links; \\d shows them as foreign keys.");
                }
                return;
            }
        }
        for (Expr side : List.of(left, right)) {
            value(side);
            if (!isPlain(side)) {
                throw refuse(
                        ProblemCode.COMPARISON,
                        "a computed value is compared with another column",
                        "Compare the columns themselves, or dates with a constant number of days added.");
            }
        }
        exactly(left, right);
    }

    /**
     * Whether a side of a comparison can only be what the records of one subject say, shifted at most by whole days: no branch that holds a
     * constant, no constant in the arithmetic.
     */
    boolean isPlain(Expr expr) {
        return switch (expr) {
            case Expr.Column c -> true;
            case Expr.Cast c -> !c.cuts() && isPlain(c.argument());
            case Expr.Call(Op op, List<Expr> a, SqlType t) ->
                switch (op) {
                    case ADD_DAYS, ADD_INTERVAL -> isPlain(a.get(0)) && a.get(1).isCallerValue();
                    case ADD, SUBTRACT, MULTIPLY, NEGATE, ABSOLUTE, DAYS_BETWEEN, AGE_IN_YEARS ->
                        a.stream().allMatch(x -> isPlain(x) && !isShifted(x));
                    case YEAR_OF,
                            QUARTER_OF,
                            MONTH_OF,
                            ISO_WEEK_OF,
                            DAY_OF_WEEK,
                            DAY_OF_MONTH,
                            TRUNCATE_YEAR,
                            TRUNCATE_QUARTER,
                            TRUNCATE_MONTH,
                            TRUNCATE_WEEK,
                            TRUNCATE_DAY -> isPlain(a.getFirst());
                    default -> false;
                };
            default -> false;
        };
    }

    /** Whether a constant number of days is added to a date in it. */
    static boolean isShifted(Expr expr) {
        boolean[] found = {false};
        expr.walk(e -> found[0] |=
                e instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && (op == Op.ADD_DAYS || op == Op.ADD_INTERVAL));
        return found[0];
    }

    /**
     * A value that is compared or summed further up must not carry a constant of the caller: it would move the grid of the comparison, and
     * outweigh the rounding step of the sum. Zero, one and minus one as results of a CASE are flags, and fine.
     */
    void unshifted(Expr value) {
        if (value.isCallerValue()) {
            branch(value);
            return;
        }
        if (isReference(value) && isPlain(value)) {
            return;
        }
        switch (value) {
            case Expr.Call call
            when SHIFTING.contains(call.op()) -> {
                boolean age = call.op() == Op.AGE_IN_YEARS || call.op() == Op.DAYS_BETWEEN;
                if (!age && call.arguments().stream().anyMatch(Expr::isCallerValue)) {
                    throw shifted();
                }
                call.arguments().stream().filter(a -> !a.isCallerValue()).forEach(this::unshifted);
            }
            case Expr.Case c -> {
                c.whens().forEach(w -> branch(w.value()));
                branch(c.otherwise());
            }
            case Expr.Call(Op op, List<Expr> a, SqlType t)
            when op == Op.COALESCE || op == Op.NULLIF -> a.forEach(this::branch);
            default -> value.operands().forEach(this::unshifted);
        }
    }

    private static final java.util.Set<Op> SHIFTING = java.util.EnumSet.of(
            Op.ADD,
            Op.SUBTRACT,
            Op.MULTIPLY,
            Op.DIVIDE,
            Op.ADD_DAYS,
            Op.ADD_INTERVAL,
            Op.AGE_IN_YEARS,
            Op.DAYS_BETWEEN);

    /** A constant result: a flag, a text or nothing; no number or day that could serve as a bound. */
    private void branch(Expr result) {
        Expr plain = strip(result);
        if (!plain.isCallerValue()) {
            unshifted(plain);
            return;
        }
        if (plain instanceof Expr.Parameter) {
            return; // ruled on when it is bound
        }
        boolean harmless = plain instanceof Expr.Literal l
                && (l.value() == null
                        || l.value() instanceof Boolean
                        || l.value() instanceof String
                        || l.value() instanceof Number n
                                && new java.math.BigDecimal(n.toString()).abs().compareTo(java.math.BigDecimal.ONE)
                                        <= 0);
        if (!harmless) {
            throw shifted();
        }
    }

    private static RuntimeException shifted() {
        return refuse(
                ProblemCode.COMPARISON,
                "a value about people is changed by a constant inside a sub-query",
                "Leave the column as it is, and calculate with the aggregate; 0 and 1 as results of CASE are fine.");
    }

    /** No condition of a sub-query uses more of reference data than the link to it allows. */
    private void coarseningHolds(Rel rel) {
        rel.walk(r -> {
            Expr condition = switch (r) {
                case Rel.Filter f -> f.condition();
                case Rel.Join j -> j.condition();
                default -> Expr.always();
            };
            Expr.conjunctsOf(condition).stream()
                    .filter(c -> !scope.isExactLink(c))
                    .flatMap(c -> Scope.columnsOf(c).stream())
                    .forEach(this::coarseningHolds);
        });
    }

    void coarseningHolds(Expr.Column c) {
        if (scope.undoesCoarsening(c)) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "%s would undo the coarsening of the column that leads to it".formatted(name(c)),
                    "The policy names the columns that may be used through this link; use those.");
        }
    }

    private void like(List<Expr> a) {
        Expr own = strip(a.get(0));
        if (own.isCallerValue()) {
            return;
        }
        if (!(own instanceof Expr.Column c)) {
            throw refuse(ProblemCode.COMPARISON, "LIKE on an expression", "Use LIKE on a code column itself.");
        }
        use(c);
        if (scope.info(c).reference()) {
            return;
        }
        if (!(a.get(1) instanceof Expr.Literal pattern)) {
            if (a.get(1) instanceof Expr.Parameter) {
                return;
            }
            throw refuse(ProblemCode.COMPARISON, "LIKE with a pattern that comes from data");
        }
        if (!(scope.info(c).grid() instanceof Grid.CodePrefix(int minimum))) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "LIKE is not available on %s".formatted(name(c)),
                    "LIKE 'prefix%' is available on hierarchical codes; use = or IN here.");
        }
        if (!(pattern.value() instanceof String text)) {
            return;
        }
        int wildcard = indexOfWildcard(text);
        boolean prefix = wildcard == text.length() - 1 && text.endsWith("%") && wildcard >= minimum;
        if (wildcard >= 0 && !prefix) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the pattern on %s is not a long enough prefix".formatted(name(c)),
                    "Use LIKE 'prefix%%' with at least %d characters before the only %%.".formatted(minimum));
        }
    }

    private static int indexOfWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char ch = pattern.charAt(i);
            if (ch == '%' || ch == '_' || ch == '\\') {
                return i;
            }
        }
        return -1;
    }

    /** A value that may be grouped by, counted distinct, computed with. */
    void value(Expr expr) {
        switch (expr) {
            case Expr.Column c -> use(c);
            case Expr.Literal l -> {}
            case Expr.Parameter p -> {}
            case Expr.Exists e -> coarseningHolds(e.rel());
            case Expr.Scalar s -> predicate(s);
            case Expr.Cast c -> castable(c);
            case Expr.Case c -> {
                c.whens().forEach(w -> {
                    predicate(w.condition());
                    value(w.value());
                });
                value(c.otherwise());
            }
            case Expr.Call call -> call(call);
        }
    }

    private void castable(Expr.Cast cast) {
        SqlType from = cast.argument().type();
        SqlType to = cast.type();
        if (cast.cuts() && !isReference(cast) && !cast.isCallerValue()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "a cast to %s with fewer digits makes ranges that are not on the column's grid"
                            .formatted(to.sqlName()),
                    "Write the bands with CASE WHEN column < bound, with bounds on the grid, or cast the aggregate.");
        }
        boolean total = from == SqlType.BOOL && to.isInteger()
                || from.isNumber() && (to == SqlType.NUMERIC || widens(from, to))
                || from == SqlType.DATE && (to == SqlType.TIMESTAMP || to == SqlType.TIMESTAMPTZ)
                || from == SqlType.TIMESTAMP && (to == SqlType.DATE || to == SqlType.TIMESTAMPTZ)
                || from.isInteger() && to.isText()
                || from.isText() && to.isText();
        if (!total && !isReference(cast.argument()) && !cast.argument().isCallerValue()) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "the cast from %s to %s could fail for a row".formatted(from.sqlName(), to.sqlName()),
                    "Cast the aggregate instead of the value.");
        }
        if (from == SqlType.BOOL) {
            predicate(cast.argument());
        } else {
            value(cast.argument());
        }
    }

    private static boolean widens(SqlType from, SqlType to) {
        return from == SqlType.INT2 && to.isInteger()
                || from == SqlType.INT4 && (to == SqlType.INT4 || to == SqlType.INT8)
                || from == SqlType.INT8 && to == SqlType.INT8
                || from.isInteger() && to == SqlType.FLOAT8
                || from == SqlType.FLOAT4 && to == SqlType.FLOAT8;
    }

    private void call(Expr.Call call) {
        List<Expr> a = call.arguments();
        switch (call.op()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> predicate(call);
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, AND, OR, NOT, LIKE -> predicate(call);
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> predicate(call);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABSOLUTE -> a.forEach(this::value);
            case COALESCE, UPPER, LOWER -> a.forEach(this::value);
            case NULLIF -> {
                comparison(Op.EQUAL, strip(a.get(0)), strip(a.get(1)), false);
                if (!rowLevel && !a.get(1).isCallerValue() && (isCoarse(a.get(0)) || isCoarse(a.get(1)))) {
                    throw refuse(
                            ProblemCode.COMPARISON,
                            "NULLIF compares a coarsened column",
                            "Write CASE WHEN a = b THEN NULL ELSE a END.");
                }
                value(a.get(0));
            }
            case GREATEST, LEAST -> {
                if (a.stream().anyMatch(Expr::isCallerValue)) {
                    throw cut("GREATEST and LEAST with a constant");
                }
                a.forEach(this::value);
            }
            case DAYS_BETWEEN, AGE_IN_YEARS -> {
                a.forEach(this::dateOperand);
                dateDifference(call.op(), a.get(0), a.get(1));
            }
            case ADD_DAYS, ADD_INTERVAL -> {
                if (!a.get(1).isCallerValue()) {
                    throw refuse(ProblemCode.FUNCTION_USE, "only a constant number of days can be added to a date");
                }
                bounded(a.get(1));
                value(a.get(0));
            }
            case YEAR_OF, TRUNCATE_YEAR -> notFiner(a.getFirst(), DateUnit.YEAR);
            case QUARTER_OF, TRUNCATE_QUARTER -> notFiner(a.getFirst(), DateUnit.QUARTER);
            case MONTH_OF, TRUNCATE_MONTH -> notFiner(a.getFirst(), DateUnit.MONTH);
            case ISO_WEEK_OF, TRUNCATE_WEEK -> notFiner(a.getFirst(), DateUnit.WEEK);
            case DAY_OF_MONTH, TRUNCATE_DAY -> notFiner(a.getFirst(), DateUnit.DAY);
            case DAY_OF_WEEK -> notFiner(a.getFirst(), DateUnit.DAY);
            case LEFT -> codePrefix(a);
            case INTEGER_DIVIDE, MODULO, FLOOR, CEILING, ROUND -> {
                if (!isReference(call)) {
                    throw cut(call.op() + " on a value about a person");
                }
            }
            case LENGTH, CONCAT -> {
                if (!isReference(call)) {
                    throw refuse(
                            ProblemCode.FUNCTION_USE,
                            "%s cannot be applied to data about people".formatted(call.op()),
                            "Group by the columns themselves.");
                }
            }
            case ADD_PARTS -> throw new IllegalStateException("parts are added above the boundary");
        }
    }

    private static RuntimeException cut(String what) {
        return refuse(
                ProblemCode.FUNCTION_USE,
                what + " makes ranges that are not on the column's grid",
                "Write the bands with CASE WHEN column < bound, with bounds on the grid.");
    }

    private void bounded(Expr days) {
        if (days instanceof Expr.Literal l && l.value() instanceof Number n && Math.abs(n.longValue()) > 36_600) {
            throw refuse(ProblemCode.OFF_GRID, "more than a hundred years are added to a date");
        }
        if (days instanceof Expr.Literal l
                && l.value() instanceof io.weir.query.type.PgInterval i
                && (Math.abs((long) i.months()) > 1_200
                        || Math.abs((long) i.days()) > 36_600
                        || i.micros() % 86_400_000_000L != 0)) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "the interval is not a number of whole days, months or years within a century");
        }
    }

    private void dateDifference(Op op, Expr left, Expr right) {
        if (!left.isCallerValue() && !right.isCallerValue()) {
            exactly(left, right);
            return;
        }
        Expr own = left.isCallerValue() ? right : left;
        if (op != Op.AGE_IN_YEARS || own.isCallerValue() || rowLevel) {
            return;
        }
        // Ages at a given day are computed from the exact date.
        boolean exact = isPlain(own)
                && !isShifted(own)
                && Scope.columnsOf(own).stream()
                        .allMatch(c -> !scope.info(c).coarse() || scope.scan(c.alias()) != null);
        if (!exact && !isReference(own)) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "an age is computed from a changed or coarsened date",
                    "Use the date column of the table itself.");
        }
    }

    private void dateOperand(Expr operand) {
        if (operand.isCallerValue()) {
            return; // ruled with the other operand below
        }
        value(operand);
    }

    /** Constants in date differences lie on the grid of the column they are taken from. */
    void derivedDates(Expr expr) {
        expr.walk(e -> {
            if (e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                    && (op == Op.DAYS_BETWEEN || op == Op.AGE_IN_YEARS)) {
                for (int i = 0; i < 2; i++) {
                    if (a.get(i) instanceof Expr.Literal l
                            && l.value() != null
                            && !a.get(1 - i).isCallerValue()
                            && !isSnapshot(l.value())
                            && !isReference(a.get(1 - i))) {
                        Grid grid = grid(a.get(1 - i));
                        Grid dates = grid instanceof Grid.Dates ? grid : new Grid.Dates(DateUnit.YEAR);
                        String suggestion = suggestionOrMismatch(dates, l.value());
                        if (suggestion != null) {
                            throw refuse(
                                    ProblemCode.OFF_GRID,
                                    "the day in a date difference lies between the permitted ones",
                                    suggestion + " CURRENT_DATE (the day of the snapshot) is always permitted.");
                        }
                    }
                }
            }
        });
    }

    private void notFiner(Expr date, DateUnit unit) {
        value(date);
        if (isReference(date)) {
            return;
        }
        if (grid(strip(date)) instanceof Grid.Dates(DateUnit own) && unit.compareTo(own) < 0) {
            throw refuse(
                    ProblemCode.OFF_GRID,
                    "%s is available by %s at the finest"
                            .formatted(nameOf(strip(date)), own.name().toLowerCase(java.util.Locale.ROOT)),
                    "Use date_trunc('%s', …) or a coarser unit."
                            .formatted(own.name().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private void codePrefix(List<Expr> a) {
        value(a.getFirst());
        if (isReference(a.getFirst())) {
            return;
        }
        Expr code = strip(a.getFirst());
        boolean permitted = code instanceof Expr.Column c
                && scope.info(c).grid() instanceof Grid.CodePrefix(int minimum)
                && (a.get(1) instanceof Expr.Parameter
                        || a.get(1) instanceof Expr.Literal l
                                && l.value() instanceof Number n
                                && n.longValue() >= minimum);
        if (!permitted) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "left(), varchar(n) and char(n) cut only hierarchical codes, and not below their declared length",
                    "See the column's comment in \\d+ for the shortest prefix.");
        }
    }

    private void comparable(Expr own) {
        value(own);
        boolean[] arithmeticWithConstant = {false};
        own.walk(e -> arithmeticWithConstant[0] |= e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && switch (op) {
                    case ADD, SUBTRACT, MULTIPLY, ADD_DAYS, ADD_INTERVAL ->
                        a.stream().anyMatch(Expr::isCallerValue);
                    case DIVIDE -> true; // a column divided by itself is a constant
                    default -> false;
                });
        if (arithmeticWithConstant[0] && !isReference(own)) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "a column is changed by a constant before it is compared",
                    "Compare the column itself with a bound on its grid.");
        }
    }

    /** Grid of a column or derived attribute. */
    Grid grid(Expr expr) {
        return switch (strip(expr)) {
            case Expr.Column c -> scope.info(c).grid();
            case Expr.Call call ->
                switch (call.op()) {
                    case DAYS_BETWEEN,
                            AGE_IN_YEARS,
                            YEAR_OF,
                            QUARTER_OF,
                            MONTH_OF,
                            ISO_WEEK_OF,
                            DAY_OF_WEEK,
                            DAY_OF_MONTH -> new Grid.Step(java.math.BigDecimal.ONE);
                    case TRUNCATE_YEAR -> new Grid.Dates(DateUnit.YEAR);
                    case TRUNCATE_QUARTER -> new Grid.Dates(DateUnit.QUARTER);
                    case TRUNCATE_MONTH -> new Grid.Dates(DateUnit.MONTH);
                    case TRUNCATE_WEEK -> new Grid.Dates(DateUnit.WEEK);
                    case TRUNCATE_DAY -> new Grid.Dates(DateUnit.DAY);
                    case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABSOLUTE -> new Grid.OneTwoFive();
                    default -> new Grid.NoRanges();
                };
            default -> new Grid.NoRanges();
        };
    }

    private void use(Expr.Column c) {
        coarseningHolds(c);
        ColumnInfo info = scope.info(c);
        switch (info.columnClass()) {
            case TEXT -> notText(c);
            case IDENTIFIER -> {
                if (!info.reference()) {
                    throw refuse(
                            ProblemCode.IDENTIFIER_USE,
                            "%s is an identifier".formatted(name(c)),
                            "Identifiers can be counted (COUNT(DISTINCT …)), joined along declared links and grouped by inside a per-person sub-query.");
                }
            }
            case QUASI, ATTRIBUTE, PUBLIC -> {}
        }
    }

    private void notText(Expr.Column c) {
        if (scope.info(c).columnClass() == ColumnClass.TEXT) {
            throw refuse(
                    ProblemCode.TEXT_USE,
                    "%s is free text".formatted(name(c)),
                    "Use the coded columns; free text is NULL in every result.");
        }
    }

    /** Whether coarsened values are in it; those that are taken exactly from the source are not. */
    boolean isCoarse(Expr expr) {
        return Scope.columnsOf(expr).stream()
                .anyMatch(c -> !c.name().startsWith(Rel.RAW) && scope.info(c).coarse());
    }

    /**
     * Two sides about one subject are compared and subtracted exactly, or not at all: a coarsened value beside an exact one would be a wrong
     * answer without a sign. Columns that a sub-query computed from coarsened ones have no exact value any more.
     */
    private void exactly(Expr left, Expr right) {
        if (rowLevel || !isCoarse(left) && !isCoarse(right)) {
            return;
        }
        boolean exact = java.util.stream.Stream.of(left, right).allMatch(side -> isPlain(side) && !isReference(side))
                && java.util.stream.Stream.of(left, right)
                        .flatMap(side -> Scope.columnsOf(side).stream())
                        .allMatch(c -> !scope.info(c).coarse() || scope.scan(c.alias()) != null);
        if (!exact) {
            throw refuse(
                    ProblemCode.COMPARISON,
                    "%s is coarsened and cannot be compared exactly here"
                            .formatted(nameOf(isCoarse(left) ? left : right)),
                    "Compare the columns of the tables themselves, without CASE or COALESCE, and not the results of a sub-query.");
        }
    }

    /** What is known of a value that a derived table computes. */
    ColumnInfo describe(Expr expr) {
        return expr instanceof Expr.Column c ? scope.info(c) : ColumnInfo.attribute(grid(expr), null, isCoarse(expr));
    }

    /** Whether only reference data and constants occur. */
    boolean isReference(Expr expr) {
        return Scope.columnsOf(expr).stream().allMatch(c -> scope.info(c).reference());
    }

    private String nameOf(Expr expr) {
        List<Expr.Column> columns = Scope.columnsOf(expr);
        return columns.isEmpty() ? "the expression" : name(columns.getFirst());
    }

    private String name(Expr.Column c) {
        ColumnInfo info = scope.info(c);
        return info.dataset() == null ? "the column" : info.dataset().name().name() + "." + c.name();
    }
}
