package io.weir.query.govern;

/** Functions and operators that are read and not governed. */
final class Ungoverned {
    private Ungoverned() {}

    /** What to write in place of one, by its name in small letters. */
    static String instead(String name) {
        return switch (name) {
            // All other products and quotients are governed.
            case "*", "/" ->
                "Write the interval as it is meant, interval '60 days'; whole days are added to a date as a number: date + 60.";
            case "at time zone", "timezone" ->
                "SET TIME ZONE 'Europe/London' first: casts to date, date_trunc and extract follow it.";
            case "overlay" -> "Put the text together: left(x, 2) || 'new' || substring(x FROM 6).";
            default -> "The reference of functions and operators lists those that can be.";
        };
    }
}
