package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of one expression with constants: the conditions of which it can be told that no row satisfies both.
 *
 * @param subject canonical text of the compared expression
 * @param kind comparison
 * @param type type of the constants
 * @param values texts of the constants; one, except for {@link Kind#ONE_OF}
 */
public record ColumnCondition(String subject, Kind kind, SqlType type, List<String> values) {
    private static final String MARK = "where";

    /** What floating point has beside numbers. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    public ColumnCondition {
        values = List.copyOf(values);
    }

    /** How the expression is compared. */
    public enum Kind {
        ONE_OF,
        PREFIX,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** The canonical text of a conjunct: of a comparison in readable fields, of anything else as it is. */
    static String text(Expr conjunct, Function<Expr, String> text) {
        ColumnCondition condition = of(conjunct, text);
        return condition == null ? text.apply(conjunct) : condition.write();
    }

    private String write() {
        List<String> fields = new ArrayList<>(List.of(MARK, subject, kind.name(), type.name()));
        values.stream().map(Separators::clean).sorted().distinct().forEach(fields::add);
        return String.join(Separators.FIELD, fields);
    }

    /** The comparison that a canonical text is, or nothing. */
    public static Optional<ColumnCondition> read(String text) {
        if (!text.startsWith(MARK + Separators.FIELD)) {
            return Optional.empty();
        }
        String[] fields = text.split(Separators.FIELD, -1);
        return fields.length < 5
                ? Optional.empty()
                : Optional.of(new ColumnCondition(
                        fields[1],
                        Kind.valueOf(fields[2]),
                        SqlType.valueOf(fields[3]),
                        Arrays.asList(fields).subList(4, fields.length)));
    }

    private static @Nullable ColumnCondition of(Expr conjunct, Function<Expr, String> text) {
        if (!(conjunct instanceof Expr.Call(Op op, List<Expr> a, SqlType t))) {
            return null;
        }
        if (op == Op.OR) {
            return oneOf(a, text);
        }
        if (op == Op.NOT && a.getFirst() instanceof Expr.Call(Op inner, List<Expr> b, SqlType u)) {
            Op opposite = opposite(inner);
            return opposite == null ? null : of(new Expr.Call(opposite, b, u), text);
        }
        if (a.size() != 2 || a.get(0).isCallerValue() == a.get(1).isCallerValue()) {
            return null;
        }
        boolean swapped = a.get(0).isCallerValue();
        if (!((swapped ? a.get(0) : a.get(1)) instanceof Expr.Literal constant) || constant.value() == null) {
            return null;
        }
        Expr compared = uncast(swapped ? a.get(1) : a.get(0));
        SqlType type = compared.type().isNumber() && constant.type().isNumber()
                ? number(compared.type())
                : plain(constant.type());
        String value = printed(type, constant.value());
        Kind kind = switch (op) {
            case EQUAL -> Kind.ONE_OF;
            case LESS -> swapped ? Kind.GREATER : Kind.LESS;
            case LESS_OR_EQUAL -> swapped ? Kind.GREATER_OR_EQUAL : Kind.LESS_OR_EQUAL;
            case GREATER -> swapped ? Kind.LESS : Kind.GREATER;
            case GREATER_OR_EQUAL -> swapped ? Kind.LESS_OR_EQUAL : Kind.GREATER_OR_EQUAL;
            case LIKE -> swapped || !plainPrefix(value) ? null : Kind.PREFIX;
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        return new ColumnCondition(
                text.apply(compared),
                kind,
                type,
                List.of(kind == Kind.PREFIX ? value.substring(0, value.length() - 1) : value));
    }

    /** All types of text are one. */
    private static SqlType plain(SqlType type) {
        return type.isText() ? SqlType.TEXT : type;
    }

    /** That an expression, by its canonical text, is a value: the text that the same condition has in WHERE. */
    static String equality(String expression, SqlType type, Object value) {
        SqlType compared = type.isNumber() ? number(type) : plain(type);
        return new ColumnCondition(expression, Kind.ONE_OF, compared, List.of(printed(compared, value))).write();
    }

    /** One text for each value that the source tells apart: beside a binary number a constant is the nearest such number. */
    private static String printed(SqlType compared, Object value) {
        String text = Texts.print(value);
        if (NO_NUMBERS.contains(text)) {
            return text;
        }
        if (compared == SqlType.NUMERIC || compared == SqlType.INT8) {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        }
        if (compared == SqlType.FLOAT8 && value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return new BigDecimal(number.doubleValue()).stripTrailingZeros().toPlainString();
        }
        return text;
    }

    /** Casts that keep a number's value say nothing. */
    private static Expr uncast(Expr expr) {
        return expr instanceof Expr.Cast(Expr inner, SqlType t, int typmod, boolean cuts)
                        && !cuts
                        && (inner.type().isInteger() && (t == SqlType.NUMERIC || t.isInteger())
                                || inner.type() == SqlType.NUMERIC && t == SqlType.NUMERIC)
                ? uncast(inner)
                : expr;
    }

    private static SqlType number(SqlType type) {
        return type.isInteger() ? SqlType.INT8 : type == SqlType.NUMERIC ? SqlType.NUMERIC : SqlType.FLOAT8;
    }

    private static @Nullable Op opposite(Op op) {
        return switch (op) {
            case NOT_EQUAL -> Op.EQUAL;
            case LESS -> Op.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Op.GREATER;
            case GREATER -> Op.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Op.LESS;
            default -> null;
        };
    }

    /**
     * The same conditions with bounds of one expression put together: the tightest on each side, whole numbers with inclusive bounds, and a
     * range of one value as that value.
     */
    static List<String> simplified(Collection<String> texts) {
        List<String> rest = new ArrayList<>();
        Map<String, ColumnCondition> lower = new TreeMap<>();
        Map<String, ColumnCondition> upper = new TreeMap<>();
        for (String text : texts) {
            ColumnCondition condition =
                    read(text).map(ColumnCondition::inclusive).orElse(null);
            if (condition == null || !condition.isOrdered()) {
                rest.add(text);
                continue;
            }
            switch (condition.kind) {
                case GREATER, GREATER_OR_EQUAL -> keepTighter(lower, condition, 1, rest);
                case LESS, LESS_OR_EQUAL -> keepTighter(upper, condition, -1, rest);
                case ONE_OF, PREFIX -> rest.add(text);
            }
        }
        lower.forEach((subject, low) -> {
            ColumnCondition high = upper.get(subject);
            if (high != null
                    && low.kind == Kind.GREATER_OR_EQUAL
                    && high.kind == Kind.LESS_OR_EQUAL
                    && low.type == high.type
                    && Objects.equals(compare(low.value(), high.value(), low.type), 0)) {
                rest.add(new ColumnCondition(subject, Kind.ONE_OF, low.type, low.values).write());
                upper.remove(subject);
            } else {
                rest.add(low.write());
            }
        });
        upper.values().forEach(high -> rest.add(high.write()));
        return withoutImplied(rest);
    }

    /** What every one of the listed values satisfies for certain says nothing beside the list. */
    private static List<String> withoutImplied(List<String> texts) {
        if (texts.size() < 2) {
            return texts;
        }
        List<ColumnCondition> lists = texts.stream()
                .flatMap(t -> read(t).stream())
                .filter(c -> c.kind == Kind.ONE_OF)
                .toList();
        return texts.stream()
                .filter(t -> read(t).map(c -> lists.stream().noneMatch(l -> !l.equals(c) && l.implies(c)))
                        .orElse(true))
                .toList();
    }

    private boolean implies(ColumnCondition other) {
        return subject.equals(other.subject) && values.stream().allMatch(value -> satisfies(value, other));
    }

    private boolean satisfies(String value, ColumnCondition other) {
        Integer order = type == other.type ? compare(value, other.value(), type) : null;
        return switch (other.kind) {
            case PREFIX -> value.startsWith(other.value());
            case ONE_OF -> type == other.type && other.values.contains(value);
            case LESS -> order != null && order < 0;
            case LESS_OR_EQUAL -> order != null && order <= 0;
            case GREATER -> order != null && order > 0;
            case GREATER_OR_EQUAL -> order != null && order >= 0;
        };
    }

    private boolean isOrdered() {
        return compare(value(), value(), type) != null;
    }

    private ColumnCondition inclusive() {
        if (type != SqlType.INT8 || values.size() != 1) {
            return this;
        }
        BigDecimal bound = new BigDecimal(value());
        BigDecimal down = bound.setScale(0, RoundingMode.FLOOR);
        BigDecimal up = bound.setScale(0, RoundingMode.CEILING);
        return switch (kind) {
            case GREATER -> with(Kind.GREATER_OR_EQUAL, down.add(BigDecimal.ONE));
            case GREATER_OR_EQUAL -> with(Kind.GREATER_OR_EQUAL, up);
            case LESS -> with(Kind.LESS_OR_EQUAL, up.subtract(BigDecimal.ONE));
            case LESS_OR_EQUAL -> with(Kind.LESS_OR_EQUAL, down);
            case ONE_OF, PREFIX -> this;
        };
    }

    private ColumnCondition with(Kind newKind, BigDecimal bound) {
        return new ColumnCondition(subject, newKind, type, List.of(bound.toPlainString()));
    }

    /** @param sign 1 when the larger bound is the tighter one */
    private static void keepTighter(
            Map<String, ColumnCondition> bounds, ColumnCondition bound, int sign, List<String> rest) {
        ColumnCondition known = bounds.putIfAbsent(bound.subject, bound);
        if (known == null) {
            return;
        }
        Integer order = known.type == bound.type ? compare(known.value(), bound.value(), bound.type) : null;
        if (order == null) {
            rest.add(bound.write()); // not comparable for certain: both are said
        } else if (order == 0) {
            bounds.put(bound.subject, known.kind == Kind.GREATER || known.kind == Kind.LESS ? known : bound);
        } else {
            bounds.put(bound.subject, order * sign > 0 ? known : bound);
        }
    }

    private static boolean plainPrefix(String pattern) {
        return pattern.endsWith("%")
                && pattern.indexOf('%') == pattern.length() - 1
                && pattern.indexOf('_') < 0
                && pattern.indexOf('\\') < 0;
    }

    private static @Nullable ColumnCondition oneOf(List<Expr> options, Function<Expr, String> text) {
        List<String> values = new ArrayList<>();
        ColumnCondition first = null;
        for (Expr option : options) {
            ColumnCondition one = of(option, text);
            if (one == null || one.kind != Kind.ONE_OF) {
                return null;
            }
            if (first != null && (!first.subject.equals(one.subject) || first.type != one.type)) {
                return null;
            }
            first = one;
            values.addAll(one.values);
        }
        return first == null ? null : new ColumnCondition(first.subject, Kind.ONE_OF, first.type, values);
    }

    /** Whether some condition of one side and some of the other cannot hold for one value. */
    static boolean exclude(List<ColumnCondition> some, List<ColumnCondition> others) {
        return some.stream()
                .anyMatch(x -> others.stream()
                        .anyMatch(y ->
                                x.subject.equals(y.subject) && x.type == y.type && (excludes(x, y) || excludes(y, x))));
    }

    private static boolean excludes(ColumnCondition x, ColumnCondition y) {
        return switch (x.kind) {
            case ONE_OF -> x.values.stream().noneMatch(v -> mayHold(v, y));
            case PREFIX -> y.kind == Kind.PREFIX && !starts(x.value(), y.value()) && !starts(y.value(), x.value());
            case LESS, LESS_OR_EQUAL -> {
                if (y.kind != Kind.GREATER && y.kind != Kind.GREATER_OR_EQUAL) {
                    yield false;
                }
                Integer order = compare(x.value(), y.value(), x.type);
                yield order != null
                        && (order < 0
                                || order == 0 && !(x.kind == Kind.LESS_OR_EQUAL && y.kind == Kind.GREATER_OR_EQUAL));
            }
            case GREATER, GREATER_OR_EQUAL -> false; // the other way round
        };
    }

    private static boolean mayHold(String value, ColumnCondition condition) {
        if (condition.kind == Kind.ONE_OF) {
            return condition.values.stream().anyMatch(v -> {
                Integer order = compare(value, v, condition.type);
                return order == null ? same(value, v) : order == 0;
            });
        }
        if (condition.kind == Kind.PREFIX) {
            return starts(value, condition.value());
        }
        Integer order = compare(value, condition.value(), condition.type);
        if (order == null) {
            return true;
        }
        return switch (condition.kind) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case ONE_OF, PREFIX -> throw new IllegalStateException("handled above");
        };
    }

    /** Collations may ignore case and blanks at the end: then two texts are one value. */
    private static boolean same(String a, String b) {
        return a.stripTrailing().equalsIgnoreCase(b.stripTrailing());
    }

    private static boolean starts(String value, String prefix) {
        return value.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private String value() {
        return values.getFirst();
    }

    /** Order of two constants, or null where their order is the source's affair: texts have collations. */
    private static @Nullable Integer compare(String a, String b, SqlType type) {
        if (NO_NUMBERS.contains(a) || NO_NUMBERS.contains(b)) {
            return null;
        }
        return switch (type) {
            case INT2, INT4, INT8, NUMERIC -> new BigDecimal(a).compareTo(new BigDecimal(b));
            case FLOAT4, FLOAT8 -> {
                double x = Double.parseDouble(a);
                double y = Double.parseDouble(b);
                yield x == y ? 0 : Double.compare(x, y);
            }
            case DATE, TIMESTAMP ->
                a.length() == b.length() && a.matches("\\d{4}-.*") && b.matches("\\d{4}-.*")
                        ? Integer.valueOf(a.compareTo(b))
                        : null;
            default -> null;
        };
    }
}
