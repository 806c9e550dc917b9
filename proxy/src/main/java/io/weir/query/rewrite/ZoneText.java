package io.weir.query.rewrite;

import io.weir.query.type.TimeZones;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A time zone in canonical text. Zones of the same rules have one text, so that they ask one question; a zone that changes nothing is not in
 * it, since the governed tree has none there.
 */
public final class ZoneText {
    private static final Pattern MARK = Pattern.compile("at zone\\[[^\\]]*\\]");

    private ZoneText() {}

    static String of(ZoneId zone) {
        return "at zone[" + Separators.clean(TimeZones.canonical(zone)) + "]";
    }

    /** The zones that a text names. */
    public static Set<String> zones(String text) {
        Set<String> zones = new TreeSet<>();
        MARK.matcher(text).results().forEach(r -> zones.add(r.group()));
        return zones;
    }

    /** The same text in no particular zone. */
    public static String without(String text) {
        return MARK.matcher(text).replaceAll("at zone");
    }
}
