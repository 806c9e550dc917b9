package io.weir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.evidence.EvidenceKind;
import io.weir.disclosure.preset.CountRounding;
import io.weir.disclosure.preset.Demand;
import io.weir.disclosure.preset.DerivedStatistics;
import io.weir.disclosure.preset.Preset;
import io.weir.disclosure.preset.Presets;
import io.weir.disclosure.preset.Threshold;
import io.weir.disclosure.statistic.Risk;
import io.weir.disclosure.statistic.Safeguard;
import io.weir.disclosure.statistic.StatisticClass;
import io.weir.disclosure.statistic.StatisticOntology;
import io.weir.disclosure.verdict.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/presets.md and statistics.md are generated from the library's resources. */
class ReferencePagesTest {
    private static final Path PAGES = Path.of("..", "docs", "reference");

    @Test
    void presetsPageIsGenerated() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Presets

                Generated from the rules library: do not edit. Rules of known publishers in seven dimensions. A preset is applied whole or refused: what the
                column "also asks for" names is not applied to the answers of the proxy, so that a profile cannot extend such a preset
                ([write a policy](../how-to/write-a-policy.md#a-profile)).
                Exemptions are never granted. All presets are applied to distinct people and with complementary suppression.

                There is no preset `sail`: the rules of the SAIL Databank could not be read when presets were written, and `ukllc`, which is beside it in the design, is the
                UK LLC's own text and not given for them. Who knows them writes a profile without a preset, or one that extends `ukllc`.

                | preset | threshold | zeros | marker | rounding | geography | derived statistics | sums | also asks for |
                |---|---|---|---|---|---|---|---|---|
                """);
        List<Preset> presets = Presets.shipped().all();
        for (Preset preset : presets) {
            page.append("| ").append(String.join(" | ", cells(preset))).append(" |\n");
        }
        page.append("\n## Sources, and what is not protected\n");
        for (Preset preset : presets) {
            page.append("\n### ")
                    .append(preset.name())
                    .append("\n\n")
                    .append(preset.title())
                    .append(". ");
            page.append(preset.source()).append(", ").append(preset.asOf()).append(".\n\n");
            preset.notProtected()
                    .forEach(sentence -> page.append("- ").append(sentence).append('\n'));
        }
        compare("presets.md", page.toString());
    }

    @Test
    void statisticsPageIsGenerated() throws IOException {
        StatisticOntology ontology = StatisticOntology.shipped();
        StringBuilder page = new StringBuilder("""
                # Statistics

                Generated from the rules library: do not edit. From a statistic to its class, to what can go wrong, to the checks that find it, to the
                evidence that they need, and to what is done about it. A statistic that stands nowhere, and a class that is judged by people, goes to
                manual review.
                This is what the library can judge; what the proxy answers is in [functions](functions.md).

                ## Classes

                | class | judged | risks | statistics |
                |---|---|---|---|
                """);
        for (StatisticClass found : ontology.classes()) {
            page.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            found.name(),
                            found.automatic() ? "by checks" : "by people",
                            join(found.risks().stream().map(Risk::id)),
                            join(ontology.statistics().entrySet().stream()
                                    .filter(entry -> entry.getValue().equals(found))
                                    .map(Map.Entry::getKey)
                                    .sorted()
                                    .map(name -> "`" + name + "`"))));
        }
        page.append("\n## Risks\n\n| risk | what can go wrong | checks | protections |\n|---|---|---|---|\n");
        ontology.classes().stream()
                .flatMap(found -> found.risks().stream())
                .distinct()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .forEach(risk -> page.append("| %s | %s | %s | %s |\n"
                        .formatted(
                                risk.id(),
                                risk.sentence(),
                                join(risk.checks().stream().map(Rule::id)),
                                join(risk.protections().stream().map(Safeguard::id)))));
        page.append("\n## Checks\n\n| check | source | evidence |\n|---|---|---|\n");
        for (Rule rule : Rule.values()) {
            page.append("| %s | %s | %s |\n"
                    .formatted(
                            rule.id(),
                            ontology.needs(rule).source(),
                            join(ontology.needs(rule).evidence().stream().map(EvidenceKind::id))));
        }
        page.append("\n## Evidence\n\n");
        for (EvidenceKind kind : EvidenceKind.values()) {
            page.append("- ")
                    .append(kind.id())
                    .append(": ")
                    .append(ontology.describe(kind))
                    .append('\n');
        }
        page.append("\n## Protections\n\n");
        for (Safeguard safeguard : Safeguard.values()) {
            page.append("- ")
                    .append(safeguard.id())
                    .append(": ")
                    .append(ontology.describe(safeguard))
                    .append(" By ")
                    .append(join(ontology.means(safeguard).stream().map(name -> "`" + name + "`")))
                    .append(".\n");
        }
        compare("statistics.md", page.toString());
    }

    private static List<String> cells(Preset preset) {
        return List.of(
                "[" + preset.name() + "](#" + preset.name() + ")",
                switch (preset.threshold()) {
                    case Threshold.ByCount count ->
                        String.valueOf(preset.rules().threshold());
                    case Threshold.ByAssessment assessment ->
                        "below %d assessed, protected from a score of %d"
                                .formatted(preset.rules().threshold(), assessment.leastScore());
                    case Threshold.None none -> "none";
                },
                word(preset.rules().zeros()),
                "`" + preset.marker().text() + "`",
                rounding(preset.rounding()),
                word(preset.geography()),
                derived(preset.derived()),
                sums(preset),
                preset.demands().stream().map(Demand::words).collect(Collectors.joining("; ")));
    }

    private static String rounding(CountRounding rounding) {
        return switch (rounding) {
            case CountRounding.Exact exact -> "none";
            case CountRounding.Nearest nearest -> "nearest " + nearest.base();
            case CountRounding.Midpoint midpoint -> "midpoint " + midpoint.base();
            case CountRounding.Random random -> "random " + random.base();
            case CountRounding.CellKeys keys -> "cell keys" + (keys.zerosPerturbed() ? ", zeros too" : "");
            case CountRounding.Graduated graduated ->
                "graduated: "
                        + join(graduated.bands().stream()
                                .map(band -> "from %d to %d".formatted(band.from(), band.base())))
                        + (graduated.significantDigits() == null
                                ? ""
                                : ", then %d digits".formatted(graduated.significantDigits()));
        };
    }

    private static String derived(DerivedStatistics derived) {
        return switch (derived) {
            case DerivedStatistics.NotStated not -> "not stated";
            case DerivedStatistics.OfEnoughUnits enough -> "of as many units as the threshold";
            case DerivedStatistics.FromRounded rounded ->
                "from rounded counts"
                        + (rounded.decimalFrom() == null ? "" : ", one decimal from " + rounded.decimalFrom())
                        + (rounded.modelsExempt() ? ", models exempt" : "")
                        + (rounded.significantDigits() == null
                                ? ""
                                : ", %d digits at most".formatted(rounded.significantDigits()));
        };
    }

    /** Without the numbers: parameters of rules for sums are confidential, a publisher's own are in the library's resource. */
    private static String sums(Preset preset) {
        boolean dominance = !preset.rules().dominance().isEmpty();
        boolean ambiguity = preset.rules().priorPosterior() != null;
        return dominance && ambiguity ? "(n,k), p%" : dominance ? "(n,k)" : ambiguity ? "p%" : "review";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String join(Stream<String> words) {
        return words.collect(Collectors.joining(", "));
    }

    private static void compare(String name, String page) throws IOException {
        Path file = PAGES.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, page);
        }
        assertThat(Files.readString(file))
                .as("docs/reference/%s differs: run this test with -Dgolden.update=true", name)
                .isEqualTo(page);
    }
}
