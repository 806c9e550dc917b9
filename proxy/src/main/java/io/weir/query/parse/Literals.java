package io.weir.query.parse;

import io.weir.query.type.IsoTexts;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Values of constants in a tree, exact, as Java values of their {@link SqlType}. */
public final class Literals {
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(\\.\\d{1,6})?)?");

    private Literals() {}

    /**
     * @param type what the constant is
     * @param value instance of the type's Java class; null is NULL
     */
    public record Constant(SqlType type, @Nullable Object value) {}

    /**
     * The value of an expression that is a constant as written: a literal, a literal under casts or a sign, an interval. Function calls
     * (now(), current_date), parameters and arithmetic are not constants here.
     */
    public static Optional<Constant> constant(RexNode node) {
        SqlType type = SqlTypes.of(node.getType()).type();
        if (node instanceof RexLiteral literal) {
            return Optional.of(new Constant(type, value(literal)));
        }
        if (!(node instanceof RexCall call)) {
            return Optional.empty();
        }
        if (call.getKind() == SqlKind.CAST) {
            return constant(call.getOperands().get(0))
                    .flatMap(c -> c.value() == null
                            ? Optional.of(new Constant(type, null))
                            : cast(c, call).map(v -> new Constant(type, v)));
        }
        if (call.getKind() == SqlKind.MINUS_PREFIX) {
            return constant(call.getOperands().get(0)).flatMap(c -> negated(c).map(v -> new Constant(type, v)));
        }
        if (call.getKind() == SqlKind.PLUS_PREFIX) {
            return constant(call.getOperands().get(0));
        }
        if (isInterval(call)) {
            return constant(call.getOperands().get(0))
                    .flatMap(c -> IntervalText.read(String.valueOf(c.value()), "second"))
                    .map(v -> new Constant(SqlType.INTERVAL, v));
        }
        return Optional.empty();
    }

    /** The value of a literal; null for NULL. */
    public static @Nullable Object value(RexLiteral literal) {
        if (literal.isNull()) {
            return null;
        }
        Comparable<?> value = literal.getValue();
        if (value instanceof NlsString text) {
            return text.getValue();
        }
        if (value instanceof BigDecimal number) {
            return number(number, SqlTypes.of(literal.getType()).type()).orElse(number);
        }
        return value;
    }

    /** Whether a cast of a text constant cannot succeed: PostgreSQL refuses it before the statement runs. */
    static boolean isUnreadable(RexCall call) {
        if (call.getKind() != SqlKind.CAST) {
            return false;
        }
        Optional<Constant> inner = constant(call.getOperands().get(0));
        return inner.isPresent()
                && inner.get().value() instanceof String
                && cast(inner.get(), call).isEmpty();
    }

    private static boolean isInterval(RexCall call) {
        return call.getOperator().getName().equals("interval");
    }

    private static Optional<Object> negated(Constant constant) {
        return switch (constant.value()) {
            case Short v -> Optional.of((short) -v);
            case Integer v -> Optional.of(-v);
            case Long v -> Optional.of(-v);
            case Float v -> Optional.of(-v);
            case Double v -> Optional.of(-v);
            case BigDecimal v -> Optional.of(v.negate());
            case PgInterval v -> Optional.of(new PgInterval(-v.months(), -v.days(), -v.micros()));
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Object> cast(Constant constant, RexCall cast) {
        SqlType to = SqlTypes.of(cast.getType()).type();
        Object value = constant.value();
        try {
            if (value instanceof String text) {
                return read(text, to).flatMap(v -> scaled(v, cast));
            }
            if (to.isText()) {
                return Optional.of(String.valueOf(value))
                        .filter(t -> constant.type().isInteger())
                        .map(t -> t);
            }
            return switch (value) {
                case Number n -> number(new BigDecimal(n.toString()), to).flatMap(v -> scaled(v, cast));
                case LocalDate d when to == SqlType.TIMESTAMP -> Optional.of(d.atStartOfDay());
                case LocalDateTime t when to == SqlType.DATE -> Optional.of(t.toLocalDate());
                case LocalDateTime t when to == SqlType.TIME -> Optional.of(t.toLocalTime());
                case null, default -> constant.type() == to ? Optional.ofNullable(value) : Optional.empty();
            };
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> scaled(Object value, RexCall cast) {
        if (value instanceof BigDecimal number && cast.getType().getPrecision() < SqlTypes.BARE_NUMERIC_PRECISION) {
            BigDecimal rounded = number.setScale(cast.getType().getScale(), RoundingMode.HALF_UP);
            return rounded.precision() - rounded.scale()
                            > cast.getType().getPrecision() - cast.getType().getScale()
                    ? Optional.empty()
                    : Optional.of(rounded);
        }
        return Optional.of(value);
    }

    /** Numbers are rounded half away from zero, as PostgreSQL rounds numeric. */
    private static Optional<Object> number(BigDecimal number, SqlType type) {
        try {
            return switch (type) {
                case INT2 ->
                    Optional.of(number.setScale(0, RoundingMode.HALF_UP).shortValueExact());
                case INT4 ->
                    Optional.of(number.setScale(0, RoundingMode.HALF_UP).intValueExact());
                case INT8 ->
                    Optional.of(number.setScale(0, RoundingMode.HALF_UP).longValueExact());
                case FLOAT4 -> Optional.of(number.floatValue());
                case FLOAT8 -> Optional.of(number.doubleValue());
                case NUMERIC -> Optional.of(number);
                default -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A text as a value of a type, in the formats that do not depend on settings; empty when it is none. */
    public static Optional<Object> read(String text, SqlType type) {
        try {
            String trimmed = text.trim();
            return switch (type) {
                case TEXT, VARCHAR, BPCHAR -> Optional.of(text);
                case BOOL -> bool(trimmed.toLowerCase(Locale.ROOT)).map(b -> b);
                case INT2, INT4, INT8 ->
                    trimmed.matches("[+-]?\\d{1,19}") ? number(new BigDecimal(trimmed), type) : Optional.empty();
                case FLOAT4, FLOAT8, NUMERIC ->
                    trimmed.matches("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,3})?")
                            ? number(new BigDecimal(trimmed), type)
                            : Optional.empty();
                case DATE -> Optional.of(IsoTexts.read(trimmed).date());
                case TIME -> time(trimmed).map(t -> t);
                case TIMESTAMP -> Optional.of(IsoTexts.read(trimmed).local());
                case TIMESTAMPTZ -> Optional.of(moment(IsoTexts.read(trimmed)));
                case INTERVAL -> IntervalText.read(trimmed, "second").map(i -> i);
                case UUID -> Optional.of(UUID.fromString(trimmed));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> Optional.of(true);
            case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<LocalTime> time(String text) {
        Matcher m = TIME.matcher(text);
        return m.matches() ? Optional.of(clock(m.group(1), m.group(2), m.group(3), m.group(4))) : Optional.empty();
    }

    private static LocalTime clock(String hour, String minute, @Nullable String second, @Nullable String fraction) {
        int nanos = fraction == null
                ? 0
                : new BigDecimal("0" + fraction).movePointRight(9).intValueExact();
        return LocalTime.of(
                Integer.parseInt(hour), Integer.parseInt(minute), second == null ? 0 : Integer.parseInt(second), nanos);
    }

    /** Without a zone the offset is zero. */
    private static Instant moment(IsoTexts.Moment moment) {
        return moment.local().toInstant(moment.offset() == null ? ZoneOffset.UTC : moment.offset());
    }
}
