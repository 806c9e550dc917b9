package io.weir.query.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeZonesTest {
    @ParameterizedTest
    @CsvSource({
        "Europe/London,2025-03-30T00:59,2025-03-30T00:59:00Z",
        "Europe/London,2025-03-30T01:30,2025-03-30T01:30:00Z",
        "Europe/London,2025-03-30T02:00,2025-03-30T01:00:00Z",
        "Europe/London,2025-10-26T00:59,2025-10-25T23:59:00Z",
        "Europe/London,2025-10-26T01:30,2025-10-26T01:30:00Z",
        "America/New_York,2025-03-09T02:30,2025-03-09T07:30:00Z",
        "America/New_York,2025-11-02T01:30,2025-11-02T06:30:00Z",
        "America/Sao_Paulo,2018-11-04T00:00,2018-11-04T03:00:00Z",
        "Pacific/Apia,2011-12-30T00:00,2011-12-30T10:00:00Z",
        "Pacific/Apia,2011-12-31T00:00,2011-12-30T10:00:00Z"
    })
    void skippedTimesAreReadWithTheOffsetBeforeAndRepeatedOnesAreTheSecond(String zone, String local, String moment) {
        assertThat(TimeZones.moment(LocalDateTime.parse(local), ZoneId.of(zone)))
                .isEqualTo(moment);
    }

    @Test
    void zonesOfTheSameRulesHaveOneName() {
        assertThat(TimeZones.canonical(ZoneId.of("Asia/Calcutta")))
                .isEqualTo(TimeZones.canonical(ZoneId.of("Asia/Kolkata")));
        assertThat(TimeZones.canonical(ZoneId.of("GB"))).isEqualTo(TimeZones.canonical(ZoneId.of("Europe/London")));
        assertThat(TimeZones.canonical(ZoneId.of("GMT"))).isEqualTo(TimeZones.canonical(ZoneOffset.UTC));
        assertThat(TimeZones.canonical(ZoneId.of("Etc/GMT-2"))).isEqualTo(TimeZones.canonical(ZoneOffset.ofHours(2)));
        assertThat(TimeZones.canonical(ZoneId.of("Europe/London")))
                .isNotEqualTo(TimeZones.canonical(ZoneId.of("Europe/Lisbon")));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/London,Europe/London",
        "+05:30,<+0530>-05:30",
        "-03:00,<-0300>+03:00",
        "GMT,UTC",
        "Z,UTC",
        "CET,Europe/Brussels",
        "WET,Europe/Lisbon"
    })
    void namesAreWrittenAsPostgresReadsThemAfterAtTimeZone(String zone, String written) {
        assertThat(TimeZones.postgres(ZoneId.of(zone))).isEqualTo(written);
    }

    @Test
    void aDayThatWasSkippedIsKnown() {
        assertThat(TimeZones.skipsDays(ZoneId.of("Pacific/Apia"))).isTrue();
        assertThat(TimeZones.skipsDays(ZoneId.of("America/Sao_Paulo"))).isFalse();
    }
}
