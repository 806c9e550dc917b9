package io.weir.query.type;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;

/**
 * Time zones as PostgreSQL computes with them (datetime.c, DetermineTimeZoneOffset): a local time that a clock skipped is read with the
 * offset before the change, one that a clock showed twice is its second occurrence. Pure.
 */
public final class TimeZones {
    private static final Duration DAY = Duration.ofDays(1);

    /** In AT TIME ZONE PostgreSQL reads these as abbreviations of a fixed offset; as TimeZone they are what they are called here. */
    private static final Map<String, String> ABBREVIATIONS = Map.of(
            "WET", "Europe/Lisbon",
            "CET", "Europe/Brussels",
            "MET", "Europe/Brussels",
            "EET", "Europe/Athens");

    private static final Map<ZoneRules, String> NAMES = names();

    private TimeZones() {}

    /** The local time of a moment. */
    public static LocalDateTime local(Instant moment, ZoneId zone) {
        return LocalDateTime.ofInstant(moment, zone);
    }

    /** The moment of a local time, also of one that does not exist or exists twice. */
    public static Instant moment(LocalDateTime local, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return local.toInstant(change.isGap() ? change.getOffsetBefore() : change.getOffsetAfter());
    }

    /** One name for all zones of the same rules, so that Asia/Calcutta is Asia/Kolkata and GMT is UTC. */
    public static String canonical(ZoneId zone) {
        return zone.getRules().isFixedOffset()
                ? zone.getRules().getOffset(Instant.EPOCH).getId()
                : NAMES.getOrDefault(zone.getRules(), zone.getId());
    }

    public static boolean isUtc(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    public static boolean areAlike(ZoneId one, ZoneId other) {
        return one.getRules().equals(other.getRules());
    }

    /** As PostgreSQL reads it after AT TIME ZONE: offsets in POSIX's form, whose sign counts westwards. */
    public static String postgres(ZoneId zone) {
        if (zone.normalized() instanceof ZoneOffset offset) {
            return offset.getTotalSeconds() == 0 ? "UTC" : posix(offset);
        }
        return ABBREVIATIONS.getOrDefault(zone.getId(), zone.getId());
    }

    private static String posix(ZoneOffset offset) {
        String east = offset.getId();
        String west = (east.startsWith("-") ? "+" : "-") + east.substring(1);
        return "<" + east.replace(":", "") + ">" + west;
    }

    /** Whether its clocks once skipped a whole day, as those of Samoa did: then two dates begin at one moment. */
    public static boolean skipsDays(ZoneId zone) {
        return zone.getRules().getTransitions().stream()
                .anyMatch(t -> t.getDuration().compareTo(DAY) >= 0);
    }

    private static Map<ZoneRules, String> names() {
        Map<ZoneRules, String> names = new HashMap<>();
        ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .forEach(id -> names.putIfAbsent(ZoneId.of(id).getRules(), id));
        return Map.copyOf(names);
    }
}
