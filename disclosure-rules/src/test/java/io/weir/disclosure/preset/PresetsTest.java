package io.weir.disclosure.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.preset.CountRounding.Band;
import io.weir.disclosure.resource.Section;
import io.weir.disclosure.rounding.GraduatedRounding;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
    private static final String SMALLEST = """
            format 1
            preset a
              title t
              source s
              as-of 2026-11
              threshold 10
              zeros hidden
              marker *
              marker-means hidden
              rounding nearest 5
              geography everywhere
              derived not-stated
              not-protected x
            """;

    /** The bands of the preset are those of the rounding method. */
    @Test
    void graduatedRoundingIsTheOneOfTheRoundingMethods() {
        CountRounding.Graduated graduated =
                (CountRounding.Graduated) Presets.shipped().named("drb").rounding();
        List<GraduatedRounding.Band> bands =
                GraduatedRounding.disclosureReviewBoard().bands();
        assertThat(bands.subList(0, graduated.bands().size()))
                .isEqualTo(graduated.bands().stream()
                        .map(band -> new GraduatedRounding.Band(band.from(), band.base()))
                        .toList());
        assertThat(graduated.significantDigits()).isNotNull();
        double beyond = Math.pow(10, graduated.significantDigits() - 1);
        assertThat(bands.subList(graduated.bands().size(), bands.size()))
                .isNotEmpty()
                .allSatisfy(band -> assertThat(band.from() / beyond).isEqualTo(band.base()));
    }

    /** But for sail, of which the page of presets says why not. */
    @Test
    void everyPresetOfTheDesignIsThere() {
        assertThat(Presets.shipped().all())
                .extracting(Preset::name)
                .contains(
                        "hes-2018",
                        "nhse-sde",
                        "opensafely",
                        "opensafely-midpoint6",
                        "ons-ids-10-5",
                        "ons-cell-key",
                        "phs-style-risk-assessment",
                        "ukllc",
                        "abs-datalab",
                        "drb",
                        "statsnz-rr3",
                        "bundesbank",
                        "ohdsi",
                        "acro-default",
                        "strict");
    }

    @Test
    void hesRuleHidesOneToSevenAndRoundsTheRestToFive() {
        Preset hes = Presets.shipped().named("hes-2018");
        assertThat(hes.appetite()).isEqualTo(new RiskAppetite(8, ZeroRule.SHOWN, 5, List.of(), null));
        assertThat(hes.derived()).isEqualTo(new DerivedStatistics.FromRounded(4000, true, null));
        assertThat(hes.geography()).isEqualTo(Geography.BELOW_NATIONAL);
        assertThat(hes.marker()).isEqualTo(new Marker("*", Marker.Meaning.BELOW_THRESHOLD));
    }

    @Test
    void acroDefaultIsItsPublishedDefault() {
        assertThat(Presets.shipped().named("acro-default").appetite())
                .isEqualTo(new RiskAppetite(
                                10,
                                ZeroRule.HIDDEN,
                                5,
                                List.of(new Dominance(2, new BigDecimal("0.90"))),
                                new BigDecimal("0.10"))
                        .with(FurtherRules.none().withDegreesOfFreedom(10).withAtRisk(10)));
    }

    /** simsong/drb_rounder, README. */
    @Test
    void reviewBoardRoundsMoreAsCountsGrow() {
        Preset drb = Presets.shipped().named("drb");
        assertThat(drb.rules().threshold()).isEqualTo(15);
        assertThat(drb.rounding())
                .isEqualTo(new CountRounding.Graduated(
                        List.of(
                                new Band(15, 10),
                                new Band(100, 50),
                                new Band(1000, 100),
                                new Band(10_000, 500),
                                new Band(100_000, 1000)),
                        4));
    }

    @Test
    void everyPresetSaysWhereItComesFromAndWhatItDoesNotProtect() {
        assertThat(Presets.shipped().all()).hasSize(16).allSatisfy(preset -> {
            assertThat(preset.source()).isNotBlank();
            assertThat(preset.asOf()).matches("\\d{4}-\\d{2}");
            assertThat(preset.notProtected()).isNotEmpty();
            assertThat(preset.rules().judgesSums()
                            || preset.notProtected().stream().anyMatch(sentence -> sentence.startsWith("Sums:")))
                    .as("%s says that it has no rule for sums", preset.name())
                    .isTrue();
        });
    }

    /** A preset is applied whole or not at all. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            opensafely-midpoint6      | rounding mode: rounding to the midpoint
            ons-cell-key              | rounding mode: perturbation by cell keys
            ons-cell-key              | zeros: zeros are perturbed
            ons-cell-key              | geography: rules by area
            phs-style-risk-assessment | threshold: small counts are assessed
            drb                       | rounding base: a rounding base that grows
            drb                       | derived statistics: a greatest number of significant digits
            statsnz-rr3               | rounding mode: random rounding
            statsnz-rr3               | threshold: no count is hidden
            """)
    void whatAnAppetiteCannotSayIsRefusedByDimension(String name, String words) {
        Preset preset = Presets.shipped().named(name);
        assertThatThrownBy(preset::appetite)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(words);
        assertThat(preset.appetite(EnumSet.allOf(Demand.class))).isEqualTo(preset.rules());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hes-2018",
                "nhse-sde",
                "opensafely",
                "ons-ids-10-5",
                "ukllc",
                "abs-datalab",
                "bundesbank",
                "ohdsi",
                "statistics-denmark",
                "acro-default",
                "strict"
            })
    void otherPresetsAreApplied(String name) {
        assertThatCode(Presets.shipped().named(name)::appetite).doesNotThrowAnyException();
    }

    @Test
    void rulesOfModelsAreADemandOnEnginesThatHaveNoSuchChecks() {
        assertThat(Presets.shipped().named("acro-default").demands()).containsExactly(Demand.MODELS);
        assertThat(Presets.shipped().named("strict").demands())
                .containsExactlyInAnyOrder(Demand.MODELS, Demand.GROUP_SHARE);
        assertThatThrownBy(() -> Presets.shipped().named("acro-default").appetite(EnumSet.noneOf(Demand.class)))
                .hasMessageContaining("degrees of freedom");
        assertThat(Presets.shipped().named("nhse-sde").demands()).isEmpty();
    }

    @Test
    void unknownPresetIsAnErrorThatNamesTheKnownOnes() {
        assertThatThrownBy(() -> Presets.shipped().named("hes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hes-2018");
    }

    @Test
    void nothingInAPresetIsIgnored() {
        assertThat(Presets.of(Section.parse(SMALLEST)).named("a").rules().countBase())
                .isEqualTo(5);
        for (String[] change : List.of(
                new String[] {"title t", "titel t"},
                new String[] {"rounding nearest 5", "rounding upwards 5"},
                new String[] {"rounding nearest 5", "rounding nearest"},
                new String[] {"rounding nearest 5", "rounding graduated\n  band 15 10"},
                new String[] {"rounding nearest 5", "rounding graduated\n  band 100 50\n  band 15 10"},
                new String[] {"geography everywhere", "geography somewhere"},
                new String[] {"derived not-stated", "derived guessed"},
                new String[] {"marker-means hidden", "marker-means nothing"},
                new String[] {"zeros hidden", ""},
                new String[] {"threshold 10", "threshold 1"},
                new String[] {"not-protected x", "leverage 2\n  not-protected x"},
                new String[] {"not-protected x", "dominance 2\n  not-protected x"},
                new String[] {"  not-protected x\n", ""},
                new String[] {"preset a", "profile a"})) {
            String broken = SMALLEST.replace(change[0], change[1]);
            assertThat(broken).isNotEqualTo(SMALLEST);
            assertThatThrownBy(() -> Presets.of(Section.parse(broken)))
                    .as(change[1])
                    .isInstanceOf(RuntimeException.class);
        }
    }
}
