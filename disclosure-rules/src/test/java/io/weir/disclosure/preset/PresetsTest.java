package io.weir.disclosure.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetsTest {

    @Test
    void hesRuleHidesOneToSevenAndRoundsTheRestToFive() {
        assertThat(Presets.shipped().named("hes-2018").appetite())
                .isEqualTo(new RiskAppetite(8, ZeroRule.SHOWN, 5, List.of(), null));
    }

    @Test
    void acroDefaultIsItsPublishedDefault() {
        assertThat(Presets.shipped().named("acro-default").appetite())
                .isEqualTo(new RiskAppetite(
                        10,
                        ZeroRule.HIDDEN,
                        5,
                        List.of(new Dominance(2, new BigDecimal("0.90"))),
                        new BigDecimal("0.10")));
    }

    @Test
    void everyPresetSaysWhereItComesFromAndWhatItDoesNotProtect() {
        assertThat(Presets.shipped().all()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(preset -> {
            assertThat(preset.source()).isNotBlank();
            assertThat(preset.asOf()).matches("\\d{4}-\\d{2}");
            assertThat(preset.notProtected()).isNotEmpty();
            assertThat(preset.appetite().judgesSums()
                            || preset.notProtected().stream().anyMatch(sentence -> sentence.startsWith("Sums:")))
                    .as("%s says that it has no rule for sums", preset.name())
                    .isTrue();
        });
    }

    @Test
    void unknownPresetIsAnErrorThatNamesTheKnownOnes() {
        assertThatThrownBy(() -> Presets.shipped().named("hes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hes-2018");
    }
}
