package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.type.TimeZones;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every zone that a session can have, as PostgreSQL reads it after AT TIME ZONE. */
class ZoneNamesIT {
    private static final String HOURS =
            "generate_series(timestamptz '2023-01-01 00:00+00', timestamptz '2025-01-01 00:00+00', interval '13 hours')";

    private static List<List<@Nullable String>> atTimeZone(String name) {
        return ZonedRoad.shared()
                .truth("UTC", "select sum(extract(epoch from h at time zone '" + name + "')) from " + HOURS + " h");
    }

    private static List<List<@Nullable String>> inSession(String name) {
        return ZonedRoad.shared().truth(name, "select sum(extract(epoch from h::timestamp)) from " + HOURS + " h");
    }

    @Test
    void aRegionAfterAtTimeZoneIsTheSessionsZone() {
        List<String> other = new ArrayList<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            if (!atTimeZone(TimeZones.postgres(ZoneId.of(id))).equals(inSession(id))) {
                other.add(id);
            }
        }
        assertThat(other).isEmpty();
    }

    @Test
    void anOffsetIsWhatPosixCallsTheOtherWayRound() {
        assertThat(atTimeZone(TimeZones.postgres(ZoneOffset.of("+05:30")))).isEqualTo(inSession("GMT-05:30"));
        assertThat(atTimeZone(TimeZones.postgres(ZoneOffset.of("+05:30")))).isEqualTo(inSession("Asia/Kolkata"));
        assertThat(atTimeZone(TimeZones.postgres(ZoneOffset.of("-03:00")))).isEqualTo(inSession("GMT+03:00"));
        assertThat(atTimeZone(TimeZones.postgres(ZoneOffset.UTC))).isEqualTo(inSession("UTC"));
    }
}
