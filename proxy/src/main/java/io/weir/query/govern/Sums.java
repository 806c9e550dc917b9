package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.disclosure.protection.OneTwoFive;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Place;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sums over people: constants are taken out of them, so that scaling cannot undo rounding. Refuses constants that stay hidden in what is
 * summed, shifted dates, and ages at days outside the last hundred years.
 */
final class Sums {
    private static final int MOST_FACTORS = 2;

    private final Atoms atoms;
    private final Counts counts;
    private final SumSteps steps;
    private final Rules rules;
    private final LocalDate snapshot;
    private final UnaryOperator<Expr> exactDays;

    /** @param exactDays puts exact dates into what is summed */
    Sums(Atoms atoms, Counts counts, SumSteps steps, Rules rules, LocalDate snapshot, UnaryOperator<Expr> exactDays) {
        this.atoms = atoms;
        this.counts = counts;
        this.steps = steps;
        this.rules = rules;
        this.snapshot = snapshot;
        this.exactDays = exactDays;
    }

    Expr of(List<Arms.Arm> arms) {
        List<Expr> parts = new ArrayList<>();
        for (Arms.Arm arm : arms) {
            linear(arm.value(), arm.condition(), parts);
        }
        return new Expr.Call(Op.ADD_PARTS, parts, SqlType.NUMERIC);
    }

    /**
     * Protected sums over the rows that have all of some values: of each without its factor and constant, and of their products.
     *
     * @param forms of the values
     */
    record Products(Atoms atoms, Expr filter, List<LinearForm> forms, List<Expr> arguments, List<BigDecimal> steps) {
        Expr rows() {
            return atoms.rows(filter);
        }

        Expr sum(int i) {
            return atoms.of(new Atom.Sum(arguments.get(i), filter, steps.get(i)));
        }

        Expr product(int i, int j) {
            Expr product = Expr.call(Op.MULTIPLY, SqlType.NUMERIC, arguments.get(i), arguments.get(j));
            return atoms.of(new Atom.Sum(product, filter, productStep(i, j)));
        }

        private BigDecimal productStep(int i, int j) {
            BigDecimal step = steps.get(i).multiply(steps.get(j)).divide(atoms.base(), 10, RoundingMode.UP);
            return OneTwoFive.atLeast(step);
        }

        /** How far rounding moves the number of rows; counts that are rounded to ones are exact. */
        BigDecimal halfOfRows() {
            return atoms.base().compareTo(BigDecimal.ONE) == 0 ? BigDecimal.ZERO : half(atoms.base());
        }

        BigDecimal halfOfSum(int i) {
            return half(steps.get(i));
        }

        BigDecimal halfOfProduct(int i, int j) {
            return half(productStep(i, j));
        }

        private static BigDecimal half(BigDecimal step) {
            return step.divide(BigDecimal.valueOf(2));
        }

        /** The value around a place in the order of the argument, without its factor and constant. */
        Expr position(int i, Place place) {
            return atoms.beside(new Atom.Position(arguments.get(i), place, filter, steps.get(i)));
        }

        BigDecimal factor(int i) {
            return forms.get(i).factor();
        }

        BigDecimal constant(int i) {
            return forms.get(i).constant();
        }
    }

    Products products(List<Expr> values, Expr condition) {
        List<Expr> present = new ArrayList<>(List.of(condition));
        List<LinearForm> forms = new ArrayList<>();
        List<Expr> arguments = new ArrayList<>();
        List<BigDecimal> taken = new ArrayList<>();
        for (Expr value : values) {
            counts.countable(value);
            rules.value(value);
            LinearForm form = LinearForm.of(value, snapshot);
            if (form.terms().isEmpty()) {
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "a constant has no variance and no percentile",
                        "Take a column, or a number of days or years between two dates.");
            }
            form.cancelled().forEach(e -> present.add(rules.present(exactDays.apply(e))));
            form.terms().keySet().forEach(this::summable);
            if (form.terms().size() > 1) {
                throw refuse(
                        ProblemCode.AGGREGATE_USE,
                        "columns are added up inside a variance, a correlation or a percentile",
                        "Take one column, or a number of days or years between two dates; ask for each column.");
            }
            Expr argument = exactDays.apply(form.term());
            present.add(rules.present(argument));
            forms.add(form);
            arguments.add(argument);
            taken.add(steps.of(form.term()));
        }
        return new Products(atoms, Expr.and(present), forms, arguments, taken);
    }

    /** Adds the sum of the value over the rows of the arm: its constant times the rows, and one sum of what varies. */
    private void linear(Expr value, Expr condition, List<Expr> parts) {
        if (value.isCallerValue()) {
            boolean nothing = Casts.cast(value, SqlType.NUMERIC) instanceof Expr.Literal l && l.isNull();
            LinearForm form = LinearForm.of(value, snapshot);
            constantPart(nothing ? null : form.constant(), BigDecimal.ONE, condition, parts);
            return;
        }
        counts.countable(value);
        rules.value(value);
        LinearForm form = LinearForm.of(value, snapshot);
        List<Expr> present = new ArrayList<>(List.of(condition));
        form.cancelled().forEach(e -> present.add(rules.present(exactDays.apply(e))));
        form.terms().keySet().forEach(this::summable);
        form.terms().keySet().forEach(term -> present.add(rules.present(exactDays.apply(term))));
        Expr filter = Expr.and(present);
        form.terms()
                .forEach((term, factor) -> parts.add(ofRows(
                        counts.rowsWith(value, condition),
                        Counts.times(factor, atoms.of(new Atom.Sum(exactDays.apply(term), filter, steps.of(term)))))));
        if (form.constant().signum() != 0 || form.terms().isEmpty()) {
            constantPart(form.constant(), BigDecimal.ONE, filter, parts);
        }
    }

    /**
     * A sum tells of whom it is, nearly, where what is added up is nearly known: two of the same column and its rounded values, of all and of all but one, tell the one. So it is shown only
     * where the number of its rows may be.
     */
    private static Expr ofRows(Expr rows, Expr sum) {
        Expr none = Expr.predicate(Op.IS_NULL, rows); // never: there is a number, or it is hidden
        return new Expr.Case(List.of(new Expr.When(none, Expr.literal(null, SqlType.NUMERIC))), sum, SqlType.NUMERIC);
    }

    /** What is left when constants were taken out must hide none: not in a product, not under abs(). */
    private void summable(Expr term) {
        Expr own = LinearForm.isDay(term) || LinearForm.isYear(term)
                ? term.operands().getFirst()
                : term;
        if (Exactness.isShifted(own)) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "days are added to a date inside a sum",
                    "Sum the dates' differences, and add the days to the result.");
        }
        if (LinearForm.isDay(term) || LinearForm.isYear(term)) {
            return;
        }
        if (factors(term) > MOST_FACTORS) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "a product of more than two columns is summed over people, in which one person can outweigh all others",
                    "Sum products of two columns at most.");
        }
        if (isMixed(term)) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "numbers are put together inside what is summed over people",
                    "Sum each column, and calculate with the sums; abs(), products and rounding are available on one column.");
        }
        boolean[] hides = {false};
        term.walk(e -> hides[0] |= !e.equals(term)
                && (e.isCallerValue() && !(e instanceof Expr.Cast)
                        || e instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                                && (op == Op.YEAR_OF || op == Op.AGE_IN_YEARS)));
        boolean age = term instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && op == Op.AGE_IN_YEARS;
        if (age) {
            age((Expr.Call) term);
        } else if (hides[0]) {
            throw refuse(
                    ProblemCode.AGGREGATE_USE,
                    "a constant inside a product is summed over people",
                    "Sum the columns, and calculate with the sums.");
        }
    }

    /**
     * Whether it is made of several columns in another way than as a product, or of rounded numbers: by such a sum beside the sum of one of them each person's number could be hidden from the
     * comparison, but for one person's. The days between two dates are one number.
     */
    private static boolean isMixed(Expr term) {
        return switch (term) {
            case Expr.Cast cast -> isMixed(cast.argument());
            case Expr.Call call ->
                switch (call.op()) {
                    case MULTIPLY -> call.arguments().stream().anyMatch(a -> isRounded(a) || isMixed(a));
                    case ABSOLUTE, NEGATE ->
                        isRounded(call.arguments().getFirst())
                                || isMixed(call.arguments().getFirst());
                    case ADD, SUBTRACT -> call.arguments().stream().noneMatch(Expr::isCallerValue);
                    default -> false;
                };
            default -> false;
        };
    }

    private static int factors(Expr term) {
        return switch (term) {
            case Expr.Cast cast -> factors(cast.argument());
            case Expr.Call call
            when call.op() == Op.MULTIPLY || call.op() == Op.ABSOLUTE ->
                call.arguments().stream().mapToInt(Sums::factors).sum();
            default -> 1;
        };
    }

    private static boolean isRounded(Expr factor) {
        return factor instanceof Expr.Cast cast && (!LinearForm.keeps(cast) || isRounded(cast.argument()));
    }

    /** Ages are summed at days of the last hundred years: at other days they would all be nearly the same number. */
    private void age(Expr.Call age) {
        for (Expr side : age.arguments()) {
            if (side instanceof Expr.Literal l
                    && l.value() instanceof LocalDate day
                    && (day.isAfter(snapshot) || day.isBefore(snapshot.minusYears(100)))) {
                throw refuse(
                        ProblemCode.OFF_GRID,
                        "the day of an age lies outside the last hundred years",
                        "CURRENT_DATE is the day of the snapshot.");
            }
        }
    }

    private void constantPart(@Nullable Object constant, BigDecimal factor, Expr condition, List<Expr> parts) {
        if (constant == null) {
            // Contributes nothing, but is judged: a small arm without a value tells as much as one with a value.
            parts.add(nullWhenEmpty(atoms.judged(condition), Expr.literal(null, SqlType.NUMERIC)));
            return;
        }
        BigDecimal value = constant instanceof BigDecimal d ? d : new BigDecimal(constant.toString());
        Expr rows = value.signum() == 0 ? atoms.judged(condition) : atoms.rows(condition);
        parts.add(nullWhenEmpty(rows, Counts.times(factor.multiply(value), rows)));
    }

    private static Expr nullWhenEmpty(Expr rows, Expr value) {
        Expr none = Expr.predicate(Op.EQUAL, rows, Expr.literal(0L, SqlType.INT8));
        return new Expr.Case(
                List.of(new Expr.When(none, Expr.literal(null, SqlType.NUMERIC))),
                Casts.cast(value, SqlType.NUMERIC),
                SqlType.NUMERIC);
    }
}
