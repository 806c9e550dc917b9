package io.weir.sdc.apply;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.describe.DescribedMeasure;
import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.Margins;
import io.weir.sdc.read.PublishedTable;
import io.weir.sdc.read.StatedTable;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Combinations that nobody has thought through: they are refused, each with what can be done. */
public final class Refusals {
    private static final BigDecimal MOST_STEPS = new BigDecimal("1000000000000");

    private Refusals() {}

    /** Whether counts are changed by a key of the people behind them, and none is hidden. */
    static boolean isKeyed(Rules rules) {
        return rules.counts() instanceof CountMethod.CellByCell method && method.needsKeys() && !method.suppressed();
    }

    /** The same people have the same key: a part that is printed otherwise than its margin tells that the rest is not nobody. */
    static boolean marginsTell(Rules rules, Description description) {
        return isKeyed(rules) && !(description.margins() instanceof Margins.None);
    }

    /** Adds a problem where margins would tell. */
    public static void margins(Rules rules, Description description, String file, YamlProblems problems) {
        if (marginsTell(rules, description)) {
            problems.add(
                    file,
                    0,
                    "margins",
                    "under " + rules.counts().words()
                            + " a part that is printed otherwise than its margin tells that the rest is not nobody",
                    "write margins: none, or name a profile with a threshold");
        }
    }

    /**
     * Adds a problem for each measure that has to be protected and has negative amounts: readers who do not know of them take a hidden sum for at least zero, and those who do
     * not.
     */
    public static void negatives(StatedTable table, Rules rules, String file, YamlProblems problems) {
        EvidenceTable evidence = table.evidence();
        for (int m = 0; rules.hasThreshold() && m < evidence.measures().size(); m++) {
            boolean negative = said(table.description().measures().get(m));
            for (int row = 0; row < evidence.rows().size(); row++) {
                Evidence cell = evidence.evidence(row, m);
                negative |= evidence.measures().get(m).kind() == MeasureKind.SUM
                        && (Boolean.TRUE.equals(cell.negatives()) || isNegative(cell.value()));
            }
            refuse(negative, table.description().measures().get(m), file, problems);
        }
    }

    /** The same of a table in print. */
    public static void negatives(PublishedTable table, Rules rules, String file, YamlProblems problems) {
        for (int m = 0;
                rules.hasThreshold() && m < table.description().measures().size();
                m++) {
            boolean negative = said(table.description().measures().get(m));
            for (PublishedTable.Row row : table.rows().values()) {
                negative |=
                        row.cells().get(m) instanceof PublishedTable.Cell.Shown(BigDecimal value) && isNegative(value);
            }
            refuse(negative, table.description().measures().get(m), file, problems);
        }
    }

    /** Adds a problem for each measure whose sums are so many times its step that linear programmes in binary numbers cannot tell one step. */
    public static void magnitudes(StatedTable table, String file, YamlProblems problems) {
        EvidenceTable evidence = table.evidence();
        for (int m = 0; m < evidence.measures().size(); m++) {
            BigDecimal step = evidence.measures().get(m).roundingStep();
            boolean large = false;
            for (int row = 0; step != null && row < evidence.rows().size(); row++) {
                BigDecimal most = step.multiply(MOST_STEPS);
                Evidence cell = evidence.evidence(row, m);
                large |= isBeyond(cell.value(), most) || isBeyond(cell.absoluteTotal(), most);
            }
            if (large && evidence.measures().get(m).kind() == MeasureKind.SUM) {
                problems.add(
                        file,
                        0,
                        "",
                        "the sums of " + evidence.measures().get(m).name() + " are more than a million million steps",
                        "write a larger step, or give the amounts in a larger unit of account");
            }
        }
    }

    private static boolean isBeyond(@Nullable BigDecimal value, BigDecimal most) {
        return value != null && value.abs().compareTo(most) > 0;
    }

    private static boolean said(DescribedMeasure measure) {
        return measure instanceof DescribedMeasure.Sum sum
                && Boolean.TRUE.equals(sum.evidence().negatives());
    }

    private static boolean isNegative(@Nullable BigDecimal value) {
        return value != null && value.signum() < 0;
    }

    private static void refuse(boolean negative, DescribedMeasure measure, String file, YamlProblems problems) {
        if (negative) {
            problems.add(
                    file,
                    0,
                    measure instanceof DescribedMeasure.Sum sum ? "column " + sum.column() : "",
                    measure.name()
                            + " has negative amounts, and what readers know of hidden sums hangs on whether they know of them",
                    "give credits as a measure of their own, without their sign, or leave the measure out");
        }
    }
}
