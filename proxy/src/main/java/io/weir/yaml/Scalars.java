package io.weir.yaml;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parsers of single values; each throws IllegalArgumentException with a message for people. */
public final class Scalars {
    private Scalars() {}

    public static int wholeNumber(String text, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw new IllegalArgumentException("'%s' is not a whole number from %d to %d".formatted(text, min, max));
    }

    public static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    /** A decimal number without exponent. */
    public static BigDecimal decimal(String text) {
        if (!text.matches("-?\\d{1,15}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        return new BigDecimal(text);
    }

    public static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date; write 2026-03-31", e);
        }
    }

    public static <E extends Enum<E>> E choice(String text, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(text) || name.replace('_', '-').equals(text)) {
                return constant;
            }
            names.add(name);
        }
        throw new IllegalArgumentException("'" + text + "' is not one of " + String.join(", ", names));
    }
}
