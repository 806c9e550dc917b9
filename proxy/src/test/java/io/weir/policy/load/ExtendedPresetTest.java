package io.weir.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoPolicyFixture;
import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.policy.Profile;
import io.weir.policy.SumRules;
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
                        new SumRules(List.of(new Dominance(2, new BigDecimal("0.85"))), new BigDecimal("0.1"), null),
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
        assertThat(profile.sums().dominance()).containsExactly(new Dominance(2, new BigDecimal("0.85")));
        assertThat(extended("bundesbank", "").sums().pPercent()).isNull();
        assertThat(problems("nhse-sde", "pPercent: 0.1\n"))
                .extracting(YamlProblem::path)
                .containsExactlyInAnyOrder("dominanceN", "dominanceK");
        assertThat(problems("bundesbank", "dominanceN: 1\npPercent: 0.1\n"))
                .extracting(YamlProblem::path)
                .containsExactly("dominanceK");
    }

    @Test
    void severalRulesForSumsComeFromAPresetThatHasThem() throws IOException {
        assertThat(extended("abs-datalab", "").sums())
                .isEqualTo(new SumRules(
                        List.of(new Dominance(1, new BigDecimal("0.50")), new Dominance(2, new BigDecimal("0.67"))),
                        null,
                        null));
        assertThat(extended("abs-datalab", "pPercent: 0.1\npriorPosterior: {p: 0.1, q: 0.5}\nmayOnlyTighten: true\n")
                        .sums()
                        .priorPosterior())
                .isEqualTo(new PriorPosterior(new BigDecimal("0.1"), new BigDecimal("0.5")));
    }

    @Test
    void aListOfRulesIsReadInAnyOrderAndReplacesThePresets() throws IOException {
        String more = "pPercent: 0.1\ndominance: [{contributors: 2, share: 0.7}, {contributors: 1, share: 0.55},"
                + " {contributors: 2, share: 0.7}]\n";
        assertThat(extended("abs-datalab", more).sums().dominance())
                .containsExactly(new Dominance(1, new BigDecimal("0.55")), new Dominance(2, new BigDecimal("0.7")));
        assertThat(extended("nhse-sde", more).sums().dominance()).hasSize(2);
        assertThat(extended("nhse-sde", "dominanceN: 1\ndominanceK: 1\npriorPosterior: {p: 0.1, q: 2}\n")
                        .sums()
                        .pPercent())
                .isNull();
    }

    /** Each with the least that a sum needs beside it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dominance: [{contributors: 3, share: 0.75}]                 | dominance[0].contributors | the 3 largest contributions to a sum cannot be judged: 2 are read
            dominance: [{contributors: 0, share: 0.75}]                 | dominance[0].contributors | from 1
            dominance: [{contributors: 1, share: 0}]                    | dominance[0].share        | not a fraction
            dominance: [{contributors: 1, share: 1.01}]                 | dominance[0].share        | not a fraction
            dominance: [{contributors: 1}]                              | dominance[0].share        | is missing
            dominance: [{contributors: 1, share: 0.5, k: 1}]            | dominance[0].k            | unknown key
            dominance: [1]                                              | dominance[0]              | a map is expected
            dominance: []                                               | dominance                 | has no rule
            dominance: [{contributors: 1, share: 0.5}] ; dominanceK: 1  | dominance                 | in 'dominance' and in 'dominanceN' or 'dominanceK'
            dominanceN: 3 ; dominanceK: 0.75                            | dominanceN                | the 3 largest contributions
            dominanceN: 1 ; dominanceK: 0.5 ; priorPosterior: {p: 0.5, q: 0.5} | priorPosterior     | p lies above 0 and below q
            dominanceN: 1 ; dominanceK: 0.5 ; priorPosterior: {p: 0, q: 0.5} | priorPosterior       | p lies above 0 and below q
            dominanceN: 1 ; dominanceK: 0.5 ; priorPosterior: {p: 0.1}  | priorPosterior.q          | is missing
            dominanceN: 1 ; dominanceK: 0.5 ; groupShare: 0.9           | groupShare                | nearly all of a group is not protected
            """)
    void aRuleThatCannotBeJudgedIsRefused(String rules, String path, String words) throws IOException {
        assertThat(problems("nhse-sde", rules.replace(" ; ", "\n") + "\npPercent: 0.1\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo(path);
                    assertThat(problem.toString()).contains(words);
                });
    }

    /** The shares at the border are fractions still. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dominance: [{contributors: 1, share: 1}]\npPercent: 1\n",
                "dominance: [{contributors: 2, share: 0.01}]\npriorPosterior: {p: 0.49, q: 0.5}\n",
                "dominance: [{contributors: 1, share: 0.5}, {contributors: 2, share: 0.5}]\npPercent: 0.01\npriorPosterior: {p: 1, q: 3}\n",
            })
    void rulesAtTheBordersAreRead(String rules) throws IOException {
        assertThat(problems("nhse-sde", rules)).isEmpty();
    }

    @Test
    void asLongAsThePresetSaysNothingOfSumsBothKindsOfRulesAreNeeded() throws IOException {
        assertThat(problems("nhse-sde", "dominance: [{contributors: 1, share: 0.5}]\n"))
                .extracting(YamlProblem::path)
                .containsExactly("pPercent");
        assertThat(problems("nhse-sde", "priorPosterior: {p: 0.1, q: 0.5}\n"))
                .extracting(YamlProblem::path)
                .containsExactlyInAnyOrder("dominanceN", "dominanceK");
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
            abs-datalab | dominance: [{contributors: 1, share: 0.5}, {contributors: 2, share: 0.68}] | dominance
            abs-datalab | dominance: [{contributors: 1, share: 0.5}] | dominance
            """)
    void anExtensionThatMayOnlyTightenCannotShowMore(String preset, String change, String path) throws IOException {
        String sums = change.startsWith("dominanceK")
                ? "dominanceN: 2\npPercent: 0.1\n"
                : change.startsWith("dominance") ? "" : SUMS;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dominance: [{contributors: 2, share: 0.67}, {contributors: 1, share: 0.5}]\n",
                "dominance: [{contributors: 2, share: 0.5}]\n",
                "dominance: [{contributors: 1, share: 0.4}, {contributors: 2, share: 0.6}]\n",
                "priorPosterior: {p: 0.1, q: 0.5}\n",
                "pPercent: 0.2\n"
            })
    void tighteningSeveralRulesIsFine(String change) throws IOException {
        assertThat(problems("abs-datalab", change + "mayOnlyTighten: true\n")).isEmpty();
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
