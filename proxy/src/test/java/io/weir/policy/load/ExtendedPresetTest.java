package io.weir.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoPolicyFixture;
import io.weir.policy.Profile;
import io.weir.yaml.YamlProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles that extend a preset of the rules library. */
class ExtendedPresetTest {
    private static final String SUMS = "dominanceN: 2\ndominanceK: 0.85\npPercent: 0.1\n";

    @TempDir
    Path directory = Path.of("set by JUnit");

    @BeforeEach
    void installsTheDemoPolicy() throws IOException {
        DemoPolicy.install(directory, DemoPolicyFixture.VALUES);
    }

    @Test
    void whatTheProfileDoesNotSayComesFromThePreset() throws IOException {
        Profile profile = extended("nhse-sde", SUMS);
        assertThat(profile)
                .isEqualTo(new Profile(
                        "extended",
                        "extended",
                        10,
                        Profile.Zeros.HIDDEN,
                        5,
                        2,
                        new BigDecimal("0.85"),
                        new BigDecimal("0.1"),
                        "*",
                        true,
                        Profile.Extremes.REFUSED,
                        "NHS England, Secure Data Environment, safe outputs guidance, 2026-08"));
        Profile changed = extended("hes-2018", SUMS + "threshold: 12\nmarker: \"[c]\"\nsource: ours\n");
        assertThat(changed.threshold()).isEqualTo(12);
        assertThat(changed.zeros()).isEqualTo(Profile.Zeros.SHOWN);
        assertThat(changed.marker()).isEqualTo("[c]");
        assertThat(changed.source()).isEqualTo("ours");
    }

    @Test
    void rulesForSumsComeFromAPresetThatHasThem() throws IOException {
        Profile profile = extended("bundesbank", "pPercent: 0.1\n");
        assertThat(profile.dominanceN()).isEqualTo(2);
        assertThat(profile.dominanceK()).isEqualByComparingTo("0.85");
        assertThat(problems("nhse-sde", "pPercent: 0.1\n"))
                .extracting(YamlProblem::path)
                .containsExactlyInAnyOrder("dominanceN", "dominanceK");
        assertThat(problems("bundesbank", "dominanceN: 1\npPercent: 0.1\n"))
                .extracting(YamlProblem::path)
                .containsExactly("dominanceK");
    }

    /** Half of a publisher's rules under its name would be worse than none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            opensafely-midpoint6      | rounding mode: rounding to the midpoint
            ons-cell-key              | rounding mode: perturbation by cell keys
            phs-style-risk-assessment | threshold: small counts are assessed by people
            drb                       | rounding base: a rounding base that grows with the count
            statsnz-rr3               | rounding mode: random rounding
            acro-default              | derived statistics: degrees of freedom
            abs-datalab               | derived statistics: several (n,k) rules
            strict                    | zeros: no cell may have nearly all
            """)
    void aPresetThatCannotBeAppliedWholeIsRefusedByDimension(String preset, String words) throws IOException {
        assertThat(problems(preset, SUMS)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("extends");
            assertThat(problem.toString()).contains("'" + preset + "'").contains(words);
        });
    }

    @Test
    void anUnknownPresetIsNamed() throws IOException {
        assertThat(problems("nhse-sda", SUMS))
                .anySatisfy(problem -> assertThat(problem.toString()).contains("did you mean 'nhse-sde'"));
        assertThat(problems("no-such-thing-at-all", SUMS))
                .anySatisfy(problem -> assertThat(problem.toString()).contains("hes-2018"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nhse-sde   | threshold: 9       | threshold
            nhse-sde   | zeros: shown       | zeros
            nhse-sde   | roundingBase: 1    | roundingBase
            nhse-sde   | roundingBase: 7    | roundingBase
            bundesbank | dominanceK: 0.9    | dominanceK
            """)
    void anExtensionThatMayOnlyTightenCannotShowMore(String preset, String change, String path) throws IOException {
        String sums = change.startsWith("dominanceK") ? "dominanceN: 2\npPercent: 0.1\n" : SUMS;
        assertThat(problems(preset, sums + change + "\nmayOnlyTighten: true\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo(path);
                    assertThat(problem.toString()).contains("hides less than the preset '" + preset + "'");
                });
        assertThat(problems(preset, sums + change + "\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"threshold: 11\n", "roundingBase: 10\n", "zeros: hidden\n", ""})
    void tighteningIsFine(String change) throws IOException {
        assertThat(problems("nhse-sde", SUMS + change + "mayOnlyTighten: true\n"))
                .isEmpty();
    }

    @Test
    void withoutAPresetThereIsNothingToTighten() throws IOException {
        Path profile = directory.resolve("profiles/nhse-sde.yaml");
        Files.writeString(profile, Files.readString(profile) + "\nmayOnlyTighten: true\n");
        assertThat(problems()).extracting(YamlProblem::path).containsExactly("mayOnlyTighten");
    }

    private Profile extended(String preset, String more) throws IOException {
        write(preset, more);
        return Objects.requireNonNull(load().orThrow().profiles().get("extended"));
    }

    private List<YamlProblem> problems(String preset, String more) throws IOException {
        write(preset, more);
        return problems();
    }

    private List<YamlProblem> problems() throws IOException {
        return load() instanceof PolicyLoad.Rejected(List<YamlProblem> problems) ? problems : List.of();
    }

    private PolicyLoad load() throws IOException {
        return new PolicyLoader(name -> Optional.empty()).load(directory);
    }

    private void write(String preset, String more) throws IOException {
        Files.writeString(
                directory.resolve("profiles/extended.yaml"),
                "name: extended\nfamily: extended\nextends: " + preset + "\n" + more);
    }
}
