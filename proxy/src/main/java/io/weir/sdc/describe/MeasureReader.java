package io.weir.sdc.describe;

import static io.weir.sdc.describe.DescriptionReader.textOrNull;

import io.weir.sdc.describe.DescribedMeasure.Records;
import io.weir.sdc.describe.DescribedMeasure.Sum;
import io.weir.sdc.describe.DescribedMeasure.SumEvidence;
import io.weir.sdc.describe.DescribedMeasure.Units;
import io.weir.yaml.Scalars;
import io.weir.yaml.YamlSection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code measures}. */
final class MeasureReader {
    /** As of amounts, see io.weir.sdc.read.Numbers. */
    private static final int DECIMALS = 4;

    private MeasureReader() {}

    private enum Kind {
        UNITS,
        RECORDS,
        SUM
    }

    static List<DescribedMeasure> measures(YamlSection s, boolean records) {
        List<DescribedMeasure> measures = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int index = 0;
        for (YamlSection section : s.sections("measures")) {
            DescribedMeasure measure = measure(section, records);
            section.end();
            measures.add(measure);
            if (!names.add(measure.name())) {
                s.problem(
                        "measures[" + index + "].name",
                        "two measures are called '" + measure.name() + "'",
                        "rename one");
            }
            index++;
        }
        if (measures.isEmpty()) {
            s.problem("measures", "there is no measure", "list what is counted or added up below 'measures:'");
        }
        return measures;
    }

    private static DescribedMeasure measure(YamlSection s, boolean records) {
        String name = s.parsed("name", "", MeasureReader::notBlank);
        return switch (s.choice("kind", Kind.class)) {
            case UNITS -> new Units(name, records ? null : s.text("column"));
            case RECORDS ->
                records
                        ? new Records(name, null, null)
                        : new Records(name, s.text("column"), textOrNull(s, "smallest"));
            case SUM -> new Sum(name, s.text("column"), step(s), records ? SumEvidence.COMPUTED : evidence(s));
        };
    }

    private static SumEvidence evidence(YamlSection s) {
        Optional<YamlSection> owners = s.optionalSection("owners");
        SumEvidence evidence = new SumEvidence(
                textOrNull(s, "contributors"),
                textOrNull(s, "largest"),
                textOrNull(s, "secondLargest"),
                textOrNull(s, "absoluteTotal"),
                textOrNull(s, "smallest"),
                s.optional("negatives", Scalars::flag).orElse(null),
                owners.map(o -> o.text("number")).orElse(null),
                owners.map(o -> o.text("largest")).orElse(null),
                owners.map(o -> o.text("secondLargest")).orElse(null),
                textOrNull(s, "largestAsked"),
                textOrNull(s, "missingUnits"));
        owners.ifPresent(YamlSection::end);
        return evidence;
    }

    private static BigDecimal step(YamlSection s) {
        BigDecimal step = s.number("step");
        if (step.signum() <= 0) {
            s.problem("step", "a step is above 0", "write the number that published sums shall be multiples of");
            return BigDecimal.ONE;
        }
        if (step.stripTrailingZeros().scale() > DECIMALS) {
            s.problem(
                    "step",
                    "a step has at most " + DECIMALS + " decimals",
                    "give the amounts in a smaller unit of account (cents, grams)");
        }
        return step;
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a measure needs a name");
        }
        return text;
    }
}
