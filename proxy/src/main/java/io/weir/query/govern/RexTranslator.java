package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.parse.Literals;
import io.weir.query.parse.SqlTypes;
import io.weir.query.type.PgArray;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's expressions into registered operators. Whatever has no registered form is refused here, so nothing unknown gets further.
 * Constants are folded with PostgreSQL's semantics.
 */
final class RexTranslator {
    private final @Nullable List<@Nullable Object> parameters;
    private final List<SqlType> parameterTypes;
    private final DateCalls dates;
    private final TextCalls texts;
    private final FormCalls forms;
    private final NumberCalls numbers;
    private final Moments moments;
    private final Map<CorrelationId, List<Expr>> correlations;
    private final BiFunction<RexSubQuery, List<Expr>, Expr> subQueries;
    private final Function<Expr.Call, Expr> bounds;
    private final ClosedDomains closed;

    RexTranslator(
            @Nullable List<@Nullable Object> parameters,
            List<SqlType> parameterTypes,
            LocalDate snapshot,
            Moments moments,
            Map<CorrelationId, List<Expr>> correlations,
            BiFunction<RexSubQuery, List<Expr>, Expr> subQueries,
            Function<Expr.Call, Expr> bounds,
            ClosedDomains closed) {
        this.closed = closed;
        this.bounds = bounds;
        this.parameters = parameters;
        this.parameterTypes = parameterTypes;
        this.texts = new TextCalls(closed);
        this.numbers = new NumberCalls(this::compared);
        this.forms = new FormCalls(closed, moments, this::compared);
        this.dates = new DateCalls(snapshot, moments);
        this.moments = moments;
        this.correlations = correlations;
        this.subQueries = subQueries;
    }

    /** @param fields expressions of the input's fields */
    Expr translate(RexNode node, List<Expr> fields) {
        Expr expr = raw(node, fields);
        return Casts.fold(expr);
    }

    private Expr raw(RexNode node, List<Expr> fields) {
        return switch (node) {
            case RexInputRef ref -> fields.get(ref.getIndex());
            case RexLiteral literal ->
                new Expr.Literal(
                        Literals.value(literal), SqlTypes.of(literal.getType()).type());
            case RexDynamicParam parameter -> parameter(parameter.getIndex(), type(parameter));
            case RexFieldAccess access
            when access.getReferenceExpr() instanceof RexCorrelVariable variable -> {
                List<Expr> outer = correlations.get(variable.id);
                if (outer == null) {
                    throw refuse(ProblemCode.SHAPE, "a correlated reference that leads nowhere known");
                }
                yield outer.get(access.getField().getIndex());
            }
            case RexSubQuery subQuery -> subQueries.apply(subQuery, fields);
            case RexCall call -> call(call, fields);
            default -> throw refuse(ProblemCode.UNSUPPORTED, "an expression of kind " + node.getKind());
        };
    }

    private Expr parameter(int index, SqlType type) {
        SqlType declared = index < parameterTypes.size() ? parameterTypes.get(index) : type;
        if (parameters == null) {
            return new Expr.Parameter(index, declared);
        }
        if (index >= parameters.size()) {
            throw Problem.of(ProblemCode.PARAMETER_MISSING).asException();
        }
        Object value = Evaluator.cast(parameters.get(index), declared);
        if (value instanceof Number number
                && !Double.isFinite(number.doubleValue())
                && !(number instanceof BigDecimal)) {
            throw refuse(
                    ProblemCode.INVALID_VALUE,
                    "a parameter that is no number, or infinite",
                    "Bind a finite number, or NULL where there is none.");
        }
        return new Expr.Literal(value, declared);
    }

    private static SqlType type(RexNode node) {
        return SqlTypes.of(node.getType()).type();
    }

    private Expr call(RexCall call, List<Expr> fields) {
        UnknownMembership.check(call);
        if (ConstantSeries.isSeries(call)) {
            throw ConstantSeries.elsewhere();
        }
        if (call.getKind() == SqlKind.ROW) {
            throw refuse(
                    ProblemCode.UNSUPPORTED,
                    "a row constructor as a value",
                    "Count the rows of SELECT DISTINCT a, b; or compare (a, b) with another row.");
        }
        if (type(call) == SqlType.INTERVAL) {
            Optional<Literals.Constant> interval = Literals.constant(call);
            if (interval.isPresent()) {
                return new Expr.Literal(interval.get().value(), SqlType.INTERVAL);
            }
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        SqlType type = type(call);
        switch (call.getKind()) {
            case CASE -> {
                return cases(call, fields, type);
            }
            case CAST, SAFE_CAST -> {
                RexNode operand = call.getOperands().getFirst();
                return moments.cast(
                        translate(operand, fields), SqlTypes.of(operand.getType()), SqlTypes.of(call.getType()));
            }
            default -> {}
        }
        Expr ofDates = dates.translate(call, name, o -> translate(o, fields), type);
        if (ofDates != null) {
            return ofDates;
        }
        if (name.endsWith(" any of") || name.endsWith(" all of")) {
            return quantified(call, name, fields);
        }
        List<Expr> operands =
                call.getOperands().stream().map(o -> translate(o, fields)).toList();
        List<Expr> arguments = call.getKind() == SqlKind.LIKE ? PatternEscapes.folded(operands) : operands;
        if (call.getKind() == SqlKind.PLUS || name.equals("+")) {
            return Addition.plus(arguments, type, moments);
        }
        if (call.getKind() == SqlKind.MINUS || name.equals("-") && arguments.size() == 2) {
            return Addition.minus(arguments, type, moments);
        }
        if (name.equals("ilike") || name.equals("not ilike")) {
            Expr like = forms.like(arguments, true);
            return name.equals("ilike") ? like : not(like);
        }
        Expr form = forms.translate(call, name, arguments);
        if (form != null) {
            return form;
        }
        Op op = Operators.operator(call.getKind(), name, arguments, type);
        if (op == null) {
            Expr ofText = texts.translate(name, arguments, type);
            if (ofText != null) {
                return ofText;
            }
            Expr ofNumbers = numbers.translate(name, arguments, type);
            if (ofNumbers != null) {
                return ofNumbers;
            }
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "%s is not on the list of functions that can be governed".formatted(name),
                    Ungoverned.instead(name));
        }
        if (Operators.compares(op)) {
            return compared(op, arguments);
        }
        if (op == Op.NOT && name.equals("not like")) {
            return not(forms.like(arguments, false));
        }
        if (op == Op.LIKE) {
            return forms.like(arguments, false);
        }
        if (op == Op.LEFT) {
            TextCalls.check(name.equals("left") ? Op.LEFT : Op.SUBSTRING, arguments);
            Expr length = arguments.getLast();
            return closed.left(arguments.getFirst(), length)
                    .orElseGet(() -> new Expr.Call(Op.LEFT, List.of(arguments.getFirst(), length), type));
        }
        if (op == Op.ROUND && arguments.size() > 1 && isCalculated(arguments.get(1))) {
            throw refuse(
                    ProblemCode.FUNCTION_USE,
                    "round to a number of digits that is calculated of data",
                    "Write the number of digits in the statement.");
        }
        if (op == Op.AND) {
            return Expr.and(arguments);
        }
        if (op == Op.NOT) {
            return not(arguments.getFirst());
        }
        return ofMoments(op, arguments, type);
    }

    /** Calculated numbers are decimals for the source, whatever their type is here. */
    private static boolean isCalculated(Expr number) {
        return !number.isCallerValue() && !(number instanceof Expr.Column);
    }

    private Expr compared(Op op, List<Expr> sides) {
        Optional<DateTexts.Compared> left = DateTexts.compared(op, sides.get(0), sides.get(1));
        if (left.isPresent()) {
            Expr bound = left.get().bound();
            return bound == null
                    ? unequal(op, left.get().beginning())
                    : compared(op, List.of(left.get().beginning(), bound));
        }
        Optional<DateTexts.Compared> right = DateTexts.compared(op, sides.get(1), sides.get(0));
        if (right.isPresent()) {
            Expr bound = right.get().bound();
            return bound == null
                    ? unequal(op, right.get().beginning())
                    : compared(op, List.of(bound, right.get().beginning()));
        }
        for (int own = 0; own < 2; own++) {
            Expr bound = sides.get(1 - own);
            // With a value in place of a missing one: the column where it has a value, and the other value where it has
            // none.
            if (sides.get(own) instanceof Expr.Call(Op inner, List<Expr> options, SqlType t)
                    && inner == Op.COALESCE
                    && options.size() == 2
                    && !options.get(0).isCallerValue()
                    && options.get(1).isCallerValue()
                    && bound.isCallerValue()) {
                Expr column = options.get(0);
                List<Expr> there = own == 0 ? List.of(column, bound) : List.of(bound, column);
                List<Expr> missing = own == 0 ? List.of(options.get(1), bound) : List.of(bound, options.get(1));
                return new Expr.Case(
                        List.of(new Expr.When(Expr.predicate(Op.IS_NOT_NULL, column), compared(op, there))),
                        Casts.fold(compared(op, missing)),
                        SqlType.BOOL);
            }
        }
        return bounds.apply(moments.compared(op, ofOneKind(sides), SqlType.BOOL));
    }

    /** With what no value equals: unknown where there is no value, else the same for all. */
    private static Expr unequal(Op op, Expr value) {
        Expr unknown = Expr.literal(null, SqlType.BOOL);
        return op == Op.NOT_EQUAL
                ? new Expr.Call(Op.OR, List.of(Expr.predicate(Op.IS_NOT_NULL, value), unknown), SqlType.BOOL)
                : new Expr.Call(Op.AND, List.of(Expr.predicate(Op.IS_NULL, value), unknown), SqlType.BOOL);
    }

    /** A comparison with a bound array: what it is with the elements written out. Until it is bound, one element stands for all. */
    private Expr quantified(RexCall call, String name, List<Expr> fields) {
        boolean any = name.endsWith(" any of");
        Op op = Quantified.operator(name);
        Expr left = translate(call.getOperands().get(0), fields);
        RexNode right = call.getOperands().get(1);
        int index = Quantified.parameter(right).getIndex();
        SqlType declared = type(Quantified.parameter(right));
        if (parameters == null) {
            return compared(op, List.of(left, element(right, new Expr.Parameter(index, declared))));
        }
        if (index >= parameters.size()) {
            throw Problem.of(ProblemCode.PARAMETER_MISSING).asException();
        }
        if (!(parameters.get(index) instanceof PgArray array)) {
            return Expr.literal(null, SqlType.BOOL);
        }
        boolean notIn = op == Op.NOT_EQUAL && !any;
        List<Expr> tests = Quantified.elements(array).stream()
                .map(e -> element(right, Expr.literal(Evaluator.cast(e, declared), declared)))
                .map(e -> compared(notIn ? Op.EQUAL : op, List.of(left, e)))
                .toList();
        return Quantified.together(tests, any || notIn ? Op.OR : Op.AND, notIn);
    }

    /** What is cast, and how, with the value in the place of the parameter. */
    private Expr element(RexNode node, Expr value) {
        return node instanceof RexCall cast
                ? Casts.fold(moments.cast(
                        element(cast.getOperands().getFirst(), value),
                        SqlTypes.of(cast.getOperands().getFirst().getType()),
                        SqlTypes.of(cast.getType())))
                : value;
    }

    /** An operator whose arguments PostgreSQL brings to one type: local times become moments there, and moments texts. */
    private Expr ofMoments(Op op, List<Expr> arguments, SqlType type) {
        List<Expr> alike = moments.alike(arguments);
        return switch (op) {
            case COALESCE, GREATEST, LEAST -> new Expr.Call(op, alike, type);
            case CONCAT ->
                new Expr.Call(
                        op,
                        arguments.stream()
                                .map(a -> a.type() == SqlType.TIMESTAMPTZ ? moments.cast(a, SqlType.TEXT) : a)
                                .toList(),
                        type);
            case NULLIF ->
                isNothing(arguments.getLast()) && arguments.getFirst().type() == type
                        ? arguments.getFirst() // nothing equals NULL, of whatever type
                        : alike.equals(arguments)
                                ? new Expr.Call(op, arguments, type)
                                : new Expr.Case(
                                        List.of(new Expr.When(
                                                moments.compared(Op.EQUAL, arguments, SqlType.BOOL),
                                                Expr.literal(null, type))),
                                        arguments.getFirst(),
                                        type);
            case LENGTH -> closed.written(new Expr.Call(op, arguments, type));
            default -> new Expr.Call(op, arguments, type);
        };
    }

    private static boolean isNothing(Expr value) {
        return value instanceof Expr.Literal literal && literal.isNull();
    }

    /** Equality, as the statement's own operator compares. */
    Expr equal(Expr left, Expr right) {
        return moments.compared(Op.EQUAL, List.of(left, right), SqlType.BOOL);
    }

    /** A comparison, as the statement's own are translated. */
    Expr comparison(Op op, List<Expr> sides) {
        return compared(op, sides);
    }

    Moments moments() {
        return moments;
    }

    /** A string literal beside a char(n) is one too: the blanks at its end count for nothing. */
    private static List<Expr> ofOneKind(List<Expr> sides) {
        boolean blankPadded = sides.stream().anyMatch(s -> s.type() == SqlType.BPCHAR);
        return blankPadded
                ? sides.stream()
                        .map(s -> s instanceof Expr.Literal l && l.value() instanceof String text
                                ? new Expr.Literal(Evaluator.cast(text, SqlType.BPCHAR), SqlType.BPCHAR)
                                : s)
                        .toList()
                : sides;
    }

    private static Expr not(Expr argument) {
        return argument instanceof Expr.Call(Op op, List<Expr> inner, SqlType t) && op == Op.NOT
                ? inner.getFirst()
                : Expr.predicate(Op.NOT, argument);
    }

    private Expr cases(RexCall call, List<Expr> fields, SqlType type) {
        List<RexNode> operands = call.getOperands();
        List<Expr.When> whens = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            whens.add(new Expr.When(
                    translate(operands.get(i), fields), moments.cast(translate(operands.get(i + 1), fields), type)));
        }
        return new Expr.Case(whens, moments.cast(translate(operands.getLast(), fields), type), type);
    }
}
