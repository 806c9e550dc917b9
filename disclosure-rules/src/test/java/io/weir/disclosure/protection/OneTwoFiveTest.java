package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTwoFiveTest {

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "1.01,2",
        "2,2",
        "2.5,5",
        "5,5",
        "5.001,10",
        "10,10",
        "11,20",
        "49.99,50",
        "50,50",
        "51,100",
        "0.03,0.05",
        "0.05,0.05",
        "0.051,0.1",
        "1000000,1000000",
        "1E+3,1000",
        "700000,1000000",
        "0.00009,0.0001"
    })
    void smallestStepOfAtLeastTheAmount(BigDecimal amount, BigDecimal step) {
        assertThat(OneTwoFive.atLeast(amount)).isEqualByComparingTo(step);
    }

    @Test
    void stepOfNothingIsRefused() {
        assertThatThrownBy(() -> OneTwoFive.atLeast(BigDecimal.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
