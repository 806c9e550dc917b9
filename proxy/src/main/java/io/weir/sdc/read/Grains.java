package io.weir.sdc.read;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.evidence.Readers;
import io.weir.disclosure.table.Measure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all amounts of a measure are multiples of. Readers are taken to know it: days are whole, and prices end in nine. What they know is at most as coarse, and
 * a sum that is rounded to no more than that is not rounded.
 */
final class Grains {
    private Grains() {}

    static Readers of(EvidenceTable table) {
        List<Optional<BigDecimal>> grains = new ArrayList<>();
        for (int m = 0; m < table.measures().size(); m++) {
            Measure measure = table.measures().get(m);
            grains.add(measure.kind().isCount() ? Optional.empty() : Optional.of(grain(table, m, measure)));
        }
        return new Readers(grains, true, true);
    }

    private static BigDecimal grain(EvidenceTable table, int m, Measure measure) {
        BigDecimal grain = null;
        for (int row = 0; row < table.rows().size(); row++) {
            Evidence evidence = table.evidence(row, m);
            for (BigDecimal value : amounts(evidence)) {
                grain = grain == null ? value.abs() : divisor(grain, value.abs());
            }
        }
        BigDecimal step = measure.roundingStep();
        return grain != null && grain.signum() > 0 ? grain : step == null ? BigDecimal.ONE : step;
    }

    private static List<BigDecimal> amounts(Evidence evidence) {
        return Stream.of(evidence.value(), evidence.largest(), evidence.secondLargest(), evidence.smallest())
                .flatMap(Grains::stream)
                .toList();
    }

    private static Stream<BigDecimal> stream(@Nullable BigDecimal value) {
        return value == null ? Stream.empty() : Stream.of(value);
    }

    private static BigDecimal divisor(BigDecimal a, BigDecimal b) {
        int scale = Math.max(Math.max(a.scale(), b.scale()), 0);
        BigInteger both =
                a.setScale(scale).unscaledValue().gcd(b.setScale(scale).unscaledValue());
        return new BigDecimal(both, scale);
    }
}
