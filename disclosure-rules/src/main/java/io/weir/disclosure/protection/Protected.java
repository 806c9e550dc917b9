package io.weir.disclosure.protection;

import io.weir.disclosure.verdict.Finding;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One measure of one row after protection. */
public sealed interface Protected {
    /**
     * @param value the published value; null when nothing contributed to a sum (SQL NULL)
     * @param rounded whether the profile rounds this measure; says nothing about this value
     */
    record Shown(@Nullable BigDecimal value, boolean rounded) implements Protected {}

    /**
     * @param findings why, for checkers only; at least one. Whoever serves analysts must not let the findings, or their number, change
     *     anything that an analyst can observe
     */
    record Hidden(List<Finding> findings) implements Protected {
        public Hidden {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("A hidden cell needs a finding");
            }
        }
    }
}
