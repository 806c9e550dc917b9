package io.weir.query.disclose;

import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Asked.Range;
import io.weir.disclosure.history.Asked.Value;
import io.weir.query.rewrite.ColumnCondition.Kind;
import io.weir.query.rewrite.TextTree;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as pieces of what a subject can be: numbers as they are, days and times in microseconds. */
final class Pieces {
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000);

    private Pieces() {}

    static Optional<Piece> of(TextTree.Constant constant) {
        return constant.value() == null ? Optional.empty() : of(constant.type(), constant.value());
    }

    /** The value alone, whether it is whole or not. */
    static Optional<Piece> point(TextTree.Constant constant) {
        return of(constant)
                .map(piece -> constant.type().isInteger() && constant.value() != null
                        ? Range.at(new BigDecimal(constant.value()))
                        : piece);
    }

    /** Nothing where it is not known where the value lies. */
    static Optional<Piece> of(SqlType type, String value) {
        return switch (type) {
            case TEXT, VARCHAR, BPCHAR, UUID -> Optional.of(new Value(value));
            case BOOL -> Optional.of(new Value(value.startsWith("t") ? "true" : "false"));
            default -> Optional.ofNullable(range(type, value));
        };
    }

    private static @Nullable Range range(SqlType type, String value) {
        try {
            return switch (type) {
                // Whole numbers are compared with whole numbers: behind one is before the next.
                case INT8 -> whole(new BigDecimal(value));
                case INT2, INT4, NUMERIC -> Range.at(new BigDecimal(value));
                // Several decimals are one binary number.
                case FLOAT4 -> Range.at(new BigDecimal(Float.parseFloat(value)));
                case FLOAT8 -> Range.at(new BigDecimal(Double.parseDouble(value)));
                case DATE, TIMESTAMP -> Range.at(micros(time(value)));
                default -> null;
            };
        } catch (DateTimeException | NumberFormatException beyond) {
            return null; // infinity, and years before our era
        }
    }

    private static @Nullable Range whole(BigDecimal number) {
        return number.stripTrailingZeros().scale() > 0
                ? null
                : new Range(new Cut(number, false), new Cut(number.add(BigDecimal.ONE), false));
    }

    /** What compares in this way with a value. */
    static Optional<Piece> compared(Kind kind, Piece value) {
        return switch (value) {
            case Value v -> kind == Kind.ONE_OF ? Optional.of(v) : Optional.empty();
            case Range(Cut from, Cut until) ->
                switch (kind) {
                    case ONE_OF -> Optional.of(value);
                    case LESS -> Optional.of(new Range(null, from));
                    case LESS_OR_EQUAL -> Optional.of(new Range(null, until));
                    case GREATER -> Optional.of(new Range(until, null));
                    case GREATER_OR_EQUAL -> Optional.of(new Range(from, null));
                    case PREFIX -> Optional.empty();
                };
        };
    }

    /** Whether a value lies in one of the pieces; nothing where a collation may have a say. */
    static Optional<Boolean> isIn(Piece value, List<Piece> pieces) {
        if (pieces.stream().anyMatch(piece -> piece.includes(value))) {
            return Optional.of(true);
        }
        return pieces.stream().anyMatch(piece -> piece.mayOverlap(value)) ? Optional.empty() : Optional.of(false);
    }

    private static LocalDateTime time(String value) {
        return value.length() <= 10
                ? LocalDate.parse(value).atStartOfDay()
                : LocalDateTime.parse(value.replace(' ', 'T'));
    }

    static BigDecimal micros(LocalDateTime time) {
        return BigDecimal.valueOf(time.toEpochSecond(ZoneOffset.UTC))
                .multiply(SECOND)
                .add(BigDecimal.valueOf(time.getLong(ChronoField.MICRO_OF_SECOND)));
    }

    static LocalDateTime time(BigDecimal micros) {
        BigDecimal[] parts = micros.divideAndRemainder(SECOND);
        long seconds = parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
        long rest = parts[1].longValueExact() + (parts[1].signum() < 0 ? 1_000_000 : 0);
        return LocalDateTime.ofEpochSecond(seconds, Math.toIntExact(rest * 1_000), ZoneOffset.UTC);
    }
}
