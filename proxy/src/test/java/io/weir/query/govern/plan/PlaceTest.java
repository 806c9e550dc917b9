package io.weir.query.govern.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
    @ParameterizedTest
    @CsvSource({
        "0.5, 5 10 25 50",
        "0.25, 5 10 25",
        "0.75, 5 10 25",
        "0.3, 5 10",
        "0.1, 5 10",
        "0.05, 5",
        "0.95, 5",
        "0.01, 1",
        "0.99, 1"
    })
    void aPlaceHasPartsOnBothSidesAndOneMoreBeyond(BigDecimal share, String sizes) {
        Place place = Place.at(share).orElseThrow();
        assertThat(place.share()).isEqualByComparingTo(share);
        assertThat(place.parts().stream()
                        .map(p -> String.valueOf(p.twoHundredths()))
                        .toList())
                .isEqualTo(List.of(sizes.split(" ")));
        assertThat(place.mirrored().share()).isEqualByComparingTo(BigDecimal.ONE.subtract(share));
        assertThat(place.mirrored().parts()).isEqualTo(place.parts());
        for (Place.Part part : place.parts()) {
            assertThat(Math.min(place.twoHundredths(), Place.WHOLE - place.twoHundredths()))
                    .isGreaterThanOrEqualTo(2 * part.twoHundredths());
            assertThat(part.number() * part.twoHundredths()).isEqualTo(Place.WHOLE);
        }
    }

    /** Edges of the parts of one cell's places are multiples of a part: what they tell apart is never finer. */
    @Test
    void theFinestPartsOfAllPlacesFitIntoEachOther() {
        for (int percent = 5; percent < 100; percent += 5) {
            Place place = Place.at(new BigDecimal(percent).movePointLeft(2)).orElseThrow();
            for (Place.Part part : place.parts()) {
                assertThat((place.twoHundredths() - part.twoHundredths()) % part.twoHundredths())
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.001", "0.5001", "0.025", "0.975", "0.02"})
    void otherSharesAreNoPlaces(BigDecimal share) {
        assertThat(Place.at(share)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.92, 0.9", "0.93, 0.95", "0, 0.01", "1, 0.99", "0.98, 0.99", "0.02, 0.01", "0.475, 0.45"})
    void theNearestIsNamed(BigDecimal share, BigDecimal nearest) {
        assertThat(Place.nearest(share).share()).isEqualByComparingTo(nearest);
    }
}
