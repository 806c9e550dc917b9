package io.weir.query.session;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value of a setting may be, and how SHOW prints it. */
final class SettingValues {
    static final UnaryOperator<String> FIXED = value -> {
        throw new NotPermittedException("The parameter cannot be changed.");
    };

    private static final Pattern DURATION = Pattern.compile("(\\d{1,10})\\s*(us|ms|s|min|h|d)?");
    private static final Pattern POSIX_ZONE = Pattern.compile("(?:GMT|UTC)([+-])(\\d{1,2})(?::?(\\d{2}))?");
    private static final Map<String, String> REGIONS = regions();
    private static final int MAX_NAME = 63;

    /** The value is refused; the hint is public. */
    static final class NotPermittedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotPermittedException(String hint) {
            super(hint);
        }

        String hint() {
            return String.valueOf(getMessage());
        }
    }

    private SettingValues() {}

    static UnaryOperator<String> oneOf(String... values) {
        List<String> permitted = List.of(values);
        return value -> {
            String lower = value.strip().toLowerCase(Locale.ROOT);
            if (!permitted.contains(lower)) {
                throw new NotPermittedException("Permitted: " + String.join(", ", permitted) + ".");
            }
            return lower.equals("true") ? "on" : lower;
        };
    }

    /** Printable ASCII, at most 63 characters; others become '?', as PostgreSQL does. */
    static String name(String value) {
        StringBuilder clean = new StringBuilder();
        value.chars().limit(MAX_NAME).forEach(c -> clean.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return clean.toString();
    }

    static String encoding(String value) {
        String name = value.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
        if (name.equals("UTF8") || name.equals("UNICODE")) {
            return "UTF8";
        }
        throw new NotPermittedException("Permitted: UTF8.");
    }

    static String isolation(String value) {
        return oneOf("read committed", "read uncommitted", "repeatable read", "serializable")
                .apply(value);
    }

    static String bool(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "on", "true", "t", "yes", "y", "1" -> "on";
            case "off", "false", "f", "no", "n", "0" -> "off";
            default -> throw new NotPermittedException("Permitted: on, off.");
        };
    }

    static String readOnly(String value) {
        if (bool(value).equals("off")) {
            throw new NotPermittedException("Weir is read-only.");
        }
        return "on";
    }

    static String integer(String value, int from, int to) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= from && number <= to) {
                return Integer.toString(number);
            }
        } catch (NumberFormatException notANumber) {
            throw new NotPermittedException("Permitted: " + from + " to " + to + ".");
        }
        throw new NotPermittedException("Permitted: " + from + " to " + to + ".");
    }

    static String searchPath(String value) {
        if (value.length() > 1000) {
            throw new NotPermittedException("The search path is too long.");
        }
        return value.strip();
    }

    /** In PostgreSQL's largest unit that fits: {@code 90s}, {@code 2min}; a number without unit is milliseconds. */
    static String duration(String value) {
        long millis = millis(value);
        if (millis == 0) {
            return "0";
        }
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "min";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    /** Reads what {@link #duration} prints. */
    static Duration toDuration(String value) {
        return Duration.ofMillis(millis(value));
    }

    static String timeZone(String value) {
        return value.strip().isEmpty() ? "UTC" : printed(toZone(value));
    }

    /** A region, or POSIX's {@code GMT-02:00}, which lies two hours <em>east</em>. */
    static ZoneId toZone(String value) {
        String name = value.strip();
        Matcher posix = POSIX_ZONE.matcher(name.toUpperCase(Locale.ROOT));
        try {
            if (posix.matches()) {
                int minutes = Integer.parseInt(posix.group(2)) * 60
                        + (posix.group(3) == null ? 0 : Integer.parseInt(posix.group(3)));
                return ZoneOffset.ofTotalSeconds((posix.group(1).equals("-") ? 60 : -60) * minutes);
            }
            if (name.equalsIgnoreCase("UTC") || name.equalsIgnoreCase("Z")) {
                return ZoneId.of("UTC");
            }
            String region = REGIONS.get(name);
            if (region != null) {
                return ZoneId.of(region);
            }
        } catch (DateTimeException tooFar) {
            throw new NotPermittedException("Use a name of the time zone database, such as Europe/London.");
        }
        throw new NotPermittedException("Use a name of the time zone database, such as Europe/London.");
    }

    private static String printed(ZoneId zone) {
        if (zone instanceof ZoneOffset offset && offset.getTotalSeconds() != 0) {
            int minutes = Math.abs(offset.getTotalSeconds()) / 60;
            return String.format(
                    Locale.ROOT,
                    "GMT%s%02d:%02d",
                    offset.getTotalSeconds() > 0 ? "-" : "+",
                    minutes / 60,
                    minutes % 60);
        }
        return zone instanceof ZoneOffset ? "UTC" : zone.getId();
    }

    /** Looked up for every statement, so read once. */
    private static Map<String, String> regions() {
        Map<String, String> regions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ZoneId.getAvailableZoneIds().forEach(region -> regions.put(region, region));
        return Collections.unmodifiableMap(regions);
    }

    private static long millis(String value) {
        Matcher matcher = DURATION.matcher(value.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new NotPermittedException("Give milliseconds, or a unit: us, ms, s, min, h, d.");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        long millis = switch (unit) {
            case "us" -> number / 1_000;
            case "s" -> number * 1_000;
            case "min" -> number * 60_000;
            case "h" -> number * 3_600_000;
            case "d" -> number * 86_400_000;
            default -> number;
        };
        if (millis > Integer.MAX_VALUE) {
            throw new NotPermittedException("At most 2147483647 milliseconds.");
        }
        return millis;
    }
}
