package io.weir.query.rewrite;

import io.weir.query.type.TimeZones;
import java.time.ZoneId;

/**
 * A time zone in canonical text. Zones of the same rules have one text, so that they ask one question; a zone that changes nothing is not in
 * it, since the governed tree has none there.
 */
final class ZoneText {
    private ZoneText() {}

    static String of(ZoneId zone) {
        return "at zone[" + Separators.clean(TimeZones.canonical(zone)) + "]";
    }
}
