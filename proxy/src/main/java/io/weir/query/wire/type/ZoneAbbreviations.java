package io.weir.query.wire.type;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/**
 * What clocks are called at a moment: BST, EST. Java knows names that the time zone database gave up for numbers; only those it still has
 * are used.
 */
final class ZoneAbbreviations {
    private static final Set<String> KNOWN = Set.of(
            "ACDT", "ACST", "ADT", "AEDT", "AEST", "AKDT", "AKST", "AST", "AWST", "BST", "CAT", "CDT", "CEST", "CET",
            "CST", "EAT", "EDT", "EEST", "EET", "EST", "GMT", "HDT", "HKT", "HST", "IDT", "IST", "JST", "KST", "MDT",
            "MSK", "MST", "NDT", "NST", "NZDT", "NZST", "PDT", "PKT", "PST", "SAST", "SST", "UTC", "WAT", "WEST", "WET",
            "WIB", "WIT", "WITA");

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

    private static final DateTimeFormatter NUMBER = DateTimeFormatter.ofPattern("x", Locale.ROOT);

    private ZoneAbbreviations() {}

    /** A name, or the offset as the database has it: {@code +04}, {@code +0545}. */
    static String of(ZoneId zone, Instant moment) {
        if (zone instanceof ZoneOffset) {
            return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : "GMT";
        }
        if (!zone.getRules().isFixedOffset() && zone.getRules().previousTransition(moment.plusNanos(1)) == null) {
            // Before the first railway time: the database says local mean time, Java the first name after it.
            return "LMT";
        }
        String name = SHORT.format(moment.atZone(zone));
        return KNOWN.contains(name) ? name : NUMBER.format(moment.atZone(zone));
    }
}
