package io.weir.release.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.type.SqlType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts of frozen values: what is written is read again. */
class ValueTextTest {
    @Test
    void infiniteDaysAndMomentsHaveWordsOfTheirOwn() {
        Map<SqlType, Object> latest = Map.of(
                SqlType.DATE, LocalDate.MAX,
                SqlType.TIMESTAMP, LocalDateTime.MAX,
                SqlType.TIMESTAMPTZ, Instant.MAX);
        latest.forEach((type, value) -> {
            assertThat(ValueText.write(type, value)).isEqualTo("infinity");
            assertThat(ValueText.read(type, "infinity")).isEqualTo(value);
        });
        assertThat(ValueText.write(SqlType.DATE, LocalDate.MIN)).isEqualTo("-infinity");
        assertThat(ValueText.read(SqlType.TIMESTAMPTZ, "-infinity")).isEqualTo(Instant.MIN);
        assertThat(ValueText.write(SqlType.DATE, LocalDate.of(2024, 2, 29))).isEqualTo("2024-02-29");
        assertThat(ValueText.read(SqlType.DATE, "2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
    }
}
